/// What the members of a committee say of the samples that they did not learn.
struct LeftOutOutputs {
  let data: Dataset
  /// The samples that at least one member left out, rising.
  let rows: [Int]
  /// For each of `rows` the mean of the outputs of these members.
  private let outputs: Matrix
  /// For each of `rows` these members, rising.
  private let members: [[Int]]

  /// Asks every member about what it left out.
  init(of predictors: [any Predictor], samples: [MemberSamples], data: Dataset, _ workers: WorkerPool) {
    var members = [[Int]](repeating: [], count: data.sampleCount)
    var sums = Matrix(rows: data.sampleCount, columns: data.outputCount)
    for (index, leftOut) in samples.map(\.leftOut).enumerated() where !leftOut.isEmpty {
      let said = predictors[index].outputs(for: data.inputs.selecting(leftOut), workers: workers)
      for (k, row) in leftOut.enumerated() {
        members[row].append(index)
        for o in 0..<data.outputCount { sums[row, o] += said[k, o] }
      }
    }
    self.data = data
    rows = members.indices.filter { !members[$0].isEmpty }
    self.members = rows.map { members[$0] }
    var means = sums.selectingRows(rows)
    for k in rows.indices {
      for o in 0..<means.columns { means[k, o] /= Double(self.members[k].count) }
    }
    outputs = means
  }

  /// As a learner reports it; nil where nothing was left out.
  var result: HeldOutResult? {
    rows.isEmpty ? nil : HeldOutResult(data: data.selecting(rows), outputs: outputs)
  }

  /// Regression: what intervals are told from, of many samples of some drawn at random; nil where nothing was left out,
  /// or an output is no number.
  func residuals(random: RandomStream) -> LeftOutResiduals? {
    guard data.task == .regression, !rows.isEmpty else { return nil }
    let kept = random.generator().sample(LeftOutResiduals.largestCount, of: rows.count)
    var order: [[Int]] = []
    var positions: [[Int]: [Int]] = [:]
    for k in kept {
      if positions[members[k]] == nil { order.append(members[k]) }
      positions[members[k], default: []].append(k)
    }
    let groups = order.map { members in
      let own = positions[members] ?? []
      var residuals = Matrix(rows: own.count, columns: outputs.columns)
      for (i, k) in own.enumerated() {
        for o in 0..<outputs.columns { residuals[i, o] = abs(data.targets[rows[k], o] - outputs[k, o]) }
      }
      return LeftOutResiduals.Group(members: members, residuals: residuals)
    }
    guard groups.allSatisfy({ $0.residuals.values.allSatisfy(\.isFinite) }) else { return nil }
    return LeftOutResiduals(groups: groups)
  }
}
