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
  /// Whether networks with units had less loss, if any, by no more than chance.
  let isByChance: Bool
  /// Numbers: whether it is the least size whose error is as small as the spec asks for.
  let isSufficient: Bool
  /// Classes: whether networks did best when they represented all their samples, and nearly all others: the data
  /// has little noise, and growth may go on until it represents everything.
  let endsAtFullCoverage: Bool

  /// The least mean held-out loss.
  var loss: Double { points[0].loss }
  /// The number of rounds to grow.
  var rounds: Int { points.map(\.rounds).max() ?? 0 }
}

extension SizeChoice: CustomStringConvertible {
  var description: String {
    if isSufficient { return "the \(topology.rawValue) topology errs little enough after \(rounds) rounds" }
    if isByChance { return "on held-out samples units gain nothing beyond chance: the plain readout" }
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
    let longest = paths.map(\.networks.count).max() ?? 1
    self.topology = topology
    let choosesRidge = spec.choosesRidge(for: paths[0].last.data.task)
    var search = RidgeSearch(of: paths, ridges: spec.readout.ridges)
    var points = search.points(after: 0)
    for rounds in 1..<max(longest, 1) {
      if choosesRidge {
        points += search.points(after: rounds)
      } else {
        let sum = paths.reduce(0) { $0 + $1.heldOutLosses[min(rounds, $1.heldOutLosses.count - 1)] }
        points.append(Point(rounds: rounds, ridge: spec.readout.ridge, loss: sum / Double(paths.count)))
      }
    }
    if let enough = paths.sufficientRounds(of: longest, spec: spec.stopping) {
      self.points = points.filter { $0.rounds == enough }
      (isByChance, isSufficient, endsAtFullCoverage) = (false, true, false)
      return
    }
    isSufficient = false
    // The sort is stable: of equal losses the smaller size and ridge comes first.
    points.sort { $0.loss < $1.loss }
    let count = choosesRidge ? spec.readout.averaged : 1
    let plain = Array(points.filter { $0.rounds == 0 }.prefix(count))
    points = Array(points.prefix(count))
    isByChance =
      points.contains { $0.rounds > 0 }
      && !PairedGain(of: points, over: plain, on: paths, spec: spec).isBeyond(spec.stopping.standardErrors)
    if isByChance { points = plain }
    self.points = points
    let best = points[0].rounds
    endsAtFullCoverage =
      paths[0].last.data.task != .regression && best > 0
      && paths.allSatisfy { $0.isRight(after: best, but: Self.littleNoise) }
  }
}

extension SizeChoice {
  /// Whether it is preferred to another since it errs little enough, or does so with fewer rounds; nil where neither errs
  /// little enough.
  func isMoreSufficient(than other: SizeChoice) -> Bool? {
    guard isSufficient, other.isSufficient else {
      return isSufficient ? true : other.isSufficient ? false : nil
    }
    return (rounds, loss) < (other.rounds, other.loss)
  }
}

extension [GrowthPath] {
  /// The least number of rounds after which the mean squared error on held-out samples is as small as the spec asks for;
  /// nil where it never is, or nothing is asked.
  fileprivate func sufficientRounds(of longest: Int, spec: StoppingSpec) -> Int? {
    guard spec.sufficientError > 0, first?.last.data.task == .regression else { return nil }
    return (0..<longest).first { rounds in
      let sum = reduce(0) { $0 + $1.heldOutError(after: rounds) * $1.heldOutError(after: rounds) }
      return sum <= spec.sufficientError * Double(count)
    }
  }
}

extension GrowthSpec {
  /// Whether held-out samples choose the readout's ridge: for classes, as long as their units stay as they were
  /// installed.
  func choosesRidge(for task: Task) -> Bool { task != .regression && !refinement.applies(to: task) }
}

