internal import CambiumCore

/// Where growth stood when it ended, all that it needs to go on as if it had not: of each network that it grew, those to
/// choose by among them, what it was after every round.
///
/// Data are not part of it. A growth of the same data, spec (but for its budgets) and seed that starts from a state gives
/// the network, bit for bit, that it would have given from the beginning.
public struct GrowthState: Codable, Sendable {
  /// The states of growing networks, by what tells them apart.
  var loops: [String: LoopState] = [:]
}

/// Where the growth of a network stood when its last round ended that no budget had changed.
struct LoopState: Codable {
  /// The network after each round; the first has no units.
  var networks: [Network]
  var heldOutLosses: [Double]
  var criteria: [Double]
  var rounds: [RoundRecord]
  /// The samples that were first represented without units, and with each.
  var coveredFirst: [SampleList]
  var epochs: Int
  /// The ridge of each kind of source.
  var decay: ReadoutDecay
  var evidence: Evidence?
  /// How many units there were when all weights were last tuned: what is summed over the samples was summed anew then.
  var tunedCount: Int

  /// The network as it stood last.
  var network: Network? { networks.last }

  init(_ path: GrowthPath, evidence: Evidence?) {
    networks = path.networks
    heldOutLosses = path.heldOutLosses
    criteria = path.criteria
    rounds = path.rounds
    coveredFirst = path.coverage.first
    epochs = path.epochs
    decay = path.last.decay
    self.evidence = evidence
    tunedCount = path.last.tunedCount
  }
}

extension LoopState {
  /// Sums of more might overflow.
  private static let mostEpochs = 1_000_000_000_000_000

  /// Whether the parts fit together and to the samples that a network is to be grown on.
  func isSound(for data: Dataset, heldOut: Dataset?) -> Bool {
    guard let network, networks.count == rounds.count + 1, criteria.count == networks.count,
      heldOutLosses.count == (heldOut == nil ? 0 : networks.count),
      networks.allSatisfy({
        $0.inputCount == data.featureCount && $0.task == data.task && $0.readout.columns == data.outputCount
      }),
      zip(networks, networks.dropFirst()).allSatisfy({ $0.units.count < $1.units.count }),
      networks[0].units.isEmpty, (0...network.units.count).contains(tunedCount),
      (0...Self.mostEpochs).contains(epochs),
      decay.inputs >= 0, decay.units >= 0, decay.inputs.isFinite, decay.units.isFinite
    else { return false }
    return coveredFirst.count == network.units.count + 1
      && coveredFirst.allSatisfy { $0.samples.allSatisfy((0..<data.sampleCount).contains) }
  }
}

extension GrowingNetwork {
  /// The network of a state on its samples: sums over samples are added up in the same order as they were. Nil where a
  /// response is not finite.
  func restored(_ state: LoopState) -> GrowingNetwork? {
    guard let network = state.network else { return self }
    var restored = self
    return restored.restore(network, tunedCount: state.tunedCount, decay: state.decay) ? restored : nil
  }

  private mutating func restore(_ network: Network, tunedCount: Int, decay: ReadoutDecay) -> Bool {
    let tuned = Array(network.units.prefix(tunedCount))
    for unit in tuned { install(unit) }
    if tunedCount > 0 {
      let rows = Array(0..<1 + data.featureCount + tunedCount)
      guard replace(units: tuned, readout: network.readout.selectingRows(rows)) else { return false }
    }
    for unit in network.units.dropFirst(tunedCount) {
      install(unit)
    }
    self.decay = decay
    set(readout: network.readout)
    return true
  }
}
