internal import CambiumCore

/// One fit of a deep stacking network under way.
struct StackingRun {
  /// The most that answers are multiplied by.
  private static let largestConfidence = 64.0

  /// What is kept so far.
  private struct Kept {
    var blocks: [StackingBlock]
    var decay: Double
    var judgement: Judgement
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
    kept = Kept(blocks: stack.blocks, decay: stack.decay, judgement: judgement)
  }

  /// Trains stacks of each weight decay and keeps the one with the least held-out error, of equals the first and smallest. A
  /// block counts where it lessens that by more than chance is likely to.
  ///
  /// - Parameter divisions: Each has a stack of its own; all are judged together, and the first one's is kept.
  mutating func choose(by divisions: [(training: Dataset, heldOut: Dataset)]) {
    let heldOut = divisions.dropFirst().reduce(divisions[0].heldOut) { $0.appending($1.heldOut) }
    for decay in spec.weightDecay where !interrupted {
      var stacks = divisions.map { Stack(on: $0.training, decay: decay) }
      var seen = divisions.map(\.heldOut.features)
      var best: Judgement?
      var idle = 0
      while stacks[0].blocks.count < spec.blocks, idle < spec.patience, !interrupted {
        var all: Matrix?
        for place in stacks.indices {
          let answers = add(to: &stacks[place], division: place).answers(to: seen[place], spec.activation)
          seen[place] = seen[place].appendingColumns(of: answers)
          all = all?.appendingRows(of: answers) ?? answers
        }
        guard let all else { return }
        let judgement = judge(all, heldOut)
        idle += 1
        guard best.map({ isBetter(judgement, than: $0, on: heldOut) }) ?? true else { continue }
        best = judgement
        idle = 0
        guard kept.map({ judgement.error < $0.judgement.error }) ?? true else { continue }
        kept = Kept(blocks: stacks[0].blocks, decay: decay, judgement: judgement)
      }
    }
    guard let kept else { return }
    reason = .bestHeldOutSize
    let errors = spec.standardErrors > 0 ? ", further ones not being better beyond chance" : ""
    decide(
      "\(kept.blocks.count) of up to \(spec.blocks) blocks and weight decay \(kept.decay) had the least held-out error\(errors)"
    )
  }

  /// Whether the mean error is less by more than `standardErrors` of the samples' differences.
  private func isBetter(_ new: Judgement, than old: Judgement, on data: Dataset) -> Bool {
    PairedGain(from: old.errors, to: new.errors, weights: data.weights).isBeyond(spec.standardErrors)
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
        task: task, activation: spec.activation, confidence: kept.judgement.confidence, blocks: kept.blocks)
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
  private mutating func add(to stack: inout Stack, division: Int = 0) -> StackingBlock {
    let context = context.child("division", division).child("block", stack.blocks.count)
    context.observer.observe(.stage("training block \(stack.blocks.count + 1)"))
    let block = StackingObjective(spec, data: stack.data, decay: stack.decay, workers: context.workers)
      .trained(inputs: stack.inputCount, in: context)
    epochs += spec.epochs
    stack.take(block, spec.activation)
    return block
  }

  /// How right answers are at the confidence that suits them best, and that confidence.
  private func judge(_ answers: Matrix, _ data: Dataset) -> Judgement {
    let scores = DeepStackingModel.scores(answers, task, Self.largestConfidence)
    let calibration = Calibration(scores: scores, data: data)
    guard task != .regression else {
      return Judgement(
        error: calibration.error, errors: Self.errors(of: scores, data, share: 0.5), confidence: 1)
    }
    let confidence = Self.largestConfidence * calibration.scale
    let outputs = Loss(task: task).outputs(ofScores: DeepStackingModel.scores(answers, task, confidence))
    return Judgement(
      error: calibration.error, errors: Self.errors(of: outputs, data, share: 1), confidence: confidence)
  }

  /// share · Σ (ŷ − y)² over the outputs, of each sample.
  private static func errors(of outputs: Matrix, _ data: Dataset, share: Double) -> [Double] {
    (0..<outputs.rows).map { i in
      (0..<outputs.columns).reduce(0) {
        let difference = outputs[i, $1] - data.targets[i, $1]
        return $0 + share * difference * difference
      }
    }
  }
}

/// What held-out samples say of a stack.
private struct Judgement {
  /// The mean over the samples.
  let error: Double
  let errors: [Double]
  let confidence: Double
}

/// Blocks, and the samples as the next one sees them.
private struct Stack {
  private(set) var blocks: [StackingBlock] = []
  private(set) var data: Dataset
  /// What the last block answers to the samples.
  private(set) var answers: Matrix
  let decay: Double
  let inputCount: Int

  init(on data: Dataset, decay: Double) {
    self.data = data
    self.decay = decay
    inputCount = data.featureCount
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
