public import CambiumCore

/// What a folder of data sets says of them: the file `index.yaml` beside the CSV files.
public struct DataIndex: Spec, Equatable {
  /// The data sets.
  public var sets: [DataIndexEntry] = []

  /// An index of nothing.
  public init() {}

  /// Checks that every set has a name of its own and a file.
  public func validate() throws {
    for (index, entry) in sets.enumerated() {
      try require(!entry.file.isEmpty, "sets.\(index).file", "no file", "a CSV file in the index's folder")
      try require(
        !sets[..<index].contains { $0.name == entry.name }, "sets.\(index).name",
        "the name \"\(entry.name)\" again", "names that differ")
    }
  }
}

/// One data set of an index.
public struct DataIndexEntry: Codable, Sendable, Equatable {
  /// Its name.
  public var name: String
  /// What it is about, in a few words.
  public var title: String
  /// The CSV file, relative to the index.
  public var file: String
  /// The target columns.
  public var targets: [String]
  /// What is learned.
  public var task: TaskChoice
  /// Columns that are no inputs.
  public var ignored: [String]

  private enum CodingKeys: String, CodingKey { case name, title, file, targets, task, ignored }

  /// Reads an entry; only the name must be there.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .name)
    self.name = name
    title = try container.value(.title, or: "")
    file = try container.value(.file, or: "\(name).csv")
    targets = try container.value(.targets, or: [])
    task = try container.choice(.task, or: .auto)
    ignored = try container.value(.ignored, or: [])
  }
}
