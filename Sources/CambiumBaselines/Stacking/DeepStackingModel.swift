public import CambiumCore

/// A trained deep stacking network.
public struct DeepStackingModel: Predictor, Equatable {
  private static let largestAnswer = 1e100

  /// What the outputs mean.
  public let task: Task
  /// The function of hidden units.
  public let activation: Activation
  /// Classes: what the last block's answers are multiplied by to be log-odds, of which softmax makes probabilities.
  public let confidence: Double
  /// The blocks, each of which reads the inputs and the answers of all before it; at least one.
  public let blocks: [StackingBlock]

  /// Hidden units, weights with biases, blocks.
  public var size: ModelSize {
    let layers = blocks.flatMap { [$0.hidden.weights, $0.readout.weights] }
    return ModelSize(
      inputs: blocks[0].hidden.weights.rows - 1, outputs: blocks[0].readout.weights.columns,
      units: blocks.reduce(0) { $0 + $1.hidden.weights.columns },
      connections: layers.reduce(0) { $0 + $1.values.count }, depth: blocks.count)
  }

  /// Makes a model; nil where the blocks do not fit together or to the task, or a number is not finite.
  public init?(task: Task, activation: Activation, confidence: Double, blocks: [StackingBlock]) {
    guard let first = blocks.first, first.hidden.weights.rows >= 1, activation.form == .ridge,
      confidence.isFinite, confidence > 0
    else { return nil }
    let outputs = first.readout.weights.columns
    for (index, block) in blocks.enumerated() {
      let (hidden, readout) = (block.hidden.weights, block.readout.weights)
      guard hidden.rows == first.hidden.weights.rows + index * outputs, readout.rows == hidden.columns + 1,
        readout.columns == outputs, hidden.columns >= 1, outputs >= 1,
        hidden.values.allSatisfy(\.isFinite), readout.values.allSatisfy(\.isFinite)
      else { return nil }
    }
    if case .classification(let classes) = task {
      guard classes >= 2, outputs == task.outputCount(targets: 1) else { return nil }
    }
    self.task = task
    self.activation = activation
    self.confidence = confidence
    self.blocks = blocks
  }

  /// The outputs for N × d `features`, finite. O(N · weights).
  public func outputs(for features: Matrix, workers: WorkerPool) -> Matrix {
    precondition(features.columns == size.inputs, "the network reads \(size.inputs) inputs")
    var seen = features
    var answers = Matrix(rows: features.rows, columns: size.outputs)
    for block in blocks {
      answers = block.answers(to: seen, activation)
      for k in answers.values.indices where !(abs(answers.values[k]) <= Self.largestAnswer) {
        answers.values[k] = answers.values[k] > 0 ? Self.largestAnswer : -Self.largestAnswer
      }
      seen = seen.appendingColumns(of: answers)
    }
    return Loss(task: task).outputs(ofScores: Self.scores(answers, task, confidence))
  }

  /// What the link of the task's loss takes, of a block's answers.
  static func scores(_ answers: Matrix, _ task: Task, _ confidence: Double) -> Matrix {
    guard case .classification(let classes) = task else { return answers }
    var scores = answers
    // The one output of two classes is even at ½.
    let even = classes == 2 ? 0.5 : 0
    for k in scores.values.indices { scores.values[k] = confidence * (scores.values[k] - even) }
    return scores
  }
}

extension Matrix {
  /// These columns and then those of a matrix of as many rows.
  func appendingColumns(of other: Matrix) -> Matrix {
    precondition(rows == other.rows, "matrices of \(rows) and \(other.rows) rows side by side")
    return Matrix(rows: rows, columns: columns + other.columns, values: values + other.values)
  }
}

extension DeepStackingModel {
  private enum CodingKeys: String, CodingKey { case task, activation, confidence, blocks }

  /// Reads a model; throws where it could not work.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let model = DeepStackingModel(
      task: try container.decode(Task.self, forKey: .task),
      activation: try container.decode(Activation.self, forKey: .activation),
      confidence: try container.decode(Double.self, forKey: .confidence),
      blocks: try container.decode([StackingBlock].self, forKey: .blocks))
    guard let model else {
      throw DecodingError.dataCorruptedError(
        forKey: .blocks, in: container, debugDescription: "expected blocks that fit together and to the task")
    }
    self = model
  }
}
