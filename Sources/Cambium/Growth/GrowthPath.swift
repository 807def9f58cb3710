internal import CambiumCore

/// A network at every size it had while it grew.
struct GrowthPath {
  /// The network as it stood last. The path owns it: a second reference to its Φ would copy that each round.
  var last: GrowingNetwork
  /// The network after each round; the first has no units.
  private(set) var networks: [Network]
  /// Its mean loss on held-out samples then; empty without them.
  private(set) var heldOutLosses: [Double]
  private(set) var rounds: [RoundRecord] = []
  /// Which samples were represented when.
  private(set) var coverage: CoverageHistory
  var epochs = 0
  private(set) var stopReason = StopReason.unitBudget

  init(_ network: GrowingNetwork) {
    last = network
    networks = [network.network]
    heldOutLosses = network.heldOutLoss().map { [$0] } ?? []
    coverage = CoverageHistory(sampleCount: network.data.sampleCount)
  }

  /// Hears which samples the network represents as it stands, and notes with its units what is new.
  mutating func observe(_ covered: [Bool]) {
    coverage.observe(covered, unitCount: last.unitCount)
    last.note(coverage.first)
  }

  /// Remembers the network as it stands after a round.
  mutating func append(_ round: RoundRecord) {
    networks.append(last.network)
    if let loss = last.heldOutLoss() { heldOutLosses.append(loss) }
    rounds.append(round)
  }

  /// Which samples were represented when, as far as the units of a network on the path.
  func firstCoverage(of network: Network) -> FirstCoverage {
    FirstCoverage(
      readout: coverage.first.readout, units: Array(coverage.first.units.prefix(network.units.count)))
  }

  /// True where the held-out loss has not become less for `patience` units, but for next to nothing.
  func hasStalled(by spec: StoppingSpec) -> Bool {
    guard var least = heldOutLosses.indices.first else { return false }
    let tolerance = last.data.task == .regression ? 0 : spec.tolerance
    for (index, loss) in heldOutLosses.enumerated()
    where loss < heldOutLosses[least] - tolerance * (heldOutLosses[least] + 0.1) { least = index }
    return networks[networks.count - 1].units.count - networks[least].units.count >= spec.patience
  }

  func ending(_ reason: StopReason) -> GrowthPath {
    var path = self
    path.stopReason = reason
    return path
  }
}
