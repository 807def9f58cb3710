/// Rows to train with, to choose by, and to test on, as a column of the table tells.
public struct SplitColumn: Sendable, Equatable {
  /// Rows of `0` or `train`, at least one.
  public let training: [Int]
  /// Rows of `1` or `validation`.
  public let validation: [Int]
  /// Rows of `2` or `test`.
  public let test: [Int]

  /// Reads the column `name` of a table.
  ///
  /// - Throws: `InputError` where there is no such column, a cell holds anything else, or no row is for training.
  public init(named name: String, of table: Table) throws {
    let column = try table.column(named: name)
    var parts: (training: [Int], validation: [Int], test: [Int]) = ([], [], [])
    for row in 0..<table.rowCount {
      let cell = column.text(ofRow: row)
      switch cell?.lowercased() {
      case "0", "train", "training": parts.training.append(row)
      case "1", "validation", "valid": parts.validation.append(row)
      case "2", "test": parts.test.append(row)
      default:
        throw InputError(
          .content, at: table.location(row: row, column: name), found: cell.map(quoted) ?? "nothing",
          expected: "0, 1 or 2, or train, validation or test")
      }
    }
    guard !parts.training.isEmpty else {
      throw InputError(
        .content, at: table.location(column: name), found: "no row to train with",
        expected: "rows of 0 or train")
    }
    (training, validation, test) = parts
  }
}
