internal import CambiumCore

/// A network with what is done once its size is known.
struct FinishedNetwork {
  var network: Network
  /// Which of the units that it grew stayed.
  var kept: [Int]
  /// Passes over the samples that it took.
  var epochs = 0
}

extension GrowthPath {
  /// A network of the path without units that bring too little, all weights tuned, each where the spec asks for it.
  func finished(_ network: Network, of choice: SizeChoice?, spec: GrowthSpec, random: RandomStream)
    -> FinishedNetwork
  {
    var finished = FinishedNetwork(network: network, kept: Array(network.units.indices))
    let isTuned = spec.refinement.time == .end && spec.refinement.applies(to: last.data.task)
    guard !network.units.isEmpty, spec.pruning.units > 0 || isTuned else {
      finished.network = prunedReadout(of: network, of: choice, spec: spec)
      return finished
    }
    var whole = last.rebuilt(with: network)
    if spec.pruning.units > 0 {
      let (smaller, kept) = whole.removingUnits(share: spec.pruning.units)
      if kept.count < finished.kept.count {
        whole = smaller
        finished = FinishedNetwork(network: smaller.network, kept: kept)
        if let choice, spec.choosesRidge(for: last.data.task) {
          finished.network = finished.network.replacing(
            readout: meanReadout(of: choice.points, over: smaller, kept: kept))
        }
      }
    }
    if isTuned {
      var evidence: Evidence?
      let refinement = Refinement(spec: spec.refinement, workers: last.workers)
      finished.epochs = refinement.refine(&whole, evidence: &evidence, random: random)
      finished.network = whole.network
    }
    finished.network = prunedReadout(of: finished.network, of: choice, spec: spec)
    return finished
  }

  /// The network without the weights of its readout that hardly matter, where held-out samples chose its size.
  private func prunedReadout(of network: Network, of choice: SizeChoice?, spec: GrowthSpec) -> Network {
    guard spec.pruning.readout > 0, let choice else { return network }
    let whole = last.units == network.units ? last : last.rebuilt(with: network)
    let ridge = spec.choosesRidge(for: last.data.task) || network.units.isEmpty ? choice.points[0].ridge : nil
    let decay = ridge.map { ReadoutDecay(all: $0 * last.data.totalWeight) } ?? whole.decay
    let pruning = ReadoutPruning(
      share: spec.pruning.readout, network: whole,
      penalties: decay.penalties(inputs: last.data.featureCount, units: network.units.count))
    return network.replacing(readout: pruning.pruned(network.readout))
  }

  /// The mean of the points' readouts over the units that stayed.
  private func meanReadout(
    of points: [SizeChoice.Point], over smaller: GrowingNetwork, kept: [Int]
  ) -> Matrix {
    smaller.meanReadout(of: points, rows: smaller.readout.rows) { point in
      let size = networks[min(point.rounds, networks.count - 1)].units.count
      let rows = 1 + smaller.data.featureCount + kept.count { $0 < size }
      return smaller.readout.selectingRows(Array(0..<rows))
    }
  }
}
