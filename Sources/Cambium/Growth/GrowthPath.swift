internal import CambiumCore

/// A network at every size it had while it grew.
struct GrowthPath {
  /// The network as it stood last. The path owns it: a second reference to its Φ would copy that each round.
  var last: GrowingNetwork
  /// The network after each round; the first has no units.
  private(set) var networks: [Network]
  /// Its mean loss on held-out samples then; empty without them.
  private(set) var heldOutLosses: [Double]
  /// The error on held-out samples without units; nil without them.
  private let plainError: Double?
  /// Its information criterion then.
  private(set) var criteria: [Double]
  private(set) var rounds: [RoundRecord] = []
  /// Which samples were represented when.
  private(set) var coverage: CoverageHistory
  /// How the network stands.
  private(set) var standing: Standing
  /// What counts as represented.
  private let represents: Coverage
  var epochs = 0
  private(set) var stopReason = StopReason.unitBudget
  /// Where growth can go on from; nil before it began.
  private(set) var state: LoopState?

  init(_ network: GrowingNetwork, represents: Coverage) {
    self.represents = represents
    standing = network.standing(by: represents)
    plainError = network.heldOutError()
    last = network
    networks = [network.network]
    heldOutLosses = network.heldOutLoss().map { [$0] } ?? []
    criteria = [network.informationCriterion(loss: standing.loss)]
    coverage = CoverageHistory(sampleCount: network.reported.sampleCount)
    note()
  }

  /// A path that goes on from a state, which is sound for the samples of `network`, one without units; nil where growth
  /// would not have kept its units.
  init?(_ network: GrowingNetwork, represents: Coverage, from state: LoopState) {
    guard let restored = network.restored(state), restored.isFinite else { return nil }
    last = restored
    plainError = network.heldOutError()
    self.represents = represents
    standing = restored.standing(by: represents)
    networks = state.networks
    heldOutLosses = state.heldOutLosses
    criteria = state.criteria
    rounds = state.rounds
    coverage = CoverageHistory(of: state.coveredFirst, sampleCount: network.reported.sampleCount)
    epochs = state.epochs
    self.state = state
    note()
  }

  /// Remembers where growth stands, to go on from there.
  mutating func keepState(_ evidence: Evidence?) { state = LoopState(self, evidence: evidence) }

  /// Looks at how the network stands now, and notes with its units what is represented for the first time.
  mutating func observe() {
    standing = last.standing(by: represents)
    note()
  }

  private mutating func note() {
    coverage.observe(standing.covered, unitCount: last.unitCount)
    last.noteCoveredFirst(coverage.countsOfUnits)
  }

  /// Remembers the network as it stands after a round.
  mutating func append(_ round: RoundRecord) {
    networks.append(last.network)
    if let loss = last.heldOutLoss() { heldOutLosses.append(loss) }
    criteria.append(last.informationCriterion(loss: standing.loss))
    rounds.append(round)
  }

  /// Which samples were represented when, as far as the units of a network on the path; nil of very many samples.
  func firstCoverage(of network: Network) -> FirstCoverage? {
    coverage.firstCoverage(ofUnits: network.units.count)
  }

  /// The number of rounds with the least criterion, of equal ones the smallest.
  var roundsOfLeastCriterion: Int { criteria.indices.reduce(0) { criteria[$1] < criteria[$0] ? $1 : $0 } }

  /// The root mean square error on held-out samples after so many rounds, at most of all; infinite without them.
  func heldOutError(after count: Int) -> Double {
    guard let round = rounds.prefix(count).last else { return plainError ?? .infinity }
    return round.validationError ?? .infinity
  }

  /// True where the held-out loss has not become less for `patience` units, but for next to nothing; or the criterion,
  /// where that chooses.
  func hasStalled(by spec: StoppingSpec) -> Bool {
    let losses = spec.rule == .bic ? criteria : heldOutLosses
    guard var least = losses.indices.first else { return false }
    let tolerance = spec.rule == .bic || last.data.task == .regression ? 0 : spec.tolerance
    for (index, loss) in losses.enumerated()
    where loss < losses[least] - tolerance * (losses[least] + 0.1) { least = index }
    return networks[networks.count - 1].units.count - networks[least].units.count >= spec.patience
  }

  func ending(_ reason: StopReason) -> GrowthPath {
    var path = self
    path.stopReason = reason
    return path
  }
}
