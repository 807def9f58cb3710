import CambiumCore
import Foundation

@testable import Cambium

/// Small data for the tests of growth.
enum Samples {
  static let workers = WorkerPool(threads: 1)

  static func numbers(_ count: Int, _ label: String) -> [Double] {
    let generator = RandomStream(seed: 21).child(label).generator()
    return (0..<count).map { _ in generator.gaussian() }
  }

  static func matrix(_ rows: Int, _ columns: Int, _ label: String = "features") -> Matrix {
    Matrix(rows: rows, columns: columns, values: numbers(rows * columns, label))
  }

  static func weights(_ count: Int) -> [Double] {
    let generator = RandomStream(seed: 22).generator()
    return (0..<count).map { _ in generator.uniform(from: 0.2, to: 2) }
  }

  /// A smooth function of two inputs, several of them for several outputs, and noise.
  static func regression(
    _ count: Int, outputs: Int = 1, noise: Double = 0, weighted: Bool = false, label: String = "features"
  ) -> Dataset {
    let features = matrix(count, 2, label)
    let disturbance = matrix(count, outputs, label + " noise")
    var targets = Matrix(rows: count, columns: outputs)
    for o in 0..<outputs {
      for i in 0..<count {
        let (x, y) = (features[i, 0], features[i, 1])
        targets[i, o] = 0.7 * sin(1.5 * x + Double(o)) + 0.5 * x * y - 0.3 + noise * disturbance[i, o]
      }
    }
    return Dataset(
      features: features, targets: targets, task: .regression, weights: weighted ? weights(count) : nil)
  }

  /// Classes by the angle of a point of the plane, some of them wrong, so that no readout is certain.
  static func classes(_ count: Int, _ classes: Int, weighted: Bool = false, label: String = "features")
    -> Dataset
  {
    let features = matrix(count, 2, label)
    let chosen = (0..<count).map { i in
      let turn = (atan2(features[i, 0], features[i, 1]) / (2 * .pi) + 1).truncatingRemainder(dividingBy: 1)
      return (Int(turn * Double(classes)) + (i % 7 == 0 ? 1 : 0)) % classes
    }
    return dataset(features, classes: chosen, of: classes, weights: weighted ? weights(count) : nil)
  }

  static func dataset(
    _ features: Matrix, classes chosen: [Int], of classes: Int, weights: [Double]? = nil
  ) -> Dataset {
    let task = CambiumCore.Task.classification(classes: classes)
    var targets = Matrix(rows: features.rows, columns: task.outputCount(targets: 1))
    for (i, index) in chosen.enumerated() {
      if classes == 2 { targets[i, 0] = Double(index) } else { targets[i, index] = 1 }
    }
    return Dataset(features: features, targets: targets, task: task, weights: weights)
  }

  /// A synthetic task with its inputs standardised and its last column as the class.
  static func classes(of task: SyntheticTask, rows: Int) throws -> Dataset {
    let table = task.table(rows: rows, random: RandomStream(seed: 1))
    let columns = table.columns.compactMap { column -> [Double]? in
      if case .numbers(let numbers) = column.values { numbers.array } else { nil }
    }
    let inputs = columns.dropLast().flatMap { column in
      let mean = column.reduce(0, +) / Double(rows)
      let deviation = (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)).squareRoot()
      return column.map { ($0 - mean) / deviation }
    }
    return dataset(
      Matrix(rows: rows, columns: columns.count - 1, values: inputs),
      classes: columns[columns.count - 1].map { Int($0) }, of: 2)
  }

  /// A spec whose fits take milliseconds.
  static func quickSpec(units: Int = 4, holdOut: Bool = true) -> GrowthSpec {
    var spec = GrowthSpec()
    spec.restarts = 1
    spec.training.epochs = 12
    spec.stopping.maximumUnits = units
    spec.stopping.holdOuts = 1
    spec.refinement.every = 2
    spec.refinement.steps = 4
    if !holdOut { spec.stopping.validationFraction = 0 }
    return spec
  }
}

extension Grower {
  static func network(
    _ spec: GrowthSpec, _ data: Dataset, validation: Dataset? = nil, seed: UInt64 = 1, threads: Int = 1
  ) throws -> (network: Network, fit: Fit) {
    let context = FitContext(random: RandomStream(seed: seed), workers: WorkerPool(threads: threads))
    let fit = try Grower(spec: spec).fit(data, validation: validation, in: context)
    guard let network = fit.predictor as? Network else { throw NotANetwork() }
    return (network, fit)
  }

  struct NotANetwork: Error {}
}

extension Network {
  /// The network as JSON: the same bytes for the same network.
  var bytes: Data {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return try encoder.encode(self)
    }
  }
}
