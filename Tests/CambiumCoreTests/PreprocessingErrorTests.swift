import CambiumCore
import Testing

/// Every way in which data can be unfit to learn from, and what the error says of it.
@Suite struct PreprocessingErrorTests {
  private func expect(
    _ text: String, targets: [String] = [], task: TaskChoice = .auto, ignoring: [String] = [],
    rows: [Int]? = nil,
    line: Int? = nil, column: String? = nil, found: String, expected: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expectInputError(
      file: "d.csv", line: line, column: column, found: found, expected: expected,
      sourceLocation: sourceLocation
    ) {
      try Preprocessing.fit(
        to: try Table.parse(text, file: "d.csv"), targets: targets, task: task, ignoring: ignoring, rows: rows
      )
    }
  }

  private let plain = "a,b,y\n1,2,0.5\n2,2.5,1.5\n3,1,2.25\n"

  @Test func namesOfTargets() {
    expect(plain, targets: ["yy"], found: "\"yy\"", expected: "did you mean \"y\"")
    expect(plain, targets: ["y", "y"], found: "\"y\" twice")
    expect(plain, targets: ["a", "b", "y", "z"], found: "4 targets", expected: "3 columns")
    expect(plain, targets: ["a", "b", "y"], found: "no column beside", expected: "input")
    expect(plain, targets: ["y"], ignoring: ["y"], found: "to be ignored")
    expect(plain, ignoring: ["split"], found: "\"split\"")
    expect(plain, ignoring: ["a", "b", "y"], found: "not ignored")
    expect("y\n1\n2\n", found: "no column beside \"y\"")
  }

  @Test func tooFewRows() {
    expect("a,y\n1,0.5\n", found: "1 training row", expected: "two")
    expect(plain, rows: [1], found: "1 training row")
    expect(plain, rows: [], found: "0 training rows")
  }

  @Test func oneClass() {
    expect("a,c\n1,x\n2,x\n3,x\n", column: "c", found: "\"x\"", expected: "two classes")
    expect("a,c\n1,1\n2,1\n3,1\n", column: "c", found: "\"1\"")
    expect("a,c\n1,x\n2,x\n3,y\n", rows: [0, 1], column: "c", found: "\"x\"")
    expect("a,p,q\n1,1,0\n2,1,0\n", targets: ["p", "q"], column: "p, q", found: "\"p\"")
  }

  @Test func constantTargets() {
    expect("a,y\n1,0.5\n2,0.5\n", column: "y", found: "the one value 0.5", expected: "varies")
    expect("a,y\n1,3\n2,3\n", task: .regression, column: "y", found: "the one value 3")
  }

  @Test func missingTargets() {
    expect("a,y\n1,0.5\n2,\n3,1.5\n", line: 3, column: "y", found: "missing target", expected: "a number")
    expect("a,c\n1,x\n2,y\n3,NA\n", line: 4, column: "c", found: "missing target", expected: "\"x\", \"y\"")
    expect("a,p,q\n1,1,0\n2,,1\n3,0,1\n", targets: ["p", "q"], line: 3, column: "p, q", found: "nothing, 1")
    expect("a,y\n1,\n2,\n", task: .regression, line: 2, column: "y", found: "missing target")
    #expect(throws: Never.self) {
      try Preprocessing.fit(to: Table.parse("a,y\n1,0.5\n2,\n3,1.5\n"), rows: [0, 2])
    }
  }

  @Test func targetsThatDoNotFitTheTask() {
    expect("a,c\n1,x\n2,y\n", task: .regression, line: 2, column: "c", found: "\"x\"", expected: "a number")
    expect("a,c,y\n1,x,1\n2,y,2\n", targets: ["c", "y"], line: 2, column: "c", found: "\"x\"")
    expect(
      plain, targets: ["b", "y"], task: .classification, line: 2, column: "b, y", found: "2, 0.5",
      expected: "exactly one 1")
    expect(
      "a,p,q\n1,1,0\n2,1,1\n", targets: ["p", "q"], task: .classification, line: 3, column: "p, q",
      found: "1, 1")
    let many = (0..<1500).map { "\($0),\(Double($0) + 0.5)\n" }.joined()
    expect(
      "a,y\n" + many, task: .classification, column: "y", found: "1500 different classes", expected: "1000")
  }

  @Test func nothingToLearnFrom() {
    expect("a,b,y\n1,,0.5\n1,,1.5\n", found: "no input column that can be learned from")
    expect("t,y\nu,0.5\nv,1.5\nw,1.25\n", found: "no input column that can be learned from")
  }

  @Test func spreadsBeyondNumbers() {
    expect("a,y\n1.7e308,1\n-1.7e308,0.5\n", column: "a", found: "1.7e+308", expected: "spread")
    expect(
      "a,y\n1,1.7e308\n2,-1.7e308\n", task: .regression, column: "y", found: "1.7e+308", expected: "units")
  }

  @Test func tablesUnlikeTheTrainingTable() throws {
    let training = try Table.parse("age,height,y\n1,2,0.5\n2,2.5,1.5\n3,1,2.25\n")
    let preprocessing = try Preprocessing.fit(to: training).preprocessing
    func table(_ text: String) throws -> Table { try Table.parse(text, file: "n.csv") }
    expectInputError(file: "n.csv", found: "\"height\"", expected: "did you mean \"Height\"?") {
      try preprocessing.features(from: table("age,Height\n1,2\n"))
    }
    expectInputError(file: "n.csv", line: 3, column: "age", found: "\"old\"", expected: "a number") {
      try preprocessing.features(from: table("age,height\nNA,1\nold,2\n"))
    }
    let narrow = try Preprocessing.fit(to: Table.parse("a,y\n1e-5,1\n2e-5,0.5\n")).preprocessing
    expectInputError(file: "n.csv", line: 2, column: "a", found: "1e+308", expected: "mean 1.5") {
      try narrow.features(from: table("a\n1e308\n"))
    }
    expectInputError(file: "n.csv", found: "\"y\"") {
      try preprocessing.dataset(from: table("age,height\n1,2\n"))
    }
    expectInputError(file: "n.csv", line: 2, column: "y", found: "missing target") {
      try preprocessing.dataset(from: table("age,height,y\n1,2,\n"))
    }
    expectInputError(file: "n.csv", line: 2, column: "y", found: "\"much\"", expected: "a number") {
      try preprocessing.dataset(from: table("age,height,y\n1,2,much\n"))
    }
    let classes = try Preprocessing.fit(to: Table.parse("a,c\n1,x\n2,y\n")).preprocessing
    expectInputError(file: "n.csv", line: 3, column: "c", found: "\"z\"", expected: "\"x\", \"y\"") {
      try classes.dataset(from: table("a,c\n1,x\n2,z\n"))
    }
  }
}
