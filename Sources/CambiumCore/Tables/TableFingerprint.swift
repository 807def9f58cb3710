extension Table {
  /// A short, stable name for the table's content: its columns' names and cells, whatever the file is called.
  /// 64 bits (FNV-1a of Fowler, Noll and Vo) as 16 hexadecimal digits: against accidents, not against forgery. O(cells), but
  /// of a tile file, which says it.
  public var fingerprint: String {
    if let knownFingerprint { return knownFingerprint }
    var hash = ContentHash()
    for column in columns {
      hash.add(column.name)
      switch column.values {
      case .numbers(let numbers):
        // All not-a-numbers mean the same: missing.
        numbers.forEachBlock { for number in $0 { hash.add(number.isNaN ? .max : number.bitPattern) } }
      case .texts(let texts):
        for text in texts { if let text { hash.add(text) } else { hash.add(UInt64.max) } }
      }
    }
    return hash.text
  }
}

/// FNV-1a.
struct ContentHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  init() {}

  init(of bytes: [UInt8]) { for byte in bytes { mix(UInt64(byte)) } }

  mutating func add(_ text: String) {
    add(UInt64(text.utf8.count))
    for byte in text.utf8 { mix(UInt64(byte)) }
  }

  mutating func add(_ value: UInt64) {
    // Halves, since one multiplication carries only the lower bits upwards.
    mix(value & 0xFFFF_FFFF)
    mix(value >> 32)
  }

  private mutating func mix(_ part: UInt64) { value = (value ^ part) &* 0x0000_0100_0000_01B3 }

  var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
