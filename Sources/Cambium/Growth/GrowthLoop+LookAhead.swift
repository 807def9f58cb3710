internal import CambiumCore

extension GrowthLoop {
  /// Step 5 with a look at the round after: of the best candidates the one with which the best of a next pool lets the
  /// network represent the most samples. All next pools start from the same random numbers.
  func selectedLookingAhead(
    from pool: CandidatePool, objectives: [Double], over network: GrowingNetwork, round: Int,
    setAside: [Int], random: RandomStream
  ) -> [Candidate] {
    let spec = spec.selection
    let best = network.ranked(
      spec.lookAheadBreadth, from: pool, objectives: objectives, by: spec, setAside: setAside,
      random: random.child("jury"))
    guard best.count > 1 else { return best }
    let criterion = SelectionCriterion(spec, from: network)
    let random = random.child("next")
    let scores = context.workers.map(best.count) { index in
      var grown = network
      guard grown.install(best[index]) else { return CandidateScore.useless }
      grown.refitReadout()
      let next = self.pool(
        over: grown, round: round + 1, setAside: setAside, random: random.child("pool"))
      let (trained, reached) = train(
        next, against: grown, setAside: setAside, random: random.child("samples"))
      for candidate in grown.selected(
        from: trained, objectives: reached, by: spec, setAside: setAside, random: random.child("jury"))
      {
        guard grown.install(candidate) else { continue }
        grown.refitReadout()
      }
      guard spec.rule == .validation else { return criterion.score(of: grown) }
      var jury = grown.jury(by: spec, setAside: setAside, random: random.child("verdict"))
      jury.refitReadout()
      return CandidateScore(first: -(jury.heldOutLoss() ?? .infinity), second: 0)
    }
    let first = scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
    return [best[first]]
  }
}
