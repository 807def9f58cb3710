internal import CKernels
internal import Cambium
internal import CambiumCore

/// How far answers are off where networks are computed in float32: measured, since a bound that holds of all inputs says of
/// units that read units far more than ever comes about.
struct FloatRounding {
  /// The largest difference from float64's answers, relative to the largest answer of a column, of classes to 1.
  let difference: Double

  private static let sampleCount = 512
  /// Wider than what was learned from, since the tails of data are heavier than those of the normal distribution.
  private static let spread = 2.0

  /// Measures it on inputs that are drawn: normal where they were numbers, else one of the two values. Standardising them in
  /// float32 moves them as well, here by the least that they can move.
  init(of plan: ExportPlan) {
    let features = plan.model.preprocessing.features
    let generator = RandomStream(seed: plan.model.provenance.seed).child("rounding").generator()
    var inputs = Matrix(rows: Self.sampleCount, columns: features.count)
    for (column, feature) in features.enumerated() {
      for row in 0..<Self.sampleCount {
        let value =
          switch feature.source {
          case .number: generator.gaussian(standardDeviation: Self.spread)
          case .isMissing, .level:
            feature.scaling.standardised(generator.uniform() < feature.scaling.mean ? 1 : 0)
          }
        inputs[row, column] = Double(Float(value))
      }
    }
    let workers = WorkerPool(threads: 1)
    let exact = mean(of: plan.networks.map { $0.outputs(for: inputs, workers: workers) })
    let moved = Matrix(
      rows: inputs.rows, columns: inputs.columns,
      values: inputs.values.enumerated().map { index, value in
        Double(index.isMultiple(of: 2) ? Float(value).nextUp : Float(value).nextDown)
      })
    let rounded = [inputs, moved].map { inputs in
      mean(of: plan.networks.map { $0.outputsInFloat(for: inputs) })
    }
    difference =
      (0..<exact.columns).map { output in
        let largest =
          rounded.flatMap { zip(exact.column(output), $0.column(output)).map { abs($0 - $1) } }.max() ?? 0
        guard case .numbers(let targets) = plan.answers else { return largest }
        let scaling = targets[output].scaling
        let answers = exact.column(output).map { abs(scaling.restored($0)) }
        return largest * scaling.standardDeviation / max(answers.max() ?? 0, .leastNormalMagnitude)
      }.max() ?? 0
  }
}

extension Network {
  /// The outputs for N × d inputs, computed in float32.
  fileprivate func outputsInFloat(for inputs: Matrix) -> Matrix {
    let count = inputs.rows
    var columns = [[Float](repeating: 1, count: count)]
    columns += (0..<inputCount).map { inputs.column($0).map { Float($0) } }
    for unit in units { columns.append(unit.responseInFloat(to: columns, count: count)) }
    var outputs = Matrix(rows: count, columns: readout.columns)
    for output in 0..<readout.columns {
      var sums = [Float](repeating: 0, count: count)
      for (source, column) in columns.enumerated() where readout[source, output] != 0 {
        sums.add(Float(clamping: readout[source, output]), column)
      }
      for row in 0..<count {
        let score =
          outputRanges.isEmpty ? Double(sums[row]) : Double(sums[row]).clamped(to: outputRanges[output])
        outputs[row, output] =
          link(ofOutput: output).map { Double(Float(clamping: $0.output(ofScore: score))) } ?? score
      }
    }
    return Loss(task: task).outputs(ofScores: outputs)
  }
}

extension Network.Unit {
  fileprivate func responseInFloat(to columns: [[Float]], count: Int) -> [Float] {
    func sum(_ factor: Network.Factor) -> [Float] {
      var sums = [Float](repeating: 0, count: count)
      for connection in connections where connection.factor == factor {
        sums.add(Float(clamping: connection.weight), columns[connection.source])
      }
      return sums
    }
    var z: [Float]
    switch activation.form {
    case .ridge: z = sum(.first)
    case .product: z = zip(sum(.first), sum(.second)).map { $0 * $1 }
    case .radial:
      z = [Float](repeating: 0, count: count)
      for connection in connections {
        let (width, centre) = (Float(clamping: connection.weight), Float(clamping: connection.centre))
        for row in 0..<count {
          let distance = width * (columns[connection.source][row] - centre)
          z[row] -= distance * distance
        }
      }
    }
    cambium_values_f32(activation.function, count, z, &z)
    let bounds = Float(clamping: range.lowerBound)...Float(clamping: range.upperBound)
    let (offset, scale) = (Float(clamping: offset), Float(clamping: scale))
    return z.map { scale * (Swift.min(Swift.max($0, bounds.lowerBound), bounds.upperBound) - offset) }
  }
}

extension [Float] {
  fileprivate mutating func add(_ factor: Float, _ column: [Float]) {
    for row in indices { self[row] += factor * column[row] }
  }
}

extension Double {
  fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
