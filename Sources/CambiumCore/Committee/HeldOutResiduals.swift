extension LeftOutResiduals {
  /// Those of samples that the members' learner itself had held out, all under all members; nil for classes, and where
  /// nothing was held out or an output is no number.
  init?(under members: Int, ofHeldOut results: [HeldOutResult], random: RandomStream) {
    guard let first = results.first, first.data.task == .regression else { return nil }
    let columns = first.outputs.columns
    var residuals = Matrix(rows: 0, columns: columns)
    for result in results {
      let differences = zip(result.outputs.values, result.data.targets.values).map { abs($0 - $1) }
      residuals = residuals.appendingRows(
        of: Matrix(rows: result.outputs.rows, columns: columns, values: differences))
    }
    guard residuals.rows > 0, residuals.values.allSatisfy(\.isFinite) else { return nil }
    let kept = random.generator().sample(Self.largestCount, of: residuals.rows)
    self.init(groups: [Group(members: Array(0..<members), residuals: residuals.selectingRows(kept))])
  }
}
