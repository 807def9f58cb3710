internal import CKernels
internal import CambiumCore

/// A trained candidate as it would be installed.
struct Candidate {
  /// Its place in the pool.
  let place: Int
  let unit: Network.Unit
  /// Its column of Φ on the samples; empty where the columns of units are not kept.
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
      guard let candidate = candidate(next.index, of: pool) else { continue }
      chosen.append(candidate)
      if chosen.count < spec.keep {
        jury.install(next.candidate.unit)
        jury.refitReadout()
      }
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
    return order.prefix(count).compactMap { candidate(shortlist[$0].index, of: pool) }
  }

  /// The network on the samples that candidates are judged on: all to the limit, without those that are set aside to
  /// judge by.
  func jury(by spec: SelectionSpec, setAside: [Int], random: RandomStream) -> GrowingNetwork {
    guard !setAside.isEmpty else {
      if data.sampleCount > spec.sampleLimit { return sampled(spec.sampleLimit, random: random) }
      // Candidates are judged by their columns, which a jury keeps.
      return design.keepsUnits ? self : restricted(to: Array(0..<data.sampleCount))
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
    return order.prefix(max(spec.shortlist, spec.keep)).filter { objectives[$0] > 0 }
      .compactMap { index in candidate(index, of: pool).map { (index, $0) } }
  }

  /// A candidate as a unit: its response is clipped to its range here and standardised.
  private func candidate(_ index: Int, of pool: CandidatePool) -> Candidate? {
    var unit = Network.Unit(
      activation: pool.activation(of: index), connections: pool.connections(of: index), range: 0...0,
      offset: 0, scale: 1, prunedConnections: pool.prunedCount(of: index))
    let responses =
      design.keepsUnits
      ? StandardisedResponses(kept: unit, of: self) : StandardisedResponses(computed: unit, of: self)
    guard let responses else { return nil }
    unit.range = responses.range
    unit.offset = responses.mean
    unit.scale = 1 / responses.deviation
    guard unit.isSound(before: design.columnCount) else { return nil }
    var column = responses.values
    cambium_standardise(column.count, column, unit.offset, unit.scale, &column)
    return Candidate(place: index, unit: unit, column: column)
  }
}

/// The responses of a unit that is to be installed, and what standardises them.
private struct StandardisedResponses {
  /// Empty where they are not kept.
  private(set) var values: [Double] = []
  private(set) var mean = 0.0
  private(set) var deviation = 0.0
  private(set) var range: ClosedRange<Double> = 0...0

  /// Nil where they are constant or not finite.
  init?(kept unit: Network.Unit, of network: GrowingNetwork) {
    let values = unit.responses(over: network.design, workers: network.workers)
    self.init(of: network) { body in
      values.withUnsafeBufferPointer { if let base = $0.baseAddress { body(0..<values.count, base) } }
    }
    self.values = values
  }

  /// The same tile by tile, in two passes.
  init?(computed unit: Network.Unit, of network: GrowingNetwork) {
    func forEachTile(_ body: (Range<Int>, UnsafePointer<Double>) -> Void) {
      network.design.forEachTileInOrder(width: 1, columns: unit.sources, workers: network.workers) {
        tile, column in
        unit.preactivate(rows: tile.count, sources: tile.base, into: column)
        cambium_values(unit.activation.function, tile.count, column, column)
      } take: {
        body($0, $1)
      }
    }
    self.init(of: network, forEachTile)
  }

  private init?(
    of network: GrowingNetwork,
    _ forEachTile: ((Range<Int>, UnsafePointer<Double>) -> Void) -> Void
  ) {
    let weights = network.data.weights
    var (total, sum, squares) = (0.0, 0.0, 0.0)
    var (low, high, isFinite) = (Double.infinity, -Double.infinity, true)
    forEachTile { rows, values in
      for (i, row) in rows.enumerated() {
        low = min(low, values[i])
        high = max(high, values[i])
        isFinite = isFinite && values[i].isFinite
        total += weights?[row] ?? 1
        sum += (weights?[row] ?? 1) * values[i]
      }
    }
    guard isFinite, low <= high else { return nil }
    let mean = sum / total
    forEachTile { rows, values in
      for (i, row) in rows.enumerated() {
        squares += (weights?[row] ?? 1) * (values[i] - mean) * (values[i] - mean)
      }
    }
    (range, self.mean) = (Network.widened([low, high]), mean)
    deviation = (squares / total).squareRoot()
    guard deviation > 1e-9 * max(abs(mean), 1e-6) else { return nil }
  }
}
