public import CambiumCore

/// Principal component analysis (Pearson 1901): of all linear maps to `count` numbers and back, that with the least
/// squared error of what is given back. What autoencoders with a linear way back are compared with: none of as many
/// units comes below it.
public struct PrincipalComponents: Sendable, Equatable {
  /// The mean of each of the d inputs.
  public let means: [Double]
  /// d × count: the components, each of length 1, the largest of its entries (by absolute value) positive; that with the
  /// largest variance first.
  public let components: Matrix
  /// The variance along each component, with n − 1.
  public let variances: [Double]

  /// Analyses N × d `features`, N at least 2; nil where a number is not finite. O(N · d² + d³).
  public init?(of features: Matrix, count: Int) {
    precondition(features.rows >= 2 && (0...features.columns).contains(count), "components of a few samples")
    let (n, d) = (features.rows, features.columns)
    let means = (0..<d).map { features.column($0).reduce(0, +) / Double(n) }
    let centred = Self.centred(features, means)
    var covariance = centred.transposedTimes(centred)
    for k in covariance.values.indices { covariance.values[k] /= Double(n - 1) }
    guard let eigen = SymmetricEigen(covariance.values, order: d) else { return nil }
    var components = Matrix(rows: d, columns: count)
    for k in 0..<count {
      let vector = eigen.vectors.column(d - 1 - k)
      let largest = vector.max { abs($0) < abs($1) } ?? 0
      for j in 0..<d { components[j, k] = largest < 0 ? -vector[j] : vector[j] }
    }
    self.means = means
    self.components = components
    variances = (0..<count).map { eigen.values[d - 1 - $0] }
  }

  /// The coordinates of N × d `features` along the components, N × count.
  public func codes(of features: Matrix) -> Matrix {
    precondition(
      features.columns == means.count, "\(features.columns) inputs for components of \(means.count)")
    return Self.centred(features, means).times(components)
  }

  /// What the coordinates of N × d `features` lead back to, N × d.
  public func reconstructions(of features: Matrix) -> Matrix {
    Self.centred(codes(of: features).timesTransposed(components), means.map { -$0 })
  }

  private static func centred(_ features: Matrix, _ means: [Double]) -> Matrix {
    var centred = features
    for j in 0..<features.columns { for i in 0..<features.rows { centred[i, j] -= means[j] } }
    return centred
  }
}
