internal import CambiumCore

/// How much noise the targets of a regression have, found from samples that are neighbours: the Gamma test (Stefánsson,
/// Končar and Jones 1997, *A note on the Gamma test*, Neural Computing and Applications 5).
///
/// Between a sample and its k-th nearest neighbour half the mean squared difference of the targets is γ(k), the mean
/// squared distance of the inputs δ(k). Where the distance goes to 0 only the noise is left: its variance is the intercept
/// of the line through the points (δ(k), γ(k)), k = 1…10. Differences are those of what a linear readout leaves of the
/// targets, which has the same noise and less else to be taken for it.
///
/// Neighbours are near in all inputs alike: of few inputs of like weight it is close, but where one matters far more than
/// the others it takes for noise what that one does between neighbours (of yacht 0.46 standard deviations, where grown
/// networks leave 0.03).
struct NoiseEstimate {
  /// The noise's standard deviation, in the unit of the residual; the root of the mean variance over the outputs. At least
  /// 0, at most that of the residual.
  let deviation: Double

  /// How many neighbours are looked at.
  private static let neighbourCount = 10
  /// The most samples that are looked at, since all pairs of them are.
  private static let sampleLimit = 2000

  /// The estimate of N × d inputs and an N × m `residual`. O(n² d) with n = N, or 2 000 samples drawn at random.
  init(of inputs: Features, residual: Matrix, random: RandomStream, workers: WorkerPool) {
    let all = inputs.rowCount
    let rows =
      all > Self.sampleLimit
      ? random.generator().sample(Self.sampleLimit, of: all) : Array(0..<all)
    let x = inputs.selecting(rows).matrix
    let r = residual.selectingRows(rows)
    let nearest = min(Self.neighbourCount, rows.count - 1)
    guard nearest > 0 else {
      deviation = 0
      return
    }
    let found = workers.map(rows.count) { Self.neighbours(of: $0, in: x, count: nearest) }
    var distances = [Double](repeating: 0, count: nearest)
    var differences = distances
    for (i, neighbours) in found.enumerated() {
      for (k, neighbour) in neighbours.enumerated() {
        distances[k] += neighbour.square
        for o in 0..<r.columns {
          let difference = r[i, o] - r[neighbour.row, o]
          differences[k] += 0.5 * difference * difference
        }
      }
    }
    let scale = Double(rows.count)
    let intercept = Self.intercept(distances.map { $0 / scale }, differences.map { $0 / scale })
    var variance = 0.0
    for o in 0..<r.columns {
      let column = r.column(o)
      let mean = column.reduce(0, +) / scale
      variance += column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / scale
    }
    deviation = (min(max(intercept, 0), variance) / Double(max(r.columns, 1))).squareRoot()
  }

  /// The nearest other rows of a row, the nearest first; of equally near ones those that come first.
  private static func neighbours(of row: Int, in x: Matrix, count: Int) -> [(row: Int, square: Double)] {
    var squares = [Double](repeating: 0, count: x.rows)
    for j in 0..<x.columns {
      let (start, own) = (j * x.rows, x[row, j])
      for i in 0..<x.rows {
        let difference = x.values[start + i] - own
        squares[i] += difference * difference
      }
    }
    var nearest: [(row: Int, square: Double)] = []
    for i in 0..<x.rows where i != row {
      if nearest.count == count, squares[i] >= nearest[count - 1].square { continue }
      let place = nearest.firstIndex { $0.square > squares[i] } ?? nearest.count
      nearest.insert((i, squares[i]), at: place)
      if nearest.count > count { nearest.removeLast() }
    }
    return nearest
  }

  /// Where the line of least squares through the points meets distance 0; the mean height where they have one distance.
  private static func intercept(_ x: [Double], _ y: [Double]) -> Double {
    let count = Double(x.count)
    let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
    let spread = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    let slope = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / spread
    return slope.isFinite ? meanY - slope * meanX : meanY
  }
}
