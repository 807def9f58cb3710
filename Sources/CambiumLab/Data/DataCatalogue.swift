internal import CambiumCore
internal import FoundationEssentials

/// Where data sets come from: a folder with an index, files, and synthetic tasks.
public struct DataCatalogue: Sendable {
  /// The folder of the index; its sets are known by name.
  public let folder: String
  /// The index.
  public let index: DataIndex

  /// The catalogue of a folder; where it has no `index.yaml`, only files and synthetic tasks are known.
  ///
  /// - Throws: `InputError` of a broken index.
  public init(folder: String) throws {
    self.folder = folder
    let path = "\(folder)/index.yaml"
    self.index = FileManager.default.fileExists(atPath: path) ? try SpecFile.read(from: path) : DataIndex()
  }

  /// Loads a data set.
  ///
  /// - Parameters:
  ///   - choice: Which one; the index completes what the choice leaves open.
  ///   - base: The folder that the choice's file is relative to.
  ///   - splitColumn: A column that tells the split, and so is no input.
  /// - Throws: `InputError` where there is no such set, file, task or column, or its content is not in order.
  public func load(_ choice: DataChoice, relativeTo base: String, splitColumn: String? = nil) throws
    -> LoadedData
  {
    var choice = choice
    let random = RandomStream(seed: UInt64(choice.seed))
    func read(_ path: String) throws -> Table {
      try Table.read(path, as: ColumnReading(ignored: Set(choice.ignored.filter { $0 != splitColumn })))
    }
    let table: Table
    var test: Table?
    if !choice.synthetic.isEmpty {
      table = try synthetic(choice.synthetic, rows: choice.rows, random: random)
      if !choice.test.isEmpty {
        test = try synthetic(choice.test, rows: choice.rows, random: random.child("test"))
      }
    } else if !choice.file.isEmpty {
      table = try read(path(choice.file, relativeTo: base))
      if !choice.test.isEmpty {
        test = try Table.read(path(choice.test, relativeTo: base), as: table.reading)
      }
    } else {
      let entry = try entry(named: choice.name)
      if choice.targets.isEmpty { choice.targets = entry.targets }
      if choice.task == .auto { choice.task = entry.task }
      if choice.ignored.isEmpty { choice.ignored = entry.ignored }
      table = try read("\(folder)/\(entry.file)")
    }
    if let splitColumn, !choice.ignored.contains(splitColumn) { choice.ignored.append(splitColumn) }
    return try LoadedData(choice, table: table, test: test)
  }

  private func synthetic(_ name: String, rows: Int, random: RandomStream) throws -> Table {
    let task = try SyntheticTask.named(name)
    return task.table(rows: rows > 0 ? rows : task.usualRowCount, random: random)
  }

  private func path(_ file: String, relativeTo base: String) -> String {
    file.hasPrefix("/") ? file : "\(base)/\(file)"
  }

  private func entry(named name: String) throws -> DataIndexEntry {
    guard let entry = index.sets.first(where: { $0.name == name }) else {
      throw InputError(
        .content, found: "data set \"\(name)\"",
        expected: "a \"file\", a \"synthetic\" task, or "
          + NearMiss.expectation("a data set", for: name, among: index.sets.map(\.name)))
    }
    return entry
  }
}
