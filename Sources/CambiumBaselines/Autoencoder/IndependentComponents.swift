public import CambiumCore

/// Independent component analysis by FastICA (Hyvärinen 1999; Hyvärinen and Oja 2000): of all rotations of whitened inputs that
/// whose coordinates are least Gaussian. What the features of autoencoders are compared with, beside ``PrincipalComponents``.
///
/// The contrast is G(u) = log cosh u, all components are sought at once, and W ← (W Wᵀ)^(−½) W after each step
/// w ← E[z tanh(wᵀz)] − E[1 − tanh²(wᵀz)] w. Components have variance 1; their order and signs mean nothing.
public struct IndependentComponents: Sendable, Equatable {
  /// The mean of each of the d inputs.
  public let means: [Double]
  /// count × d: what each component reads of the inputs less their means.
  public let unmixing: Matrix
  /// d × count: what each component adds to the inputs; with as many components as inputs, all of them.
  public let mixing: Matrix
  /// Steps that were taken.
  public let steps: Int

  /// Analyses N × d `features`, N at least 2; nil where a number is not finite, or inputs vary in fewer than `count`
  /// directions. O(N · d² + d³), and N · count² for each step.
  ///
  /// - Parameters:
  ///   - largestStepCount: Steps at most. Default 200.
  ///   - tolerance: It ends when no component turns by more, as 1 − |cosine|. Default 1e-4.
  ///   - random: Where the rotation to start from comes from.
  public init?(
    of features: Matrix, count: Int, largestStepCount: Int = 200, tolerance: Double = 1e-4,
    random: RandomStream
  ) {
    guard let principal = PrincipalComponents(of: features, count: count), count >= 1 else { return nil }
    let n = Double(features.rows)
    // Whitened by the mean of squares, as the components are.
    let deviations = principal.variances.map { ($0 * (n - 1) / n).squareRoot() }
    let largest = deviations.max() ?? 0
    guard largest > 0, deviations.allSatisfy({ $0 > 1e-12 * largest }) else { return nil }
    var whitened = principal.codes(of: features)
    for k in 0..<count { for i in 0..<whitened.rows { whitened[i, k] /= deviations[k] } }

    let generator = random.generator()
    let start = Matrix(
      rows: count, columns: count, values: (0..<count * count).map { _ in generator.gaussian() })
    guard var rotation = Self.orthogonal(start) else { return nil }
    var taken = 0
    for _ in 0..<largestStepCount {
      taken += 1
      let responses = whitened.timesTransposed(rotation).mapped(by: .tanh)
      var next = responses.transposedTimes(whitened)
      for a in 0..<count {
        let slope = responses.column(a).reduce(0) { $0 + 1 - $1 * $1 } / n
        for b in 0..<count { next[a, b] = next[a, b] / n - slope * rotation[a, b] }
      }
      guard let turned = Self.orthogonal(next) else { return nil }
      let cosines = (0..<count).map { a in
        (0..<count).reduce(0) { $0 + turned[a, $1] * rotation[a, $1] }
      }
      rotation = turned
      if cosines.allSatisfy({ abs(abs($0) - 1) < tolerance }) { break }
    }
    var reading = rotation
    var writing = rotation
    for b in 0..<count {
      for a in 0..<count {
        reading[a, b] /= deviations[b]
        writing[a, b] *= deviations[b]
      }
    }
    means = principal.means
    unmixing = reading.timesTransposed(principal.components)
    mixing = principal.components.timesTransposed(writing)
    steps = taken
  }

  /// The orthogonal matrix nearest to a square one, (W Wᵀ)^(−½) W; nil where it has none.
  private static func orthogonal(_ matrix: Matrix) -> Matrix? {
    let count = matrix.rows
    guard matrix.values.allSatisfy(\.isFinite),
      let eigen = SymmetricEigen(matrix.timesTransposed(matrix).values, order: count),
      eigen.values.allSatisfy({ $0 > 0 })
    else { return nil }
    var scaled = eigen.vectors
    for k in 0..<count { for i in 0..<count { scaled[i, k] /= eigen.values[k].squareRoot() } }
    return scaled.timesTransposed(eigen.vectors).times(matrix)
  }

  /// The components of N × d `features`, N × count.
  public func codes(of features: Matrix) -> Matrix {
    precondition(
      features.columns == means.count, "\(features.columns) inputs for components of \(means.count)")
    return centred(features, -1).timesTransposed(unmixing)
  }

  /// What the components of N × d `features` lead back to, N × d.
  public func reconstructions(of features: Matrix) -> Matrix {
    centred(codes(of: features).timesTransposed(mixing), 1)
  }

  private func centred(_ features: Matrix, _ sign: Double) -> Matrix {
    var centred = features
    for j in 0..<features.columns { for i in 0..<features.rows { centred[i, j] += sign * means[j] } }
    return centred
  }
}
