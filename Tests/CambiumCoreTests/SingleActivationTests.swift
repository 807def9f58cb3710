import CKernels
import CambiumCore
import Foundation
import Testing

/// The functions in float32 against those in float64, which ``ActivationTests`` holds against the C library's.
@Suite struct SingleActivationTests {
  /// Denormal, tiny, ordinary, up to the angles that the fast reduction serves, and far beyond.
  private static let ordinary: [Float] = {
    var magnitudes: [Float] = [0, .leastNonzeroMagnitude, 1e-37, 1e-30, 1e-10, 17.3, 4095.9, 4096]
    for exponent in -40...11 {
      for mantissa in stride(from: Float(1), to: 2, by: 0.0371) {
        magnitudes.append(scalbn(mantissa, exponent))
      }
    }
    magnitudes += stride(from: Float(60), through: 120, by: 0.37)
    for k in 1...200 {
      let zero = Float(k) * (Float.pi / 2)
      magnitudes += [zero, zero.nextUp]
    }
    return magnitudes.flatMap { [$0, -$0] }
  }()
  private static let huge: [Float] = {
    let magnitudes: [Float] = [
      4097, 1e5, 1e10, 1e15, 1e19, 1e25, 1e38, Float.greatestFiniteMagnitude, .infinity,
    ]
    return magnitudes + magnitudes.map { -$0 }
  }()

  /// `relative` of the true value and `absolute`. e^z saturates at e^−87 and e^88, so what should vanish may be 2e-38;
  /// angles are reduced to within 4e-7.
  private static func bounds(_ activation: Activation) -> (value: (Double, Double), slope: (Double, Double)) {
    switch activation {
    case .sin, .cos: ((0, 4e-7), (0, 4e-7))
    case .logistic, .tanh: ((4e-7, 4e-38), (0, 4e-7))
    case .gaussian: ((2e-5, 4e-38), (2e-5, 1e-36))
    case .log, .softplus, .radial: ((4e-7, 4e-38), (4e-7, 4e-38))
    case .square, .cube, .relu, .quartic, .product: ((2e-7, 1e-44), (2e-7, 1e-44))
    case .arctan, .logSquare: ((4e-7, 4e-38), (4e-7, 4e-38))
    case .sinc: ((0, 4e-7), (0, 4e-7))
    case .hermite1, .mexicanHat, .hermite3: ((2e-5, 4e-7), (2e-5, 1e-6))
    }
  }

  private static func agrees(_ found: Float, _ wanted: Double, _ bound: (Double, Double)) -> Bool {
    if wanted.isNaN { return found.isNaN }
    if abs(wanted) > Double(Float.greatestFiniteMagnitude) {
      return Double(found) == (wanted > 0 ? .infinity : -.infinity)
    }
    return abs(Double(found) - wanted) <= bound.0 * abs(wanted) + bound.1
  }

  private static func both(_ activation: Activation, _ z: [Float]) -> (values: [Float], slopes: [Float]) {
    var values = [Float](repeating: 0, count: z.count)
    var slopes = values
    cambium_values_and_slopes_f32(activation.function, z.count, z, &values, &slopes)
    return (values, slopes)
  }

  @Test(arguments: Activation.allCases, [false, true])
  func valueAndSlopeAreThoseOfFloat64(activation: Activation, isHuge: Bool) {
    let z = isHuge ? Self.huge : Self.ordinary
    // e^z counts as e^88 beyond 88, and e^(−z²) as 0 beyond 10.
    let exact = z.map { z in activation == .radial ? Double(min(z, 88)) : Double(z) }
    var wanted = [Double](repeating: 0, count: z.count)
    var wantedSlopes = wanted
    cambium_values_and_slopes(activation.function, z.count, exact, &wanted, &wantedSlopes)
    let (values, slopes) = Self.both(activation, z)
    let bounds = Self.bounds(activation)
    for (i, z) in z.enumerated() {
      #expect(Self.agrees(values[i], wanted[i], bounds.value), "\(z): \(values[i]), not \(wanted[i])")
      #expect(
        Self.agrees(slopes[i], wantedSlopes[i], bounds.slope),
        "\(z): slope \(slopes[i]), not \(wantedSlopes[i])")
    }
  }

  @Test(arguments: Activation.allCases)
  func notANumberStaysNotANumber(activation: Activation) {
    // Among numbers, at each place of the widest vector and beyond.
    for place in 0..<33 {
      var z = [Float](repeating: 0.5, count: 33)
      z[place] = .nan
      let values = Self.both(activation, z).values
      for i in z.indices { #expect(values[i].isNaN == (i == place), "place \(place), value \(i)") }
    }
  }

  @Test(arguments: Activation.allCases)
  func valuesAloneAreTheSameAndMayReplaceTheirArguments(activation: Activation) {
    let values = Self.both(activation, Self.ordinary).values
    var inPlace = Self.ordinary
    inPlace.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      cambium_values_f32(activation.function, buffer.count, base, base)
    }
    #expect(inPlace.map(\.bitPattern) == values.map(\.bitPattern))
  }
}
