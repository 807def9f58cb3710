/// Which columns of a file are read, and as what.
///
/// By default all are read, and the first cell of each says whether it holds numbers or texts. Whoever knows better,
/// because a model was fitted to such columns before, says so: then `01` stays the text it was, and a column that
/// nobody asks for cannot be wrong.
public struct ColumnReading: Sendable, Equatable {
  /// The columns to read; nil for all. Those that the file lacks are missed only when they are asked for.
  public var wanted: Set<String>?
  /// Columns to pass over.
  public var ignored: Set<String>
  /// Columns whose cells stay as they are written, whatever they look like.
  public var texts: Set<String>
  /// Whether the first column names the rows: its cells stay as they are written, and it needs no name of its own.
  public var firstNamesRows: Bool

  /// A reading; of all columns, each as its first cell suggests, unless said otherwise.
  public init(
    wanted: Set<String>? = nil, ignored: Set<String> = [], texts: Set<String> = [],
    firstNamesRows: Bool = false
  ) {
    self.wanted = wanted
    self.ignored = ignored
    self.texts = texts
    self.firstNamesRows = firstNamesRows
  }

  func includes(_ name: String) -> Bool { !ignored.contains(name) && wanted?.contains(name) ?? true }
}

extension Table {
  /// The reading of another file for the columns of this one: texts stay texts.
  public var reading: ColumnReading {
    ColumnReading(
      wanted: Set(columnNames),
      texts: Set(
        columns.compactMap { column in
          guard case .texts = column.values else { return nil }
          return column.name
        }))
  }
}

extension Preprocessing {
  /// The reading of a file of raw data: the inputs, and the targets where they are asked for, each as in training.
  public func reading(includingTargets: Bool) -> ColumnReading {
    var texts = Set(
      inputs.compactMap { input in
        guard case .text(let text) = input else { return nil as String? }
        return text.name
      })
    // Classes that came from numbers have the names that numbers have.
    if case .classes(let column, let names) = target, names.contains(where: { !isNumberText($0) }) {
      texts.insert(column)
    }
    let targets = includingTargets ? target.columnNames : []
    return ColumnReading(wanted: Set(inputs.map(\.name)).union(targets), texts: texts)
  }
}
