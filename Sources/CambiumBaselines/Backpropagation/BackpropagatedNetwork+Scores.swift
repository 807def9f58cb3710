internal import CambiumCore

extension BackpropagatedNetwork {
  /// The scores of N × d `features`, N × m, before the link. O(N · weights).
  func scores(of features: Matrix, parameters: [Double], workers: WorkerPool) -> Matrix {
    let outputCount = outputCount
    let tileRows = tileRows
    let tiles = (features.rows + tileRows - 1) / tileRows
    var scores = Matrix(rows: features.rows, columns: outputCount)
    scores.values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let scores = base
      // One piece of work for many tiles, so that memory is taken seldom.
      let pieces = min(tiles, 4 * workers.threads)
      workers.forEach(pieces) { piece in
        let passage = passage(capacity: min(tileRows, features.rows))
        for tile in piece * tiles / pieces..<(piece + 1) * tiles / pieces {
          let rows = tile * tileRows..<min((tile + 1) * tileRows, features.rows)
          score(rows, of: features, through: passage, parameters, into: scores)
        }
      }
    }
    return scores
  }

  private func score(
    _ rows: Range<Int>, of features: Matrix, through passage: any NetworkPassage, _ parameters: [Double],
    into scores: UnsafeMutablePointer<Double>
  ) {
    let inputs = passage.inputs(rows: rows.count)
    features.values.withUnsafeBufferPointer { values in
      for j in 0..<features.columns {
        for i in 0..<rows.count {
          inputs[j * rows.count + i] = values[j * features.rows + rows.lowerBound + i]
        }
      }
    }
    parameters.withUnsafeBufferPointer { parameters in
      guard let parameters = parameters.baseAddress else { return }
      let tile = passage.forward(rows: rows.count, parameters: parameters, mode: .answering)
      for o in 0..<outputCount {
        (scores + o * features.rows + rows.lowerBound).update(from: tile + o * rows.count, count: rows.count)
      }
    }
  }
}

extension Matrix {
  private static let largestScore = 1e100

  /// Scores none of which is infinite or no number: sums of huge weights and inputs can overflow, no answer is to.
  func keptFinite() -> Matrix {
    var scores = self
    for k in scores.values.indices where !(abs(scores.values[k]) <= Self.largestScore) {
      scores.values[k] = scores.values[k] > 0 ? Self.largestScore : -Self.largestScore
    }
    return scores
  }
}
