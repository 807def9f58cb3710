package import CambiumCore

/// What growing the largest network that a spec allows takes in memory, so that what cannot end well does not begin.
///
/// An estimate of the large parts alone: Φ of every network grown at once, what there is one of for each sample, the pool's
/// samples and its sums, and the matrices of tuning. The table and the targets are there already.
package struct MemoryNeed {
  /// Bytes.
  package let bytes: Double
  /// The part that needs most, as a key of the spec; nil where it is the data.
  package let key: String?

  /// - Parameters:
  ///   - unitColumns: Which columns of units are kept, as far as they need not be.
  ///   - processes: How many share the rows.
  ///   - chosen: How many networks to choose by are kept while others grow.
  package init(
    of spec: GrowthSpec, data: Dataset, holdOuts: Int, unitColumns: UnitColumns = .kept, processes: Int = 1,
    chosen: Int = 0
  ) {
    self.init(
      of: spec,
      shape: GrowthShape(rows: data.sampleCount, inputs: data.featureCount, outputs: data.outputCount),
      isMatrix: data.inputs.isMatrix, task: data.task, holdOuts: holdOuts,
      unitColumns: unitColumns, processes: processes, kept: chosen)
  }

  /// The same of data of a shape.
  init(
    of spec: GrowthSpec, shape: GrowthShape, isMatrix: Bool? = nil, task: Task = .regression, holdOuts: Int,
    unitColumns: UnitColumns, processes: Int = 1, kept chosenNetworks: Int = 0
  ) {
    let isMatrix = isMatrix ?? !shape.isEncoded
    let samples = Double(
      spec.distillation.rows(samples: shape.rows, holdOuts: holdOuts, task: task))
    let samplesToChooseBy = holdOuts > 0 ? min(Double(shape.rows), Double(spec.stopping.sampleLimit)) : 0
    let units = Double(spec.stopping.largestSize(samples: shape.rows))
    let sources = Double(1 + shape.inputs) + units
    let kept =
      isMatrix ? sources : units * unitColumns.keptShare(processes: processes)
    let outputs = Double(shape.outputs)
    let chosen = Double(spec.selection.sampleLimit)
    let networks = Double(max(1, holdOuts * spec.topology.alternatives.count + chosenNetworks))
    let scalar = spec.training.precision == .float32 ? 4.0 : 8.0
    let candidates = Double(spec.activations.functions.count * spec.restarts)
    let trained = min(samples, Double(spec.training.sampleLimit))
    let weights = min(
      Double(spec.refinement.largestWeightCount), sources * (1 + units))

    // What is tried with a network of its own has another Φ.
    let triesNetworks =
      spec.selection.lookAhead > 1 || spec.selection.rule == .validation || spec.pruning.units > 0
    // Units of large data are kept in float32 behind inputs that are none of Φ's.
    let width = !isMatrix && shape.rows > spec.selection.mostSeen ? 4.0 : 8.0
    let design =
      max(width * samples * kept, 8 * samplesToChooseBy * sources * networks) * (triesNetworks ? 2 : 1)
    // Which samples are represented, and were first with which unit; outputs and, where units are kept, scores and residual.
    let vectors = samples * (4 + 8 * outputs * (unitColumns == .kept ? 3 : 1))
    // What a pool is ranked on and its best are judged on, where that is a part of the samples.
    let drawn = isMatrix ? 0 : 8 * min(samples, 3 * chosen) * (sources + 3 * outputs)
    // A pool's samples, its parameters and what the optimiser keeps of each, and the partial sums of its gradient.
    let pool = trained * sources * scalar + sources * candidates * 8 * (10 + 2 * 16)
    // Levenberg–Marquardt's matrices: what is kept of each candidate, and partial sums up to a limit of their own.
    let curvature =
      spec.training.optimizer == .levenbergMarquardt ? sources * sources * candidates * 8 * (2 + 2) : 0
    let tuning = spec.refinement.applies(to: task) ? 8 * weights * weights * 6 : 0
    bytes = design + vectors + drawn + pool + curvature + tuning
    let largest = max(design, pool, curvature, tuning)
    key =
      largest == tuning
      ? "refinement.largestWeightCount" : largest == pool || largest == curvature ? "restarts" : nil
  }

  /// Throws where that is more than the machine has.
  package func check(available: Double = physicalMemory()) throws {
    guard bytes > available else { return }
    func gibibytes(_ bytes: Double) -> String { "\((bytes / 0x1p30 * 10).rounded() / 10) GiB" }
    throw InputError(
      .content, at: key.map { .init(column: $0) } ?? .init(),
      found: "a growth that may need \(gibibytes(bytes)) of memory",
      expected: "at most the \(gibibytes(available)) that there are: fewer rows, candidates or units")
  }
}
