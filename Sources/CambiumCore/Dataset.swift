/// Samples as learners see them: encoded, standardised inputs and the outputs they should give.
///
/// Sizes: N = `sampleCount`, d = `featureCount`, m = `outputCount`.
public struct Dataset: Sendable {
  /// N × d inputs, standardised.
  public let inputs: Features
  /// N × m wanted outputs. Regression: standardised targets. Two classes: one column, 1 for the second class.
  /// More classes: one-hot. Classes may also be soft: the probability of the second, or of each, with the sum 1.
  public let targets: Matrix
  /// What is to be learned.
  public let task: Task
  /// N positive sample weights; nil where every sample counts once.
  public let weights: [Double]?
  /// The columns that the features were made of: each its own where the data came without.
  public let columns: InputColumns

  /// N, the number of samples.
  public var sampleCount: Int { inputs.rowCount }
  /// d, the number of inputs.
  public var featureCount: Int { inputs.columnCount }
  /// m, the number of outputs.
  public var outputCount: Int { targets.columns }

  /// The inputs as a matrix. Free but for large tables: there it is made anew, O(N d) in time and memory.
  public var features: Matrix { inputs.matrix }

  /// Makes a data set; shapes must agree.
  public init(
    features: Matrix, targets: Matrix, task: Task, weights: [Double]? = nil, columns: InputColumns? = nil
  ) {
    self.init(inputs: Features(features), targets: targets, task: task, weights: weights, columns: columns)
  }

  /// Makes a data set; shapes must agree.
  public init(
    inputs: Features, targets: Matrix, task: Task, weights: [Double]? = nil, columns: InputColumns? = nil
  ) {
    precondition(inputs.rowCount == targets.rows, "inputs and targets differ in rows")
    precondition(weights == nil || weights?.count == inputs.rowCount, "one weight for each sample")
    let columns = columns ?? InputColumns(featureCount: inputs.columnCount)
    precondition(columns.ofFeatures.count == inputs.columnCount, "one column for each feature")
    self.inputs = inputs
    self.targets = targets
    self.task = task
    self.weights = weights
    self.columns = columns
  }

  /// The given samples, in the given order; a sample may be asked for more than once.
  public func selecting(_ rows: [Int], workers: WorkerPool? = nil) -> Dataset {
    selecting(rows, inputs: inputs.selecting(rows, workers: workers))
  }

  /// The same, their inputs looked up whenever they are asked for: see ``Features``.
  package func viewing(_ rows: [Int]) -> Dataset { selecting(rows, inputs: inputs.viewing(rows)) }

  private func selecting(_ rows: [Int], inputs: Features) -> Dataset {
    Dataset(
      inputs: inputs, targets: targets.selectingRows(rows), task: task,
      weights: weights.map { weights in rows.map { weights[$0] } }, columns: columns)
  }

  /// These samples and then others of the same shape; weights are 1 where only one side has them.
  public func appending(_ other: Dataset) -> Dataset {
    var weights: [Double]?
    if self.weights != nil || other.weights != nil {
      weights =
        (self.weights ?? [Double](repeating: 1, count: sampleCount))
        + (other.weights ?? [Double](repeating: 1, count: other.sampleCount))
    }
    return Dataset(
      inputs: inputs.appending(other.inputs), targets: targets.appendingRows(of: other.targets),
      task: task, weights: weights, columns: columns)
  }

  /// The class of each sample, counted from 0, of soft targets the most probable; empty for regression.
  public var classIndices: [Int] { Self.classIndices(of: targets, task: task) }

  /// The class of each row of targets, or of outputs; see ``classIndices``.
  package static func classIndices(of outputs: Matrix, task: Task) -> [Int] {
    guard case .classification(let classes) = task else { return [] }
    return (0..<outputs.rows).map { row in
      classes == 2
        ? (outputs[row, 0] > 0.5 ? 1 : 0)
        : (1..<classes).reduce(0) { outputs[row, $1] > outputs[row, $0] ? $1 : $0 }
    }
  }
}
