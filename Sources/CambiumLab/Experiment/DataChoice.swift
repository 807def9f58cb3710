public import CambiumCore

/// A data set of an experiment: one row of its table.
///
/// It is a set of the index of `experiments/data` by its name alone, a CSV file beside the experiment or in the folder of
/// external data, or a synthetic task.
public struct DataChoice: Codable, Sendable, Equatable {
  /// The name in tables and figures.
  public var name: String
  /// A CSV file, relative to the experiment's folder; empty for a set of the index or a synthetic task.
  public var file = ""
  /// A CSV file in the folder that `CAMBIUM_DATA` names, for data that may not be copied into a project; empty for none.
  public var external = ""
  /// The name of a synthetic task to generate; empty for none.
  public var synthetic = ""
  /// The rows of a synthetic task; 0 for the task's own number.
  public var rows = 0
  /// The seed of a synthetic task's rows.
  public var seed = 1
  /// Rows to test on, given apart: a synthetic task where the data are one, else a CSV file; empty for none. Then
  /// nothing is split: repeats differ in the learners' random choices alone.
  public var test = ""
  /// The share of the training rows that learners hold out to choose by, 0…0.9; below 0 each learner's own. 0
  /// suits data without noise. Default −1.
  public var validationFraction = -1.0
  /// The target columns; none for those of the index, else for the last column.
  public var targets: [String] = []
  /// What is learned.
  public var task = TaskChoice.auto
  /// Columns that are no inputs.
  public var ignored: [String] = []

  /// A data set by name.
  public init(name: String) { self.name = name }

  private enum CodingKeys: String, CodingKey {
    case name, file, external, synthetic, rows, seed, test, validationFraction, targets, task, ignored
  }

  /// Reads a mapping, or a bare name.
  public init(from decoder: any Decoder) throws {
    if let name = try? decoder.singleValueContainer().decode(String.self) {
      self.init(name: name)
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let synthetic = try container.value(.synthetic, or: "")
    let file = try container.value(.file, or: "")
    let external = try container.value(.external, or: "")
    self.init(
      name: try container.value(
        .name, or: synthetic.isEmpty ? Self.stem(of: file.isEmpty ? external : file) : synthetic))
    self.external = external
    self.synthetic = synthetic
    self.file = file
    rows = try container.value(.rows, or: 0)
    seed = try container.value(.seed, or: 1)
    test = try container.value(.test, or: "")
    validationFraction = try container.value(.validationFraction, or: -1)
    targets = try container.value(.targets, or: [])
    task = try container.choice(.task, or: .auto)
    ignored = try container.value(.ignored, or: [])
  }

  func validate(at key: String) throws {
    let origins = [file, external, synthetic].filter { !$0.isEmpty }
    try require(
      origins.count <= 1, "\(key).\(synthetic.isEmpty ? "external" : "synthetic")",
      "more than one of a file, an external file and a synthetic task", "one of them")
    try require((0...10_000_000).contains(rows), "\(key).rows", "\(rows)", "a value from 0 to 10000000")
    try require(
      rows == 0 || !synthetic.isEmpty, "\(key).rows", "rows of a file", "rows of a synthetic task only")
    try require(
      validationFraction <= 0.9, "\(key).validationFraction", "\(validationFraction)", "a value up to 0.9")
    try require(
      test.isEmpty || !origins.isEmpty, "\(key).test", "test rows of a set of the index",
      "test rows of a file or a synthetic task only")
    try require(seed >= 0, "\(key).seed", "\(seed)", "a whole number from 0 on")
  }

  /// A file's name without folder and ending.
  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    return name.split(separator: ".").first.map(String.init) ?? name
  }
}
