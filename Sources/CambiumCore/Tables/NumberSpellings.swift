/// How whole numbers of a column were written where that is not how they would be written anew: `007`.
///
/// As inputs they are numbers like any other; as classes they keep these names. Columns with more spellings than
/// there may be classes forget them.
struct NumberSpellings {
  /// The spellings, by number; of several of one number the first.
  private(set) var byNumber: [Double: String] = [:]
  private var hasTooMany = false

  /// Takes the bytes that `number` was read from.
  mutating func note(_ bytes: UnsafeBufferPointer<UInt8>, of number: Double) {
    guard Self.isOdd(bytes), !hasTooMany, byNumber[number] == nil else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2B || $0 == 0x2D }),
      text != numberText(number)
    else { return }
    hasTooMany = byNumber.count >= TargetColumns.largestClassCount
    if hasTooMany { byNumber = [:] } else { byNumber[number] = text }
  }

  /// False for nearly all numbers: those that do not start with a 0 before another digit and are not very long.
  private static func isOdd(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count > 1 else { return false }
    let sign = bytes[0] == 0x2D ? 1 : 0
    return bytes.count > 15 || bytes[0] == 0x2B
      || (bytes[sign] == 0x30 && bytes.count > sign + 1 && (0x30...0x39).contains(bytes[sign + 1]))
  }
}
