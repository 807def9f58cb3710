extension KeyedDecodingContainer {
  /// The whole number of a key, at least `least`; an error tells its key, which the decoder's own does not where
  /// the number is not whole.
  func whole<Number: FixedWidthInteger & Decodable>(_ key: Key, from least: Number) throws -> Number {
    guard contains(key) else { return try decode(Number.self, forKey: key) }
    guard let number = try? decode(Number.self, forKey: key), number >= least else {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: self, debugDescription: "expected a whole number from \(least) on")
    }
    return number
  }
}
