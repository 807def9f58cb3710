/// FNV-1a (Fowler, Noll and Vo): a short name for a content, against accidents, not against forgery.
package struct ContentHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// That of nothing.
  package init() {}

  init(of bytes: [UInt8]) { for byte in bytes { mix(UInt64(byte)) } }

  /// Goes on with a text.
  package mutating func add(_ text: String) {
    add(UInt64(text.utf8.count))
    for byte in text.utf8 { mix(UInt64(byte)) }
  }

  /// Goes on with a number.
  package mutating func add(_ value: UInt64) {
    // Halves, since one multiplication carries only the lower bits upwards.
    mix(value & 0xFFFF_FFFF)
    mix(value >> 32)
  }

  private mutating func mix(_ part: UInt64) { value = (value ^ part) &* 0x0000_0100_0000_01B3 }

  /// 16 hexadecimal digits.
  package var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
