internal import CambiumCore

/// What held-out samples prefer: a topology, a number of rounds, and for classes the readout's ridge.
struct SizeChoice {
  /// A number of rounds with a ridge, and the mean held-out loss of networks grown so far and fitted so.
  struct Point {
    /// 0 keeps the plain readout.
    let rounds: Int
    /// The ridge for each sample.
    let ridge: Double
    let loss: Double
  }

  let topology: Topology
  /// The best points, the best first; more than one where readouts are averaged.
  let points: [Point]
  /// Whether networks did best when they represented all their samples, and nearly all others: the data has
  /// little noise, and growth may go on until it represents everything.
  let endsAtFullCoverage: Bool

  /// The least mean held-out loss.
  var loss: Double { points[0].loss }
  /// The number of rounds to grow.
  var rounds: Int { points.map(\.rounds).max() ?? 0 }
}

extension SizeChoice: CustomStringConvertible {
  var description: String {
    let best = points[0]
    let sizes = Set(points.map(\.rounds)).sorted()
    let size =
      sizes.count == 1
      ? "\(best.rounds) rounds" : "\(sizes[0]) to \(sizes[sizes.count - 1]) rounds, readouts averaged"
    return "held-out loss prefers the \(topology.rawValue) topology and \(size)"
  }
}

extension SizeChoice {
  /// The largest share of held-out samples wrongly classified that counts as little noise.
  private static let littleNoise = 0.05

  /// The best points of paths that grew on different held-in samples with the same topology.
  ///
  /// Losses are averaged over the paths; a path that ended early counts with its last loss.
  init(of paths: [GrowthPath], topology: Topology, spec: GrowthSpec) {
    let choosesRidge = paths.allSatisfy { $0.choosesRidge(spec) }
    let ridges = choosesRidge ? Self.ridges(spec.readout) : [spec.readout.ridge]
    let longest = paths.map(\.networks.count).max() ?? 1
    var points: [Point] = []
    let lossesOfPaths = paths.map { $0.heldOutLosses(ridges: ridges, spec: spec.readout) }
    for (index, ridge) in ridges.enumerated() {
      let losses = lossesOfPaths.map { $0[index] }
      for rounds in 0..<longest {
        let sum = losses.reduce(0) { $0 + $1[min(rounds, $1.count - 1)] }
        points.append(Point(rounds: rounds, ridge: ridge, loss: sum / Double(losses.count)))
      }
    }
    // The sort is stable: of equal losses the smaller size and ridge comes first.
    points.sort { $0.loss < $1.loss }
    self.topology = topology
    self.points = Array(points.prefix(choosesRidge ? spec.readout.averaged : 1))
    endsAtFullCoverage =
      longest > 1 && points[0].rounds == longest - 1
      && paths.allSatisfy {
        $0.stopReason == .fullCoverage && $0.rounds.last?.validationError ?? 1 <= Self.littleNoise
      }
  }

  /// The spec's ridge, then half decades.
  private static func ridges(_ spec: ReadoutSpec) -> [Double] {
    var ridges = [spec.ridge]
    var next = max(spec.ridge * 10, 1e-4)
    while next <= spec.largestRidge * 1.0001 {
      ridges.append(next)
      next *= 10.0.squareRoot()
    }
    return ridges
  }
}

extension GrowthPath {
  /// Classes choose a ridge, as long as their units stay as they were installed.
  func choosesRidge(_ spec: GrowthSpec) -> Bool {
    last.data.task != .regression && !spec.refinement.applies(to: last.data.task)
  }

  /// For each ridge the held-out loss after each round with the readout refitted under it.
  func heldOutLosses(ridges: [Double], spec: ReadoutSpec) -> [[Double]] {
    guard ridges != [spec.ridge] else { return [heldOutLosses] }
    let gram = last.gram
    return ridges.map { ridge in
      guard ridge != spec.ridge else { return heldOutLosses }
      return networks.map {
        last.heldOutLoss(with: last.readout(from: $0.readout, ridge: ridge, gram: gram))
      }
    }
  }

  /// The network of the chosen size, with the chosen readout.
  func network(of choice: SizeChoice, spec: GrowthSpec) -> Network {
    let largest = networks[min(choice.rounds, networks.count - 1)]
    guard choosesRidge(spec) else { return largest }
    var readout = Matrix(rows: largest.readout.rows, columns: largest.readout.columns)
    let gram = last.gram
    for point in choice.points {
      let start = networks[min(point.rounds, networks.count - 1)].readout
      let fitted = last.readout(from: start, ridge: point.ridge, gram: gram)
        .extended(toRows: readout.rows)
      for k in readout.values.indices { readout.values[k] += fitted.values[k] / Double(choice.points.count) }
    }
    return largest.replacing(readout: readout)
  }
}

extension GrowingNetwork {
  /// ΦᵀVΦ, its upper triangle.
  fileprivate var gram: [Double] { ReadoutFitter(data: data, workers: workers).gram(of: design) }

  /// The readout of the leading columns of Φ, as many as the start has rows, fitted under a ridge for each sample.
  fileprivate func readout(from start: Matrix, ridge: Double, gram: [Double]) -> Matrix {
    let penalties = ReadoutDecay(all: ridge * data.totalWeight)
      .penalties(inputs: data.featureCount, units: start.rows - 1 - data.featureCount)
    return ReadoutFitter(data: data, workers: workers)
      .fit(design: design, penalties: penalties, start: start, gram: gram)
  }
}
