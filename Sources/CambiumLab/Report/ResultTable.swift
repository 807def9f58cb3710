internal import CambiumCore
public import CambiumStatistics

/// The results of an experiment: a row for each data set, a column for each learner.
public struct ResultTable: Sendable, Equatable {
  /// What a table shows of a learner on a data set, over splits and seeds.
  public struct Entry: Sendable, Equatable {
    /// One finished run.
    public struct Run: Sendable, Equatable {
      /// Which split, counted from 0.
      public var split: Int
      /// The seed.
      public var seed: Int
      /// The test error, in the row's measure.
      public var error: Double
    }

    /// Test errors, in the row's measure; nil without a finished run.
    public var error: Summary?
    /// Mean number of hidden units.
    public var units: Double?
    /// Mean number of weights that are read at prediction.
    public var connections: Double?
    /// Mean seconds of a fit.
    public var seconds: Double?
    /// Runs that failed, or whose error is no number.
    public var failures = 0
    /// Runs that have no record yet.
    public var missing = 0
    /// The finished runs, split by split, seed by seed.
    public var runs: [Run] = []
  }

  /// The results on one data set.
  public struct Row: Sendable, Equatable {
    /// The data set's name.
    public var data: String
    /// What its errors are.
    public var measure: Metric
    /// One entry for each learner.
    public var entries: [Entry]
    /// Test rows over training rows of its splits; 0 where the test rows are the same in all runs.
    public var heldOutRatio = 0.0
  }

  /// The learners' names.
  public var learners: [String]
  /// The rows, in the experiment's order.
  public var rows: [Row]
  /// The learner that wins and losses are counted against: the experiment's baseline, else the first.
  public var baseline = 0

  /// A table of given rows, each with one entry for each learner.
  init(learners: [String], rows: [Row]) {
    precondition(rows.allSatisfy { $0.entries.count == learners.count }, "one entry for each learner")
    self.learners = learners
    self.rows = rows
  }

  /// Tabulates the records of an experiment; records of other cells are left out.
  ///
  /// - Parameter metric: What errors are measured by, on the data sets for which it is defined and not the first anyway; nil
  ///   for each data set's first one, on all of them.
  public init(of experiment: Experiment, records: [String: RunRecord], by metric: Metric? = nil) {
    learners = experiment.spec.learners.map(\.name)
    baseline = experiment.spec.learners.firstIndex { $0.name == experiment.spec.equivalence.baseline } ?? 0
    let groups = Dictionary(grouping: experiment.cells) { [$0.data, $0.learner] }
    rows = experiment.data.enumerated().compactMap { place, data in
      let metrics = experiment.spec.metrics.filter { $0.applies(to: data.task) }
      guard let first = metrics.first else { return nil }
      if let metric, !metrics.dropFirst().contains(metric) { return nil }
      return Row(
        data: data.name, measure: metric ?? first,
        entries: experiment.spec.learners.indices.map { learner in
          Entry(records: groups[[place, learner], default: []].map { records[$0.identity] }, metric ?? first)
        },
        heldOutRatio: data.testRowCount > 0 ? 0 : experiment.spec.splits.heldOutRatio)
    }
  }

  /// The learners that are for all rows: those that ranks and comparisons over the rows are of.
  var generalLearners: [Int] {
    learners.indices.filter { learner in
      rows.allSatisfy { row in
        let entry = row.entries[learner]
        return entry.error != nil || entry.failures + entry.missing > 0
      }
    }
  }

  /// The average rank of each learner over the rows, 1 for the least mean error, ties sharing their mean rank; nil of a learner
  /// that is for some rows alone. Nil altogether where a row lacks an error.
  public var averageRanks: [Double?]? {
    let general = generalLearners
    guard general.count > 1, !rows.isEmpty else { return nil }
    var sums = [Double?](repeating: nil, count: learners.count)
    for row in rows {
      let means = general.compactMap { row.entries[$0].error?.mean }
      guard means.count == general.count else { return nil }
      for (learner, mean) in zip(general, means) {
        let better = means.count { $0 < mean }
        let equal = means.count { $0 == mean }
        sums[learner] = (sums[learner] ?? 0) + Double(better) + Double(equal + 1) / 2
      }
    }
    return sums.map { $0.map { $0 / Double(rows.count) } }
  }
}

extension ResultTable.Entry {
  fileprivate init(records: [RunRecord?], _ metric: Metric) {
    let found = records.compactMap { $0 }
    missing = records.count - found.count
    let measured = found.compactMap { record in
      record.result.flatMap { result in
        metric.value(of: result.test).map { error in
          (
            run: Run(split: record.split, seed: record.seed, error: error), size: result.size,
            seconds: record.seconds
          )
        }
      }
    }
    runs = measured.map(\.run)
    failures = found.count - measured.count
    error = Summary(of: runs.map(\.error))
    units = Summary(of: measured.map { Double($0.size.units) })?.mean
    connections = Summary(of: measured.map { Double($0.size.connections) })?.mean
    seconds = Summary(of: measured.map(\.seconds))?.mean
  }
}
