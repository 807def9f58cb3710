package import CambiumCore

extension Network: TunableModel {
  /// The graph, and its weights: see ``NetworkGraph``.
  package func tunable(dropout: Dropout) -> (network: any BackpropagatedNetwork, parameters: [Double]) {
    let graph = NetworkGraph(self, dropout: dropout)
    return (graph, graph.parameters(of: self))
  }

  /// The network with other weights. What each unit lets through is as wide as its responses to `data` ask for.
  package func tuned(to parameters: [Double], on data: Dataset, workers: WorkerPool) -> Network? {
    let graph = NetworkGraph(self)
    precondition(parameters.count == graph.parameterCount, "weights of another network")
    var design = DesignMatrix(inputs: data.inputs)
    var tuned: [Unit] = []
    for var unit in graph.units(from: parameters) {
      let responses = unit.responses(over: design, workers: workers)
      guard responses.allSatisfy(\.isFinite) else { return nil }
      unit.range = Network.widened(responses)
      guard unit.isSound(before: design.columnCount) else { return nil }
      design.append(unit.column(over: design, workers: workers))
      tuned.append(unit)
    }
    let readout = Matrix(
      rows: readout.rows, columns: readout.columns, values: Array(parameters[graph.readoutStart...]))
    return replaced(units: tuned, readout: readout)
  }
}
