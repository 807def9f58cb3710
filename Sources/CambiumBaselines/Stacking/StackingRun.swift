internal import CambiumCore

/// One fit of a deep stacking network under way.
struct StackingRun {
  /// The most that answers are multiplied by.
  private static let largestConfidence = 64.0

  /// What is kept so far.
  private struct Kept {
    var blocks: [StackingBlock]
    var decay: Double
    var error: Double
    var confidence: Double
  }

  private let spec: StackingSpec
  private let task: Task
  private let context: FitContext
  private var kept: Kept?
  private var epochs = 0
  private var decisions: [String] = []
  private var reason = StopReason.unitBudget

  init(spec: StackingSpec, task: Task, context: FitContext) {
    self.spec = spec
    self.task = task
    self.context = context
  }

  /// Trains all blocks, with nothing held out to choose by.
  mutating func train(on data: Dataset) {
    var stack = Stack(on: data, decay: spec.weightDecay[0])
    for _ in 0..<spec.blocks where !interrupted { add(to: &stack) }
    let judgement = judge(stack.answers, data)
    kept = Kept(
      blocks: stack.blocks, decay: stack.decay, error: judgement.error, confidence: judgement.confidence)
  }

  /// Trains stacks of each weight decay and keeps the one with the least held-out error, of equals the first and smallest.
  mutating func choose(training: Dataset, heldOut: Dataset) {
    for decay in spec.weightDecay where !interrupted {
      var stack = Stack(on: training, decay: decay)
      var seen = heldOut.features
      var least = Double.infinity
      var idle = 0
      while stack.blocks.count < spec.blocks, idle < spec.patience, !interrupted {
        let block = add(to: &stack)
        let answers = block.answers(to: seen, spec.activation)
        seen = seen.appendingColumns(of: answers)
        let judgement = judge(answers, heldOut)
        idle += 1
        guard judgement.error < least || least.isInfinite else { continue }
        least = judgement.error
        idle = 0
        guard kept.map({ least < $0.error }) ?? true else { continue }
        kept = Kept(blocks: stack.blocks, decay: decay, error: least, confidence: judgement.confidence)
      }
    }
    guard let kept else { return }
    reason = .bestHeldOutSize
    decide(
      "\(kept.blocks.count) of up to \(spec.blocks) blocks and weight decay \(kept.decay) had the least held-out error"
    )
  }

  /// Trains as many blocks with the same weight decay on all samples. An interrupt leaves those trained on fewer.
  mutating func trainAgain(on all: Dataset) {
    guard let chosen = kept, !interrupted else { return }
    context.observer.observe(.stage("training on all samples"))
    var stack = Stack(on: all, decay: chosen.decay)
    for _ in chosen.blocks where !interrupted { add(to: &stack) }
    guard !interrupted else { return }
    kept?.blocks = stack.blocks
  }

  /// The model of what is kept.
  var model: DeepStackingModel {
    guard let kept,
      let model = DeepStackingModel(
        task: task, activation: spec.activation, confidence: kept.confidence, blocks: kept.blocks)
    else { preconditionFailure("nothing was trained") }
    return model
  }

  /// The model, and how it came about.
  func fit(heldOut: HeldOutResult?) -> Fit {
    Fit(
      predictor: model,
      report: FitReport(
        stopReason: interrupted ? .interrupted : reason, epochs: epochs, decisions: decisions),
      heldOut: heldOut)
  }

  private var interrupted: Bool { context.observer.isInterrupted && kept != nil }

  private mutating func decide(_ decision: String) {
    decisions.append(decision)
    context.observer.observe(.decision(decision))
  }

  @discardableResult
  private mutating func add(to stack: inout Stack) -> StackingBlock {
    context.observer.observe(.stage("training block \(stack.blocks.count + 1)"))
    let objective = StackingObjective(
      units: spec.units, spec.activation, data: stack.data, decay: stack.decay, workers: context.workers)
    let block = objective.trained(epochs: spec.epochs, in: context.child("block", stack.blocks.count))
    epochs += spec.epochs
    stack.take(block, spec.activation)
    return block
  }

  /// How right answers are at the confidence that suits them best, and that confidence.
  private func judge(_ answers: Matrix, _ data: Dataset) -> (error: Double, confidence: Double) {
    let scores = DeepStackingModel.scores(answers, task, Self.largestConfidence)
    let calibration = Calibration(scores: scores, data: data)
    return (calibration.error, task == .regression ? 1 : Self.largestConfidence * calibration.scale)
  }
}

/// Blocks, and the samples as the next one sees them.
private struct Stack {
  private(set) var blocks: [StackingBlock] = []
  private(set) var data: Dataset
  private(set) var answers: Matrix
  let decay: Double

  init(on data: Dataset, decay: Double) {
    self.data = data
    self.decay = decay
    answers = Matrix(rows: data.sampleCount, columns: data.outputCount)
  }

  mutating func take(_ block: StackingBlock, _ activation: Activation) {
    blocks.append(block)
    answers = block.answers(to: data.features, activation)
    data = Dataset(
      features: data.features.appendingColumns(of: answers), targets: data.targets, task: data.task,
      weights: data.weights)
  }
}
