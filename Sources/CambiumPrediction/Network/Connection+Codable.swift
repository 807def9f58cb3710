extension Network.Connection: Codable {
  private enum CodingKeys: String, CodingKey {
    case source, weight, centre, factor
  }

  /// Reads a connection; without a word about it, it is part of the first sum.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      source: try container.decode(Int.self, forKey: .source),
      weight: try container.decode(Double.self, forKey: .weight),
      centre: try container.decode(Double.self, forKey: .centre),
      factor: try container.decodeIfPresent(Network.Factor.self, forKey: .factor) ?? .first)
  }

  /// Writes a connection; the factor where it is the second, which only product units have.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(source, forKey: .source)
    try container.encode(weight, forKey: .weight)
    try container.encode(centre, forKey: .centre)
    if factor != .first { try container.encode(factor, forKey: .factor) }
  }
}
