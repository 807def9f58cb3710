/// What a model says of some rows, in the user's own terms.
public enum Predictions: Sendable, Equatable {
  /// Numbers in their original units: the targets' names, and N × m values.
  case numbers(names: [String], values: Matrix)
  /// Classes.
  case classes(ClassPredictions)

  /// As a table, one row for each sample: one column for each target, and with `includingProbabilities` one column
  /// `p:CLASS` for each class.
  ///
  /// One-hot targets come back as they were: a 0/1 column each.
  public func table(includingProbabilities: Bool = false) -> Table {
    switch self {
    case .numbers(let names, let values):
      Table(
        columns: names.enumerated().map { index, name in
          Table.Column(name: name, values: .numbers(NumberColumn(values.column(index))))
        })
    case .classes(let predictions):
      Table(
        columns: predictions.targetColumns + (includingProbabilities ? predictions.probabilityColumns : []))
    }
  }
}

/// Predicted classes with their probabilities.
public struct ClassPredictions: Sendable, Equatable {
  /// The classes' names, in order.
  public let classNames: [String]
  /// The name of the target column; nil where each class has a 0/1 column of its own.
  public let column: String?
  /// N × classes probabilities, each row of sum 1. Outputs of which nothing can be made give equal ones.
  public let probabilities: Matrix
  /// The most probable class of each row, counted from 0; of equals, the first.
  public let classIndices: [Int]

  /// Makes predictions from a network's N × m outputs, as `Dataset.targets` are laid out.
  package init(outputs: Matrix, target: TargetEncoding) {
    let names = target.classNames
    if case .classes(let column, _) = target { self.column = column } else { self.column = nil }
    var probabilities = Matrix(rows: outputs.rows, columns: names.count)
    var classIndices: [Int] = []
    classIndices.reserveCapacity(outputs.rows)
    for row in 0..<outputs.rows {
      let shares = Self.normalised(
        outputs.columns == 1
          ? [1 - outputs[row, 0], outputs[row, 0]] : (0..<names.count).map { outputs[row, $0] })
      var best = 0
      for (index, share) in shares.enumerated() {
        probabilities[row, index] = share
        if share > shares[best] { best = index }
      }
      classIndices.append(best)
    }
    self.classNames = names
    self.probabilities = probabilities
    self.classIndices = classIndices
  }

  private static func normalised(_ shares: [Double]) -> [Double] {
    let positive = shares.map { $0.isFinite ? max(0, $0) : 0 }
    let sum = positive.reduce(0, +)
    guard sum > 0, sum.isFinite else { return shares.map { _ in 1 / Double(shares.count) } }
    return sum == 1 ? positive : positive.map { $0 / sum }
  }

  fileprivate var targetColumns: [Table.Column] {
    guard let column else {
      return classNames.enumerated().map { index, name in
        Table.Column(name: name, values: .numbers(NumberColumn(classIndices.map { $0 == index ? 1 : 0 })))
      }
    }
    return [Table.Column(name: column, values: .texts(TextColumn(classIndices.lazy.map { classNames[$0] })))]
  }

  fileprivate var probabilityColumns: [Table.Column] {
    classNames.enumerated().map { index, name in
      Table.Column(name: "p:\(name)", values: .numbers(NumberColumn(probabilities.column(index))))
    }
  }
}

extension Preprocessing {
  /// A network's N × m outputs in the user's own terms: original units, or class names and probabilities.
  public func predictions(from outputs: Matrix) -> Predictions {
    precondition(outputs.columns == target.outputCount, "one column for each output")
    guard case .numbers(let targets) = target else {
      return .classes(ClassPredictions(outputs: outputs, target: target))
    }
    var values = outputs
    for (column, target) in targets.enumerated() {
      for row in 0..<outputs.rows { values[row, column] = target.scaling.restored(outputs[row, column]) }
    }
    return .numbers(names: targets.map(\.name), values: values)
  }
}
