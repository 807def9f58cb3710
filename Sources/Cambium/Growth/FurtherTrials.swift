internal import CambiumCore

/// Networks to choose by that are grown in another way than others, step by step: each step goes on from where those before it
/// ended.
struct FurtherTrials {
  private let others: Trials
  private var progress: GrowthProgress
  private let deadline: Double?
  private let context: FitContext
  /// The others, with what these took so far.
  private(set) var all: Trials

  init(than others: Trials, from progress: GrowthProgress, deadline: Double?, _ context: FitContext) {
    (self.others, all) = (others, others)
    (self.progress, self.deadline, self.context) = (progress, deadline, context)
  }

  /// Networks grown on some hold-outs; of classes under the readout's ridge that the others grew under.
  mutating func grow(by spec: GrowthSpec, on holdOuts: ArraySlice<HoldOut>) -> Trials {
    let trials = Trials(
      of: spec, on: Array(holdOuts), ridge: others.ridge, deadline: deadline, from: progress, context)
    progress.state.loops.merge(trials.state.loops) { $1 }
    all = others.adding(trials)
    return trials
  }
}

extension GrowthRun {
  /// Whether there is memory for networks to choose by, of a spec, while those of other trials are kept.
  func hasMemory(forTrialsBesides trials: Trials, of spec: GrowthSpec) -> Bool {
    let count = trials.paths.count
    let need = MemoryNeed(of: spec, data: data, holdOuts: count, unitColumns: .computed, chosen: count)
    return !context.workers.isSoOnAny(need.bytes > context.memory ?? physicalMemory())
  }
}
