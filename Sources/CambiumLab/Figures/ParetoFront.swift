/// The points that no other one beats in both of two costs.
enum ParetoFront {
  /// The places of the points that are not dominated, in ascending order of the first cost, then of the second.
  ///
  /// A point is dominated where another has neither cost higher and one of them lower; equal points are on the front together.
  static func places(of points: [(Double, Double)]) -> [Int] {
    points.indices.filter { index in
      let own = points[index]
      return !points.contains { $0.0 <= own.0 && $0.1 <= own.1 && ($0.0 < own.0 || $0.1 < own.1) }
    }.sorted { (points[$0].0, points[$0].1, $0) < (points[$1].0, points[$1].1, $1) }
  }
}
