/// Standardisation of one column: z = (x − mean) / standard deviation, fitted on training rows.
public struct Scaling: Sendable, Equatable, Codable {
  /// The training rows' mean, finite.
  public let mean: Double
  /// The training rows' sample standard deviation (with n − 1), finite and above 0.
  public let standardDeviation: Double

  /// Makes a standardisation; both finite, the standard deviation above 0.
  public init(mean: Double, standardDeviation: Double) {
    precondition(mean.isFinite && standardDeviation.isFinite && standardDeviation > 0, "scaling")
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// A raw value in standard deviations from the mean.
  public func standardised(_ value: Double) -> Double { (value - mean) / standardDeviation }

  /// The raw value of a standardised one.
  public func restored(_ standardised: Double) -> Double { standardised * standardDeviation + mean }

  /// The standardisation of a column that is 1 in `ones` of `count` rows and else 0; nil where it is constant.
  init?(ones: Int, of count: Int) {
    guard ones > 0, ones < count else { return nil }
    let share = Double(ones) / Double(count)
    let variance = share * (1 - share) * Double(count) / Double(count - 1)
    self.init(mean: share, standardDeviation: variance.squareRoot())
  }

  /// The same where the rows have weights.
  init?(rows ones: [Int], of rows: RowWeights) {
    guard let weights = rows.weights else {
      self.init(ones: ones.count, of: rows.count)
      return
    }
    guard !ones.isEmpty, ones.count < rows.count else { return nil }
    let total = weights.reduce(0, +)
    let share = ones.reduce(0) { $0 + weights[$1] } / total
    let effective = total * total / weights.reduce(0) { $0 + $1 * $1 }
    let variance = share * (1 - share) * effective / (effective - 1)
    guard variance > 0, variance.isFinite else { return nil }
    self.init(mean: share, standardDeviation: variance.squareRoot())
  }

  private enum Key: String, CodingKey { case mean, standardDeviation }

  /// Reads a standardisation and checks it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let mean = try container.decode(Double.self, forKey: .mean)
    let deviation = try container.decode(Double.self, forKey: .standardDeviation)
    guard mean.isFinite, deviation.isFinite, deviation > 0 else {
      throw InputError.nonsense(
        in: container, found: "mean \(mean) and standard deviation \(deviation)",
        expected: "finite numbers, the standard deviation above 0")
    }
    self.init(mean: mean, standardDeviation: deviation)
  }
}

extension InputError {
  /// An error in a file that is being decoded; the column is the path of keys.
  static func nonsense<Key: CodingKey>(
    in container: KeyedDecodingContainer<Key>, found: String, expected: String
  ) -> InputError {
    let path = container.codingPath.reduce("") { path, key in
      guard let index = key.intValue else { return path + (path.isEmpty ? "" : ".") + key.stringValue }
      return path + "[\(index)]"
    }
    return InputError(.content, at: InputLocation(column: path), found: found, expected: expected)
  }
}
