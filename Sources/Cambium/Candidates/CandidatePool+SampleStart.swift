internal import CambiumCore

/// What candidates start by that begin where the network errs.
struct StartSamples {
  let design: DesignMatrix
  /// r, samples × outputs.
  let residual: Matrix
  /// What each sample counts; nil where all count the same.
  let weights: [Double]?

  init(_ samples: (design: DesignMatrix, residual: Matrix, weights: [Double]?)) {
    (design, residual, weights) = samples
  }

  /// The pairs of samples that a sum's start is drawn from.
  static let pairsForEachSum = 16

  /// Samples drawn by their shares of the residual's energy.
  func erring(_ count: Int, _ generator: RandomGenerator) -> [Int] {
    var energies = [Double](repeating: 0, count: residual.rows)
    for sample in 0..<residual.rows {
      for output in 0..<residual.columns {
        energies[sample] += residual[sample, output] * residual[sample, output]
      }
      energies[sample] *= weights?[sample] ?? 1
    }
    let sums = energies.runningSums
    return (0..<count).map { _ in generator.index(bySums: sums) }
  }

  /// ‖r_a − r_b‖, by what the two samples count.
  func change(from a: Int, to b: Int) -> Double {
    var sum = 0.0
    for output in 0..<residual.columns {
      let difference = residual[a, output] - residual[b, output]
      sum += difference * difference
    }
    return sum.squareRoot() * (weights.map { $0[a] * $0[b] } ?? 1)
  }
}

extension CandidatePool {
  /// Starts radial units at samples that are badly represented.
  mutating func startRadialCentres(
    _ candidates: [Int], by samples: StartSamples, random: RandomStream
  ) {
    guard !candidates.isEmpty else { return }
    let rows = samples.erring(candidates.count, random.generator())
    for source in 1..<max(sourceCount, 1) {
      for (candidate, value) in zip(candidates, samples.design.column(source, rows: rows)) {
        let index = centresStart + candidate * sourceCount + source
        parameters[index] = value * mask[index]
      }
    }
  }

  /// Starts sums, whose weights begin at some indices of `parameters`, between two samples each.
  mutating func startSums(at starts: [Int], by samples: StartSamples, random: RandomStream) {
    guard !starts.isEmpty else { return }
    let generator = random.generator()
    let count = StartSamples.pairsForEachSum
    let pairs = (0..<starts.count * count).map { _ in
      (from: generator.index(below: samples.residual.rows), to: generator.index(below: samples.residual.rows))
    }
    var distances = [Double](repeating: 0, count: pairs.count)
    for source in 1..<max(sourceCount, 1) {
      let values = samples.values(of: source, at: pairs)
      for (place, start) in starts.enumerated() where mask[start + source] != 0 {
        for pair in place * count..<(place + 1) * count {
          distances[pair] += (values[pair].to - values[pair].from) * (values[pair].to - values[pair].from)
        }
      }
    }
    let slopes = zip(pairs, distances).map { pair, distance in
      distance > 0 ? samples.change(from: pair.from, to: pair.to) / distance.squareRoot() : 0
    }
    let chosen = starts.indices.map { place in
      let own = place * count..<(place + 1) * count
      return own.lowerBound + generator.index(bySums: Array(slopes[own]).runningSums)
    }
    let factors = chosen.map { pair in
      0.5 * power(8, generator.uniform()) / max(distances[pair], 1e-12).squareRoot()
    }
    for start in starts { parameters[start] = 0 }
    for source in 1..<max(sourceCount, 1) {
      let values = samples.values(of: source, at: chosen.map { pairs[$0] })
      for (place, start) in starts.enumerated() {
        let (from, to) = values[place]
        let weight = factors[place] * (to - from) * mask[start + source]
        parameters[start + source] = weight
        parameters[start] -= weight * (from + to) / 2 * mask[start]
      }
    }
  }
}

extension StartSamples {
  /// A source's values at pairs of samples.
  fileprivate func values(of source: Int, at pairs: [(from: Int, to: Int)]) -> [(from: Double, to: Double)] {
    let values = design.column(source, rows: pairs.flatMap { [$0.from, $0.to] })
    return pairs.indices.map { (values[2 * $0], values[2 * $0 + 1]) }
  }
}

extension [Double] {
  /// The sums of the leading elements.
  fileprivate var runningSums: [Double] {
    var sum = 0.0
    return map { value in
      sum += value
      return sum
    }
  }
}

extension RandomGenerator {
  /// A place drawn by what the running sums rise there; evenly where they rise nowhere or to no number.
  fileprivate func index(bySums sums: [Double]) -> Int {
    guard let all = sums.last, all > 0, all.isFinite else { return index(below: sums.count) }
    let drawn = uniform() * all
    return sums.firstIndex { $0 > drawn } ?? sums.count - 1
  }
}
