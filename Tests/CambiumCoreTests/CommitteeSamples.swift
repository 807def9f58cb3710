import CambiumCore

/// Learners of few lines, whose models can be told in the head.
enum CommitteeSamples {
  /// y = 2x and normal noise, of one input.
  static func line(_ count: Int, noise: Double = 1, seed: UInt64 = 3) -> Dataset {
    let generator = RandomStream(seed: seed).generator()
    let x = (0..<count).map { _ in generator.gaussian() }
    let y = x.map { 2 * $0 + noise * generator.gaussian() }
    return Dataset(
      features: Matrix(rows: count, columns: 1, values: x),
      targets: Matrix(rows: count, columns: 1, values: y), task: .regression)
  }

  /// Three classes in turn, of one input that numbers the samples.
  static func classes(_ count: Int) -> Dataset {
    var targets = Matrix(rows: count, columns: 3)
    for i in 0..<count { targets[i, i % 3] = 1 }
    return Dataset(
      features: Matrix(rows: count, columns: 1, values: (0..<count).map(Double.init)), targets: targets,
      task: .classification(classes: 3))
  }

  static func context(threads: Int = 1, seed: UInt64 = 1) -> FitContext {
    FitContext(random: RandomStream(seed: seed), workers: WorkerPool(threads: threads))
  }

  static func fit(
    _ learner: any Learner, _ kind: CommitteeKind, members: Int = 5, to data: Dataset, threads: Int = 1
  ) throws -> Fit {
    var spec = CommitteeSpec()
    spec.kind = kind
    spec.members = members
    return try Committee(spec: spec, of: learner).fit(data, validation: nil, in: context(threads: threads))
  }
}

/// Answers what it was taught where it was taught, and `unknown` everywhere else.
struct Memoriser: Learner {
  static let unknown = 1000.0

  func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    let model = Memory(
      inputs: data.features.values, targets: data.targets, weights: data.weights)
    return Fit(predictor: model, report: FitReport(stopReason: .converged, epochs: 1))
  }
}

struct Memory: Predictor, Equatable {
  let inputs: [Double]
  let targets: Matrix
  let weights: [Double]?

  func outputs(for features: Matrix, workers: WorkerPool) -> Matrix {
    var outputs = Matrix(rows: features.rows, columns: targets.columns, repeating: Memoriser.unknown)
    for i in 0..<features.rows {
      guard let known = inputs.firstIndex(of: features[i, 0]) else { continue }
      for o in 0..<targets.columns { outputs[i, o] = targets[known, o] }
    }
    return outputs
  }

  var size: ModelSize {
    ModelSize(
      inputs: 1, outputs: targets.columns, units: inputs.count, connections: 2 * inputs.count, depth: 1)
  }
}

/// The line of least squares, and a shift that is drawn at random where one is asked for.
struct LineLearner: Learner {
  var shift = 0.0

  func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    var (total, x, y, xx, xy) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for i in 0..<data.sampleCount {
      let weight = data.weights?[i] ?? 1
      total += weight
      x += weight * data.features[i, 0]
      y += weight * data.targets[i, 0]
      xx += weight * data.features[i, 0] * data.features[i, 0]
      xy += weight * data.features[i, 0] * data.targets[i, 0]
    }
    let slope = (xy - x * y / total) / (xx - x * x / total)
    let drawn = shift * context.random.child("shift").generator().gaussian()
    let model = Line(slope: slope, constant: (y - slope * x) / total + drawn)
    return Fit(
      predictor: model,
      report: FitReport(stopReason: .converged, epochs: 1, decisions: ["a slope of \(slope)"]),
      heldOut: validation.map {
        HeldOutResult(data: $0, outputs: model.outputs(for: $0.features, workers: context.workers))
      })
  }
}

struct Line: Predictor, Equatable {
  let slope: Double
  let constant: Double

  func outputs(for features: Matrix, workers: WorkerPool) -> Matrix {
    Matrix(rows: features.rows, columns: 1, values: features.column(0).map { slope * $0 + constant })
  }

  var size: ModelSize { ModelSize(inputs: 1, outputs: 1, units: 3, connections: 2, depth: 1) }
}
