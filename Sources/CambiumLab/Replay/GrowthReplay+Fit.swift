internal import Cambium
internal import CambiumCore

extension GrowthReplay {
  /// The replay of a fit; nil where its model is no grown network, or its data cannot be shown.
  ///
  /// Cost: a prediction of some rows and all test rows for each round.
  init?(
    of fit: Fit, paths: [WeightPath] = [], preprocessing: Preprocessing, training: Dataset, test: Dataset,
    workers: WorkerPool
  ) {
    guard let network = fit.predictor as? Network,
      let painter = ReplayPainter(
        preprocessing: preprocessing, training: training, test: test, workers: workers)
    else { return nil }
    inputs = preprocessing.featureNames
    scene = painter.scene
    let grown = fit.stages.map { $0 as? Network }
    // Where units were taken out at the end, the drawing is of the network that grew.
    let drawn =
      grown.last.flatMap { $0 }.flatMap { $0.units.count > network.units.count ? $0 : nil } ?? network
    units = Self.units(of: drawn)
    self.paths = Self.told(paths, of: drawn)
    func error(_ model: Network, _ data: Dataset) -> Double {
      model.relativeError(on: data, workers: workers).rounded(toDigits: 4)
    }
    let rounds = fit.report.rounds
    let isTold = grown.count == rounds.count + 1
    var stages: [Stage] = []
    for index in 0...rounds.count {
      let model = isTold ? grown[index] : nil
      let round = index > 0 ? rounds[index - 1] : nil
      guard let trainError = round?.trainError ?? model.map({ error($0, training) }) else { continue }
      let count = rounds.prefix(index).reduce(0) { $0 + $1.kept.count }
      let covered = fit.firstCoverage.map { Double($0.readout.count) / Double(max(1, training.sampleCount)) }
      stages.append(
        Stage(
          units: model?.units.count ?? count, coverage: (round?.coverage ?? covered)?.rounded(toDigits: 4),
          trainError: trainError.rounded(toDigits: 4),
          heldOutError: round?.validationError?.rounded(toDigits: 4),
          testError: model.map { error($0, test) }, picture: model.map(painter.picture), isFinished: false))
    }
    stages = Self.thinned(stages)
    if isTold, network == grown.last, !stages.isEmpty {
      stages[stages.count - 1].isFinished = true
    } else {
      stages.append(
        Stage(
          units: network.units.count, trainError: error(network, training), testError: error(network, test),
          picture: painter.picture(of: network), isFinished: true))
    }
    self.stages = stages
    guard isSound else { return nil }
  }

  /// The paths, where they are those of the network's first units.
  private static func told(_ paths: [WeightPath], of network: Network) -> [WeightPath]? {
    let isOfNetwork = zip(paths, network.units).allSatisfy { $0.activation == $1.activation }
    guard !paths.isEmpty, isOfNetwork else { return nil }
    return paths.prefix(network.units.count).map { path in
      var path = path
      for index in path.lines.indices {
        path.lines[index].weights = path.lines[index].weights.map { $0.rounded(toDigits: 4) }
      }
      return path
    }
  }

  private static func units(of network: Network) -> [Unit] {
    let size = network.size
    guard size.units <= mostUnits, network.units.reduce(0, { $0 + $1.connections.count }) <= mostConnections
    else {
      return []
    }
    return network.units.enumerated().map { index, unit in
      Unit(
        activation: unit.activation, sources: unit.connections.map(\.source),
        weights: unit.connections.map { $0.weight.rounded(toDigits: 4) }, pruned: unit.prunedConnections,
        readout: (0..<network.readout.columns).map {
          network.readout[1 + network.inputCount + index, $0].rounded(toDigits: 4)
        })
    }
  }

  /// At most ``mostStages`` of the stages, evenly spread, the first and the last among them.
  private static func thinned(_ stages: [Stage]) -> [Stage] {
    guard stages.count > mostStages else { return stages }
    return (0..<mostStages).map { stages[$0 * (stages.count - 1) / (mostStages - 1)] }
  }
}

extension Network {
  /// Root mean square of the differences of standardised outputs, or error rate.
  fileprivate func relativeError(on data: Dataset, workers: WorkerPool) -> Double {
    let outputs = outputs(for: data.features, workers: workers)
    guard data.task == .regression else {
      let chosen = Dataset(features: data.features, targets: outputs, task: data.task).classIndices
      let wrong = zip(chosen, data.classIndices).count { $0 != $1 }
      return Double(wrong) / Double(max(1, data.sampleCount))
    }
    let squares = zip(outputs.values, data.targets.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return (squares / Double(max(1, outputs.values.count))).squareRoot()
  }
}
