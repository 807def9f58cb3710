// Prints one JSON object a line: {"name", "value", "unit", …}. Run by bench/run.
import CKernels
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

/// One pass of training over N samples of p sources, with C candidates of eight functions, in turns with the products that
/// are its measure; of half their rate in float64.
func measureFusedPass(
  _ precision: TrainingPrecision, _ name: String, rows: Int, sources: Int, candidates: Int, threads: Int
) {
  let activations: [Activation] = [.logistic, .tanh, .sin, .cos, .log, .softplus, .square, .gaussian]
  let design = DesignMatrix(features: matrix(rows, sources - 1, seed: 1))
  let pool = CandidatePool(
    activations: activations, restarts: candidates / activations.count, sourceCount: sources, design: design,
    random: RandomStream(seed: 2))
  let objective = TrainingObjective(
    in: precision, design: design, sourceCount: sources, residual: matrix(rows, 1, seed: 3), weights: nil,
    workers: WorkerPool(threads: threads))
  let peak = Peak(threads: threads)
  let operations = 4 * Double(rows * sources * pool.count)
  let times = Clock.medianSeconds({ _ = objective.evaluate(pool) }, against: { peak.multiply() })
  let share = times.ratio * operations / peak.operations * (precision == .float64 ? 2 : 1)
  report(
    name, 1e-9 * operations / times.first, "GFLOP/s", [("shareOfPeak", share), ("seconds", times.first)])
}

// What is measured can be narrowed to names that begin with an argument.
let wanted = CommandLine.arguments.dropFirst()
func isWanted(_ name: String) -> Bool { wanted.isEmpty || wanted.contains { name.hasPrefix($0) } }

for threads in [1, 2] where isWanted("peak") {
  report("peak.sgemm.t\(threads)", 1e-9 * Peak(threads: threads).rate, "GFLOP/s")
}
for (rows, sources, candidates, threads) in [(100_000, 100, 32, 2), (10_000, 50, 32, 2), (1000, 20, 16, 1)] {
  let size = "\(rows)x\(sources)x\(candidates).t\(threads)"
  if isWanted("kernel.fused.f32.\(size)") {
    measureFusedPass(
      .float32, "kernel.fused.f32.\(size)", rows: rows, sources: sources, candidates: candidates,
      threads: threads)
  }
  if isWanted("kernel.fused.f64.\(size)") {
    measureFusedPass(
      .float64, "kernel.fused.f64.\(size)", rows: rows, sources: sources, candidates: candidates,
      threads: threads)
  }
}

/// f and f′ of 512 values, in one thread's cache.
for activation in Activation.allCases where isWanted("kernel.activation.f32.\(activation.rawValue)") {
  let rows = 512
  let pool = (0..<rows).map { 8 * Float($0) / Float(rows) - 4 }
  let seconds = pool.withUnsafeBufferPointer { z in
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * rows) { out in
      Clock.medianSeconds {
        cambium_values_and_slopes_f32(
          activation.function, rows, z.baseAddress, out.baseAddress, out.baseAddress.map { $0 + rows })
      }
    }
  }
  report("kernel.activation.f32.\(activation.rawValue)", 1e9 * seconds / Double(rows), "ns per value")
}

/// Twenty units over ten inputs: ten that read inputs, ten that read all before them.
func network(inputs: Int, units: Int) -> Network {
  let generator = RandomStream(seed: 4).generator()
  let activations: [Activation] = [.tanh, .sin, .log, .gaussian, .square]
  let all = (0..<units).map { index in
    let sources = index < units / 2 ? 1 + inputs : 1 + inputs + index
    let connections = (0..<sources).map {
      Network.Connection(source: $0, weight: 0.3 * generator.gaussian())
    }
    return Network.Unit(
      activation: activations[index % activations.count], connections: connections, range: -5...5, offset: 0,
      scale: 1, prunedConnections: 0)
  }
  let readout = matrix(1 + inputs + units, 1, seed: 5)
  guard
    let network = Network(
      inputCount: inputs, units: all, readout: readout, task: .regression, outputRanges: [-1e9...1e9])
  else { preconditionFailure("a network of sound parts") }
  return network
}

if isWanted("predict") {
  let (inputs, units, rows) = (10, 20, 100_000)
  let network = network(inputs: inputs, units: units)
  let workers = WorkerPool(threads: 1)
  let batch = matrix(rows, inputs, seed: 6)
  let seconds = Clock.medianSeconds { _ = network.outputs(for: batch, workers: workers) }
  report("predict.batch.t1", 1e-6 * Double(rows * units) / seconds, "million units/s", [("seconds", seconds)])
  let row = matrix(1, inputs, seed: 7)
  let single = Clock.medianSeconds { _ = network.outputs(for: row, workers: workers) }
  report("predict.row", 1e6 * single, "µs")
}

/// A column more in the normal equations, and the readout solved anew from them, of a network of some units.
func measureReadoutUpdate(rows: Int, columns: Int, threads: Int) {
  let workers = WorkerPool(threads: threads)
  let design = DesignMatrix(features: matrix(rows, columns - 1, seed: 8))
  let data = Dataset(
    features: matrix(rows, columns - 1, seed: 8), targets: matrix(rows, 1, seed: 9), task: .regression)
  let equations = NormalEquations(design: design, data: data, workers: workers)
  let column = matrix(rows, 1, seed: 10).values
  let seconds = Clock.medianSeconds {
    let larger = equations.appending(column, to: design, data: data, workers: workers)
    _ = larger.leastSquares(penalties: [Double](repeating: 1e-6, count: columns + 1))
  }
  let bytes = 8 * Double(rows * columns)
  report(
    "readout.update.\(rows)x\(columns).t\(threads)", 1e6 * seconds, "µs", [("GB/s", 1e-9 * bytes / seconds)])
}

for (rows, columns, threads) in [(100_000, 50, 2), (10_000, 50, 2), (1000, 20, 1)]
where isWanted("readout") {
  measureReadoutUpdate(rows: rows, columns: columns, threads: threads)
}

if isWanted("csv") {
  let (rows, columns) = (20_000, 16)
  let table = matrix(rows, columns, seed: 11)
  let header = (0..<columns).map { "x\($0)" }.joined(separator: ",")
  let lines = (0..<rows).map { i in (0..<columns).map { "\(table[i, $0])" }.joined(separator: ",") }
  let text = ([header] + lines).joined(separator: "\n")
  let seconds = Clock.medianSeconds { _ = try? Table.parse(text) }
  report("csv.parse", 1e-6 * Double(text.utf8.count) / seconds, "MB/s", [("seconds", seconds)])
}

if isWanted("training") { try measurePassesOfTraining() }
