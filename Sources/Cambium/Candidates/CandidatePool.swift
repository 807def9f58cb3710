internal import CambiumCore

/// The candidates of one round, as the columns of matrices.
///
/// Ridge candidates have weights W (p × R): z = Φ·W. Radial ones have widths S and centres K (p × Q each):
/// z = −Σ_j s_j²(φ_j − k_j)². Product ones have weights A and B (p × P each): z = (Φ·A)∘(Φ·B).
/// p = `sourceCount`: the leading columns of Φ that candidates may read. All parameters stand in one array,
/// [W, S, K, A, B], so that one optimiser trains the pool; candidates are counted ridge, radial, product.
package struct CandidatePool {
  /// p, the leading columns of Φ that the candidates read.
  let sourceCount: Int
  /// The functions of the ridge candidates, alike ones side by side.
  let ridgeActivations: [Activation]
  /// Q, the number of radial candidates.
  let radialCount: Int
  /// P, the number of product candidates.
  let productCount: Int
  /// W, S, K, A and B, each column after column.
  var parameters: [Double]
  /// 1 where a connection is alive, 0 where it was pruned or never was; laid out as `parameters`.
  var mask: [Double]
  /// 1 where the candidate's receptive field has the connection, 0 where it was never to be; laid out as `mask`. Empty
  /// where that is not asked any more.
  var field: [Double] = []

  /// R, the number of ridge candidates.
  var ridgeCount: Int { ridgeActivations.count }
  /// C = R + Q + P.
  package var count: Int { ridgeCount + radialCount + productCount }

  /// Where S begins in `parameters`.
  var widthsStart: Int { sourceCount * ridgeCount }
  /// Where K begins in `parameters`.
  var centresStart: Int { sourceCount * (ridgeCount + radialCount) }
  /// Where A begins in `parameters`.
  var firstFactorsStart: Int { sourceCount * (ridgeCount + 2 * radialCount) }
  /// Where B begins in `parameters`.
  var secondFactorsStart: Int { firstFactorsStart + sourceCount * productCount }

  /// Runs of ridge candidates that share a function.
  var ridgeGroups: [(activation: Activation, columns: Range<Int>)] {
    var groups: [(activation: Activation, columns: Range<Int>)] = []
    for (column, activation) in ridgeActivations.enumerated() {
      if let last = groups.last, last.activation == activation {
        groups[groups.count - 1].columns = last.columns.lowerBound..<column + 1
      } else {
        groups.append((activation, column..<column + 1))
      }
    }
    return groups
  }

  /// Where the parameters of one candidate stand that pruning weighs against each other, range by range: a ridge unit's
  /// weights without its bias, a radial unit's widths, and the same as a ridge unit's of each factor of a product, since
  /// one may be large and the other small with the same product.
  func prunableRanges(of candidate: Int) -> [Range<Int>] {
    let columns = parameterRanges(of: candidate)
    let weighed = activation(of: candidate).form == .radial ? columns.prefix(1) : columns[...]
    return weighed.map { $0.lowerBound + 1..<$0.upperBound }
  }

  /// Where one candidate's parameters stand: a column of W, of S and K, or of A and B.
  func parameterRanges(of candidate: Int) -> [Range<Int>] {
    func column(_ index: Int, from start: Int) -> Range<Int> {
      start + index * sourceCount..<start + (index + 1) * sourceCount
    }
    let radial = candidate - ridgeCount
    let product = radial - radialCount
    return switch activation(of: candidate).form {
    case .ridge: [column(candidate, from: 0)]
    case .radial: [column(radial, from: widthsStart), column(radial, from: centresStart)]
    case .product: [column(product, from: firstFactorsStart), column(product, from: secondFactorsStart)]
    }
  }

  /// Cuts the connection at an index of `prunableRanges`. A centre goes with its width.
  mutating func prune(_ index: Int) {
    mask[index] = 0
    parameters[index] = 0
    guard (widthsStart..<centresStart).contains(index) else { return }
    let centre = index - widthsStart + centresStart
    mask[centre] = 0
    parameters[centre] = 0
  }

  /// Whether the receptive field of its candidate has the connection whose parameter stands at an index.
  func isInField(_ index: Int) -> Bool { field.isEmpty || field[index] != 0 }

  /// The candidate's function.
  func activation(of candidate: Int) -> Activation {
    candidate < ridgeCount
      ? ridgeActivations[candidate] : candidate < ridgeCount + radialCount ? .radial : .product
  }

  /// The candidate's living connections.
  func connections(of candidate: Int) -> [Network.Connection] {
    let columns = parameterRanges(of: candidate)
    func sum(_ column: Range<Int>, _ factor: Network.Factor) -> [Network.Connection] {
      column.filter { mask[$0] != 0 }.map { index in
        .init(source: index - column.lowerBound, weight: parameters[index], factor: factor)
      }
    }
    return switch activation(of: candidate).form {
    case .ridge: sum(columns[0], .first)
    case .radial:
      zip(columns[0], columns[1]).filter { mask[$0.0] != 0 }.map { width, centre in
        .init(
          source: width - columns[0].lowerBound, weight: parameters[width], centre: parameters[centre])
      }
    case .product: sum(columns[0], .first) + sum(columns[1], .second)
    }
  }

  /// How many connections the candidate lost to pruning.
  func prunedCount(of candidate: Int) -> Int {
    prunableRanges(of: candidate).reduce(0) { count, range in
      count + range.count { mask[$0] == 0 && isInField($0) }
    }
  }
}
