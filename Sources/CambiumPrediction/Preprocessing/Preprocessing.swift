/// Everything between a raw table and the numbers that a learner sees, fitted on training rows and kept in the
/// model: which columns are inputs and how they are encoded, what the targets are, and the way back.
///
/// Encoded inputs have mean 0 and sample standard deviation 1 on the training rows.
public struct Preprocessing: Sendable, Equatable {
  /// The raw input columns that are used, in the table's order, at least one.
  public let inputs: [InputEncoding]
  /// The targets.
  public let target: TargetEncoding
  /// The names of all columns that were neither target nor ignored where it was fitted, those left out among them;
  /// nil where it was read from a file, which needs them for nothing.
  package var fittedColumns: [String]?

  /// Makes a preprocessing; inputs of different names, at least one.
  public init(inputs: [InputEncoding], target: TargetEncoding) {
    precondition(
      !inputs.isEmpty && Set(inputs.map(\.name)).count == inputs.count, "inputs of different names")
    self.inputs = inputs
    self.target = target
  }

  /// What is to be learned.
  public var task: Task { target.task }

  /// The encoded features in order, d of them.
  public var features: [EncodedFeature] { inputs.flatMap(\.features) }

  /// The encoded features' names, d of them.
  public var featureNames: [String] { features.map(\.name) }

  /// True where inputs and targets are encoded alike.
  public static func == (a: Preprocessing, b: Preprocessing) -> Bool {
    a.inputs == b.inputs && a.target == b.target
  }

  /// The encoded inputs of a table, N × d, of the given rows or of all, in that order. Target columns need not be
  /// there.
  ///
  /// - Throws: `InputError` for a column that is not there, or a cell that does not fit.
  public func features(from table: Table, rows: [Int]? = nil) throws -> Matrix {
    try inputs(from: table, rows: rows).matrix
  }

  /// The same, of large tables not yet encoded.
  public func inputs(
    from table: Table, rows: [Int]? = nil, largestMatrixCount: Int = Features.largestMatrixCount
  ) throws -> Features {
    let columns = try inputs.flatMap { input in
      try input.encoded(table.column(named: input.name), of: table, rows: rows)
    }
    return Features(
      encoding: columns, tableRowCount: table.rowCount, rows: rows, largestMatrixCount: largestMatrixCount)
  }
}

extension Preprocessing: Codable {
  private enum Key: String, CodingKey { case inputs, target }

  /// Reads a preprocessing and checks it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let inputs = try container.decode([InputEncoding].self, forKey: .inputs)
    let target = try container.decode(TargetEncoding.self, forKey: .target)
    let names = Set(inputs.map(\.name))
    guard !inputs.isEmpty, names.count == inputs.count, names.isDisjoint(with: target.columnNames) else {
      throw InputError.nonsense(
        in: container, found: "\(inputs.count) inputs, some of one name or named as a target",
        expected: "at least one input, all of different names")
    }
    self.init(inputs: inputs, target: target)
  }

  /// Writes the preprocessing.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(inputs, forKey: .inputs)
    try container.encode(target, forKey: .target)
  }
}
