/// Groups of learners that a test does not tell apart: the bars of a critical-difference diagram.
public enum Cliques {
  /// The longest runs of places, of two or more, in which no two differ; each pair of neighbours that do not differ is in
  /// one.
  ///
  /// Places are learners in the order of their ranks, as in Ismail Fawaz et al. 2019, *Deep learning for time series
  /// classification: a review*, section 4.1. A bar covers all that lies between its ends, so that learners which do not
  /// differ but have one between them that does differ from either are no group here.
  ///
  /// Cost: count² questions.
  /// - Parameters:
  ///   - count: How many learners there are.
  ///   - differ: Whether the learners at two places, the first before the second, differ.
  public static func maximal(count: Int, differ: (Int, Int) -> Bool) -> [ClosedRange<Int>] {
    var runs: [ClosedRange<Int>] = []
    var end = 0  // the last place of the run; it never moves back as the start moves on
    for start in 0..<count {
      end = max(end, start)
      while end + 1 < count, !(start...end).contains(where: { differ($0, end + 1) }) { end += 1 }
      if end > start, end > runs.last?.upperBound ?? -1 { runs.append(start...end) }
    }
    return runs
  }
}
