import CKernels
import CambiumCore
import Foundation
import Testing

/// The vectorised functions against the C library's, one number at a time.
@Suite struct ActivationTests {
  private static let denormal = Double.leastNonzeroMagnitude

  /// Magnitudes that the fast reduction of angles serves: denormal, tiny, ordinary, and up to 4e4.
  private static let ordinary: [Double] = {
    var magnitudes = [
      0, denormal, 1e10 * denormal, 1e-300, 1e-100, 1e-20, 17.3, 36.7, 37.5, 39_999, 4e4,
    ]
    for exponent in -40...14 {
      for mantissa in stride(from: 1.0, to: 2, by: 0.0371) {
        magnitudes.append(scalbn(mantissa, exponent))
      }
    }
    magnitudes += stride(from: 700.0, through: 760, by: 0.7)
    for k in 1...200 {
      let zero = Double(k) * (Double.pi / 2)
      magnitudes += [zero, zero.nextUp, 99.7 * Double(k)]
    }
    return magnitudes.flatMap { [$0, -$0] }
  }()

  private static let huge: [Double] = {
    let magnitudes: [Double] = [
      40_001, 50_000, 1e5, 1e6, 1e10, 1e15, 1e100, 1e150, 1e160, 1e200, 1e300, 5e301, 1e305, 1e308,
      Double.greatestFiniteMagnitude, Double.infinity,
    ]
    return magnitudes + magnitudes.map { -$0 }
  }()

  /// How far a value and a slope may be off: `relative` of the true one, and `absolute`.
  ///
  /// e^z saturates at e^−708 and e^709, so what should vanish may be 1e-307. Angles are reduced to within 1e-15.
  private static func bounds(_ activation: Activation) -> (value: (Double, Double), slope: (Double, Double)) {
    switch activation {
    case .sin, .cos: ((0, 1e-15), (0, 1e-15))
    case .logistic, .tanh: ((2e-15, 1e-307), (0, 1e-15))
    case .gaussian: ((2e-15, 1e-307), (2e-15, 1e-305))
    case .log, .softplus, .radial: ((2e-15, 1e-307), (2e-15, 1e-307))
    case .square, .cube, .relu, .quartic, .product: ((0, 0), (0, 0))
    case .arctan, .logSquare: ((2e-15, 1e-307), (2e-15, 1e-307))
    case .sinc: ((0, 1e-15), (0, 1e-15))
    case .hermite1, .mexicanHat, .hermite3: ((2e-15, 1e-15), (2e-15, 2e-15))
    }
  }

  private static func agrees(_ found: Double, _ wanted: Double, _ bound: (Double, Double)) -> Bool {
    if wanted.isNaN || wanted.isInfinite {
      return found.isNaN == wanted.isNaN && (wanted.isNaN || found == wanted)
    }
    return abs(found - wanted) <= bound.0 * abs(wanted) + bound.1
  }

  /// Ordinary numbers by themselves, and among huge ones, which the fast reduction can't serve.
  @Test(arguments: Activation.allCases, [true, false])
  func valueAndSlopeAreThoseOfTheCLibrary(activation: Activation, amongHuge: Bool) {
    let z = amongHuge ? Self.ordinary + Self.huge : Self.ordinary
    let (values, slopes) = activation.valuesAndSlopes(z)
    let bounds = Self.bounds(activation)
    for (i, z) in z.enumerated() {
      let wanted = activation.reference(z)
      #expect(Self.agrees(values[i], wanted.value, bounds.value), "\(z): \(values[i]), not \(wanted.value)")
      #expect(Self.agrees(slopes[i], wanted.slope, bounds.slope), "\(z): \(slopes[i]), not \(wanted.slope)")
    }
  }

  @Test(arguments: Activation.allCases)
  func slopeIsTheFiniteDifference(activation: Activation) {
    let step = 1e-6
    let z = stride(from: -4.01, through: 4, by: 0.07).map { $0 }
    let above = activation.valuesAndSlopes(z.map { $0 + step }).values
    let below = activation.valuesAndSlopes(z.map { $0 - step }).values
    let slopes = activation.valuesAndSlopes(z).slopes
    for i in z.indices {
      #expect(abs((above[i] - below[i]) / (2 * step) - slopes[i]) < 1e-8 * (1 + abs(slopes[i])), "at \(z[i])")
    }
  }

  @Test(arguments: Activation.allCases)
  func valuesFillTheRangeAndNoMore(activation: Activation) {
    func values(_ z: [Double]) -> [Double] {
      activation.values(activation == .radial ? z.map { -abs($0) } : z)
    }
    let near = values(stride(from: -60, through: 60, by: 0.001).map { $0 })
    let range = activation.range
    // (The sine of an infinite angle is not a number.)
    let outside = (near + values(Self.ordinary + Self.huge)).first {
      $0 < range.lowerBound - 2e-15 || $0 > range.upperBound + 2e-15
    }
    #expect(outside == nil)
    for (bound, found) in [(range.lowerBound, near.min()), (range.upperBound, near.max())] {
      let found = found ?? .nan
      #expect(bound.isFinite ? abs(found - bound) < 0.02 : abs(found) > 4, "\(found), not \(bound)")
    }
  }

