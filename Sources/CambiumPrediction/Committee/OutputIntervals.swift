/// Between what values the right outputs are expected, sample by sample.
public struct OutputIntervals: Sendable, Equatable {
  /// N × m.
  public let lower: Matrix
  /// N × m, nowhere below `lower`.
  public let upper: Matrix

  /// Makes intervals of two matrices of one shape.
  public init(lower: Matrix, upper: Matrix) {
    self.lower = lower
    self.upper = upper
  }
}

/// A model of numbers that can say how sure it is.
public protocol IntervalPredictor: Predictor {
  /// Intervals that hold the right output in a share `level` of all cases, 0 < level < 1, for N × d `features`; nil where
  /// the model has nothing to tell them from.
  ///
  /// - Throws: `InputError` where the level is higher than it can tell.
  func intervals(for features: Matrix, level: Double, workers: WorkerPool) throws -> OutputIntervals?
}

extension LeftOutResiduals {
  /// The intervals around N × m outputs of every member. O(N m n log n) for n residuals.
  package func intervals(around outputs: [Matrix], level: Double, workers: WorkerPool) throws
    -> OutputIntervals
  {
    let n = count
    guard level > 0, level < 1, rank(of: level) <= n else {
      throw InputError(
        .content, found: "an interval of level \(numberText(level))",
        expected: "a level above 0, up to \(numberText(highestLevel)): the model keeps "
          + "\(counted(n, "residual"))")
    }
    let rank = rank(of: level)
    let centres = groups.map { group in mean(of: group.members.map { outputs[$0] }) }
    let middle = mean(of: outputs)
    var lower = middle
    var upper = middle
    let rowsAtOnce = 64
    for o in 0..<middle.columns {
      let radii = groups.map { $0.residuals.column(o) }
      let bounds = workers.map((middle.rows + rowsAtOnce - 1) / rowsAtOnce) { chunk in
        (chunk * rowsAtOnce..<min((chunk + 1) * rowsAtOnce, middle.rows)).map { row in
          Self.bounds(around: centres.map { $0[row, o] }, radii: radii, rank: rank)
        }
      }
      for (row, bound) in bounds.joined().enumerated() {
        // Members that left few samples out can lie far from the mean of all; the answer itself is always inside.
        lower[row, o] = min(middle[row, o], bound.lower)
        upper[row, o] = max(middle[row, o], bound.upper)
      }
    }
    return OutputIntervals(lower: lower, upper: upper)
  }

  /// ⌈level · (n + 1)⌉; what rounding adds to a product that is whole does not ask for one value more.
  private func rank(of level: Double) -> Int { Int((level * Double(count + 1) - 1e-9).rounded(.up)) }

  private static func bounds(
    around centres: [Double], radii: [[Double]], rank: Int
  ) -> (lower: Double, upper: Double) {
    var low: [Double] = []
    var high: [Double] = []
    for (centre, radii) in zip(centres, radii) {
      for radius in radii {
        low.append(centre - radius)
        high.append(centre + radius)
      }
    }
    low.sort(by: >)
    high.sort()
    return (low[rank - 1], high[rank - 1])
  }
}
