import CambiumCore
import Testing

@testable import CambiumBaselines

/// A perceptron as a graph of units gives its own answers.
@Test(arguments: [Activation.tanh, .relu, .logistic, .softplus])
func aPerceptronsGraphGivesItsAnswers(_ activation: Activation) throws {
  let random = RandomStream(seed: 3).generator()
  let features = Matrix(rows: 50, columns: 3, values: (0..<150).map { _ in random.gaussian() })
  for (task, outputs) in [
    (Task.regression, 2), (.classification(classes: 2), 1), (.classification(classes: 3), 3),
  ] {
    let layers = [(4, 5), (6, 2), (3, outputs)].map { rows, columns in
      MultilayerPerceptronModel.Layer(
        weights: Matrix(
          rows: rows, columns: columns, values: (0..<rows * columns).map { _ in random.gaussian() }))
    }
    let model = try #require(
      MultilayerPerceptronModel(task: task, activation: activation, slope: 1.3, layers: layers))
    let network = try #require(model.network)
    #expect(network.size.units == model.size.units && network.size.depth == 2)
    let workers = WorkerPool(threads: 1)
    let (own, graph) = (
      model.outputs(for: features, workers: workers), network.outputs(for: features, workers: workers)
    )
    for (one, other) in zip(own.values, graph.values) { #expect(abs(one - other) < 1e-13 * max(1, abs(one))) }
  }
}

@Test func aPerceptronOfHugeNumbersHasNoGraph() throws {
  let layer = MultilayerPerceptronModel.Layer(weights: Matrix(rows: 2, columns: 1, values: [1e200, 1e200]))
  let model = try #require(
    MultilayerPerceptronModel(task: .regression, activation: .tanh, slope: 1e200, layers: [layer, layer]))
  #expect(model.network == nil)
}
