public import CambiumCore

/// A network with fewer terms and digits that errs hardly more: what a formula should have before it is read.
///
/// Part of the samples is held out. Units, then connections, go, those of the smallest weights first, as long as the error
/// on the held-out samples, the readout fitted anew to the others, stays within an allowance of what it is with all
/// terms; then all numbers get as few significant digits as that allows. At last the readout is fitted to all samples.
public struct Simplification: Sendable {
  /// A point of the trade-off between terms, digits and error.
  public struct Step: Sendable, Equatable {
    /// What was done.
    public let name: String
    /// Significant digits of all numbers; nil for all.
    public let digits: Int?
    /// Units left.
    public let units: Int
    /// Connections left, those of the readout among them.
    public let terms: Int
    /// The error on the held-out samples; see ``Network/error(on:workers:)``.
    public let error: Double
    /// Whether the network that was kept is this one.
    public let isKept: Bool
  }

  /// What is left.
  public let network: Network
  /// How many significant digits its numbers have; nil where all are needed.
  public let digits: Int?
  /// All terms, fewer units, fewer connections, and then fewer and fewer digits.
  public let steps: [Step]

  /// The share of the samples that is held out.
  public static let heldOutShare = 0.3
  /// The most digits that are tried.
  static let mostDigits = 7
  private static let ridges = [1e-6, 1e-4, 1e-2, 1]

  /// Simplifies a network.
  ///
  /// - Parameters:
  ///   - network: A grown network.
  ///   - data: At least ten samples, encoded as those that it was grown on.
  ///   - allowance: The share of the held-out error by which it may rise, at least 0.
  ///   - random: Which samples are held out.
  /// - Throws: `InputError` where there are too few samples.
  public init(
    of network: Network, on data: Dataset, allowance: Double, random: RandomStream, workers: WorkerPool
  )
    throws
  {
    precondition(allowance >= 0 && allowance.isFinite, "an allowance of at least 0")
    guard data.sampleCount >= 10 else {
      throw InputError(
        .content, found: "\(data.sampleCount) rows", expected: "at least 10 to simplify by")
    }
    let split = Split.holdOut(data, fraction: Self.heldOutShare, random: random)
    var search = SimplificationSearch(
      network: network, training: data.selecting(split.training), heldOut: data.selecting(split.heldOut),
      ridges: Self.ridges, allowance: allowance, workers: workers)
    var points = [("all terms", search.draft)]
    search.removeUnits()
    points.append(("fewer units", search.draft))
    search.removeConnections()
    points.append(("fewer connections", search.draft))
    var steps = points.enumerated().map { index, point in
      search.step(point.0, point.1, digits: nil, isKept: false)
    }
    let rounded = (1...Self.mostDigits).map {
      search.step("fewer digits", search.draft, digits: $0, isKept: false)
    }
    let digits = rounded.first { $0.error <= search.limit }?.digits
    steps += rounded.reversed()
    self.steps = steps.enumerated().map { index, step in
      Step(
        name: step.name, digits: step.digits, units: step.units, terms: step.terms, error: step.error,
        isKept: digits == nil ? index == points.count - 1 : step.digits == digits)
    }
    self.digits = digits
    let final = ReadoutTrial(base: network, training: data, workers: workers, ridge: search.trial.ridge)
    self.network = SimplificationSearch.network(search.draft, digits: digits, by: final)
  }
}
