/// How raw target columns become the outputs that a network learns, fitted on training rows.
public enum TargetEncoding: Sendable, Equatable {
  /// Numbers, each standardised.
  case numbers([NumericTarget])
  /// The classes of one column: their names in order, sorted (numbers by their value).
  case classes(column: String, names: [String])
  /// Classes with a 0/1 column each, at least two: the columns' names.
  case oneHot(columns: [String])

  /// The raw target columns' names, in order.
  public var columnNames: [String] {
    switch self {
    case .numbers(let targets): targets.map(\.name)
    case .classes(let column, _): [column]
    case .oneHot(let columns): columns
    }
  }

  /// The classes' names, in order; empty for numbers.
  public var classNames: [String] {
    switch self {
    case .numbers: []
    case .classes(_, let names): names
    case .oneHot(let columns): columns
    }
  }

  /// What is to be learned.
  public var task: Task {
    switch self {
    case .numbers: .regression
    case .classes, .oneHot: .classification(classes: classNames.count)
    }
  }

  /// How many outputs a network has for these targets.
  public var outputCount: Int { task.outputCount(targets: columnNames.count) }
}

/// A number to predict.
public struct NumericTarget: Sendable, Equatable, Codable {
  /// The raw column's name.
  public let name: String
  /// The standardisation.
  public let scaling: Scaling
  /// The smallest value in the training rows.
  public let minimum: Double
  /// The largest value in the training rows.
  public let maximum: Double

  /// Makes a target.
  public init(name: String, scaling: Scaling, minimum: Double, maximum: Double) {
    self.name = name
    self.scaling = scaling
    self.minimum = minimum
    self.maximum = maximum
  }
}

extension TargetEncoding: Codable {
  private enum Key: String, CodingKey { case kind, numbers, column, classes, columns }
  private enum Kind: String, Codable { case numbers, classes, oneHot }

  /// Reads an encoding and checks it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .numbers: self = .numbers(try container.decode([NumericTarget].self, forKey: .numbers))
    case .classes:
      self = .classes(
        column: try container.decode(String.self, forKey: .column),
        names: try container.decode([String].self, forKey: .classes))
    case .oneHot: self = .oneHot(columns: try container.decode([String].self, forKey: .columns))
    }
    let columns = columnNames
    guard !columns.isEmpty, Set(columns).count == columns.count else {
      throw InputError.nonsense(
        in: container, found: "\(columns.count) target columns, not all different",
        expected: "different columns")
    }
    if case .numbers = self { return }
    guard classNames.count > 1, Set(classNames).count == classNames.count else {
      throw InputError.nonsense(
        in: container, found: "\(classNames.count) classes, not all different",
        expected: "at least two different classes")
    }
  }

  /// Writes the encoding.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .numbers(let targets):
      try container.encode(Kind.numbers, forKey: .kind)
      try container.encode(targets, forKey: .numbers)
    case .classes(let column, let names):
      try container.encode(Kind.classes, forKey: .kind)
      try container.encode(column, forKey: .column)
      try container.encode(names, forKey: .classes)
    case .oneHot(let columns):
      try container.encode(Kind.oneHot, forKey: .kind)
      try container.encode(columns, forKey: .columns)
    }
  }
}
