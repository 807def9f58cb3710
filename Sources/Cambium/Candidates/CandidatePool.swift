internal import CambiumCore

/// The candidates of one round, as the columns of matrices.
///
/// Ridge candidates have weights W (p × R): z = Φ·W. Radial ones have widths S and centres K (p × Q each):
/// z = −Σ_j s_j²(φ_j − k_j)². p = `sourceCount`: the leading columns of Φ that candidates may read. All
/// parameters stand in one array, [W, S, K], so that one optimiser trains the pool.
package struct CandidatePool {
  /// p, the leading columns of Φ that the candidates read.
  let sourceCount: Int
  /// The functions of the ridge candidates, alike ones side by side.
  let ridgeActivations: [Activation]
  /// Q, the number of radial candidates.
  let radialCount: Int
  /// W, S and K, each column after column.
  var parameters: [Double]
  /// 1 where a connection is alive, 0 where it was pruned or never was; laid out as `parameters`.
  var mask: [Double]

  /// R, the number of ridge candidates.
  var ridgeCount: Int { ridgeActivations.count }
  /// C = R + Q.
  package var count: Int { ridgeCount + radialCount }

  /// Where S begins in `parameters`.
  var widthsStart: Int { sourceCount * ridgeCount }
  /// Where K begins in `parameters`.
  var centresStart: Int { sourceCount * (ridgeCount + radialCount) }

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

  /// The indices into `parameters` of one candidate's parameters that pruning weighs against each other:
  /// a ridge unit's weights without its bias, a radial unit's widths.
  func prunableIndices(of candidate: Int) -> Range<Int> {
    let start =
      candidate < ridgeCount
      ? candidate * sourceCount : widthsStart + (candidate - ridgeCount) * sourceCount
    return start + 1..<start + sourceCount
  }

  /// Where one candidate's parameters stand.
  func parameterRanges(of candidate: Int) -> [Range<Int>] {
    func column(_ index: Int, from start: Int) -> Range<Int> {
      start + index * sourceCount..<start + (index + 1) * sourceCount
    }
    guard candidate >= ridgeCount else { return [column(candidate, from: 0)] }
    let radial = candidate - ridgeCount
    return [column(radial, from: widthsStart), column(radial, from: centresStart)]
  }

  /// Cuts the connection at an index that `prunableIndices` gave.
  mutating func prune(_ index: Int) {
    mask[index] = 0
    parameters[index] = 0
    guard index >= widthsStart else { return }
    let centre = index - widthsStart + centresStart
    mask[centre] = 0
    parameters[centre] = 0
  }

  /// The candidate's function.
  func activation(of candidate: Int) -> Activation {
    candidate < ridgeCount ? ridgeActivations[candidate] : .radial
  }

  /// The candidate's living connections.
  func connections(of candidate: Int) -> [Network.Connection] {
    (0..<sourceCount).compactMap { source in
      if candidate < ridgeCount {
        let index = candidate * sourceCount + source
        return mask[index] == 0 ? nil : Network.Connection(source: source, weight: parameters[index])
      }
      let offset = (candidate - ridgeCount) * sourceCount + source
      guard mask[widthsStart + offset] != 0 else { return nil }
      return Network.Connection(
        source: source, weight: parameters[widthsStart + offset], centre: parameters[centresStart + offset])
    }
  }

  /// How many connections the candidate lost to pruning.
  func prunedCount(of candidate: Int) -> Int {
    prunableIndices(of: candidate).count { mask[$0] == 0 }
  }
}
