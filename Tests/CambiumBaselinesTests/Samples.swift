import CambiumCore

/// Small made-up data sets that the tests share.
enum Samples {
  /// Normal inputs; targets that a small network can learn, or classes cut out of them.
  static func make(
    _ task: Task, rows: Int, features: Int = 3, targets: Int = 1, seed: UInt64 = 1, weighted: Bool = false
  ) -> Dataset {
    let generator = RandomStream(seed: seed).child("samples").generator()
    let inputs = Matrix(
      rows: rows, columns: features, values: (0..<rows * features).map { _ in generator.gaussian() })
    var outputs = Matrix(rows: rows, columns: task.outputCount(targets: targets))
    for i in 0..<rows {
      let first = features > 0 ? inputs[i, 0] : 0
      let last = features > 0 ? inputs[i, features - 1] : 0
      let chosen = Int(abs(first * last) * 2)
      for o in 0..<outputs.columns {
        let value = sine(2 * first + Double(o)) + 0.5 * first * last + 0.1 * generator.gaussian()
        switch task {
        case .regression: outputs[i, o] = value
        case .classification(2): outputs[i, 0] = value > 0 ? 1 : 0
        case .classification(let classes): outputs[i, o] = chosen % classes == o ? 1 : 0
        }
      }
    }
    let weights = weighted ? (0..<rows).map { _ in generator.uniform(from: 0.5, to: 3) } : nil
    return Dataset(features: inputs, targets: outputs, task: task, weights: weights)
  }

  /// The four points of exclusive or, ±1.
  static let exclusiveOr = Dataset(
    features: Matrix(rows: 4, columns: 2, values: [-1, -1, 1, 1, -1, 1, -1, 1]),
    targets: Matrix(rows: 4, columns: 1, values: [0, 1, 1, 0]), task: .classification(classes: 2))
}
