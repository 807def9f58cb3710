internal import CambiumCore
public import CambiumStatistics
internal import Foundation

/// Whether each learner is as good as a baseline: two one-sided tests on log ratios of errors.
///
/// The error is the root mean square error, or for classes the one that the experiment names. The log ratios of runs on the
/// same split with the same seed are averaged for each data set; the data sets are the pairs that are tested.
public struct EquivalenceTable: Sendable, Equatable {
  /// A learner beside the baseline.
  public struct Row: Sendable, Equatable {
    /// Its name.
    public var learner: String
    /// The mean log ratio of each data set, in their order; nil where no pair of runs has one.
    public var logRatios: [Double?]
    /// The test over the data sets; nil for fewer than two.
    public var test: EquivalenceTest?
    /// The interval of the mean log ratio that holds it with probability 0.9: inside ± margin where equivalence is found at
    /// 0.05.
    public var interval: ConfidenceInterval?
  }

  /// The learner that the others are compared with.
  public var baseline: String
  /// The largest mean log ratio that does not matter.
  public var margin: Double
  /// The error of classes.
  public var classes: ClassError
  /// The data sets' names.
  public var data: [String]
  /// One row for each other learner.
  public var rows: [Row]

  /// The table of an experiment's records; nil where it names no baseline.
  public init?(of experiment: Experiment, records: [String: RunRecord]) {
    let spec = experiment.spec
    guard let base = spec.learners.firstIndex(where: { $0.name == spec.equivalence.baseline }) else {
      return nil
    }
    baseline = spec.equivalence.baseline
    margin = spec.equivalence.margin
    classes = spec.equivalence.classes
    data = experiment.data.map(\.name)
    var errors: [[Int]: Double] = [:]
    for cell in experiment.cells {
      errors[[cell.learner, cell.data, cell.split, cell.seed]] =
        records[cell.identity]?.result?.comparedError(spec.equivalence.classes)
    }
    rows = spec.learners.indices.filter { $0 != base }.map { learner in
      let ratios = experiment.data.indices.map { data -> Double? in
        let pairs = experiment.cells.filter { $0.learner == learner && $0.data == data }.compactMap { cell in
          errors[[learner, data, cell.split, cell.seed]].flatMap { own in
            errors[[base, data, cell.split, cell.seed]].map { log(own / $0) }
          }
        }
        return Summary(of: pairs)?.mean
      }
      let known = ratios.compactMap { $0 }
      return Row(
        learner: spec.learners[learner].name, logRatios: ratios,
        test: EquivalenceTest(differences: known, margin: spec.equivalence.margin),
        interval: Summary(of: known).flatMap { ConfidenceInterval.ofMean($0, level: 0.9) })
    }
  }

  /// As Markdown.
  public var markdown: String {
    func shown(_ value: Double?) -> String { value.map { NumberFormat.fixed($0, decimals: 3) } ?? "–" }
    var page = printable(caption) + "\n\n"
    page +=
      markdownLine(["data set"] + rows.map(\.learner)) + "|---|"
      + String(repeating: "---:|", count: rows.count)
    page += "\n"
    for (index, name) in data.enumerated() {
      page += markdownLine([name] + rows.map { shown($0.logRatios[index]) })
    }
    page += markdownLine(["mean"] + rows.map { shown($0.test?.meanDifference) })
    page += markdownLine(
      ["90 % interval"]
        + rows.map { row in
          row.interval.map { "\(shown($0.lower)) to \(shown($0.upper))" } ?? "–"
        })
    func probability(_ value: Double?) -> String {
      value.map { NumberFormat.significant($0, digits: 2) } ?? "–"
    }
    page += markdownLine(["p of not worse"] + rows.map { probability($0.test?.notHigherProbability) })
    page += markdownLine(["p of as good"] + rows.map { probability($0.test?.probability) })
    return page
  }
}

extension RunResult {
  /// The error that log ratios are taken of; nil where it is not above 0.
  fileprivate func comparedError(_ classes: ClassError) -> Double? {
    let error = test.task == .regression ? test.rmse : classes == .brier ? test.brier : test.logLoss
    return error.flatMap { $0 > 0 ? $0 : nil }
  }
}
