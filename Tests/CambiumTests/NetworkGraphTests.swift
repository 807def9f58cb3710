import CambiumCore
import Testing

@testable import Cambium

@Suite struct NetworkGraphTests {
  /// A network of a unit of every function, each of which reads two inputs and the unit before it; some without bias, and a
  /// readout with a hole.
  private static func network(_ task: CambiumCore.Task) throws -> Network {
    let generator = RandomStream(seed: 4).generator()
    var units: [Network.Unit] = []
    for activation in Activation.allCases {
      var sources = units.count % 3 == 0 || activation == .radial ? [1, 2] : [0, 1, 2]
      if !units.isEmpty { sources.append(2 + units.count) }
      func connections(_ factor: Network.Factor) -> [Network.Connection] {
        sources.map {
          .init(
            source: $0, weight: 0.3 * generator.gaussian() + 0.2,
            centre: activation == .radial ? generator.gaussian() : 0, factor: factor)
        }
      }
      units.append(
        .init(
          activation: activation,
          connections: connections(.first) + (activation == .product ? connections(.second) : []),
          range: -1e6...1e6, offset: 0.1, scale: 0.7, prunedConnections: 0))
    }
    let outputs = task.outputCount(targets: 2)
    let readout = Matrix(
      rows: 3 + units.count, columns: outputs,
      values: (0..<(3 + units.count) * outputs).map { $0 % 7 == 4 ? 0 : 0.3 * generator.gaussian() })
    return try #require(
      Network(
        inputCount: 2, units: units, readout: readout, task: task,
        outputRanges: task == .regression ? [-1e6...1e6, -1e6...1e6] : []))
  }

  private static let tasks: [CambiumCore.Task] = [.regression, .classification(classes: 3)]

  private static func scores(
    _ graph: NetworkGraph, _ parameters: [Double], _ features: Matrix, _ mode: PassageMode = .answering
  ) -> Matrix {
    let passage = graph.passage(capacity: features.rows)
    passage.inputs(rows: features.rows).update(from: features.values, count: features.values.count)
    let scores = passage.forward(rows: features.rows, parameters: parameters, mode: mode)
    return Matrix(
      rows: features.rows, columns: graph.outputCount,
      values: Array(UnsafeBufferPointer(start: scores, count: features.rows * graph.outputCount)))
  }

  @Test(arguments: tasks) func scoresAreThoseOfTheNetwork(task: CambiumCore.Task) throws {
    let network = try Self.network(task)
    let graph = NetworkGraph(network)
    let features = Samples.matrix(20, 2)
    let outputs = Loss(task: task).outputs(
      ofScores: Self.scores(graph, graph.parameters(of: network), features))
    for i in 0..<20 { #expect(isClose(outputs.row(i), network.naiveOutputs(features.row(i)), 1e-10)) }
  }

  @Test(arguments: tasks, [0, 0.4])
  func theGradientIsThatOfFiniteDifferences(task: CambiumCore.Task, dropout: Double) throws {
    let network = try Self.network(task)
    let graph = NetworkGraph(network, dropout: Dropout(share: dropout))
    let parameters = graph.parameters(of: network)
    let features = Samples.matrix(30, 2)
    // Of a linear function of the scores, so that errors are its coefficients.
    let errors = Samples.numbers(30 * graph.outputCount, "errors")
    func value(_ parameters: [Double]) -> Double {
      zip(Self.scores(graph, parameters, features, mode()).values, errors).reduce(0) { $0 + $1.0 * $1.1 }
    }
    /// The same units drop out each time.
    func mode() -> PassageMode {
      .training(dropout: dropout > 0 ? RandomStream(seed: 6).generator() : nil)
    }
    if dropout > 0 {
      #expect(
        Self.scores(graph, parameters, features, mode()) != Self.scores(graph, parameters, features))
    }
    let passage = graph.passage(capacity: 30)
    passage.inputs(rows: 30).update(from: features.values, count: 60)
    passage.forward(rows: 30, parameters: parameters, mode: mode()).update(
      from: errors, count: errors.count)
    var gradient = [Double](repeating: 0, count: parameters.count)
    _ = passage.backward(rows: 30, parameters: parameters, weights: nil, addingTo: &gradient)
    let absent = Set(graph.absent)
    #expect(!absent.isEmpty)
    for k in parameters.indices {
      var (above, below) = (parameters, parameters)
      above[k] += 1e-5
      below[k] -= 1e-5
      let difference = (value(above) - value(below)) / 2e-5
      let wanted = absent.contains(k) ? 0 : difference
      #expect(abs(gradient[k] - wanted) < 1e-6 * max(1, abs(difference)), "\(k)")
    }
  }

  @Test(arguments: tasks) func itsOwnWeightsMakeTheNetwork(task: CambiumCore.Task) throws {
    let network = try Self.network(task)
    let data =
      task == .regression ? Samples.regression(50, outputs: 2) : Samples.classes(50, 3)
    let (graph, parameters) = network.tunable(dropout: Dropout(share: 0))
    #expect(parameters.count == graph.parameterCount)
    let same = try #require(network.tuned(to: parameters, on: data, workers: Samples.workers))
    #expect(
      same.units.map(\.connections) == network.units.map(\.connections) && same.readout == network.readout)
    let outputs = network.outputs(for: data.features, workers: Samples.workers)
    #expect(isClose(same.outputs(for: data.features, workers: Samples.workers).values, outputs.values, 1e-12))
    // The first unit has no bias, so that its first weight stands second.
    for k in [1, parameters.count - 1] {
      var infinite = parameters
      infinite[k] = .infinity
      #expect(network.tuned(to: infinite, on: data, workers: Samples.workers) == nil)
    }
  }
}
