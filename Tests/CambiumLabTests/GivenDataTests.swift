import CambiumCore
import Foundation
import Testing

@testable import CambiumLab

@Suite struct GivenDataTests {
  private let spec = """
    learners: [constant]
    data: [{name: t, external: sets/t.csv}]
    splits: {scheme: files, repeats: 2, testFile: "sets/{data}_{split}.txt"}
    """

  private func plan(_ folder: String?, _ text: String? = nil) throws -> Experiment {
    try Experiment(
      name: "given", folder: "no-such-folder", document: SpecDocument(text: text ?? spec, file: "e.yaml"),
      learners: constants,
      data: DataCatalogue(folder: "no-such-folder", external: ExternalData(folder: folder)))
  }

  private func withData(_ tests: [String], _ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: "\(folder)/sets", withIntermediateDirectories: true)
      let rows = (0..<10).map { "\($0),\($0 * $0)\n" }.joined()
      try ("x,y\n" + rows).write(toFile: "\(folder)/sets/t.csv", atomically: true, encoding: .utf8)
      for (index, text) in tests.enumerated() {
        try text.write(toFile: "\(folder)/sets/t_\(index).txt", atomically: true, encoding: .utf8)
      }
      try body(folder)
    }
  }

  @Test func filesTellTheSplits() throws {
    try withData(["0\n3\n", "1.0\n\n2.000e+00\n9"]) { folder in
      let experiment = try plan(folder)
      let rows = try (0..<2).map { try experiment.data[0].rows(ofSplit: $0, by: experiment.spec.splits) }
      #expect(rows[0] == SplitRows(training: [1, 2, 4, 5, 6, 7, 8, 9], validation: [], test: [0, 3]))
      #expect(rows[1].test == [1, 2, 9])
      #expect(Set(experiment.cells.map(\.identity)).count == 2)
    }
  }

  @Test(arguments: [false, true])
  func rowsOfValidationMayBeForTraining(isJoined: Bool) throws {
    try withTemporaryFolder { folder in
      try "x,y,part\n1,2,1\n2,3,0\n3,4,2\n4,5,0\n5,7,1\n".write(
        toFile: "\(folder)/t.csv", atomically: true, encoding: .utf8)
      let text = """
        learners: [constant]
        data: [{name: t, external: t.csv, targets: [y]}]
        splits: {scheme: column, column: part, joinsValidation: \(isJoined)}
        """
      let experiment = try plan(folder, text)
      let rows = try experiment.data[0].rows(ofSplit: 0, by: experiment.spec.splits)
      #expect(
        rows
          == (isJoined
            ? SplitRows(training: [0, 1, 3, 4], validation: [], test: [2])
            : SplitRows(training: [1, 3], validation: [0, 4], test: [2])))
    }
  }

  @Test(arguments: ["0\n10\n", "0\n0\n", "a\n", "0.5\n", "-1\n", ""])
  func rowsThatAreNoneAreNamed(text: String) throws {
    try withData(["0\n", text]) { folder in
      let error = #expect(throws: InputError.self) { try plan(folder) }
      #expect(error?.kind == .content)
      #expect(error?.location.file?.hasSuffix("t_1.txt") == true)
    }
  }

  @Test func dataThatIsNotThereIsSaidToBePut() throws {
    let unnamed = #expect(throws: InputError.self) { try plan(nil) }
    #expect(unnamed?.kind == .missing)
    #expect(
      unnamed?.expected.contains("CAMBIUM_DATA") == true && unnamed?.expected.contains("sets/t.csv") == true)
    try withTemporaryFolder { folder in
      let absent = #expect(throws: InputError.self) { try plan(folder) }
      #expect(absent?.kind == .missing && absent?.location.file == "\(folder)/sets/t.csv")
    }
  }
}
