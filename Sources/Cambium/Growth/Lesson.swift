internal import CambiumCore

/// What the network that stays is to learn: the samples as they are, or as the networks to choose by teach them. See
/// ``DistillationSpec``.
struct Lesson {
  /// The samples as there are, and where they are taught mixed ones behind them.
  let data: Dataset
  /// The samples as they are, where they are taught.
  let own: Dataset?

  /// A short name for what is taught; nil where nothing is.
  var fingerprint: String? {
    guard own != nil else { return nil }
    var hash = ContentHash()
    for target in data.targets.values { hash.add(target.bitPattern) }
    return hash.text
  }

  /// The samples alone.
  init(_ data: Dataset) { self.init(data: data, own: nil) }

  private init(data: Dataset, own: Dataset?) { (self.data, self.own) = (data, own) }

  /// The samples as the networks of some paths teach them at the size that was chosen; alone where the spec does not want that.
  init(
    _ data: Dataset, taughtBy paths: [GrowthPath], at choice: SizeChoice, spec: GrowthSpec,
    random: RandomStream, workers: WorkerPool
  ) {
    let distillation = spec.distillation
    guard choice.rounds > 0,
      distillation.applies(samples: data.sampleCount, holdOuts: paths.count, task: data.task),
      choice.points[0].loss >= distillation.leastError * Self.lossOfMeans(data)
    else {
      self.init(data)
      return
    }
    let networks = paths.map { $0.network(of: choice, spec: spec) }
    func said(_ features: Matrix) -> Matrix {
      var mean = Matrix(rows: features.rows, columns: data.outputCount)
      for network in networks {
        let outputs = network.outputs(for: features, workers: workers)
        for k in mean.values.indices { mean.values[k] += outputs.values[k] / Double(networks.count) }
      }
      return mean
    }
    let features = data.features
    var targets = said(features)
    for k in targets.values.indices {
      targets.values[k] =
        distillation.share * targets.values[k] + (1 - distillation.share) * data.targets.values[k]
    }
    var taught = data.replacing(targets: targets, weights: data.weights)
    let copies = data.sampleCount > 1 ? distillation.mixedSamples : 0
    if copies > 0 {
      let mixed = MixedSamples(near: features, copies: copies, random: random).features
      let weights = data.weights ?? [Double](repeating: 1, count: data.sampleCount)
      taught = taught.appending(
        data.replacing(
          inputs: Features(mixed), targets: said(mixed),
          weights: (0..<copies).flatMap { _ in weights.map { $0 / Double(copies) } }))
    }
    self.init(data: taught, own: data)
  }

  /// The mean loss of numbers where nothing is answered but each output's mean: half of the targets' variances.
  private static func lossOfMeans(_ data: Dataset) -> Double {
    (0..<data.outputCount).reduce(0) { loss, output in
      let targets = data.targets.column(output)
      func mean(_ values: [Double]) -> Double {
        guard let weights = data.weights else { return values.reduce(0, +) / Double(values.count) }
        return zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / data.totalWeight
      }
      let centre = mean(targets)
      return loss + 0.5 * mean(targets.map { ($0 - centre) * ($0 - centre) })
    }
  }
}
