extension InputEncoding: Codable {
  private enum Key: String, CodingKey { case kind, name, logarithm, scaling, missingScaling, levels }
  private enum Kind: String, Codable { case numeric, text }

  /// Reads an encoding and checks it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let name = try container.decode(String.self, forKey: .name)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .numeric:
      self = .numeric(
        NumericInput(
          name: name,
          logarithm: try container.decodeIfPresent(LogarithmicScale.self, forKey: .logarithm),
          scaling: try container.decode(Scaling.self, forKey: .scaling),
          missingScaling: try container.decodeIfPresent(Scaling.self, forKey: .missingScaling)))
    case .text:
      let levels = try container.decode([TextInput.Level].self, forKey: .levels)
      guard (1...TextInput.largestLevelCount + 1).contains(levels.count),
        Set(levels.map(\.text)).count == levels.count
      else {
        throw InputError.nonsense(
          in: container, found: "\(levels.count) levels, not all different or too many",
          expected: "different levels, at most \(TextInput.largestLevelCount) beside the missing one")
      }
      self = .text(TextInput(name: name, levels: levels))
    }
  }

  /// Writes the encoding.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    switch self {
    case .numeric(let input):
      try container.encode(Kind.numeric, forKey: .kind)
      try container.encodeIfPresent(input.logarithm, forKey: .logarithm)
      try container.encode(input.scaling, forKey: .scaling)
      try container.encodeIfPresent(input.missingScaling, forKey: .missingScaling)
    case .text(let input):
      try container.encode(Kind.text, forKey: .kind)
      try container.encode(input.levels, forKey: .levels)
    }
  }
}
