public import CambiumCore

/// Grows networks: the strategy, and the choice of how far to follow it.
///
/// With held-out samples, networks are grown long on the others, the topology and the size (for classes also the
/// readout's ridge) with the least held-out loss are chosen, zero units among the answers, and a network of that
/// size is grown again on all samples. Without, growth ends at full coverage or at its budget; or the size with the least
/// information criterion stays (`stopping.rule`).
public struct Grower: Learner {
  /// How it grows.
  public let spec: GrowthSpec
  /// Where it goes on from; nil where it begins.
  private let state: GrowthState?
  /// Hears of each round that a network ended.
  private let onStep: (@Sendable (GrowthStep) -> Void)?

  /// Makes a grower; throws where the spec is out of range.
  ///
  /// - Parameter state: Where a growth of the same data, seed and spec, but for its budgets, stood when it ended. Parts of
  ///   it that do not fit are not used: growth is then as without.
  /// - Parameter onStep: Hears of each step that brings growth further, on any of its threads: what it needs to go on from
  ///   there is ``GrowthState/init(_:from:)`` of all steps so far.
  public init(
    spec: GrowthSpec = GrowthSpec(), continuing state: GrowthState? = nil,
    onStep: (@Sendable (GrowthStep) -> Void)? = nil
  ) throws {
    try spec.validate()
    self.spec = spec
    self.state = state
    self.onStep = onStep
  }

  /// Grows a network on `data`.
  ///
  /// - Parameter validation: Samples to choose the size by; else `stopping.validationFraction` of `data` is
  ///   held out. Either way the network that is returned has, unless `stopping.regrow` is off, learned them too.
  /// - Throws: `InputError` where there are no samples, where receptive fields do not fit the inputs, and where the
  ///   largest network that the spec allows needs more memory than there is.
  public func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    guard data.sampleCount > 0, validation?.sampleCount != 0 else {
      throw InputError(.content, found: "no samples", expected: "at least one to learn, and to choose by")
    }
    try spec.fields.check(against: data.columns)
    let learned = try spec.targetScale.applied(to: data, and: validation)
    let run = try GrowthRun(
      spec: spec, data: learned.data, validation: learned.validation,
      progress: GrowthProgress(state: state ?? GrowthState(), onStep: onStep), context: context)
    let tolerance = run.spec.selection.tolerance
    let isFound = spec.selection.toleranceUnit != run.spec.selection.toleranceUnit
    let found = "by the targets' noise, an output is right within \(tolerance) standard deviations"
    if isFound { context.observer.observe(.decision(found)) }
    var fit = try run.fit()
    if isFound {
      fit.report.tolerance = tolerance
      fit.report.decisions.insert(found, at: 0)
    }
    return fit
  }
}
