public import CambiumCore

/// A network's hidden part with a readout fitted anew: on some samples, and judged by others.
struct ReadoutTrial {
  /// Units, and which sources the readout reads.
  struct Draft {
    var units: [Network.Unit]
    /// One for each column of Φ; the constant is always read.
    var isRead: [Bool]
  }

  let base: Network
  /// The samples, with the scores that are wanted of them.
  let training: Dataset
  let workers: WorkerPool
  /// The penalty ½ · ridge · N · Σ B².
  var ridge: Double

  init(base: Network, training: Dataset, workers: WorkerPool, ridge: Double) {
    (self.base, self.workers, self.ridge) = (base, workers, ridge)
    self.training = base.wantedScores(of: training)
  }

  /// The network of a draft whose readout minimises the penalised loss on the training samples.
  func network(_ draft: Draft) -> Network {
    var design = DesignMatrix(inputs: training.inputs)
    for unit in draft.units { design.append(unit.column(over: design, workers: workers)) }
    let sources = draft.isRead.indices.filter { $0 == 0 || draft.isRead[$0] }
    var read = DesignMatrix(rowCount: training.sampleCount)
    for source in sources { read.append(design.column(source)) }
    let penalties = sources.map { $0 == 0 ? 0 : ridge * Double(training.sampleCount) }
    let fitted = ReadoutFitter(data: training, workers: workers).fit(
      design: read, equations: NormalEquations(design: read, data: training, workers: workers),
      penalties: penalties, start: Matrix(rows: 1, columns: training.outputCount))
    var readout = Matrix(rows: draft.isRead.count, columns: training.outputCount)
    for (row, source) in sources.enumerated() {
      for output in 0..<readout.columns { readout[source, output] = fitted[row, output] }
    }
    return base.replacing(units: draft.units, readout: readout)
  }
}

extension Network {
  /// How far outputs are off: of numbers the root mean square in standard deviations of the targets, of classes the
  /// mean −log of the probability of the right one.
  public func error(on data: Dataset, workers: WorkerPool) -> Double {
    let outputs = outputs(for: data.inputs, workers: workers)
    var sum = 0.0
    switch task {
    case .regression:
      for (output, target) in zip(outputs.values, data.targets.values) {
        sum += (output - target) * (output - target)
      }
      return (sum / Double(max(1, outputs.values.count))).squareRoot()
    case .classification(let classes):
      for (output, target) in zip(outputs.values, data.targets.values) {
        sum -= target * logarithm(max(output, 1e-15))
        if classes == 2 { sum -= (1 - target) * logarithm(max(1 - output, 1e-15)) }
      }
      return sum / Double(max(1, data.sampleCount))
    }
  }

  /// The share of the training error that each unit removed when it was added to those before it, the readout fitted
  /// anew each time: of numbers of the mean square, of classes of the mean −log probability. A share is below 0 where
  /// the penalised fit became worse; their sum is 1. Empty where the units together remove nothing.
  public func errorShares(on data: Dataset, workers: WorkerPool) -> [Double] {
    let trial = ReadoutTrial(base: self, training: data, workers: workers, ridge: 1e-6)
    let errors = (0...units.count).map { count in
      let draft = ReadoutTrial.Draft(
        units: Array(units[..<count]), isRead: [Bool](repeating: true, count: 1 + inputCount + count))
      let error = trial.network(draft).error(on: data, workers: workers)
      return task == .regression ? error * error : error
    }
    let removed = errors[0] - (errors.last ?? 0)
    guard removed > 0 else { return [] }
    return zip(errors, errors.dropFirst()).map { ($0 - $1) / removed }
  }
}
