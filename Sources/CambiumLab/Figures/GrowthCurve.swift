internal import CambiumCore
internal import CambiumStatistics

/// How a learner's error and coverage went as its networks grew, averaged over runs on one data set.
struct GrowthCurve: Equatable {
  /// A mean over runs, and their range.
  struct Point: Equatable {
    var units: Double
    var mean: Double
    var least: Double
    var greatest: Double

    init(units: Double, _ summary: Summary) {
      self.units = units
      mean = summary.mean
      least = summary.minimum
      greatest = summary.maximum
    }
  }

  /// The learner's place among the experiment's learners.
  let learner: Int
  /// Whether the learner grows; else it has a test error alone.
  let isGrown: Bool
  /// Error on the rows learned from, against units; empty for a learner that does not grow.
  let trainError: [Point]
  /// Error on the held-out rows that the size was chosen by; empty where there are none.
  let heldOutError: [Point]
  /// Share of the training rows that are represented, in per cent.
  let coverage: [Point]
  /// Test error of the finished models, at their mean number of units.
  let test: Point

  /// The curve of the finished runs of a learner; nil where there are none.
  ///
  /// A run that has ended keeps its last value, so that a mean is over the same runs all along.
  init?(learner: Int, isGrown: Bool, results: [RunResult], isRegression: Bool) {
    let factor = isRegression ? 1.0 : 100
    let runs = isGrown ? results.map(RunHistory.init) : []
    let counts = Set(runs.flatMap { $0.steps.map(\.units) }).sorted()
    func curve(_ value: (RunHistory.Step) -> Double?, factor: Double) -> [Point] {
      counts.compactMap { count in
        let values = runs.compactMap { $0.step(at: count).flatMap(value) }.map { $0 * factor }
        return Summary(of: values).map { Point(units: Double(count), $0) }
      }
    }
    guard let tested = Summary(of: results.map { $0.relativeTestError * factor }),
      let units = Summary(of: results.map { Double($0.size.units) })
    else { return nil }
    self.learner = learner
    self.isGrown = isGrown
    trainError = curve({ $0.trainError }, factor: factor)
    heldOutError = curve({ $0.heldOutError }, factor: factor)
    coverage = curve({ $0.coverage }, factor: 100)
    test = Point(units: units.mean, tested)
  }
}

/// What one run was like after each round; a network that kept no units has one step, at zero units.
private struct RunHistory {
  struct Step {
    var units: Int
    var trainError: Double?
    var heldOutError: Double?
    var coverage: Double?
  }

  let steps: [Step]

  init(_ result: RunResult) {
    var total = 0
    let grown = result.report.rounds.map { round in
      total += round.kept.count
      return Step(
        units: total, trainError: round.trainError, heldOutError: round.validationError,
        coverage: round.coverage)
    }
    let ungrown = Step(units: 0, trainError: result.relativeTrainError, coverage: result.train.coverage)
    steps = grown.isEmpty ? [ungrown] : grown
  }

  /// The last step with at most so many units; nil before the first.
  func step(at count: Int) -> Step? { steps.last { $0.units <= count } }
}
