import Foundation
import Testing

@testable import CambiumBaselines
import CambiumCore

@Suite struct BoltzmannClassifierTests {
  private static let tasks: [Task] = [.classification(classes: 2), .classification(classes: 3)]

  private static func shape(_ task: Task, sweeps: Int) -> BoltzmannClassifierShape {
    BoltzmannClassifierShape(
      inputCount: 3, unitCount: 4, outputs: task.outputCount(targets: 1), sweeps: sweeps)
  }

  private static func parameters(_ shape: BoltzmannClassifierShape, deviation: Double) -> [Double] {
    let generator = RandomStream(seed: 3).child("weights").generator()
    return (0..<shape.parameterCount).map { _ in generator.gaussian(standardDeviation: deviation) }
  }

  /// Once the means have settled, the gradient of the bound is exact.
  @Test(arguments: tasks)
  func gradientEqualsFiniteDifference(task: Task) {
    let shape = Self.shape(task, sweeps: 200)
    let data = Samples.make(task, rows: 19, weighted: true)
    let objective = BackpropagationObjective(
      shape, data: data, largestBatch: 19, workers: WorkerPool(threads: 2))
    let parameters = Self.parameters(shape, deviation: 0.5)
    var gradient = parameters
    var unused = parameters
    let all = Array(0..<19)[...]
    _ = objective.loss(of: parameters, on: all, gradient: &gradient)
    for k in parameters.indices {
      var (above, below) = (parameters, parameters)
      above[k] += 1e-5
      below[k] -= 1e-5
      let rise =
        objective.loss(of: above, on: all, gradient: &unused)
        - objective.loss(of: below, on: all, gradient: &unused)
      #expect(abs(rise / 2e-5 - gradient[k]) < 1e-8, "parameter \(k)")
    }
  }

  /// log Σ_h e^(−E) over all hidden states, of each setting of the class units, less that of the first.
  private static func exactScores(
    _ model: BoltzmannClassifierModel, _ inputs: [Double], _ settings: [[Double]]
  )
    -> [Double]
  {
    let machine = model.machine
    return settings.map { labels in
      let states = (0..<16).map { bits in inputs + labels + (0..<4).map { Double(bits >> $0 & 1) } }
      return logOfSum(
        states.map { state in
          -machine.energies(of: Matrix(rows: 1, columns: state.count, values: state))[0]
        })
    }
  }

  @Test(arguments: tasks)
  func probabilitiesAreNearThoseOfAllStatesAndExactWithoutConnectionsAmongHiddenUnits(task: Task) throws {
    let shape = Self.shape(task, sweeps: 100)
    let features = Samples.make(task, rows: 6).features
    let settings: [[Double]] =
      task == .classification(classes: 2) ? [[0], [1]] : [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    for (strength, tolerance) in [(0.0, 1e-12), (0.3, 0.01)] {
      var weights = shape.layout.matrices(of: Self.parameters(shape, deviation: 0.7))
      weights[1] = weights[1].scaled(by: strength)
      let model = BoltzmannClassifierModel(
        task: task, shape: shape, range: InputRange(count: 3), confidence: 1, weights: weights)
      let outputs = model.outputs(for: features, workers: WorkerPool(threads: 1))
      for i in 0..<6 {
        let scores = Self.exactScores(model, (0..<3).map { features[i, $0] }, settings)
        let total = logOfSum(scores)
        for o in 0..<outputs.columns {
          let exact = exponential(scores[outputs.columns == 1 ? 1 : o] - total)
          #expect(abs(outputs[i, o] - exact) < tolerance, "\(outputs[i, o]), \(exact)")
        }
      }
    }
  }

  @Test func numbersAreRefused() throws {
    let error = #expect(throws: InputError.self) {
      try BoltzmannClassifier().fit(
        Samples.make(.regression, rows: 20), validation: nil, in: FitContext(random: RandomStream(seed: 1)))
    }
    #expect(error?.expected.contains("classes") == true)
  }

  private static let badSpecs: [(key: String, change: @Sendable (inout BoltzmannClassifierSpec) -> Void)] = [
    ("units", { $0.units = 0 }), ("sweeps", { $0.sweeps = 0 }),
    ("training.dropout", { $0.training.dropout = 0.5 }),
    ("training.batchSize", { $0.training.batchSize = 0 }),
  ]

  @Test func aValueOutOfRangeIsNamedByItsKey() throws {
    try BoltzmannClassifierSpec().validate()
    for (key, change) in Self.badSpecs {
      var spec = BoltzmannClassifierSpec()
      change(&spec)
      let error = #expect(throws: InputError.self) { try BoltzmannClassifier(spec: spec) }
      #expect(error?.location.column == key)
    }
  }

  @Test func nonsenseInAFileIsRefused() throws {
    let shape = Self.shape(.classification(classes: 3), sweeps: 5)
    let model = BoltzmannClassifierModel(
      task: .classification(classes: 3), shape: shape, range: InputRange(count: 3), confidence: 1,
      weights: shape.layout.matrices(of: Self.parameters(shape, deviation: 1)))
    let written = try JSONEncoder().encode(model)
    #expect(try JSONDecoder().decode(BoltzmannClassifierModel.self, from: written) == model)
    let object = try #require(try JSONSerialization.jsonObject(with: written) as? [String: Any])
    let changes: [(String, Any)] = [
      ("sweeps", 0), ("confidence", -1), ("layers", [Any]()), ("range", ["shifts": [1.0], "units": [1.0]]),
      ("task", ["regression": [String: Any]()]), ("task", ["classification": ["classes": 4]]),
    ]
    for (key, value) in changes {
      var changed = object
      changed[key] = value
      let data = try JSONSerialization.data(withJSONObject: changed)
      #expect(throws: DecodingError.self, "\(key)") {
        try JSONDecoder().decode(BoltzmannClassifierModel.self, from: data)
      }
    }
  }
}
