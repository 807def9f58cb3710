/// Places of samples in a list, kept as the differences of neighbours: of those that nearly follow on one another a byte each.
struct SampleList: Equatable {
  /// How many there are.
  private(set) var count = 0
  /// Differences of neighbours, the first from −1, as whole numbers without a sign (2 |d| − 1 where d > 0, else 2 |d|), seven
  /// bits to a byte, the lowest first; a bit says that more follow.
  private var bytes: [UInt8] = []
  private var last = -1

  mutating func append(_ sample: Int) {
    let difference = sample &- last
    var code = difference > 0 ? UInt(difference) &* 2 &- 1 : UInt(-difference) &* 2
    repeat {
      bytes.append(UInt8(code & 0x7F) | (code > 0x7F ? 0x80 : 0))
      code >>= 7
    } while code > 0
    last = sample
    count += 1
  }

  /// Calls `body` with each sample, in the order in which they came.
  func forEach(_ body: (Int) -> Void) {
    var (sample, code, shift) = (-1, UInt(0), UInt(0))
    for byte in bytes {
      if shift < 64 { code |= UInt(byte & 0x7F) << shift }
      shift += 7
      guard byte < 0x80 else { continue }
      sample = code % 2 == 1 ? sample &+ Int(code / 2) &+ 1 : sample &- Int(code / 2)
      body(sample)
      (code, shift) = (0, 0)
    }
  }

  /// The samples.
  var samples: [Int] {
    var samples: [Int] = []
    samples.reserveCapacity(count)
    forEach { samples.append($0) }
    return samples
  }
}

extension SampleList: ExpressibleByArrayLiteral {
  init(arrayLiteral samples: Int...) { self.init(samples) }

  init(_ samples: some Sequence<Int>) { for sample in samples { append(sample) } }
}

extension SampleList: Codable {
  /// Longer lists are written as the hexadecimal digits of their bytes.
  private static let mostWrittenOut = 4096

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let samples = try? container.decode([Int].self) {
      self.init(samples)
      return
    }
    let digits = Array(try container.decode(String.self).utf8)
    var list = SampleList()
    var read: [UInt8] = []
    for pair in stride(from: 0, to: digits.count - 1, by: 2) {
      guard let byte = UInt8(String(decoding: digits[pair...pair + 1], as: UTF8.self), radix: 16) else {
        continue
      }
      read.append(byte)
    }
    list.bytes = read
    self.init(list.samples)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    guard count > Self.mostWrittenOut else { return try container.encode(samples) }
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(2 * bytes.count)
    for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    try container.encode(String(decoding: text, as: UTF8.self))
  }
}
