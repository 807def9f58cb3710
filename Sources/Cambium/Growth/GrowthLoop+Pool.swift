internal import CambiumCore

extension GrowthLoop {
  /// Step 2 of the strategy: the candidates of a round, each with the sources that topology and field let it read.
  /// Where they start is not told by samples that are set aside.
  func pool(
    over network: GrowingNetwork, round: Int, setAside: [Int] = [], random: RandomStream
  ) -> CandidatePool {
    let fields = ReceptiveFields(spec.fields, columns: data.columns)
    let relevance = fields.relevance(in: network)
    let candidateCount = spec.activations.functions.count * spec.restarts
    let reaches = (0..<candidateCount).map { candidate in
      topology.reach(
        ofCandidate: candidate, round: round, inputs: data.featureCount, units: network.unitCount,
        layerWidth: spec.layerWidth)
    }
    let samples =
      spec.start == .sobol
      ? nil : StartSamples(network.samples(ofRows: rows(of: network, besides: setAside)))
    return CandidatePool(
      activations: spec.activations.functions, restarts: spec.restarts,
      sourceCount: reaches.map(\.sourceCount).max() ?? 1, design: network.design, start: spec.start,
      samples: samples, random: random
    ) { candidate in
      let reach = reaches[candidate]
      let field = fields.field(in: reach, relevance: relevance, random: random.child("field", candidate))
      return field ?? Array(reach.inputs) + Array(reach.units)
    }
  }
}
