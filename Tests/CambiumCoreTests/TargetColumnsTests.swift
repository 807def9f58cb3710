import CambiumCore
import Testing

@Suite struct TargetColumnsTests {
  private func kind(
    ofTarget values: [String], task: TaskChoice = .auto
  ) throws -> TargetColumns.Kind {
    let text = "a,y\n" + values.enumerated().map { "\($0),\($1)\n" }.joined()
    return try TargetColumns.resolve(in: Table.parse(text), targets: [], task: task).kind
  }

  private func repeated(_ values: Range<Int>, times: Int) -> [String] {
    (0..<times).flatMap { _ in values.map(String.init) }
  }

  @Test func automaticChoice() throws {
    #expect(try kind(ofTarget: ["b", "a", "b"]) == .classes(["a", "b"]))
    #expect(try kind(ofTarget: ["1", "0"]) == .classes(["0", "1"]))
    #expect(try kind(ofTarget: ["10", "-1", "10"]) == .classes(["-1", "10"]))
    #expect(try kind(ofTarget: repeated(8..<12, times: 5)) == .classes(["8", "9", "10", "11"]))
    #expect(try kind(ofTarget: repeated(0..<20, times: 5)) == .classes((0..<20).map(String.init)))
    #expect(try kind(ofTarget: repeated(0..<21, times: 9)) == .numbers)
    #expect(try kind(ofTarget: repeated(0..<3, times: 4)) == .numbers)
    #expect(try kind(ofTarget: ["0.5", "1", "0.5"]) == .numbers)
  }

  @Test func askedFor() throws {
    #expect(try kind(ofTarget: ["1", "0"], task: .regression) == .numbers)
    #expect(try kind(ofTarget: ["2.5", "-1", "10"], task: .classification) == .classes(["-1", "2.5", "10"]))
  }

  @Test func zerosAreOneClass() throws {
    #expect(try kind(ofTarget: ["-0", "0", "1", "0.0"]) == .classes(["0", "1"]))
    let table = try Table.parse("a,y\n1,-0\n2,0\n3,1\n")
    let preprocessing = try Preprocessing.fit(to: table).preprocessing
    #expect(try preprocessing.dataset(from: table).classIndices == [0, 0, 1])
  }

  @Test func severalTargets() throws {
    let oneHot = try Table.parse("a,p,q\n1,1,0\n2,0,1\n3,NA,\n")
    func kind(_ table: Table, _ task: TaskChoice = .auto) throws -> TargetColumns.Kind {
      try TargetColumns.resolve(in: table, targets: ["p", "q"], task: task).kind
    }
    #expect(try kind(oneHot) == .oneHot)
    #expect(try kind(oneHot, .classification) == .oneHot)
    #expect(try kind(oneHot, .regression) == .numbers)
    #expect(try kind(Table.parse("a,p,q\n1,1,0\n2,1,1\n")) == .numbers)
    #expect(try kind(Table.parse("a,p,q\n1,0.5,0.5\n2,0,1\n")) == .numbers)
  }

  @Test func theLastColumnThatIsNotIgnored() throws {
    let table = try Table.parse("a,y,split\n1,x,0\n2,z,1\n")
    #expect(
      try TargetColumns.resolve(in: table, targets: [], task: .auto, ignoring: ["split"]).names == ["y"])
  }

  @Test func strata() throws {
    let table = try Table.parse("a,c\n1,x\n2,NA\n3,y\n4,x\n")
    #expect(try TargetColumns.resolve(in: table, targets: [], task: .auto).strata(of: table) == [0, 2, 1, 0])
    let oneHot = try Table.parse("a,p,q\n1,1,0\n2,0,1\n3,1,0\n")
    let columns = try TargetColumns.resolve(in: oneHot, targets: ["p", "q"], task: .auto)
    #expect(try columns.strata(of: oneHot) == [0, 1, 0])
    #expect(try TargetColumns.resolve(in: table, targets: ["a"], task: .regression).strata(of: table).isEmpty)
  }

  /// A class that no training row has is known nevertheless, so that a split cannot break an evaluation.
  @Test func rareClassesAreKnown() throws {
    let table = try Table.parse("a,c\n1,x\n2,y\n3,z\n4,x\n")
    let preprocessing = try Preprocessing.fit(to: table, rows: [0, 1, 3]).preprocessing
    #expect(preprocessing.task == .classification(classes: 3))
    #expect(try preprocessing.dataset(from: table, rows: [2]).classIndices == [2])
  }
}
