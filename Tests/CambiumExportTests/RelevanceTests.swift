import Cambium
import CambiumCore
import Testing

@testable import CambiumExport

@Test func onlyWhatIsReadMatters() throws {
  // y = 3a, and b is read by nothing.
  let rows = (0..<30).map { "\($0),\($0 * 7 % 30),\(3 * $0)" }.joined(separator: "\n")
  let table = try Table.parse("a,b,y\n\(rows)\n")
  let preprocessing = try Preprocessing.fit(to: table, task: .regression).preprocessing
  let network = try #require(
    Network(
      inputCount: 2, units: [], readout: Matrix(rows: 3, columns: 1, values: [0, 0.9, 0]), task: .regression,
      outputRanges: [-3...3]))
  let provenance = Provenance(
    data: "", fingerprint: "", rows: 30, seed: 1, spec: .object([:]), tolerance: 0.1)
  let model = Model(
    learner: "grown", provenance: provenance, preprocessing: preprocessing, predictor: network)
  let relevance = try Relevance(of: model, on: table, workers: WorkerPool(threads: 1))
  #expect(relevance.importances.map(\.column) == ["a", "b"])
  #expect(try #require(relevance.importances[0].factor) > 2)
  #expect(relevance.importances[1].factor == 1)
  #expect(relevance.unitShares.isEmpty)
}

@Test func unitsDependOnWhatTheirSourcesRead() throws {
  let network = try #require(try SampleModel.make().predictor as? Network)
  #expect(network.inputsRead(byUnit: 0) == [0, 1])
  #expect(network.inputsRead(byUnit: 1) == [0, 1])
}
