// Prints one JSON object a line: {"name", "value", "unit", …}. Run by bench/run.
import Cambium
import CambiumCore

func report(_ name: String, _ value: Double, _ unit: String, _ extra: [(String, Double)] = []) {
  let more = extra.map { ", \"\($0.0)\": \($0.1)" }.joined()
  print("{\"name\": \"\(name)\", \"value\": \(value), \"unit\": \"\(unit)\"\(more)}")
}

func matrix(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
  let generator = RandomStream(seed: seed).generator()
  var matrix = Matrix(rows: rows, columns: columns)
  for k in matrix.values.indices { matrix.values[k] = generator.gaussian() }
  return matrix
}

/// One pass of training over N samples of p sources, with C candidates of eight functions.
func measureFusedPass(
  _ precision: TrainingPrecision, _ name: String, rows: Int, sources: Int, candidates: Int, threads: Int,
  peak: Double
) {
  let activations: [Activation] = [.logistic, .tanh, .sin, .cos, .log, .softplus, .square, .gaussian]
  let design = DesignMatrix(features: matrix(rows, sources - 1, seed: 1))
  let pool = CandidatePool(
    activations: activations, restarts: candidates / activations.count, sourceCount: sources, design: design,
    random: RandomStream(seed: 2))
  let objective = TrainingObjective(
    in: precision, design: design, sourceCount: sources, residual: matrix(rows, 1, seed: 3), weights: nil,
    workers: WorkerPool(threads: threads))
  let seconds = Clock.medianSeconds { _ = objective.evaluate(pool) }
  let rate = 4 * Double(rows * sources * pool.count) / seconds
  report(name, rate / 1e9, "GFLOP/s", [("shareOfPeak", rate / peak), ("seconds", seconds)])
}

// What is measured can be narrowed to names that begin with an argument.
let wanted = CommandLine.arguments.dropFirst()
func isWanted(_ name: String) -> Bool { wanted.isEmpty || wanted.contains { name.hasPrefix($0) } }

let peaks = [1, 2].map { threads in Peak.singlePrecision(threads: threads) }
for (threads, peak) in zip([1, 2], peaks) { report("peak.sgemm.t\(threads)", peak / 1e9, "GFLOP/s") }
for (rows, sources, candidates, threads) in [(100_000, 100, 32, 2), (10_000, 50, 32, 2), (1000, 20, 16, 1)] {
  let size = "\(rows)x\(sources)x\(candidates).t\(threads)"
  if isWanted("kernel.fused.f32.\(size)") {
    measureFusedPass(
      .float32, "kernel.fused.f32.\(size)", rows: rows, sources: sources, candidates: candidates,
      threads: threads, peak: peaks[threads - 1])
  }
  if isWanted("kernel.fused.f64.\(size)") {
    measureFusedPass(
      .float64, "kernel.fused.f64.\(size)", rows: rows, sources: sources, candidates: candidates,
      threads: threads, peak: peaks[threads - 1] / 2)
  }
}
