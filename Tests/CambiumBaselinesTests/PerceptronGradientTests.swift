import Testing

@testable import CambiumBaselines
import CambiumCore

@Suite struct PerceptronGradientTests {
  private static let ridgeFunctions = Activation.allCases.filter { $0.form == .ridge }
  private static let tasks: [Task] = [.regression, .classification(classes: 2), .classification(classes: 3)]
  private static let depths: [[Int]] = [[], [4], [4, 3], [4, 3, 5]]

  /// The mean loss with decay, and its gradient.
  private static func evaluate(
    _ shape: LayerShape, _ data: Dataset, decay: Double, rule: GradientRule = .exact, at parameters: [Double]
  ) -> (loss: Double, gradient: [Double]) {
    var shape = shape
    shape.rule = rule
    let objective = BackpropagationObjective(
      shape, data: data, largestBatch: data.sampleCount, workers: WorkerPool(threads: 1))
    var gradient = parameters
    var loss = objective.loss(of: parameters, on: Array(0..<data.sampleCount)[...], gradient: &gradient)
    loss += shape.addDecay(decay, of: parameters, to: &gradient)
    return (loss, gradient)
  }

  private static func shape(_ layers: [Int], _ data: Dataset, _ activation: Activation, slope: Double = 1)
    -> LayerShape
  {
    LayerShape(
      widths: [data.featureCount] + layers + [data.outputCount], activation: activation, slope: slope)
  }

  private static func start(_ shape: LayerShape) -> [Double] {
    let generator = RandomStream(seed: 3).child("start").generator()
    // Through three layers fourth powers make 64th ones, of which no finite difference is left unless z is small.
    let deviation = shape.activation == .quartic ? 0.2 : 0.4
    return (0..<shape.parameterCount).map { _ in generator.gaussian(standardDeviation: deviation) }
  }

  @Test(arguments: ridgeFunctions, tasks)
  func exactGradientEqualsFiniteDifference(activation: Activation, task: Task) {
    for layers in Self.depths {
      for (decay, slope, weighted) in [(0.0, 1.0, false), (0.3, 0.7, true)] {
        let data = Samples.make(task, rows: 9, targets: 2, weighted: weighted)
        let shape = Self.shape(layers, data, activation, slope: slope)
        let parameters = Self.start(shape)
        let gradient = Self.evaluate(shape, data, decay: decay, at: parameters).gradient
        let step = 1e-6
        for k in parameters.indices {
          var (above, below) = (parameters, parameters)
          above[k] += step
          below[k] -= step
          let rise =
            Self.evaluate(shape, data, decay: decay, at: above).loss
            - Self.evaluate(shape, data, decay: decay, at: below).loss
          let difference = rise / (2 * step)
          #expect(
            abs(difference - gradient[k]) < 2e-7 * max(1, abs(difference)),
            "\(activation) \(task) layers \(layers) decay \(decay) parameter \(k)")
        }
      }
    }
  }

  @Test(arguments: tasks)
  func literalRuleIsTheGradientUpToOneHiddenLayer(task: Task) {
    let data = Samples.make(task, rows: 20)
    for layers in [[], [6]] {
      let shape = Self.shape(layers, data, .logistic)
      let parameters = Self.start(shape)
      #expect(
        Self.evaluate(shape, data, decay: 0.1, rule: .literal, at: parameters).gradient
          == Self.evaluate(shape, data, decay: 0.1, rule: .exact, at: parameters).gradient)
    }
  }

  @Test func literalRuleIsTheGradientWhereUnitsAreLinear() {
    // Rectifiers whose inputs are all positive are the identity.
    let inputs = Samples.make(.regression, rows: 20)
    let data = Dataset(
      features: Matrix(rows: 20, columns: 3, values: inputs.features.values.map(abs)),
      targets: inputs.targets,
      task: .regression)
    let shape = Self.shape([4, 3, 5], data, .relu)
    let parameters = Self.start(shape).map { abs($0) + 0.01 }
    #expect(
      Self.evaluate(shape, data, decay: 0, rule: .literal, at: parameters).gradient
        == Self.evaluate(shape, data, decay: 0, rule: .exact, at: parameters).gradient)
  }

  @Test(arguments: [Activation.logistic, .tanh])
  func literalRuleDiffersBelowASecondHiddenLayer(activation: Activation) {
    let data = Samples.make(.regression, rows: 20)
    let shape = Self.shape([4, 3], data, activation)
    let parameters = Self.start(shape)
    let literal = Self.evaluate(shape, data, decay: 0, rule: .literal, at: parameters).gradient
    let exact = Self.evaluate(shape, data, decay: 0, rule: .exact, at: parameters).gradient
    let firstLayer = 0..<shape.offset(ofLayer: 1)
    #expect(literal[firstLayer] != exact[firstLayer])
    #expect(literal[firstLayer.upperBound...] == exact[firstLayer.upperBound...])
  }

  @Test func literalRuleIsTheLecturesFormula() {
    // A chain of single units: δ of the first is the product of the weights above it, its slope comes last.
    let data = Dataset(
      features: Matrix(rows: 1, columns: 1, values: [0.5]), targets: Matrix(rows: 1, columns: 1, values: [2]),
      task: .regression)
    let shape = Self.shape([1, 1], data, .logistic)
    let parameters = [0.1, 0.8, -0.2, 1.5, 0.3, -0.7]
    func f(_ z: Double) -> Double { 1 / (1 + exponential(-z)) }
    let first = f(0.1 + 0.8 * 0.5)
    let second = f(-0.2 + 1.5 * first)
    let error = 0.3 - 0.7 * second - 2
    let delta = 1.5 * (-0.7 * error)
    let literal = Self.evaluate(shape, data, decay: 0, rule: .literal, at: parameters).gradient
    #expect(abs(literal[1] - delta * first * (1 - first) * 0.5) < 1e-12)
  }

  @Test func manyTilesAndShardsSumToTheWhole() {
    let data = Samples.make(.classification(classes: 3), rows: 3000, weighted: true)
    let shape = Self.shape([5, 4], data, .tanh)
    let parameters = Self.start(shape)
    let whole = Self.evaluate(shape, data, decay: 0, at: parameters)
    // Each sample alone, added up by hand.
    let mean = (data.weights ?? []).reduce(0, +) / 3000
    var loss = 0.0
    var gradient = [Double](repeating: 0, count: shape.parameterCount)
    for i in 0..<3000 {
      let sample = data.selecting([i])
      let part = Self.evaluate(shape, sample, decay: 0, at: parameters)
      let weight = (data.weights ?? [])[i] / mean / 3000
      loss += weight * part.loss
      for k in gradient.indices { gradient[k] += weight * part.gradient[k] }
    }
    #expect(abs(loss - whole.loss) < 1e-12)
    for k in gradient.indices { #expect(abs(gradient[k] - whole.gradient[k]) < 1e-12) }
  }
}
