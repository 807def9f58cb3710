import CambiumCore
import Foundation

@testable import Cambium

// The oracles: one row after the other, by the C library, with nothing shared with what is tested.

extension Activation {
  func naiveValue(_ z: Double) -> Double {
    switch self {
    case .logistic: 1 / (1 + exp(-z))
    case .tanh: Foundation.tanh(z)
    case .sin: Foundation.sin(z)
    case .cos: Foundation.cos(z)
    case .log: copysign(log1p(abs(z)), z)
    case .softplus: max(z, 0) + log1p(exp(-abs(z)))
    case .square: z * z
    case .cube: z * z * z
    case .gaussian: exp(-z * z)
    case .radial: exp(z)
    case .relu: max(z, 0)
    case .product: z
    case .arctan: atan(z)
    case .sinc: z == 0 ? 1 : Foundation.sin(z) / z
    case .logSquare: log1p(z * z)
    case .quartic: z * z * z * z
    case .hermite1: z * exp(-z * z / 2)
    case .mexicanHat: (1 - z * z) * exp(-z * z / 2)
    case .hermite3: (z * z * z - 3 * z) * exp(-z * z / 2)
    }
  }
}

extension [Network.Connection] {
  /// f(z) over one row of Φ.
  func naiveResponse(_ activation: Activation, _ phi: [Double]) -> Double {
    if activation == .product {
      func sum(_ factor: Network.Factor) -> Double {
        filter { $0.factor == factor }.reduce(0) { $0 + $1.weight * phi[$1.source] }
      }
      return sum(.first) * sum(.second)
    }
    var z = 0.0
    for connection in self {
      let source = phi[connection.source]
      if activation == .radial {
        z -=
          connection.weight * connection.weight * (source - connection.centre) * (source - connection.centre)
      } else {
        z += connection.weight * source
      }
    }
    return activation.naiveValue(z)
  }
}

extension Matrix {
  func row(_ i: Int) -> [Double] { (0..<columns).map { self[i, $0] } }
}

/// One row of Φ.
func naiveSources(_ units: [Network.Unit], _ inputs: [Double], clipping: Bool = true) -> [Double] {
  var phi = [1] + inputs
  for unit in units {
    var response = unit.connections.naiveResponse(unit.activation, phi)
    if clipping { response = min(max(response, unit.range.lowerBound), unit.range.upperBound) }
    phi.append(unit.scale * (response - unit.offset))
  }
  return phi
}

/// The scores of one row.
func naiveScores(_ phi: [Double], _ readout: Matrix) -> [Double] {
  (0..<readout.columns).map { o in phi.indices.reduce(0) { $0 + phi[$1] * readout[$1, o] } }
}

extension CambiumCore.Task {
  /// The outputs that belong to scores.
  func naiveOutputs(_ scores: [Double]) -> [Double] {
    switch self {
    case .regression: return scores
    case .classification(2): return scores.map { 1 / (1 + exp(-$0)) }
    case .classification:
      let sum = scores.reduce(0) { $0 + exp($1) }
      return scores.map { exp($0) / sum }
    }
  }
}

extension Network {
  func naiveOutputs(_ inputs: [Double]) -> [Double] {
    var scores = naiveScores(naiveSources(units, inputs), readout)
    for (o, range) in outputRanges.enumerated() {
      scores[o] = min(max(scores[o], range.lowerBound), range.upperBound)
    }
    return task.naiveOutputs(scores)
  }
}

/// X of A · X = B by Gaussian elimination with row exchanges; A is n × n and B n × m, as rows.
func eliminated(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
  var a = a
  var b = b
  let n = a.count
  for k in 0..<n {
    let pivot = (k..<n).max { abs(a[$0][k]) < abs(a[$1][k]) } ?? k
    a.swapAt(k, pivot)
    b.swapAt(k, pivot)
    for i in 0..<n where i != k {
      let factor = a[i][k] / a[k][k]
      for j in k..<n { a[i][j] -= factor * a[k][j] }
      for j in b[i].indices { b[i][j] -= factor * b[k][j] }
    }
  }
  return (0..<n).map { i in b[i].map { $0 / a[i][i] } }
}

/// The readout of least squares with penalties, by the normal equations; the columns of Φ are given.
func naiveLeastSquares(_ columns: [[Double]], _ targets: Matrix, _ weights: [Double]?, _ penalties: [Double])
  -> Matrix
{
  func product(_ x: [Double], _ y: [Double]) -> Double {
    x.indices.reduce(0) { $0 + (weights?[$1] ?? 1) * x[$1] * y[$1] }
  }
  let p = columns.count
  let system = (0..<p).map { i in
    (0..<p).map { j in product(columns[i], columns[j]) + (i == j ? penalties[i] : 0) }
  }
  let right = columns.map { column in (0..<targets.columns).map { product(column, targets.column($0)) } }
  let solution = eliminated(system, right)
  return Matrix(
    rows: p, columns: targets.columns,
    values: (0..<targets.columns).flatMap { o in solution.map { $0[o] } })
}

extension DesignMatrix {
  /// All columns.
  var plainColumns: [[Double]] { (0..<columnCount).map { column($0) } }
}

func isClose(_ found: Double, _ wanted: Double, _ tolerance: Double = 1e-11) -> Bool {
  abs(found - wanted) <= tolerance * (1 + abs(wanted))
}

func isClose(_ found: [Double], _ wanted: [Double], _ tolerance: Double = 1e-11) -> Bool {
  found.count == wanted.count && zip(found, wanted).allSatisfy { isClose($0, $1, tolerance) }
}

extension [Double] {
  var areFinite: Bool { allSatisfy { $0.isFinite } }
}
