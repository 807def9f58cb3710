import Cambium
import CambiumCore
import Foundation

/// A pool's samples before the first unit: standardised inputs, and what a linear readout leaves of the target.
struct FirstRound {
  let design: DesignMatrix
  let residual: Matrix

  /// The last column of rows of numbers is the target.
  init(rows: [[Double]]) {
    let (n, d) = (rows.count, rows[0].count - 1)
    func standardised(_ j: Int) -> [Double] {
      let mean = rows.reduce(0) { $0 + $1[j] } / Double(n)
      let square = rows.reduce(0) { $0 + ($1[j] - mean) * ($1[j] - mean) } / Double(n)
      return rows.map { ($0[j] - mean) / max(square.squareRoot(), 1e-12) }
    }
    let columns = (0..<d).map(standardised)
    design = DesignMatrix(features: Matrix(rows: n, columns: d, values: columns.flatMap { $0 }))
    let target = standardised(d)
    func product(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
    // Inputs and target have mean 0, so no bias is needed.
    var gram = columns.flatMap { a in columns.map { product(a, $0) } }
    for j in 0..<d { gram[j * (d + 1)] += 1e-6 * Double(n) }
    let readout = Cholesky(gram, order: d)?.solve(columns.map { product($0, target) }) ?? []
    let left = (0..<n).map { i in readout.indices.reduce(target[i]) { $0 - readout[$1] * columns[$1][i] } }
    residual = Matrix(rows: n, columns: 1, values: left)
  }

  /// The best J of a trained pool, and the seconds that training took.
  func trained(_ optimizer: TrainingOptimizer, epochs: Int, seed: UInt64) -> (best: Double, seconds: Double) {
    var spec = CandidateTrainingSpec()
    (spec.optimizer, spec.epochs) = (optimizer, epochs)
    spec.leaving.schedule = []
    var pruning = PruningSpec()
    pruning.schedule = []
    let pool = CandidatePool(
      activations: GrowthSpec().activations.functions, restarts: 2, sourceCount: design.columnCount,
      design: design,
      random: RandomStream(seed: seed))
    let objective = TrainingObjective(
      in: spec.precision, design: design, sourceCount: design.columnCount, residual: residual, weights: nil,
      workers: WorkerPool(threads: 1))
    var trained = pool
    let time = ContinuousClock().measure {
      trained = CandidateTraining(spec: spec, pruning: pruning).train(pool, on: objective)
    }
    let seconds = Double(time.components.seconds) + 1e-18 * Double(time.components.attoseconds)
    return (objective.objectives(trained).max() ?? 0, seconds)
  }
}

extension SyntheticTask {
  /// Its rows, the target last.
  func rows(_ count: Int) -> [[Double]] {
    let columns = table(rows: count, random: RandomStream(seed: 1)).columns.map { column -> [Double] in
      if case .numbers(let numbers) = column.values { numbers.array } else { [] }
    }
    return (0..<count).map { i in columns.map { $0[i] } }
  }
}

/// How many passes, and seconds, each optimiser takes until the best of a pool of twenty reaches 99 % of the best J that
/// any of them ends with, medians over fifteen pools (−1 where half of them do not get there); and the share of it after forty passes.
func measurePassesOfTraining() throws {
  let longest = 1024
  let concrete = try String(contentsOfFile: "experiments/data/concrete.csv", encoding: .utf8)
    .split(separator: "\n").dropFirst().map { $0.split(separator: ",").compactMap { Double($0) } }
  let problems = [
    ("friedman1", try SyntheticTask.named("friedman1").rows(750)),
    ("two-spirals", try SyntheticTask.named("two-spirals").rows(194)), ("concrete", concrete),
  ]
  for (name, rows) in problems {
    let round = FirstRound(rows: rows)
    let found = (1...15).map {
      seed -> [TrainingOptimizer: (epochs: Double, seconds: Double, early: Double)] in
      let runs = TrainingOptimizer.allCases.map { optimizer in
        (optimizer, round.trained(optimizer, epochs: longest, seed: UInt64(seed)).best)
      }
      let goal = 0.99 * (runs.map(\.1).max() ?? 0)
      return Dictionary(
        uniqueKeysWithValues: runs.map { optimizer, last in
          let early = round.trained(optimizer, epochs: 40 / optimizer.passes, seed: UInt64(seed)).best
          guard last >= goal else { return (optimizer, (.infinity, .infinity, early / goal * 0.99)) }
          // The best never falls: bisect.
          var (short, long) = (0, longest)
          while long - short > 1 {
            let middle = (short + long) / 2
            let best = round.trained(optimizer, epochs: middle, seed: UInt64(seed)).best
            if best >= goal { long = middle } else { short = middle }
          }
          let seconds = round.trained(optimizer, epochs: long, seed: UInt64(seed)).seconds
          return (optimizer, (Double(long * optimizer.passes), seconds, early / goal * 0.99))
        })
    }
    for optimizer in TrainingOptimizer.allCases where optimizer != .automatic {
      let results = found.compactMap { $0[optimizer] }
      func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
      let passes = median(results.map(\.epochs))
      report(
        "training.passes.\(name).\(optimizer.rawValue)", passes.isFinite ? passes : -1, "passes",
        [
          ("seconds", passes.isFinite ? median(results.map(\.seconds)) : -1),
          ("shareOfPools", Double(results.count { $0.epochs.isFinite }) / Double(results.count)),
          ("shareAfter40", median(results.map(\.early))),
        ])
    }
  }
}

extension TrainingOptimizer {
  /// Sweeps over the samples an epoch, those of responses alone among them.
  fileprivate var passes: Int {
    switch self {
    case .automatic, .resilientPropagation, .levenbergMarquardt: 1
    case .gradientDescent, .lbfgs: 2
    }
  }
}
