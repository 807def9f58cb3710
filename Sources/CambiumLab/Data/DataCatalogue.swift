internal import CambiumCore
internal import FoundationEssentials

/// Where data sets come from: a folder with an index, files, and synthetic tasks.
public struct DataCatalogue: Sendable {
  /// The folder of the index; its sets are known by name.
  public let folder: String
  /// The index.
  public let index: DataIndex
  /// Where data lies that is not the project's to copy.
  public let external: ExternalData

  /// The catalogue of a folder; where it has no `index.yaml`, only files and synthetic tasks are known.
  ///
  /// - Parameters:
  ///   - folder: The folder of the index.
  ///   - external: The folder of data from elsewhere; by default the one that the environment names.
  /// - Throws: `InputError` of a broken index.
  public init(folder: String, external: ExternalData = .ofEnvironment) throws {
    self.folder = folder
    self.external = external
    let path = "\(folder)/index.yaml"
    self.index = FileManager.default.fileExists(atPath: path) ? try SpecFile.read(from: path) : DataIndex()
  }

  /// Loads a data set.
  ///
  /// - Parameters:
  ///   - choice: Which one; the index completes what the choice leaves open.
  ///   - base: The folder that the choice's file is relative to.
  ///   - splits: How it is to be split: a column that tells the split is no input, files that list rows are read.
  /// - Throws: `InputError` where there is no such set, file, task or column, or its content is not in order.
  public func load(_ choice: DataChoice, relativeTo base: String, splits: SplitSpec = .init()) throws
    -> LoadedData
  {
    let splitColumn = splits.scheme == .column ? splits.column : nil
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
    } else if !choice.file.isEmpty || !choice.external.isEmpty {
      func path(_ file: String) throws -> String {
        try choice.file.isEmpty ? external.path(of: file) : self.path(file, relativeTo: base)
      }
      table = try read(path(choice.file.isEmpty ? choice.external : choice.file))
      if !choice.test.isEmpty { test = try Table.read(path(choice.test), as: table.reading) }
    } else {
      let entry = try entry(named: choice.name)
      if choice.targets.isEmpty { choice.targets = entry.targets }
      if choice.task == .auto { choice.task = entry.task }
      if choice.ignored.isEmpty { choice.ignored = entry.ignored }
      table = try read("\(folder)/\(entry.file)")
    }
    if let splitColumn, !choice.ignored.contains(splitColumn) { choice.ignored.append(splitColumn) }
    let givenSplits =
      try splits.scheme == .files
      ? SplitFiles(spec: splits, folder: base, external: external)
        .rows(ofData: choice.name, rowCount: table.rowCount) : []
    return try LoadedData(choice, table: table, test: test, givenSplits: givenSplits)
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
