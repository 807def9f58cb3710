import Foundation
import Testing

@testable import CambiumBaselines
import CambiumCore

@Suite struct RecurrentTests {
  private static let tasks: [Task] = [.regression, .classification(classes: 2), .classification(classes: 3)]

  /// Sequences of 4 steps of 3 inputs, of which one column is constant and so no feature.
  private static func shape(
    _ kind: RecurrentKind, _ task: Task, layers: [Int] = [3], activation: Activation = .tanh
  ) throws -> RecurrentShape {
    let places = try #require(InputPlaces(shape: [4, 3], ofFeatures: (0..<12).filter { $0 != 4 }))
    return try #require(
      RecurrentShape(
        places: places, kind: kind, units: 5, layers: layers, outputCount: task.outputCount(targets: 1),
        activation: activation))
  }

  private static func parameters(_ shape: RecurrentShape) -> [Double] {
    let generator = RandomStream(seed: 3).child("weights").generator()
    return (0..<shape.parameterCount).map { _ in generator.gaussian(standardDeviation: 0.5) }
  }

  private static func logistic(_ z: Double) -> Double { 1 / (1 + exponential(-z)) }
  private static func tanh(_ z: Double) -> Double { 2 * logistic(2 * z) - 1 }

  /// Σ of a column of weights over inputs and state, its bias with it.
  private static func sum(_ w: Matrix, _ unit: Int, _ read: [Double]) -> Double {
    read.indices.reduce(w[0, unit]) { $0 + w[1 + $1, unit] * read[$1] }
  }

  /// The naive twin: the definition, unit by unit.
  private static func scores(_ shape: RecurrentShape, _ weights: [Matrix], _ sample: [Double]) -> [Double] {
    var places = [Double](repeating: 0, count: 12)
    for (feature, place) in shape.places.ofFeatures.enumerated() { places[place] = sample[feature] }
    var h = [Double](repeating: 0, count: 5)
    for step in 0..<4 {
      let x = Array(places[3 * step..<3 * step + 3])
      switch shape.kind {
      case .elman: h = (0..<5).map { tanh(sum(weights[0], $0, x + h)) }
      case .gru:
        let z = (0..<5).map { logistic(sum(weights[0], $0, x + h)) }
        let r = (0..<5).map { logistic(sum(weights[0], 5 + $0, x + h)) }
        let kept = (0..<5).map { r[$0] * h[$0] }
        h = (0..<5).map { (1 - z[$0]) * h[$0] + z[$0] * tanh(sum(weights[1], $0, x + kept)) }
      }
    }
    let top = Array(weights.suffix(2))
    let hidden = (0..<3).map { tanh(sum(top[0], $0, h)) }
    return (0..<top[1].columns).map { sum(top[1], $0, hidden) }
  }

  @Test(arguments: RecurrentKind.allCases)
  func scoresEqualTheDefinition(kind: RecurrentKind) throws {
    let task = Task.classification(classes: 3)
    let shape = try Self.shape(kind, task)
    let parameters = Self.parameters(shape)
    let data = Samples.make(task, rows: 35, features: 11)
    let scores = shape.scores(of: data.features, parameters: parameters, workers: WorkerPool(threads: 2))
    for i in 0..<35 {
      let sample = (0..<11).map { data.features[i, $0] }
      let expected = Self.scores(shape, shape.layout.matrices(of: parameters), sample)
      for o in 0..<3 { #expect(abs(scores[i, o] - expected[o]) < 1e-12) }
    }
  }

  @Test(arguments: RecurrentKind.allCases, tasks)
  func gradientThroughTimeEqualsFiniteDifference(kind: RecurrentKind, task: Task) throws {
    for (layers, activation, weighted) in [([3], Activation.tanh, false), ([], .sin, true)] {
      let shape = try Self.shape(kind, task, layers: layers, activation: activation)
      let data = Samples.make(task, rows: 19, features: 11, weighted: weighted)
      let objective = BackpropagationObjective(
        shape, data: data, largestBatch: 19, workers: WorkerPool(threads: 2))
      let parameters = Self.parameters(shape)
      var gradient = parameters
      var unused = parameters
      let all = Array(0..<19)[...]
      _ = objective.loss(of: parameters, on: all, gradient: &gradient)
      for k in parameters.indices {
        var (above, below) = (parameters, parameters)
        above[k] += 1e-6
        below[k] -= 1e-6
        let rise =
          objective.loss(of: above, on: all, gradient: &unused)
          - objective.loss(of: below, on: all, gradient: &unused)
        #expect(abs(rise / 2e-6 - gradient[k]) < 1e-7, "parameter \(k)")
      }
    }
  }

  /// Which of two signs came first, with noise after it: what is read last says nothing.
  @Test(arguments: RecurrentKind.allCases)
  func whatCameFirstIsRemembered(kind: RecurrentKind) throws {
    let generator = RandomStream(seed: 4).generator()
    var features = Matrix(rows: 300, columns: 8)
    var targets = Matrix(rows: 300, columns: 1)
    for i in 0..<300 {
      targets[i, 0] = i % 2 == 0 ? 1 : 0
      features[i, 0] = i % 2 == 0 ? 1 : -1
      for j in 1..<8 { features[i, j] = generator.gaussian() }
    }
    let data = Dataset(features: features, targets: targets, task: .classification(classes: 2))
    var spec = RecurrentSpec()
    spec.kind = kind
    spec.units = 8
    spec.training.epochs = 60
    let fit = try RecurrentNetwork(spec: spec).fit(
      data.selecting(Array(0..<200)), validation: nil, in: FitContext(random: RandomStream(seed: 1)))
    let outputs = fit.predictor.outputs(for: features, workers: WorkerPool(threads: 1))
    let wrong = (200..<300).count { (outputs[$0, 0] > 0.5) != (targets[$0, 0] > 0.5) }
    #expect(wrong <= 5, "\(wrong)")
  }

  @Test func shapesThatDoNotMatchNameBoth() {
    var spec = RecurrentSpec()
    spec.shape = [4, 3]
    let error = #expect(throws: InputError.self) {
      try RecurrentNetwork(spec: spec).fit(
        Samples.make(.regression, rows: 20, features: 11), validation: nil,
        in: FitContext(random: RandomStream(seed: 1)))
    }
    #expect(error?.location.column == "shape" && error?.found == "[4, 3]")
    #expect(error?.expected.contains("11") == true)
  }

  @Test func columnsOfTextsAreStepsOfAsManyInputs() throws {
    let columns = InputColumns(names: ["a", "b"], ofFeatures: [0, 0, 0, 1, 1, 1])
    #expect(InputPlaces(textsOf: columns)?.shape == [2, 3])
    for features in [[0, 0, 1, 1, 1, 1], [0, 1], [0, 0, 1]] {
      #expect(InputPlaces(textsOf: InputColumns(names: ["a", "b"], ofFeatures: features)) == nil)
    }
    let plain = Samples.make(.classification(classes: 3), rows: 30, features: 6)
    let data = Dataset(features: plain.features, targets: plain.targets, task: plain.task, columns: columns)
    var spec = RecurrentSpec()
    spec.units = 4
    spec.training.epochs = 2
    for shape in [[], [2, 3]] {
      spec.shape = shape
      let model = try RecurrentNetwork(spec: spec).fit(
        data, validation: nil, in: FitContext(random: RandomStream(seed: 1))
      ).predictor
      #expect(model.size.inputs == 6 && model.size.depth == 2)
    }
    spec.shape = [3, 2]
    #expect(throws: InputError.self) {
      try RecurrentNetwork(spec: spec).fit(
        data, validation: nil, in: FitContext(random: RandomStream(seed: 1)))
    }
  }

  private static let badSpecs: [(key: String, change: @Sendable (inout RecurrentSpec) -> Void)] = [
    ("shape", { $0.shape = [8] }), ("shape", { $0.shape = [8, 0] }), ("units", { $0.units = 0 }),
    ("layers", { $0.layers = [0] }), ("activation", { $0.activation = .product }),
    ("training.patience", { $0.training.patience = 0 }),
  ]

  @Test func aValueOutOfRangeIsNamedByItsKey() throws {
    try RecurrentSpec().validate()
    for (key, change) in Self.badSpecs {
      var spec = RecurrentSpec()
      change(&spec)
      let error = #expect(throws: InputError.self) { try RecurrentNetwork(spec: spec) }
      #expect(error?.location.column == key)
    }
  }

  @Test func nonsenseInAFileIsRefused() throws {
    var spec = RecurrentSpec()
    spec.units = 3
    spec.training.epochs = 1
    let model = try RecurrentNetwork(spec: spec).fit(
      Samples.make(.regression, rows: 20, features: 4), validation: nil,
      in: FitContext(random: RandomStream(seed: 1))
    ).predictor
    let written = try JSONEncoder().encode(model)
    let object = try #require(try JSONSerialization.jsonObject(with: written) as? [String: Any])
    let changes: [(String, Any)] = [
      ("shape", [4, 2]), ("shape", [4]), ("shape", [1_000_000, 1_000_000]), ("places", [3, 2, 1, 0]),
      ("kind", "elman"), ("units", 2), ("units", 0), ("widths", [3]), ("activation", "radial"),
      ("layers", [Any]()),
    ]
    for (key, value) in changes {
      var changed = object
      changed[key] = value
      let data = try JSONSerialization.data(withJSONObject: changed)
      #expect(throws: DecodingError.self, "\(key)") {
        try JSONDecoder().decode(RecurrentModel.self, from: data)
      }
    }
  }
}
