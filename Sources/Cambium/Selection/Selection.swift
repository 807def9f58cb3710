internal import CKernels
internal import CambiumCore

/// A trained candidate as it would be installed.
struct Candidate {
  let unit: Network.Unit
  /// Its column of Φ on the samples.
  let column: [Double]
}

/// How good the network is with a candidate installed and the readout refitted: first, then where that ties.
struct CandidateScore: Comparable {
  let first: Double
  let second: Double

  static func < (a: CandidateScore, b: CandidateScore) -> Bool { (a.first, a.second) < (b.first, b.second) }
}

extension GrowingNetwork {
  /// Step 5 of the strategy: of the trained candidates those that let the network represent the most samples.
  ///
  /// The `shortlist` candidates of the largest objective are judged with the readout refitted to each in turn, of many
  /// samples on some drawn at random; ties go to the candidate that comes first. A candidate that is constant or not
  /// finite is never chosen.
  func selected(
    from pool: CandidatePool, objectives: [Double], by spec: SelectionSpec, random: RandomStream
  ) -> [Candidate] {
    let isSampled = data.sampleCount > spec.sampleLimit
    let jury = isSampled ? sampled(spec.sampleLimit, random: random) : self
    let order = (0..<pool.count).sorted { (objectives[$0], $1) > (objectives[$1], $0) }
    let shortlist = order.prefix(max(spec.shortlist, spec.keep)).filter { objectives[$0] > 0 }
      .compactMap { index in jury.candidate(index, of: pool).map { (index: index, candidate: $0) } }
    let judged = jury.judge(shortlist.map(\.candidate), by: spec)
    let ranked = shortlist.indices.sorted { a, b in
      judged[a] == judged[b] ? a < b : judged[a] > judged[b]
    }
    guard isSampled else { return ranked.prefix(spec.keep).map { shortlist[$0].candidate } }
    return Array(
      ranked.lazy.compactMap { candidate(shortlist[$0].index, of: pool) }.prefix(spec.keep))
  }

  /// A candidate as a unit: its response is clipped to its range here and standardised.
  private func candidate(_ index: Int, of pool: CandidatePool) -> Candidate? {
    var unit = Network.Unit(
      activation: pool.activation(of: index), connections: pool.connections(of: index), range: 0...0,
      offset: 0, scale: 1, prunedConnections: pool.prunedCount(of: index))
    var column = unit.responses(over: design, workers: workers)
    guard column.allSatisfy(\.isFinite) else { return nil }
    let (mean, deviation) = weightedMoments(column)
    guard deviation > 1e-9 * max(abs(mean), 1e-6) else { return nil }
    unit.range = Network.widened(column)
    unit.offset = mean
    unit.scale = 1 / deviation
    guard unit.isSound(before: design.columnCount) else { return nil }
    cambium_standardise(column.count, column, mean, 1 / deviation, &column)
    return Candidate(unit: unit, column: column)
  }

