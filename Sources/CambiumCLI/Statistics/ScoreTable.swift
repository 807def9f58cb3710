import CambiumCore
import CambiumStatistics

/// Scores of several learners on several data sets, as a file has them.
struct ScoreTable {
  /// The data sets' names, each another.
  let dataSets: [String]
  /// The learners' names, each another.
  let learners: [String]
  /// A row for each data set, in it a score for each learner; nil where the cell is empty.
  let scores: [[Double?]]
  private let table: Table

  /// Reads a CSV file with a row for each data set, its name first, and a column for each learner.
  ///
  /// - Throws: `InputError` of file, line and column: what ``Table/read(_:as:)`` throws, a data set without a name or one
  ///   that was there before, a score that is no number.
  static func read(_ path: String) throws -> ScoreTable {
    try ScoreTable(Table.read(path, as: ColumnReading(firstNamesRows: true)))
  }

  private init(_ table: Table) throws {
    self.table = table
    dataSets = try Self.names(in: table)
    let columns = try table.columns.dropFirst().map { column in
      (name: column.name, scores: try Self.scores(of: column, in: table))
    }
    learners = columns.map(\.name)
    scores = (0..<table.rowCount).map { row in columns.map { $0.scores[row] } }
  }

  private static func names(in table: Table) throws -> [String] {
    var lines: [String: Int] = [:]
    return try (0..<table.rowCount).map { row in
      guard let name = table.columns.first?.text(ofRow: row) else {
        throw InputError(
          .content, at: table.location(row: row), found: "no name in the first column",
          expected: "the name of a data set")
      }
      if let line = lines.updateValue(table.line(ofRow: row), forKey: name) {
        throw InputError(
          .content, at: table.location(row: row), found: "data set \"\(name)\" again, after line \(line)",
          expected: "one row for each data set, such as means over its splits")
      }
      return name
    }
  }

  private static func scores(of column: Table.Column, in table: Table) throws -> [Double?] {
    switch column.values {
    case .numbers(let numbers): return numbers.map { $0.isNaN ? nil : $0 }
    case .texts(let texts):
      let row = texts.firstIndex { $0 != nil } ?? 0
      throw InputError(
        .content, at: table.location(row: row, column: column.name), found: "\"\(texts[row] ?? "")\"",
        expected: "a score, which is a number")
    }
  }

  /// Compares the learners.
  ///
  /// - Throws: `InputError` where there is nothing to compare.
  func comparison(
    _ direction: LearnerComparison.Direction, rope: Double, level: Double
  ) throws -> LearnerComparison {
    do {
      return try LearnerComparison(
        scores: scores, learners: learners, direction: direction, rope: rope, level: level)
    } catch .tooFewLearners(let count) {
      throw InputError(
        .content, at: InputLocation(file: table.file, line: 1),
        found: count == 0 ? "no column of scores" : "one column of scores",
        expected: "the data sets' names, and a column for each of two or more learners")
    } catch .unusableScore(let dataSet, let learner, let score) {
      throw InputError(
        .content, at: table.location(row: dataSet, column: learners[learner]), found: "\(score)",
        expected: "a score between ±\(LearnerComparison.largestScore)")
    } catch .noCompleteDataSet {
      let empty = learners.indices.first { learner in scores.allSatisfy { $0[learner] == nil } }
      throw InputError(
        .content, at: table.location(column: empty.map { learners[$0] }),
        found: empty == nil ? "a missing score on every data set" : "no score",
        expected: "at least one data set with a score of every learner")
    }
  }
}
