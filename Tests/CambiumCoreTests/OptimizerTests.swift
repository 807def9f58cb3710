import Testing

import CambiumCore

@Suite struct OptimizerTests {
  /// ½ Σ c_k (w_k − k)²: condition number 100, least at w_k = k.
  private static let curvatures = [1.0, 10, 100, 5, 50]

  private static func gradient(_ parameters: [Double]) -> [Double] {
    parameters.indices.map { curvatures[$0] * (parameters[$0] - Double($0)) }
  }

  private static func distance(_ parameters: [Double]) -> Double {
    parameters.indices.map { abs(parameters[$0] - Double($0)) }.max() ?? 0
  }

  private static func minimised(by start: some Optimizer, steps: Int) -> [Double] {
    var optimizer = start
    var parameters = [3.0, -2, 5, 0, 1]
    for _ in 0..<steps { optimizer.step(&parameters, gradient: gradient(parameters)) }
    return parameters
  }

  @Test func everyOptimizerFindsTheLeastOfAParabola() {
    let plain = GradientDescent(count: 5, learningRate: 0.015)
    let heavy = GradientDescent(count: 5, learningRate: 0.015, momentum: 0.8)
    #expect(Self.distance(Self.minimised(by: plain, steps: 1500)) < 1e-8)
    #expect(Self.distance(Self.minimised(by: heavy, steps: 300)) < 1e-8)
    #expect(Self.distance(Self.minimised(by: Adam(count: 5, learningRate: 0.02), steps: 4000)) < 1e-6)
    #expect(Self.distance(Self.minimised(by: ResilientPropagation(count: 5), steps: 200)) < 1e-6)
  }

  /// 100 (y − x²)² + (1 − x)²: least, 0, at (1, 1), at the end of a narrow bent valley (Rosenbrock 1960).
  @Test func searchingAlongLinesFindsTheEndOfABentValley() {
    func evaluate(_ point: [Double]) -> (loss: Double, gradient: [Double]) {
      let (x, y) = (point[0], point[1])
      let bend = y - x * x
      return (100 * bend * bend + (1 - x) * (1 - x), [-400 * x * bend - 2 * (1 - x), 200 * bend])
    }
    var optimizer = LimitedMemoryDescent()
    var point = [-1.2, 1.0]
    var loss = evaluate(point).loss
    for step in 1...80 {
      // Somebody else moves the point once, and it goes on from there.
      if step == 10 { (point[1], loss) = (0, .infinity) }
      let (value, gradient) = evaluate(point)
      optimizer.step(&point, loss: value, gradient: gradient, evaluating: evaluate)
      let next = evaluate(point).loss
      #expect(next <= loss)
      loss = next
    }
    #expect(abs(point[0] - 1) < 1e-6 && abs(point[1] - 1) < 1e-6, "\(point)")
  }

  @Test func descentStepsAreTheDeltaRule() {
    var optimizer = GradientDescent(count: 2, learningRate: 0.1, momentum: 0.5)
    var parameters = [1.0, 2.0]
    optimizer.step(&parameters, gradient: [1, -2])
    #expect(parameters == [1 - 0.1, 2 + 0.2])
    optimizer.learningRate = 0.2
    optimizer.step(&parameters, gradient: [0, 1])
    #expect(parameters == [0.9 - 0.05, 2.2 + (0.5 * 0.2 - 0.2)])
  }

  @Test func firstAdamStepIsTheLearningRateWhateverTheGradient() {
    for size in [1e-3, 1, 1e6] {
      var optimizer = Adam(count: 2, learningRate: 0.01)
      var parameters = [0.0, 0.0]
      optimizer.step(&parameters, gradient: [size, -size])
      #expect(abs(parameters[0] + 0.01) < 1e-5 && abs(parameters[1] - 0.01) < 1e-5)
    }
  }

  @Test func resilientStepsDependOnSignsAlone() {
    var small = ResilientPropagation(count: 3, initialStep: 0.1)
    var large = small
    var (a, b) = ([1.0, 2, 3], [1.0, 2, 3])
    for gradient in [[1.0, -1, 2], [2.0, 1, -1], [1.0, 1, -1], [-1.0, 1, -1]] {
      small.step(&a, gradient: gradient)
      large.step(&b, gradient: gradient.map { $0 * 1e6 })
      #expect(a == b)
    }
  }

  @Test func resilientStepsGrowShrinkAndWait() {
    var optimizer = ResilientPropagation(count: 1, initialStep: 0.1)
    var path = [0.0]
    var parameters = [0.0]
    for gradient in [1.0, 1, -1, -1, -1] {
      optimizer.step(&parameters, gradient: [gradient])
      path.append(parameters[0])
    }
    // 0.1; times 1.2; waits while the step halves; then 0.06, then times 1.2.
    let expected = [0, -0.1, -0.22, -0.22, -0.16, -0.088]
    for (value, reference) in zip(path, expected) { #expect(abs(value - reference) < 1e-12) }
  }

  @Test func aParameterWithoutGradientNeverMoves() {
    func masked(_ start: some Optimizer) -> Double {
      var optimizer = start
      var parameters = [0.5, 0.25]
      for _ in 0..<10 { optimizer.step(&parameters, gradient: [parameters[0], 0]) }
      return parameters[1]
    }
    #expect(masked(GradientDescent(count: 2, learningRate: 0.1, momentum: 0.9)) == 0.25)
    #expect(masked(Adam(count: 2)) == 0.25)
    #expect(masked(ResilientPropagation(count: 2)) == 0.25)
  }

  @Test func learningRateHalvesAfterOneOverDecay() {
    let schedule = LearningRate(initial: 0.4, decay: 0.05)
    #expect(schedule.value(after: 0) == 0.4)
    #expect(abs(schedule.value(after: 20) - 0.2) < 1e-15)
    #expect(LearningRate(initial: 0.3).value(after: 1000) == 0.3)
  }
}
