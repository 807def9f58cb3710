import Foundation
import Testing

import CambiumBaselines
import CambiumCore

@Suite struct PerceptronModelTests {
  private static func model(_ task: Task, layers: [Int]) throws -> MultilayerPerceptronModel {
    var spec = MultilayerPerceptronSpec()
    spec.layers = layers
    spec.epochs = 2
    let fit = try MultilayerPerceptron(spec: spec).fit(
      Samples.make(task, rows: 30), validation: nil, in: FitContext(random: RandomStream(seed: 1)))
    return try #require(fit.predictor as? MultilayerPerceptronModel)
  }

  @Test func aWrittenModelReadsBackBitForBit() throws {
    for task in [Task.regression, .classification(classes: 2), .classification(classes: 3)] {
      for layers in [[], [4], [5, 3]] {
        let model = try Self.model(task, layers: layers)
        let read = try JSONDecoder().decode(
          MultilayerPerceptronModel.self, from: JSONEncoder().encode(model))
        #expect(read == model)
        let features = Samples.make(task, rows: 500, seed: 9).features
        let workers = WorkerPool(threads: 1)
        #expect(
          read.outputs(for: features, workers: workers) == model.outputs(for: features, workers: workers))
      }
    }
  }

  @Test func outputsEqualTheDefinition() throws {
    let hidden = Matrix(rows: 3, columns: 2, values: [0.1, 0.5, -0.3, -0.2, 0.7, 0.4])
    let readout = Matrix(rows: 3, columns: 1, values: [0.05, 1.5, -2])
    let model = try #require(
      MultilayerPerceptronModel(
        task: .classification(classes: 2), activation: .logistic, slope: 2,
        layers: [.init(weights: hidden), .init(weights: readout)]))
    func f(_ z: Double) -> Double { 1 / (1 + exponential(-z)) }
    let (x, y) = (0.8, -1.1)
    let first = f(2 * (0.1 + 0.5 * x - 0.3 * y))
    let second = f(2 * (-0.2 + 0.7 * x + 0.4 * y))
    let output = model.outputs(
      for: Matrix(rows: 1, columns: 2, values: [x, y]), workers: WorkerPool(threads: 1))
    #expect(abs(output[0, 0] - f(0.05 + 1.5 * first - 2 * second)) < 1e-15)
    #expect(model.size == ModelSize(inputs: 2, outputs: 1, units: 2, connections: 9, depth: 1))
    #expect(model.featureCount == 2 && model.outputCount == 1)
  }

  @Test func noOutputOverflows() throws {
    for activation in [Activation.relu, .tanh] {
      let model = try #require(
        MultilayerPerceptronModel(
          task: .regression, activation: activation, slope: 1,
          layers: [
            .init(weights: Matrix(rows: 3, columns: 2, values: [1e308, -1e308, 1e308, 0, 1e308, 1e308])),
            .init(weights: Matrix(rows: 3, columns: 1, values: [1e308, 1e308, -1e308])),
          ]))
      let features = Matrix(rows: 3, columns: 2, values: [1, 1e300, -1e300, 2, 1e300, 1e300])
      let outputs = model.outputs(for: features, workers: WorkerPool(threads: 1))
      #expect(outputs.values.allSatisfy { $0.isFinite })
    }
  }

  @Test func anOutputDependsOnItsRowAlone() throws {
    let model = try Self.model(.classification(classes: 3), layers: [6])
    let features = Samples.make(.regression, rows: 400, seed: 4).features
    let workers = WorkerPool(threads: 2)
    let all = model.outputs(for: features, workers: workers)
    let order = RandomStream(seed: 2).generator().permutation(400)
    let shuffled = model.outputs(for: features.selectingRows(order), workers: workers)
    for (k, i) in order.enumerated() {
      for o in 0..<3 { #expect(abs(shuffled[k, o] - all[i, o]) < 1e-14) }
      #expect(abs((0..<3).map { all[i, $0] }.reduce(0, +) - 1) < 1e-14)
    }
    #expect(model.outputs(for: Matrix(rows: 0, columns: 3), workers: workers).rows == 0)
  }

  @Test(arguments: [
    "{}", "[]", #"{"task":{"regression":{}},"activation":"tanh","slope":1,"layers":[]}"#,
    // Fewer weights than the shape says.
    #"{"task":{"regression":{}},"activation":"tanh","slope":1,"layers":[{"rows":2,"columns":2,"weights":[1]}]}"#,
    // A product of sizes that overflows.
    #"{"task":{"regression":{}},"activation":"tanh","slope":1,"layers":[{"rows":4611686018427387904,"columns":4,"weights":[]}]}"#,
    #"{"task":{"regression":{}},"activation":"tanh","slope":1,"layers":[{"rows":-1,"columns":-1,"weights":[1]}]}"#,
    // Layers that do not fit together.
    #"{"task":{"regression":{}},"activation":"tanh","slope":1,"layers":[{"rows":2,"columns":2,"weights":[1,2,3,4]},{"rows":2,"columns":1,"weights":[1,2]}]}"#,
    // Three classes need three outputs; one class is none.
    #"{"task":{"classification":{"classes":3}},"activation":"tanh","slope":1,"layers":[{"rows":2,"columns":1,"weights":[1,2]}]}"#,
    #"{"task":{"classification":{"classes":1}},"activation":"tanh","slope":1,"layers":[{"rows":2,"columns":1,"weights":[1,2]}]}"#,
    #"{"task":{"regression":{}},"activation":"radial","slope":1,"layers":[{"rows":2,"columns":1,"weights":[1,2]}]}"#,
    #"{"task":{"regression":{}},"activation":"no such","slope":1,"layers":[{"rows":2,"columns":1,"weights":[1,2]}]}"#,
  ])
  func nonsenseIsRejected(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(MultilayerPerceptronModel.self, from: Data(text.utf8))
    }
  }
}
