extension Model {
  /// Between which numbers, in the targets' own units, the right answers for the rows of a table are expected in a share
  /// `level` of all cases, 0 < level < 1.
  ///
  /// - Throws: `InputError` where the model cannot tell, or not at such a level.
  public func intervals(
    for table: Table, level: Double, workers: WorkerPool
  ) throws -> (lower: Predictions, upper: Predictions) {
    guard case .regression = preprocessing.task else {
      throw InputError(
        .content, found: "an interval asked of a model for classes",
        expected: "a model for numbers; for classes there are --probabilities")
    }
    let features = try preprocessing.features(from: table)
    let intervals = try (predictor as? any IntervalPredictor)?
      .intervals(for: features, level: level, workers: workers)
    guard let intervals else {
      throw InputError(
        .content, found: "a model that has no intervals (learner \(learner))",
        expected:
          "a committee, as cambium grow --committee 5 makes one; where nothing is held out, by folds or bagging"
      )
    }
    return (
      preprocessing.predictions(from: intervals.lower), preprocessing.predictions(from: intervals.upper)
    )
  }

  /// How many connections pruning took from grown units, summed over the members of a committee; nil where nothing of it
  /// was grown.
  public var prunedConnections: Int? { Self.prunedConnections(of: predictor) }

  private static func prunedConnections(of predictor: any Predictor) -> Int? {
    if let network = predictor as? Network { return network.units.reduce(0) { $0 + $1.prunedConnections } }
    let counts = (predictor as? any EnsemblePredictor)?.parts.compactMap(prunedConnections) ?? []
    return counts.isEmpty ? nil : counts.reduce(0, +)
  }
}
