/// Friedman's three functions (Friedman 1991, *Multivariate adaptive regression splines*; Breiman 1996, *Bagging
/// predictors*).
package enum FriedmanFunction {
  /// 10 sin(π x₁ x₂) + 20 (x₃ − ½)² + 10 x₄ + 5 x₅; x₆…x₁₀ say nothing.
  package static func first(_ x: [Double]) -> Double {
    10 * sine(Double.pi * x[0] * x[1]) + 20 * (x[2] - 0.5) * (x[2] - 0.5) + 10 * x[3] + 5 * x[4]
  }

  /// √(x₁² + (x₂ x₃ − 1 / (x₂ x₄))²): the impedance of a circuit.
  static func second(_ x: [Double]) -> Double {
    let reactance = x[1] * x[2] - 1 / (x[1] * x[3])
    return (x[0] * x[0] + reactance * reactance).squareRoot()
  }

  /// arctan((x₂ x₃ − 1 / (x₂ x₄)) / x₁): the phase shift of that circuit.
  static func third(_ x: [Double]) -> Double {
    // At x₁ = 0 the quotient is infinite, and the angle a right one.
    arctangent((x[1] * x[2] - 1 / (x[1] * x[3])) / x[0])
  }
}

extension SyntheticTask {
  /// Friedman #1: ten inputs, even on 0…1, five of which matter; noise of standard deviation 1.
  public static let friedman1 = friedman(
    number: 1, ranges: [ClosedRange<Double>](repeating: 0...1, count: 10), noise: 1,
    of: FriedmanFunction.first)

  /// Friedman #2: four inputs; noise of standard deviation 125, a third of the function's.
  public static let friedman2 = friedman(
    number: 2, ranges: circuit, noise: 125, of: FriedmanFunction.second)

  /// Friedman #3: four inputs; noise of standard deviation 0.1, a third of the function's.
  public static let friedman3 = friedman(
    number: 3, ranges: circuit, noise: 0.1, of: FriedmanFunction.third)

  private static let circuit: [ClosedRange<Double>] = [
    0...100, (40 * Double.pi)...(560 * Double.pi), 0...1, 1...11,
  ]

  private static func friedman(
    number: Int, ranges: [ClosedRange<Double>], noise: Double,
    of function: @escaping @Sendable ([Double]) -> Double
  ) -> SyntheticTask {
    SyntheticTask(
      name: "friedman\(number)",
      summary:
        "Friedman #\(number), \(ranges.count) inputs, noise of standard deviation \(numberText(noise))",
      usualRowCount: 1000
    ) { rows, random in
      let inputs = random.child("inputs").generator()
      let disturbance = random.child("noise").generator()
      let cells = (0..<rows).map { _ in
        let x = ranges.map { inputs.uniform(from: $0.lowerBound, to: $0.upperBound) }
        return x + [function(x) + disturbance.gaussian(standardDeviation: noise)]
      }
      return Table(names: ranges.indices.map { "x\($0 + 1)" } + ["y"], rows: cells)
    }
  }
}
