internal import CambiumCore

/// What a round of growth added to where a network stood. One after another, they make up a ``GrowthState``, so that what is
/// kept of a growth while it goes on takes no more room than what it ends with.
public struct GrowthStep: Codable, Sendable {
  /// Which of the networks that are grown: a key of ``GrowthState/loops``.
  let loop: String
  /// The network after the round.
  let network: Network
  let heldOutLoss: Double?
  let criterion: Double
  /// The round; nil where it is the network without units.
  let round: RoundRecord?
  /// The samples that were first represented without units, or with each unit of the round.
  let coveredFirst: [SampleList]
  let epochs: Int
  let decay: ReadoutDecay
  let evidence: Evidence?
  let tunedCount: Int

  /// The last step to a state.
  init?(to state: LoopState, of loop: String) {
    guard let network = state.network, let criterion = state.criteria.last else { return nil }
    self.loop = loop
    self.network = network
    self.criterion = criterion
    heldOutLoss = state.heldOutLosses.last
    round = state.rounds.last
    let before = state.networks.dropLast().last
    coveredFirst =
      before.map { Array(state.coveredFirst.dropFirst(1 + $0.units.count)) } ?? state.coveredFirst
    (epochs, decay, evidence, tunedCount) = (state.epochs, state.decay, state.evidence, state.tunedCount)
  }
}

extension GrowthState {
  /// The state that steps lead to, from another or from nothing. A step that does not follow on the last of its network is
  /// passed over; one without a round begins its network anew.
  public init(_ steps: some Sequence<GrowthStep>, from state: GrowthState? = nil) {
    self = state ?? GrowthState()
    for step in steps {
      if step.round == nil {
        loops[step.loop] = LoopState(first: step)
      } else {
        loops[step.loop]?.append(step)
      }
    }
  }
}

extension LoopState {
  fileprivate init(first step: GrowthStep) {
    networks = [step.network]
    heldOutLosses = step.heldOutLoss.map { [$0] } ?? []
    criteria = [step.criterion]
    rounds = []
    coveredFirst = step.coveredFirst
    (epochs, decay, evidence, tunedCount) = (step.epochs, step.decay, step.evidence, step.tunedCount)
  }

  fileprivate mutating func append(_ step: GrowthStep) {
    guard let round = step.round, rounds.count + 1 == round.index else { return }
    networks.append(step.network)
    if let loss = step.heldOutLoss { heldOutLosses.append(loss) }
    criteria.append(step.criterion)
    rounds.append(round)
    coveredFirst += step.coveredFirst
    (epochs, decay, evidence, tunedCount) = (step.epochs, step.decay, step.evidence, step.tunedCount)
  }
}

/// Where the networks of a growth stood before, and who hears of each step that they take.
struct GrowthProgress: Sendable {
  var state = GrowthState()
  var onStep: (@Sendable (GrowthStep) -> Void)?

  /// The same of one network.
  func loop(_ name: String) -> LoopProgress {
    LoopProgress(name: name, state: state.loops[name], onStep: onStep)
  }
}

/// Where a network stood before, and who hears of each step that it takes.
struct LoopProgress: Sendable {
  var name = ""
  var state: LoopState?
  var onStep: (@Sendable (GrowthStep) -> Void)?

  /// Tells of the last step to where the network stands.
  func tell(_ state: LoopState?) {
    guard let onStep, let state, let step = GrowthStep(to: state, of: name) else { return }
    onStep(step)
  }
}
