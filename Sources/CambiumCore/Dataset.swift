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
  /// Regression: where the raw targets are 0, in the targets' standard deviations from their means; nil where that is not
  /// known, or means nothing.
  public let zeros: [Double]?
  /// What the targets are the logarithms of; nil where they are learned as they are.
  package let logarithms: TargetLogarithms?

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
    features: Matrix, targets: Matrix, task: Task, weights: [Double]? = nil, columns: InputColumns? = nil,
    zeros: [Double]? = nil
  ) {
    self.init(
      inputs: Features(features), targets: targets, task: task, weights: weights, columns: columns,
      zeros: zeros)
  }

  /// Makes a data set; shapes must agree.
  public init(
    inputs: Features, targets: Matrix, task: Task, weights: [Double]? = nil, columns: InputColumns? = nil,
    zeros: [Double]? = nil
  ) {
    self.init(
      inputs: inputs, targets: targets, task: task, weights: weights, columns: columns, zeros: zeros,
      logarithms: nil)
  }

  /// Makes a data set whose targets may be logarithms.
  package init(
    inputs: Features, targets: Matrix, task: Task, weights: [Double]?, columns: InputColumns?,
    zeros: [Double]? = nil, logarithms: TargetLogarithms?
  ) {
    precondition(inputs.rowCount == targets.rows, "inputs and targets differ in rows")
    precondition(weights == nil || weights?.count == inputs.rowCount, "one weight for each sample")
    precondition(zeros == nil || zeros?.count == targets.columns, "one zero for each target")
    let columns = columns ?? InputColumns(featureCount: inputs.columnCount)
    precondition(columns.ofFeatures.count == inputs.columnCount, "one column for each feature")
    self.inputs = inputs
    self.targets = targets
    self.task = task
    self.weights = weights
    self.columns = columns
    self.zeros = zeros
    self.logarithms = logarithms
  }

  /// The given samples, in the given order; a sample may be asked for more than once.
  public func selecting(_ rows: [Int], workers: WorkerPool? = nil) -> Dataset {
    selecting(rows, inputs: inputs.selecting(rows, workers: workers))
  }

  /// The same, their inputs looked up whenever they are asked for: see ``Features``.
  package func viewing(_ rows: [Int]) -> Dataset { selecting(rows, inputs: inputs.viewing(rows)) }

  private func selecting(_ rows: [Int], inputs: Features) -> Dataset {
    replacing(
      inputs: inputs, targets: targets.selectingRows(rows),
      weights: weights.map { weights in rows.map { weights[$0] } })
  }

  /// These samples and then others of the same shape; weights are 1 where only one side has them.
  public func appending(_ other: Dataset) -> Dataset {
    var weights: [Double]?
    if self.weights != nil || other.weights != nil {
      weights =
        (self.weights ?? [Double](repeating: 1, count: sampleCount))
        + (other.weights ?? [Double](repeating: 1, count: other.sampleCount))
    }
    return replacing(
      inputs: inputs.appending(other.inputs), targets: targets.appendingRows(of: other.targets),
      weights: weights)
  }

  /// The same samples with other targets, and what each counts, of one shape with theirs.
  package func replacing(targets: Matrix, weights: [Double]?) -> Dataset {
    replacing(inputs: inputs, targets: targets, weights: weights)
  }

  /// Other samples of the same columns and task.
  package func replacing(inputs: Features, targets: Matrix, weights: [Double]?) -> Dataset {
    Dataset(
      inputs: inputs, targets: targets, task: task, weights: weights, columns: columns, zeros: zeros,
      logarithms: logarithms)
  }

  /// The numbers of outputs, or of targets, that are perhaps logarithms.
  package func numbers(of outputs: Matrix) -> Matrix { logarithms?.numbers(of: outputs) ?? outputs }

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
