/// How good predictions are on samples whose targets are known. Every sample counts once.
///
/// A figure that is not defined (no rows, a target without spread, a prediction that is no number) is nil, never
/// not-a-number. Coded as JSON, it has the keys of its task, and `null` for what is not defined.
public struct Evaluation: Sendable, Equatable {
  /// The number of samples.
  public var rows: Int
  /// Regression or classification, never `auto`.
  public var task: TaskChoice
  /// Regression: root mean square error in the targets' units, over all rows and targets.
  public var rmse: Double?
  /// Regression: mean absolute error in the targets' units, over all rows and targets.
  public var mae: Double?
  /// Regression: the share of variance explained, 1 − Σ(y − ŷ)² / Σ(y − ȳ)², as the mean over the targets; nil where
  /// one of them is constant in these rows.
  public var r2: Double?
  /// Classification: the share of rows whose most probable class is not theirs.
  public var errorRate: Double?
  /// Classification: mean of −log of the probability of the right class, which counts as 10⁻¹⁵ at least.
  public var logLoss: Double?
  /// Classification: mean over rows of Σ (p − y)² over all classes, 0…2 (Brier 1950); with two classes, twice the
  /// form that looks at one class only.
  public var brier: Double?
  /// The share of rows that are represented. Regression: every output lies within the tolerance of its target.
  /// Classification: the most probable class is right.
  public var coverage: Double?

  /// Compares outputs with the targets of a data set.
  ///
  /// - Parameters:
  ///   - outputs: N × m outputs of a network, as `Dataset.targets` are laid out.
  ///   - dataset: The samples.
  ///   - preprocessing: The encoding that the data set was made with: it knows the original units.
  ///   - tolerance: Of coverage in a regression, in standard deviations of the training rows' target.
  public init(outputs: Matrix, dataset: Dataset, preprocessing: Preprocessing, tolerance: Double) {
    precondition(
      outputs.rows == dataset.sampleCount && outputs.columns == dataset.outputCount,
      "outputs of another shape")
    rows = dataset.sampleCount
    switch preprocessing.target {
    case .numbers(let targets):
      task = .regression
      guard rows > 0 else { return }
      measureNumbers(outputs, dataset.targets, scalings: targets.map(\.scaling), tolerance: tolerance)
    case .classes, .oneHot:
      task = .classification
      guard rows > 0 else { return }
      measureClasses(ClassPredictions(outputs: outputs, target: preprocessing.target), dataset.classIndices)
    }
  }

  private mutating func measureNumbers(
    _ outputs: Matrix, _ targets: Matrix, scalings: [Scaling], tolerance: Double
  ) {
    var squares = 0.0
    var absolutes = 0.0
    var explained: Double? = 0
    var isCovered = [Bool](repeating: true, count: rows)
    for (column, scaling) in scalings.enumerated() {
      var columnSquares = 0.0
      let spread = RunningStatistics()
      for row in 0..<rows {
        let difference = outputs[row, column] - targets[row, column]
        columnSquares += difference * difference
        absolutes += abs(difference) * scaling.standardDeviation
        spread.add(targets[row, column])
        if !(abs(difference) <= tolerance) { isCovered[row] = false }
      }
      squares += columnSquares * scaling.standardDeviation * scaling.standardDeviation
      let deviation = spread.standardDeviation ?? 0
      let isConstant = spread.minimum == spread.maximum || deviation == 0
      let share = 1 - columnSquares / (deviation * deviation * Double(rows - 1))
      explained = isConstant ? nil : explained.map { $0 + share / Double(scalings.count) }
    }
    let entries = Double(rows * scalings.count)
    rmse = finite((squares / entries).squareRoot())
    mae = finite(absolutes / entries)
    r2 = explained.flatMap(finite)
    coverage = Double(isCovered.count { $0 }) / Double(rows)
  }

  private mutating func measureClasses(_ predictions: ClassPredictions, _ classIndices: [Int]) {
    var wrong = 0
    var loss = 0.0
    var squares = 0.0
    for (row, right) in classIndices.enumerated() {
      if predictions.classIndices[row] != right { wrong += 1 }
      loss -= logarithm(max(1e-15, predictions.probabilities[row, right]))
      for index in 0..<predictions.classNames.count {
        let difference = predictions.probabilities[row, index] - (index == right ? 1 : 0)
        squares += difference * difference
      }
    }
    errorRate = Double(wrong) / Double(rows)
    logLoss = finite(loss / Double(rows))
    brier = finite(squares / Double(rows))
    coverage = Double(rows - wrong) / Double(rows)
  }
}

private func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }

extension Evaluation: Codable {
  private enum Key: String, CodingKey {
    case rows, task, rmse, mae, r2, errorRate, logLoss, brier, coverage
  }

  /// Reads an evaluation.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    rows = try container.decode(Int.self, forKey: .rows)
    task = try container.decode(TaskChoice.self, forKey: .task)
    rmse = try container.decodeIfPresent(Double.self, forKey: .rmse)
    mae = try container.decodeIfPresent(Double.self, forKey: .mae)
    r2 = try container.decodeIfPresent(Double.self, forKey: .r2)
    errorRate = try container.decodeIfPresent(Double.self, forKey: .errorRate)
    logLoss = try container.decodeIfPresent(Double.self, forKey: .logLoss)
    brier = try container.decodeIfPresent(Double.self, forKey: .brier)
    coverage = try container.decodeIfPresent(Double.self, forKey: .coverage)
  }

  /// Writes the keys of the task, `null` for what is not defined.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(rows, forKey: .rows)
    try container.encode(task, forKey: .task)
    if task == .regression {
      try container.encode(rmse, forKey: .rmse)
      try container.encode(mae, forKey: .mae)
      try container.encode(r2, forKey: .r2)
    } else {
      try container.encode(errorRate, forKey: .errorRate)
      try container.encode(logLoss, forKey: .logLoss)
      try container.encode(brier, forKey: .brier)
    }
    try container.encode(coverage, forKey: .coverage)
  }
}
