public import CambiumCore

/// Learns with a deep Boltzmann machine; see ``DeepBoltzmannSpec``.
public struct DeepBoltzmannLearner: Learner {
  /// How to train.
  public let spec: DeepBoltzmannSpec

  /// Checks the spec; throws an `InputError` that names the key that is out of range.
  public init(spec: DeepBoltzmannSpec = .init()) throws {
    try spec.validate()
    self.spec = spec
  }

  /// Trains the machine on the inputs of `data`, and then the network that comes of it on the targets.
  ///
  /// - Throws: `InputError` where the machine's weights run away, with the epoch and the step size.
  public func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    let range = InputRange(of: data.features)
    let scaled = Dataset(
      features: range.applied(to: data.features), targets: data.targets, task: data.task,
      weights: data.weights,
      columns: data.columns)
    let machine = try DeepBoltzmannTraining(pretraining: spec.pretraining, joint: spec.joint)
      .machine(units: spec.units, on: scaled, in: context.child("pretraining"))
    let inference = DeepBoltzmannInference(
      machine: machine, range: range, sweeps: spec.joint.meanFieldSweeps)
    func seen(_ data: Dataset) -> Dataset {
      Dataset(
        features: inference.applied(to: data.features, workers: context.workers), targets: data.targets,
        task: data.task, weights: data.weights)
    }
    var fit = try PretrainedLayers(layers: inference.startingLayers, activation: .logistic)
      .fit(seen(data), validation: validation.map(seen), by: spec.fineTuning, in: context)
    guard let top = fit.predictor as? MultilayerPerceptronModel else {
      preconditionFailure("layers are tuned as a perceptron")
    }
    fit.predictor = DeepBoltzmannModel(inference: inference, top: top)
    fit.report.epochs += spec.pretraining.epochs * spec.units.count + spec.joint.epochs
    return fit
  }
}

/// From inputs to what the tuned network reads: inputs of 0…1, and the means of the second hidden layer.
struct DeepBoltzmannInference: Sendable, Equatable {
  private static let tileRows = 128

  let machine: DeepBoltzmannMachine
  let range: InputRange
  let sweeps: Int

  /// What is read on top.
  var outputCount: Int {
    machine.visibleCount + (machine.hiddenLayerCount > 1 ? machine.biases[2].count : 0)
  }

  /// What is read on top of N × d inputs. O(N · sweeps · weights).
  func applied(to features: Matrix, workers: WorkerPool) -> Matrix {
    let visible = range.applied(to: features).keptFinite()
    guard machine.hiddenLayerCount > 1 else { return visible }
    let tiles = (visible.rows + Self.tileRows - 1) / Self.tileRows
    let parts = workers.map(tiles) { tile in
      let rows = Array(tile * Self.tileRows..<min((tile + 1) * Self.tileRows, visible.rows))
      return machine.means(given: visible.selectingRows(rows), sweeps: sweeps)[1]
    }
    var means = Matrix(rows: visible.rows, columns: machine.biases[2].count)
    for (tile, part) in parts.enumerated() {
      for j in 0..<part.columns {
        for i in 0..<part.rows { means[tile * Self.tileRows + i, j] = part[i, j] }
      }
    }
    return visible.appendingColumns(of: means)
  }

  /// The layers that the network starts with, biases in the first row.
  var startingLayers: [Matrix] {
    machine.weights.enumerated().map { index, weights in
      var rows = Matrix(rows: 1, columns: weights.columns, values: machine.biases[index + 1])
        .appendingRows(of: weights)
      if index == 0, machine.hiddenLayerCount > 1 {
        rows = rows.appendingRows(of: machine.weights[1].transposed())
      }
      return rows
    }
  }
}
