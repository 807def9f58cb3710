internal import CambiumCore

/// Figures of other people's models that an experiment's own are put beside.
public struct PublishedSpec: Codable, Sendable, Equatable {
  /// A CSV file beside the experiment, a row for each data set: its name in the column `data`; for each model a column of
  /// errors, in the unit of the experiment's first metric, and where they are known the columns `MODEL units` and
  /// `MODEL connections`. Cells may be empty. Default: none, and no comparison.
  public var file = ""
  /// Where the figures are from, in words.
  public var source = ""

  /// No comparison.
  public init() {}

  func validate() throws {
    try require(source.isEmpty || !file.isEmpty, "source", "\"\(source)\"", "a file of figures as well")
  }
}