  @Test(arguments: Activation.allCases)
  func notANumberStaysNotANumber(activation: Activation) {
    // Among numbers, at each place of a vector.
    for place in 0..<17 {
      var z = [Double](repeating: 0.5, count: 17)
      z[place] = .nan
      let values = activation.valuesAndSlopes(z).values
      for i in z.indices { #expect(values[i].isNaN == (i == place), "place \(place), value \(i)") }
      #expect(activation.values(z).map(\.isNaN) == values.map(\.isNaN))
    }
  }

  @Test(arguments: Activation.allCases)
  func anAnswerDoesNotDependOnItsPlace(activation: Activation) {
    let z = Array(Self.ordinary.prefix(40))
    let (values, slopes) = activation.valuesAndSlopes(z)
    #expect(activation.values(z).map(\.bitPattern) == values.map(\.bitPattern))
    for i in z.indices {
      let alone = activation.valuesAndSlopes([z[i]])
      #expect(abs(alone.values[0] - values[i]) <= 4e-16 * abs(values[i]), "value \(z[i])")
      #expect(abs(alone.slopes[0] - slopes[i]) <= 4e-16 * max(1, abs(slopes[i])), "slope \(z[i])")
    }
  }

  @Test(arguments: Activation.allCases, [false, true])
  func valuesMayReplaceTheirArguments(activation: Activation, isHuge: Bool) {
    let z = isHuge ? Self.huge : Self.ordinary
    let (values, slopes) = activation.valuesAndSlopes(z)
    var inPlace = z
    var both = z
    var slopesInPlace = z
    inPlace.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      cambium_values(activation.function, buffer.count, base, base)
    }
    both.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      cambium_values_and_slopes(activation.function, buffer.count, base, base, &slopesInPlace)
    }
    #expect(inPlace.map(\.bitPattern) == values.map(\.bitPattern))
    #expect(both.map(\.bitPattern) == values.map(\.bitPattern))
    #expect(slopesInPlace.map(\.bitPattern) == slopes.map(\.bitPattern))
  }

  @Test func oddFunctionsOfTinyNumbersKeepThem() {
    let tiny = [Self.denormal, -Self.denormal, 1e-300, -1e-17]
    for activation in [Activation.tanh, .sin, .log, .arctan, .hermite1] {
      #expect(activation.values(tiny) == tiny)
    }
  }
}

extension Activation {
  fileprivate func values(_ z: [Double]) -> [Double] {
    var values = [Double](repeating: 0, count: z.count)
    cambium_values(function, z.count, z, &values)
    return values
  }

  fileprivate func valuesAndSlopes(_ z: [Double]) -> (values: [Double], slopes: [Double]) {
    var values = [Double](repeating: 0, count: z.count)
    var slopes = values
    cambium_values_and_slopes(function, z.count, z, &values, &slopes)
    return (values, slopes)
  }

  private static func cardinalSine(_ z: Double) -> (value: Double, slope: Double) {
    if z.isInfinite { return (0, 0) }
    if abs(z) > 0.1 {
      let value = Foundation.sin(z) / z
      return (value, (Foundation.cos(z) - value) / z)
    }
    // Σ (−1)^k z^(2k) / (2k + 1)! and its derivative.
    let t = z * z
    return (
      1 - t / 6 * (1 - t / 20 * (1 - t / 42 * (1 - t / 72))),
      -z / 3 * (1 - t / 10 * (1 - t / 28 * (1 - t / 54 * (1 - t / 88))))
    )
  }

  /// f and f′ by the C library. e^z counts as e^709 beyond 709.
  fileprivate func reference(_ z: Double) -> (value: Double, slope: Double) {
    let decay = exp(-abs(z))
    switch self {
    case .logistic: return (1 / (1 + exp(-z)), decay / ((1 + decay) * (1 + decay)))
    case .tanh: return (Foundation.tanh(z), 1 / (cosh(z) * cosh(z)))
    case .sin: return (Foundation.sin(z), Foundation.cos(z))
    case .cos: return (Foundation.cos(z), -Foundation.sin(z))
    case .log: return (copysign(log1p(abs(z)), z), 1 / (1 + abs(z)))
    case .softplus: return (max(z, 0) + log1p(decay), z < 0 ? decay / (1 + decay) : 1 / (1 + decay))
    case .square: return (z * z, 2 * z)
    case .cube: return (z * z * z, 3 * z * z)
    case .gaussian: return (exp(-z * z), abs(z) > 30 ? 0 : -2 * z * exp(-z * z))
    case .radial: return (exp(min(z, 709)), exp(min(z, 709)))
    case .relu: return (max(z, 0), z > 0 ? 1 : 0)
    case .product: return (z, 1)
    case .arctan: return (atan(z), 1 / (1 + z * z))
    case .sinc: return Self.cardinalSine(z)
    case .logSquare:
      return abs(z) > 1e100 ? (2 * Foundation.log(abs(z)), 2 / z) : (log1p(z * z), 2 * z / (1 + z * z))
    case .quartic: return (z * z * (z * z), 4 * z * (z * z))
    case .hermite1, .mexicanHat, .hermite3:
      let bell = exp(-z * z / 2)
      guard bell > 0 else { return (0, 0) }
      let t = z * z
      if self == .hermite1 { return (z * bell, (1 - t) * bell) }
      if self == .mexicanHat { return ((1 - t) * bell, z * (t - 3) * bell) }
      return (z * (t - 3) * bell, -(t * t - 6 * t + 3) * bell)
    }
  }
}
