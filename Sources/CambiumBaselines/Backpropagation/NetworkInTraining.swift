internal import CambiumCore

/// What came of an epoch.
struct EpochSummary: Sendable {
  /// The mean loss of the batches, each before its step, without decay.
  var trainLoss: Double
  /// The mean held-out loss after the epoch, of classes their Brier score (see ``Calibration``); 0 where nothing is
  /// held out.
  var heldOutLoss: Double
  /// What the scores are to be multiplied by; see ``Calibration``.
  var scale: Double
  /// False where a loss or a weight overflowed.
  var isFinite: Bool
  /// How much the epoch moved each layer; nil where that is not told.
  var updates: LayerUpdates?
}

/// A network between two epochs: its weights, and how it goes on.
struct NetworkInTraining<Rule: Optimizer> {
  /// The weights, laid out as the network says.
  var parameters: [Double]
  /// Turns gradients into steps.
  var optimizer: Rule
  private let spec: MultilayerPerceptronSpec
  private let network: any BackpropagatedNetwork
  private let layout: WeightLayout
  private let weightDecay: Double
  private let objective: BackpropagationObjective
  private let heldOut: Dataset?
  private let context: FitContext

  /// A network that has seen no sample yet.
  init(
    spec: MultilayerPerceptronSpec, variant: NetworkVariant, division: BackpropagationTraining.Division,
    start: [Double], optimizer: Rule, context: FitContext
  ) {
    parameters = start
    self.optimizer = optimizer
    self.spec = spec
    network = variant.network
    layout = network.layout
    weightDecay = variant.weightDecay
    self.context = context
    heldOut = division.heldOut
    objective = BackpropagationObjective(
      network, data: division.training, inputNoise: spec.inputNoise,
      largestBatch: spec.batchLimit(of: division.training.sampleCount), workers: context.workers)
  }

  /// One pass over the training samples, in an order of this epoch's own; then a look at the held-out ones.
  mutating func runEpoch(_ epoch: Int) -> EpochSummary {
    let count = objective.sampleCount
    let size = spec.batchLimit(of: count)
    let order =
      size < count ? context.random.child("order", epoch).generator().permutation(count) : Array(0..<count)
    var gradient = [Double](repeating: 0, count: layout.parameterCount)
    let noise = spec.isNoisy ? context.random.child("noise", epoch) : nil
    var sum = 0.0
    var updates =
      spec.tellsUpdates && LayerUpdateSums.tells(ofEpoch: epoch) ? LayerUpdateSums(layout: layout) : nil
    let penalised = penalised
    for start in stride(from: 0, to: count, by: size) {
      let batch = order[start..<min(start + size, count)]
      let random = noise?.child("batch", start)
      let loss = objective.loss(of: parameters, on: batch, gradient: &gradient, random: random)
      sum += loss * Double(batch.count)
      updates?.add(gradient: gradient)
      let penalty = penalised(parameters, &gradient)
      let before = updates == nil ? [] : parameters
      optimizer.step(&parameters, loss: loss + penalty, gradient: gradient) { [objective] point in
        var gradient = [Double](repeating: 0, count: point.count)
        let loss = objective.loss(of: point, on: batch, gradient: &gradient, random: random)
        return (loss + penalised(point, &gradient), gradient)
      }
      if spec.largestNorm > 0 { layout.limitNorms(to: spec.largestNorm, of: &parameters) }
      updates?.add(stepFrom: before, to: parameters)
    }
    var summary = EpochSummary(
      trainLoss: sum / Double(max(count, 1)), heldOutLoss: 0, scale: 1, isFinite: true,
      updates: updates?.updates(ofEpoch: epoch))
    summary.isFinite = summary.trainLoss.isFinite && parameters.allSatisfy(\.isFinite)
    if summary.isFinite { judge(&summary) }
    return summary
  }

  /// The network before its first epoch.
  func summaryOfStart() -> EpochSummary {
    var summary = EpochSummary(trainLoss: .infinity, heldOutLoss: 0, scale: 1, isFinite: true)
    judge(&summary)
    return summary
  }

  /// A look at the held-out samples.
  private func judge(_ summary: inout EpochSummary) {
    guard let heldOut else { return }
    let scores = network.scores(of: heldOut.features, parameters: parameters, workers: context.workers)
    let judgement = Calibration(scores: scores, data: heldOut)
    summary.heldOutLoss = judgement.error
    summary.scale = judgement.scale
    summary.isFinite = judgement.error.isFinite
  }

  /// Adds the gradient of the penalties at a point, and tells what they are there.
  private var penalised: (_ parameters: [Double], _ gradient: inout [Double]) -> Double {
    { [layout, weightDecay, share = spec.absoluteShare] parameters, gradient in
      layout.addDecay(weightDecay * (1 - share), of: parameters, to: &gradient)
        + layout.addAbsolutePenalty(weightDecay * share, of: parameters, to: &gradient)
    }
  }
}

extension MultilayerPerceptronSpec {
  /// Whether training draws random numbers beside the order of samples.
  var isNoisy: Bool { inputNoise > 0 || dropout > 0 }

  /// The most samples in a step's batch, of `count` samples; at least 1.
  func batchLimit(of count: Int) -> Int {
    switch (optimizer, updates) {
    case (.rprop, _), (.lbfgs, _), (_, .batch): max(count, 1)
    case (_, .online): 1
    case (_, .miniBatch): max(min(batchSize, count), 1)
    }
  }
}
