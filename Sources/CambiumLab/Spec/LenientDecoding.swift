/// Decoding of list elements, whose keys have defaults.
extension KeyedDecodingContainer {
  /// The value of a key, or its default where the key is missing or empty.
  func value<Value: Decodable>(_ key: Key, or standard: @autoclosure () -> Value) throws -> Value {
    try decodeIfPresent(Value.self, forKey: key) ?? standard()
  }

  /// The same for an enum, with its legal words in the error.
  func choice<Choice: Decodable & CaseIterable & RawRepresentable>(
    _ key: Key, or standard: @autoclosure () -> Choice
  ) throws -> Choice where Choice.RawValue == String {
    guard let word = try decodeIfPresent(String.self, forKey: key) else { return standard() }
    guard let choice = Choice(rawValue: word) else {
      let names = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      throw DecodingError.dataCorruptedError(
        forKey: key, in: self, debugDescription: "expected one of \(names)")
    }
    return choice
  }
}
