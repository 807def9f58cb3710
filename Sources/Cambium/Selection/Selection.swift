internal import CKernels
internal import CambiumCore

/// A trained candidate as it would be installed.
struct Candidate {
  /// Its place in the pool.
  let place: Int
  let unit: Network.Unit
  /// Its column of Φ on the samples that it was selected on.
  let column: [Double]
}

/// How good the network is with a candidate installed and the readout refitted: first, then where that ties.
struct CandidateScore: Comparable {
  let first: Double
  let second: Double

  /// That of a candidate that adds nothing, or no number.
  static let useless = CandidateScore(first: -.infinity, second: 0)

  static func < (a: CandidateScore, b: CandidateScore) -> Bool { (a.first, a.second) < (b.first, b.second) }
}

extension GrowingNetwork {
  /// Step 5 of the strategy: of the trained candidates those that let the network represent the most samples.
  ///
  /// The `shortlist` candidates of the largest objective are judged with the readout refitted to each in turn, of many
  /// samples on some drawn at random; ties go to the candidate that comes first. The best is kept; the others are judged
  /// again beside it, so that what both represent counts once, and so on until `keep` are. A candidate that is constant or
  /// not finite is never chosen.
  func selected(
    from pool: CandidatePool, objectives: [Double], by spec: SelectionSpec, setAside: [Int] = [],
    random: RandomStream
  ) -> [Candidate] {
    var jury = jury(by: spec, setAside: setAside, random: random)
    var left = jury.shortlist(of: pool, objectives: objectives, by: spec)
    var chosen: [Candidate] = []
    while chosen.count < spec.keep, !left.isEmpty {
      let isFirst = chosen.isEmpty
      let scores = isFirst && left.count == 1 ? [] : jury.judge(left.map(\.candidate), by: spec)
      var best = 0
      for index in scores.indices where scores[index] > scores[best] { best = index }
      if !isFirst, scores[best].first == -.infinity { break }
      let next = left.remove(at: best)
      guard let candidate = candidate(next.index, of: pool, as: next.candidate) else { continue }
      guard chosen.count + 1 == spec.keep || jury.install(next.candidate) else { continue }
      chosen.append(candidate)
      if chosen.count < spec.keep { jury.refitReadout() }
    }
    return chosen
  }

  /// The best candidates, so many, each judged by itself, the best first.
  func ranked(
    _ count: Int, from pool: CandidatePool, objectives: [Double], by spec: SelectionSpec, setAside: [Int],
    random: RandomStream
  ) -> [Candidate] {
    let jury = jury(by: spec, setAside: setAside, random: random)
    let shortlist = jury.shortlist(of: pool, objectives: objectives, by: spec)
    let scores = jury.judge(shortlist.map(\.candidate), by: spec)
    let order = scores.indices.sorted { a, b in scores[a] == scores[b] ? a < b : scores[a] > scores[b] }
    return order.prefix(count).compactMap {
      candidate(shortlist[$0].index, of: pool, as: shortlist[$0].candidate)
    }
  }

  /// The network on the samples that candidates are judged on: all to the limit, without those that are set aside to
  /// judge by.
  func jury(by spec: SelectionSpec, setAside: [Int], random: RandomStream) -> GrowingNetwork {
    guard !setAside.isEmpty else {
      if data.sampleCount > spec.sampleLimit { return sampled(spec.sampleLimit, random: random) }
      return self
    }
    func drawn(_ rows: [Int], _ label: String) -> [Int] {
      guard rows.count > spec.sampleLimit else { return rows }
      let order = random.child(label).generator().permutation(rows.count)
      return order.prefix(spec.sampleLimit).map { rows[$0] }.sorted()
    }
    let apart = Set(setAside)
    let others = (0..<data.sampleCount).filter { !apart.contains($0) }
    return restricted(to: drawn(others, "learned"), heldOut: drawn(setAside, "set aside"))
  }

  private func shortlist(
    of pool: CandidatePool, objectives: [Double], by spec: SelectionSpec
  ) -> [(index: Int, candidate: Candidate)] {
    let order = (0..<pool.count).sorted { (objectives[$0], $1) > (objectives[$1], $0) }
    let best = order.prefix(max(spec.shortlist, spec.keep)).filter { objectives[$0] > 0 }
    return zip(best, candidates(best, of: pool)).compactMap { index, found in found.map { (index, $0) } }
  }

  /// A candidate that a jury judged, on these samples.
  private func candidate(_ index: Int, of pool: CandidatePool, as judged: Candidate) -> Candidate? {
    judged.column.count == data.sampleCount ? judged : candidates([index], of: pool)[0]
  }

  /// Candidates as units: the response of each is clipped to its range here and standardised; nil where that cannot be.
  private func candidates(_ indices: [Int], of pool: CandidatePool) -> [Candidate?] {
    let units = indices.map { index in
      Network.Unit(
        activation: pool.activation(of: index), connections: pool.connections(of: index), range: 0...0,
        offset: 0, scale: 1, prunedConnections: pool.prunedCount(of: index))
    }
    return zip(indices, zip(units, StandardisedResponses.all(of: units, in: self))).map { index, pair in
      var (unit, responses) = pair
      guard let responses else { return nil }
      unit.range = responses.moments.range
      unit.offset = responses.moments.mean
      unit.scale = 1 / responses.moments.deviation
      guard unit.isSound(before: design.columnCount) else { return nil }
      var column = responses.values
      cambium_standardise(column.count, column, unit.offset, unit.scale, &column)
      return Candidate(place: index, unit: unit, column: column)
    }
  }
}
