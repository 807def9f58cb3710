import Foundation
import Testing

@testable import CambiumBaselines
import CambiumCore

@Suite struct ConvolutionTests {
  private static let tasks: [Task] = [.regression, .classification(classes: 2), .classification(classes: 3)]

  /// Pictures of 5 × 4 pixels and two channels, of which two columns are constant and so no features.
  private static let places: InputPlaces = {
    let ofFeatures = (0..<40).filter { $0 != 3 && $0 != 20 }
    guard let places = InputPlaces(shape: [5, 4, 2], ofFeatures: ofFeatures) else {
      preconditionFailure("places of a picture")
    }
    return places
  }()

  private static func shape(
    _ task: Task, filters: [Int] = [3, 2], kernel: Int = 3, side: Int = 2, pooling: Pooling = .largest,
    activation: Activation = .tanh
  ) throws -> ConvolutionShape {
    try #require(
      ConvolutionShape(
        places: places, filters: filters, kernel: kernel, poolingSide: side, pooling: pooling, units: [4],
        outputCount: task.outputCount(targets: 1), activation: activation))
  }

  private static func parameters(_ shape: ConvolutionShape) -> [Double] {
    let generator = RandomStream(seed: 3).child("weights").generator()
    return (0..<shape.parameterCount).map { _ in generator.gaussian(standardDeviation: 0.4) }
  }

  /// The naive twin: the definition, pixel by pixel.
  private static func scores(_ shape: ConvolutionShape, _ weights: [Matrix], _ sample: [Double]) -> [Double] {
    var picture: [[Double]] = (0..<2).map { _ in [Double](repeating: 0, count: 20) }
    for (feature, place) in shape.places.ofFeatures.enumerated() {
      picture[place % 2][place / 2] = sample[feature]
    }
    for (stage, w) in zip(shape.stages, weights) {
      let (height, width, k) = (stage.rows, stage.columns, stage.kernel)
      let convolved = (0..<stage.filters).map { f in
        (0..<height * width).map { place in
          var z = w[0, f]
          for c in 0..<stage.channels {
            for j in 0..<k {
              for i in 0..<k {
                let (y, x) = (place / width + j - k / 2, place % width + i - k / 2)
                guard (0..<height).contains(y), (0..<width).contains(x) else { continue }
                z += w[1 + (c * k + j) * k + i, f] * picture[c][y * width + x]
              }
            }
          }
          return shape.top.activation == .tanh ? 2 / (1 + exponential(-2 * z)) - 1 : max(0, z)
        }
      }
      picture = convolved.map { plane in
        var pooled: [Double] = []
        for top in stride(from: 0, to: height, by: stage.pooling) {
          for left in stride(from: 0, to: width, by: stage.pooling) {
            var square: [Double] = []
            for y in top..<min(top + stage.pooling, height) {
              for x in left..<min(left + stage.pooling, width) { square.append(plane[y * width + x]) }
            }
            pooled.append(
              shape.pooling == .mean ? square.reduce(0, +) / Double(square.count) : square.max() ?? 0)
          }
        }
        return pooled
      }
    }
    var values = picture.flatMap { $0 }
    for (index, w) in weights.dropFirst(shape.stages.count).enumerated() {
      let sums = (0..<w.columns).map { u in
        values.indices.reduce(w[0, u]) { $0 + w[1 + $1, u] * values[$1] }
      }
      let isReadout = shape.stages.count + index == weights.count - 1
      values =
        isReadout
        ? sums : sums.map { shape.top.activation == .tanh ? 2 / (1 + exponential(-2 * $0)) - 1 : max(0, $0) }
    }
    return values
  }

  @Test(arguments: Pooling.allCases, [(3, 2), (2, 3), (5, 1), (7, 4)])
  func scoresEqualTheDefinition(pooling: Pooling, sides: (Int, Int)) throws {
    for activation in [Activation.tanh, .relu] {
      let shape = try Self.shape(
        .classification(classes: 3), kernel: sides.0, side: sides.1, pooling: pooling, activation: activation)
      let parameters = Self.parameters(shape)
      let data = Samples.make(.classification(classes: 3), rows: 19, features: 38)
      let scores = shape.scores(of: data.features, parameters: parameters, workers: WorkerPool(threads: 2))
      for i in 0..<19 {
        let sample = (0..<38).map { data.features[i, $0] }
        let expected = Self.scores(shape, shape.layout.matrices(of: parameters), sample)
        for o in 0..<3 { #expect(abs(scores[i, o] - expected[o]) < 1e-12) }
      }
    }
  }

  @Test(arguments: tasks, Pooling.allCases)
  func gradientEqualsFiniteDifference(task: Task, pooling: Pooling) throws {
    for (kernel, side, weighted) in [(3, 2, false), (2, 3, true)] {
      let shape = try Self.shape(task, kernel: kernel, side: side, pooling: pooling)
      let data = Samples.make(task, rows: 9, features: 38, weighted: weighted)
      let objective = BackpropagationObjective(
        shape, data: data, largestBatch: 9, workers: WorkerPool(threads: 2))
      let parameters = Self.parameters(shape)
      var gradient = parameters
      var unused = parameters
      let all = Array(0..<9)[...]
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

  @Test func theSameWeightsServeEveryPlace() throws {
    // A picture moved by one square of pooling gives the same values one place further, as long as the rim is dark.
    let shape = try #require(
      ConvolutionShape(
        places: InputPlaces(shape: [12, 12, 1], columns: InputColumns(featureCount: 144), key: "shape"),
        filters: [2], kernel: 3, poolingSide: 2, pooling: .largest, units: [], outputCount: 1,
        activation: .relu))
    let generator = RandomStream(seed: 6).generator()
    var kernels = Matrix(rows: 10, columns: 2)
    for k in kernels.values.indices { kernels.values[k] = generator.gaussian() }
    var features = Matrix(rows: 2, columns: 144)
    for y in 3..<7 {
      for x in 3..<7 {
        features[0, y * 12 + x] = generator.uniform()
        features[1, (y + 2) * 12 + x + 2] = features[0, y * 12 + x]
      }
    }
    // A readout that adds all places up does not see that it moved.
    let readout = [Double](repeating: 1, count: 1 + 72)
    let scores = shape.scores(
      of: features, parameters: kernels.values + readout, workers: WorkerPool(threads: 1))
    #expect(abs(scores[0, 0] - scores[1, 0]) < 1e-12 && scores[0, 0] != 1)
  }

  @Test func shapesThatDoNotMatchNameBoth() throws {
    func refusal(_ shape: [Int], columns: Int) -> InputError? {
      var spec = ConvolutionSpec()
      spec.shape = shape
      return #expect(throws: InputError.self) {
        try ConvolutionalNetwork(spec: spec).fit(
          Samples.make(.regression, rows: 20, features: columns), validation: nil,
          in: FitContext(random: RandomStream(seed: 1)))
      }
    }
    let wrong = refusal([8, 9], columns: 64)
    #expect(wrong?.location.column == "shape")
    #expect(wrong?.found.contains("[8, 9, 1]") == true && wrong?.expected.contains("64") == true)
    #expect(refusal([], columns: 63)?.found.contains("63 input columns") == true)
    #expect(refusal([65_536, 65_536], columns: 4)?.found.contains("65536") == true)
    var large = ConvolutionSpec()
    large.filters = [1024, 1024]
    let tooLarge = #expect(throws: InputError.self) {
      try ConvolutionalNetwork(spec: large).fit(
        Samples.make(.regression, rows: 20, features: 64), validation: nil,
        in: FitContext(random: RandomStream(seed: 1)))
    }
    #expect(tooLarge?.location.column == "filters")
  }

  @Test func aColumnThatBecameSeveralInputsIsRefused() {
    let columns = InputColumns(names: ["a", "b", "c", "d"], ofFeatures: [0, 1, 1, 3])
    let error = #expect(throws: InputError.self) {
      try InputPlaces(shape: [2, 2, 1], columns: columns, key: "shape")
    }
    #expect(error?.location.column == "b")
  }

  private static let badSpecs: [(key: String, change: @Sendable (inout ConvolutionSpec) -> Void)] = [
    ("shape", { $0.shape = [8] }), ("shape", { $0.shape = [8, 0] }), ("filters", { $0.filters = [] }),
    ("filters", { $0.filters = [0] }), ("kernel", { $0.kernel = 0 }), ("pooling", { $0.pooling = 17 }),
    ("units", { $0.units = [0] }), ("activation", { $0.activation = .radial }),
    ("training.epochs", { $0.training.epochs = 0 }), ("training.dropout", { $0.training.dropout = 1 }),
    ("training.weightDecay", { $0.training.weightDecay = [] }),
  ]

  @Test func aValueOutOfRangeIsNamedByItsKey() throws {
    try ConvolutionSpec().validate()
    for (key, change) in Self.badSpecs {
      var spec = ConvolutionSpec()
      change(&spec)
      let error = #expect(throws: InputError.self) { try ConvolutionalNetwork(spec: spec) }
      #expect(error?.location.column == key)
    }
  }

  @Test func nonsenseInAFileIsRefused() throws {
    var spec = ConvolutionSpec()
    spec.filters = [2]
    spec.units = []
    spec.training.epochs = 1
    let data = Samples.make(.classification(classes: 3), rows: 20, features: 16)
    let model = try ConvolutionalNetwork(spec: spec).fit(
      data, validation: nil, in: FitContext(random: RandomStream(seed: 1))
    ).predictor
    let written = try JSONEncoder().encode(model)
    let object = try #require(try JSONSerialization.jsonObject(with: written) as? [String: Any])
    let changes: [(String, Any)] = [
      ("shape", [4, 5, 1]), ("shape", [4, 4]), ("shape", [1_000_000, 1_000_000, 1_000_000]),
      ("places", [0, 0]), ("filters", [3]), ("filters", [Int]()), ("kernel", 0), ("kernel", 5),
      ("pooling", 0), ("units", [3]), ("activation", "radial"), ("layers", [Any]()),
      ("scaling", ["shifts": [1.0], "units": [1.0]]),
    ]
    for (key, value) in changes {
      var changed = object
      changed[key] = value
      let data = try JSONSerialization.data(withJSONObject: changed)
      #expect(throws: DecodingError.self, "\(key)") {
        try JSONDecoder().decode(ConvolutionalModel.self, from: data)
      }
    }
  }
}