  private func weightedMoments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let weights = data.weights
    var total = 0.0
    var sum = 0.0
    for (i, value) in values.enumerated() {
      total += weights?[i] ?? 1
      sum += (weights?[i] ?? 1) * value
    }
    let mean = sum / total
    var squares = 0.0
    for (i, value) in values.enumerated() { squares += (weights?[i] ?? 1) * (value - mean) * (value - mean) }
    return (mean, (squares / total).squareRoot())
  }

  private func judge(_ shortlist: [Candidate], by spec: SelectionSpec) -> [CandidateScore] {
    guard shortlist.count > spec.keep else { return shortlist.map { _ in .init(first: 0, second: 0) } }
    switch data.task {
    case .regression: return judgeByLeastSquares(shortlist, spec)
    case .classification: return judgeByClasses(shortlist, spec)
    }
  }

  /// With g one more column of Φ, the refitted prediction is Ŷ + (g − ΦK⁻¹u)·b with K = ΦᵀVΦ + Λ, u = ΦᵀVg,
  /// b = gᵀVR / (gᵀVg + λ − uᵀK⁻¹u): no candidate needs a fit of its own.
  private func judgeByLeastSquares(_ shortlist: [Candidate], _ spec: SelectionSpec) -> [CandidateScore] {
    guard let factor = equations.leastSquares(penalties: penalties).factor else {
      return shortlist.map { _ in .init(first: 0, second: 0) }
    }
    let residual = residual
    let columns = Matrix(
      rows: data.sampleCount, columns: shortlist.count, values: shortlist.flatMap(\.column))
    let overlap = design.moments(with: columns, weights: data.weights, workers: workers)
    let projection = factor.solve(overlap, columns: shortlist.count)
    let shadows = design.product(
      with: Matrix(rows: design.columnCount, columns: shortlist.count, values: projection), workers: workers)
    let width = coverageWidth(residual)
    return workers.map(shortlist.count) { k in
      let g = shortlist[k].column
      let p = design.columnCount
      var remainder = decay.units
      for i in g.indices { remainder += (data.weights?[i] ?? 1) * g[i] * g[i] }
      for j in 0..<p { remainder -= overlap[j + k * p] * projection[j + k * p] }
      guard remainder > 1e-9 * data.totalWeight else { return .init(first: -.infinity, second: 0) }
      var reduction = 0.0
      var refitted = residual
      for o in 0..<residual.columns {
        var pull = 0.0
        for i in g.indices { pull += (data.weights?[i] ?? 1) * g[i] * residual[i, o] }
        let b = pull / remainder
        reduction += pull * b
        for i in g.indices { refitted[i, o] -= (g[i] - shadows[i, k]) * b }
      }
      switch spec.rule {
      case .errorReduction: return .init(first: reduction, second: 0)
      case .coverage:
        let count = Coverage.softCount(residual: refitted, width: width, weights: data.weights)
        return .init(first: count, second: reduction)
      case .hardCoverage:
        let none = Matrix(rows: refitted.rows, columns: refitted.columns)
        let share = Coverage(task: .regression, tolerance: spec.tolerance)
          .share(scores: refitted, targets: none, weights: data.weights)
        return .init(first: share, second: reduction)
      }
    }
  }

  /// Thrice the root mean square of the residual: wide, so that nearly every sample has a say.
  private func coverageWidth(_ residual: Matrix) -> Double {
    var squares = 0.0
    for o in 0..<residual.columns {
      for i in 0..<residual.rows { squares += (data.weights?[i] ?? 1) * residual[i, o] * residual[i, o] }
    }
    let total = data.totalWeight * Double(residual.columns)
    return max(3 * (squares / total).squareRoot(), 1e-12)
  }

  private func judgeByClasses(_ shortlist: [Candidate], _ spec: SelectionSpec) -> [CandidateScore] {
    let fitter = ReadoutFitter(data: data, workers: workers)
    let coverage = Coverage(task: data.task, tolerance: spec.tolerance)
    var extended = design
    return shortlist.map { candidate in
      extended.append(candidate.column)
      defer { extended.removeColumns(after: design.columnCount) }
      let trial = fitter.fit(
        design: extended,
        equations: equations.appending(candidate.column, to: design, data: data, workers: workers),
        penalties: penalties + [decay.units], start: readout, steps: 12)
      let scores = extended.product(with: trial, workers: workers)
      let gain = -meanLoss(scores: scores, of: data)
      guard gain.isFinite else { return .init(first: -.infinity, second: 0) }
      switch spec.rule {
      case .errorReduction: return .init(first: gain, second: 0)
      case .coverage:
        let count = Coverage.expectedCount(
          probabilities: loss.outputs(ofScores: scores), targets: data.targets, weights: data.weights)
        return .init(first: count, second: gain)
      case .hardCoverage:
        let share = coverage.share(scores: scores, targets: data.targets, weights: data.weights)
        return .init(first: share, second: gain)
      }
    }
  }
}
