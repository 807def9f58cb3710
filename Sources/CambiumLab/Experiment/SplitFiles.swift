internal import CambiumCore
internal import Foundation

/// The rows of splits that files list: for each split one file of training rows and one of test rows, whole numbers counted
/// from 0, one a line.
struct SplitFiles {
  let spec: SplitSpec
  /// The folder of the experiment.
  let folder: String
  let external: ExternalData

  /// All splits of a data set.
  ///
  /// - Throws: `InputError` with file and line where a row is none of the data set's, or stands in both parts.
  func rows(ofData name: String, rowCount: Int) throws -> [SplitRows] {
    try (0..<spec.repeats).map { index in
      let testPath = try path(spec.testFile, data: name, split: index)
      let test = try read(testPath, rowCount: rowCount)
      let isTest = Set(test)
      let training =
        try spec.trainFile.isEmpty
        ? (0..<rowCount).filter { !isTest.contains($0) }
        : read(path(spec.trainFile, data: name, split: index), rowCount: rowCount)
      guard !training.contains(where: isTest.contains) else {
        throw InputError(
          .content, at: .init(file: testPath), found: "a row that is a training row as well",
          expected: "rows for testing only")
      }
      return SplitRows(training: training, validation: [], test: test)
    }
  }

  /// A path beside the experiment, else in the folder of external data.
  private func path(_ pattern: String, data: String, split: Int) throws -> String {
    let file = pattern.replacing("{data}", with: data).replacing("{split}", with: "\(split)")
    let own = file.hasPrefix("/") ? file : "\(folder)/\(file)"
    return FileManager.default.fileExists(atPath: own) ? own : try external.path(of: file)
  }

  private func read(_ path: String, rowCount: Int) throws -> [Int] {
    guard let text = FileManager.default.contents(atPath: path).map({ String(decoding: $0, as: UTF8.self) })
    else {
      throw InputError(.missing, at: .init(file: path), found: "no readable file", expected: "row numbers")
    }
    var rows: [Int] = []
    var seen = Set<Int>()
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let word = line.trimmingCharacters(in: .whitespaces)
      if word.isEmpty { continue }
      // Some programs write whole numbers as 3.0 or 3.000e+00.
      guard let value = Double(word), let row = Int(exactly: value), (0..<rowCount).contains(row),
        seen.insert(row).inserted
      else {
        throw InputError(
          .content, at: .init(file: path, line: index + 1), found: quoted(word),
          expected: "a row number from 0 to \(rowCount - 1), each once")
      }
      rows.append(row)
    }
    guard !rows.isEmpty else {
      throw InputError(.content, at: .init(file: path), found: "no rows", expected: "row numbers, one a line")
    }
    return rows
  }
}
