internal import CambiumCore

extension GrowingNetwork {
  /// What units are judged by once the network has grown: the held-out loss, or else the information criterion.
  private var judgement: Double { heldOutLoss() ?? informationCriterion }

  /// The network of a network's units on the samples of this one, its readout fitted.
  func rebuilt(with network: Network) -> GrowingNetwork {
    var rebuilt = withoutUnits
    for unit in network.units { rebuilt.install(unit) }
    rebuilt.refitReadout()
    return rebuilt
  }

  /// The network without one unit that no other reads, the readout fitted anew.
  func removing(_ index: Int) -> GrowingNetwork {
    let gone = 1 + data.featureCount + index
    var smaller = withoutUnits
    for (place, unit) in units.enumerated() where place != index {
      precondition(unit.connections.allSatisfy { $0.source != gone }, "a unit that another reads")
      var renumbered = unit
      for k in unit.connections.indices where unit.connections[k].source > gone {
        renumbered.connections[k].source -= 1
      }
      smaller.install(renumbered)
    }
    smaller.refitReadout()
    return smaller
  }

  /// Backward deletion: the network without units whose removal, all together, makes the held-out loss or the criterion
  /// rise by less than a share of what all units brought it down by; the cheapest goes first. Returns with it which units
  /// stayed. Each removal costs a readout for every unit that no other reads.
  func removingUnits(share: Double) -> (network: GrowingNetwork, kept: [Int]) {
    let bound = judgement + share * max(0, withoutUnits.judgement - judgement)
    var network = self
    var kept = Array(units.indices)
    while !network.units.isEmpty {
      let first = 1 + data.featureCount
      let read = Set(network.units.flatMap { $0.connections.map { $0.source - first } })
      let unread = network.units.indices.filter { !read.contains($0) }
      // Each network goes again at once: all of them together would hold Φ many times.
      let losses = workers.map(unread.count) { network.removing(unread[$0]).judgement }
      let best = losses.indices.reduce(0) { losses[$1] < losses[$0] ? $1 : $0 }
      guard losses[best] < bound else { break }
      network = network.removing(unread[best])
      kept.remove(at: unread[best])
    }
    return (network, kept)
  }
}
