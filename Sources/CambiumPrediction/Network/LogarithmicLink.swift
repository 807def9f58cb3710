/// How a score becomes the output of a number whose logarithm was learned: output = origin + factor · e^score.
///
/// (A generalised linear model's logarithmic link: Nelder and Wedderburn 1972.)
public struct LogarithmicLink: Sendable, Equatable, Codable {
  /// What outputs are counted from, in standard deviations of the target: where the raw target is 0.
  public let origin: Double
  /// What the power of e is multiplied by, not 0; below 0 where the target is.
  public let factor: Double

  /// Makes a link; both finite, the factor not 0.
  public init(origin: Double, factor: Double) {
    precondition(origin.isFinite && factor.isFinite && factor != 0, "logarithmic link")
    self.origin = origin
    self.factor = factor
  }

  /// The output of a score.
  public func output(ofScore score: Double) -> Double { origin + factor * exponential(score) }

  /// The score of an output: −infinity where the output lies at the origin, not a number beyond it.
  public func score(ofOutput output: Double) -> Double { logarithm((output - origin) / factor) }

  private enum Key: String, CodingKey { case origin, factor }

  /// Reads a link and checks it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let origin = try container.decode(Double.self, forKey: .origin)
    let factor = try container.decode(Double.self, forKey: .factor)
    guard origin.isFinite, factor.isFinite, factor != 0 else {
      throw InputError.nonsense(
        in: container, found: "origin \(origin) and factor \(factor)",
        expected: "finite numbers, the factor not 0")
    }
    self.init(origin: origin, factor: factor)
  }
}
