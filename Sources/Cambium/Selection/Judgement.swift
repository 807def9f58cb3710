internal import CKernels
internal import CambiumCore

extension GrowingNetwork {
  /// The score of each candidate, alone installed in this network.
  func judge(_ candidates: [Candidate], by spec: SelectionSpec) -> [CandidateScore] {
    switch (spec.rule, data.task) {
    case (.covariance, _): judgeByCovariance(candidates)
    case (.validation, _): judgeByHeldOut(candidates)
    case (_, .regression): judgeByLeastSquares(candidates, spec)
    case (_, .classification): judgeByClasses(candidates, spec)
    }
  }

  private func judgeByCovariance(_ candidates: [Candidate]) -> [CandidateScore] {
    let residual = residual
    return candidates.map { candidate in
      var sum = 0.0
      for o in 0..<residual.columns {
        var pull = 0.0
        for (i, value) in candidate.column.enumerated() {
          pull += (data.weights?[i] ?? 1) * value * residual[i, o]
        }
        sum += abs(pull)
      }
      return .init(first: sum / (data.totalWeight * candidate.unit.scale), second: 0)
    }
  }

  private func judgeByHeldOut(_ candidates: [Candidate]) -> [CandidateScore] {
    workers.map(candidates.count) { k in
      var trial = self
      guard trial.install(candidates[k]) else { return .useless }
      trial.refitReadout()
      return .init(first: -(trial.heldOutLoss() ?? .infinity), second: 0)
    }
  }

  /// With g one more column of Φ, the refitted prediction is Ŷ + (g − ΦK⁻¹u)·b with K = ΦᵀVΦ + Λ, u = ΦᵀVg,
  /// b = gᵀVR / (gᵀVg + λ − uᵀK⁻¹u): no candidate needs a fit of its own.
  private func judgeByLeastSquares(_ candidates: [Candidate], _ spec: SelectionSpec) -> [CandidateScore] {
    guard let factor = equations.leastSquares(penalties: penalties).factor else {
      return candidates.map { _ in .init(first: 0, second: 0) }
    }
    let residual = residual
    let columns = Matrix(
      rows: data.sampleCount, columns: candidates.count, values: candidates.flatMap(\.column))
    let overlap = design.moments(with: columns, weights: data.weights, workers: workers)
    let projection = factor.solve(overlap, columns: candidates.count)
    let shadows = design.product(
      with: Matrix(rows: design.columnCount, columns: candidates.count, values: projection), workers: workers)
    let criterion = SelectionCriterion(spec, from: self)
    return workers.shared(candidates.count, .useless) { k in
      let g = candidates[k].column
      let p = design.columnCount
      var remainder = decay.units
      for i in g.indices { remainder += (data.weights?[i] ?? 1) * g[i] * g[i] }
      for j in 0..<p { remainder -= overlap[j + k * p] * projection[j + k * p] }
      guard remainder > 1e-9 * data.totalWeight else { return .useless }
      var reduction = 0.0
      var refitted = residual
      for o in 0..<residual.columns {
        var pull = 0.0
        for i in g.indices { pull += (data.weights?[i] ?? 1) * g[i] * residual[i, o] }
        let b = pull / remainder
        reduction += pull * b
        for i in g.indices { refitted[i, o] -= (g[i] - shadows[i, k]) * b }
      }
      return criterion.score(
        residual: refitted, reduction: reduction, connections: connectionCount(with: candidates[k].unit))
    }
  }

  /// Each candidate with a readout of its own: all after the first steps of its fit, and the best of them once more at its
  /// end. The others stand behind these: what two steps leave of a fit is little beside what tells candidates apart.
  private func judgeByClasses(_ candidates: [Candidate], _ spec: SelectionSpec) -> [CandidateScore] {
    let criterion = SelectionCriterion(spec, from: self)
    let fitter = ReadoutFitter(data: data, workers: workers)
    let start = fitter.regression(design: design, equations: equations, penalties: penalties)
      .evaluate(readout)
    let pulls = residual.multiplyingRows(by: data.weights)

    func judged(
      _ candidate: Candidate, _ begun: LogisticDescent?, steps: Int, in extended: inout DesignMatrix
    ) -> (descent: LogisticDescent, score: CandidateScore) {
      extended.append(candidate.column)
      defer { extended.removeColumns(after: design.columnCount) }
      let regression = fitter.regression(
        design: extended,
        equations: equations.appending(candidate.column, to: design, data: data, workers: workers),
        penalties: penalties + [decay.units])
      var descent =
        begun
        ?? LogisticDescent(
          regression, from: readout.extended(toRows: readout.rows + 1), value: start.value,
          gradient: Self.gradient(start.gradient, extendedBy: candidate.column, pulls), isBrief: true)
      descent.run(regression, steps: steps, leastGain: 1e-5)
      let scores = extended.product(with: descent.point, workers: workers)
      let gain = -meanLoss(scores: scores, of: data)
      guard gain.isFinite else { return (descent, .useless) }
      let score = criterion.score(
        scores: scores, gain: gain, connections: connectionCount(with: candidate.unit))
      return (descent, score)
    }
    // Where samples are few, candidates are shared among the threads; where they are many, the samples of one candidate after
    // the other are.
    func all(_ chosen: [Int], _ begun: [LogisticDescent]?, steps: Int)
      -> [(descent: LogisticDescent, score: CandidateScore)]
    {
      guard design.tileCount == 1, workers.presentTeam == nil else {
        var extended = design
        return chosen.map { judged(candidates[$0], begun?[$0], steps: steps, in: &extended) }
      }
      return workers.map(chosen.count) { index in
        var extended = design
        return judged(candidates[chosen[index]], begun?[chosen[index]], steps: steps, in: &extended)
      }
    }
    let first = all(Array(candidates.indices), nil, steps: Self.firstSteps)
    let order = first.indices.sorted { (first[$0].score, $1) > (first[$1].score, $0) }
    let finalists = Array(order.prefix(max(1, candidates.count / Self.candidatesForAFinalist)))
    let last = all(finalists, first.map(\.descent), steps: Self.mostSteps - Self.firstSteps)
    let least = last.map(\.score).min() ?? .useless
    var scores = first.map { min($0.score, least) }
    for (index, found) in zip(finalists, last) { scores[index] = found.score }
    return scores
  }

  /// How far the readout of each candidate is fitted before the finalists are chosen, and theirs after.
  private static let (firstSteps, mostSteps) = (2, 12)
  /// Of so many candidates one is judged at the end of its fit.
  private static let candidatesForAFinalist = 3

  /// The gradient of a readout that does not read a further column of Φ yet.
  private static func gradient(_ gradient: [Double], extendedBy column: [Double], _ pulls: Matrix) -> [Double]
  {
    let p = gradient.count / pulls.columns
    return (0..<pulls.columns).flatMap { o in
      gradient[o * p..<(o + 1) * p] + [-cambium_dot(column.count, column, pulls.column(o))]
    }
  }
}
