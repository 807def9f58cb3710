/// A short, stable name for content: 64 bits as 16 hexadecimal digits.
///
/// FNV-1a (Fowler, Noll and Vo) with the finaliser of MurmurHash3. Among a million contents, two share a name
/// with probability 3e-8. It guards against accidents, not against forgery.
package enum Fingerprint {
  package static func of(_ text: String) -> String { of(bytes: text.utf8) }

  package static func of(bytes: some Sequence<UInt8>) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    hash ^= hash >> 33
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