extension ReadoutSpec {
  /// The ridges that held-out samples choose from: the least, then half decades.
  var ridges: [Double] {
    var ridges = [ridge]
    var next = max(ridge * 10, 1e-4)
    while next <= largestRidge * 1.0001 {
      ridges.append(next)
      next *= 10.0.squareRoot()
    }
    return ridges
  }
}

extension PairedGain {
  /// The gain of networks at some points over those at others, on the held-out samples of all paths.
  fileprivate init(
    of points: [SizeChoice.Point], over others: [SizeChoice.Point], on paths: [GrowthPath], spec: GrowthSpec
  ) {
    func losses(_ points: [SizeChoice.Point]) -> [Double] {
      paths.flatMap { $0.heldOutLosses(of: $0.network(at: points, spec: spec)) }
    }
    self.init(from: losses(others), to: losses(points), weights: paths.flatMap(\.heldOutWeights))
  }
}

extension GrowthPath {
  /// The loss of each held-out sample by a network; none without them.
  fileprivate func heldOutLosses(of network: Network) -> [Double] {
    guard let heldOut = last.heldOut else { return [] }
    return last.loss.losses(
      ofOutputs: network.outputs(for: heldOut.inputs, workers: last.workers), targets: heldOut.targets)
  }

  /// The same of the numbers whose logarithms were perhaps learned.
  func heldOutLossesOfNumbers(of network: Network) -> [Double] {
    guard let heldOut = last.heldOut else { return [] }
    let outputs = network.outputs(for: heldOut.inputs, workers: last.workers)
    return last.loss.losses(
      ofOutputs: heldOut.numbers(of: outputs), targets: heldOut.numbers(of: heldOut.targets))
  }

  /// What each held-out sample counts.
  var heldOutWeights: [Double] {
    last.heldOut.map { $0.weights ?? [Double](repeating: 1, count: $0.sampleCount) } ?? []
  }

  /// Whether after so many rounds every sample was represented, and all but a share of the held-out ones.
  func isRight(after count: Int, but share: Double) -> Bool {
    guard let round = rounds.prefix(count).last else { return false }
    return round.coverage == 1 && round.validationError ?? 1 <= share
  }

  /// The network of the chosen size, with the chosen readout.
  func network(of choice: SizeChoice, spec: GrowthSpec) -> Network {
    network(at: choice.points, spec: spec)
  }

  /// The network of the largest of some sizes, with the mean of the readouts at them; numbers: of a single one, its readout
  /// as it was tuned, and without units under the point's ridge.
  fileprivate func network(at points: [SizeChoice.Point], spec: GrowthSpec) -> Network {
    let rounds = points.reduce(0) { max($0, $1.rounds) }
    let largest = networks[min(rounds, networks.count - 1)]
    guard rounds == 0 || spec.choosesRidge(for: last.data.task) else { return largest }
    let readout = last.meanReadout(of: points, rows: largest.readout.rows) { point in
      networks[min(point.rounds, networks.count - 1)].readout
    }
    return largest.replacing(readout: readout)
  }
}

extension GrowingNetwork {
  /// The mean of the readouts at some points, each fitted from its start, with zeros below for the columns it has not.
  func meanReadout(of points: [SizeChoice.Point], rows: Int, start: (SizeChoice.Point) -> Matrix) -> Matrix {
    var mean = Matrix(rows: rows, columns: readout.columns)
    for point in points {
      let fitted = readout(from: start(point), ridge: point.ridge).extended(toRows: rows)
      for k in mean.values.indices { mean.values[k] += fitted.values[k] / Double(points.count) }
    }
    return mean
  }

  /// The readout of the leading columns of Φ, as many as the start has rows, fitted under a ridge for each sample.
  func readout(from start: Matrix, ridge: Double) -> Matrix {
    let penalties = ReadoutDecay(all: ridge * data.totalWeight)
      .penalties(inputs: data.featureCount, units: start.rows - 1 - data.featureCount)
    return ReadoutFitter(data: data, workers: workers)
      .fit(design: design, equations: equations, penalties: penalties, start: start)
  }
}
