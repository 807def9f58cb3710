import CambiumCore
import Foundation
import Testing

/// Every way in which a CSV file can be wrong, and what the error says of it.
@Suite struct TableErrorTests {
  private func expect(
    _ text: String, line: Int, column: String? = nil, found: String, expected: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expectInputError(
      file: "d.csv", line: line, column: column, found: found, expected: expected,
      sourceLocation: sourceLocation
    ) { try Table.parse(text, file: "d.csv") }
  }

  @Test func emptyFiles() {
    expect("", line: 1, found: "empty file")
    expect("\n\n", line: 1, found: "empty file")
    expect("a,b\n", line: 1, found: "no rows")
    expect("a,b", line: 1, found: "no rows")
  }

  @Test func raggedRows() {
    expect("a,b\n1,2\n3\n", line: 3, found: "1 field", expected: "2 fields")
    expect("a,b\n1,2\n\n3,4,5\n", line: 4, found: "3 fields", expected: "2 fields")
    expect("a,b\n\"x\ny\",2\n3\n", line: 4, found: "1 field")
  }

  @Test func names() {
    expect("a,,c\n1,2,3\n", line: 1, found: "no name for column 2")
    expect("a,b,a\n1,2,3\n", line: 1, found: "\"a\" twice")
    expect("1.5,2\n3,4\n", line: 1, found: "first line of numbers", expected: "header")
  }

  @Test func textAmongNumbers() {
    expect("a,b\n1,2\n3,x\n", line: 3, column: "b", found: "\"x\"", expected: "a number")
    expect("t,b\n\"u\r\nv\",2\r\nw,1 000\r\n", line: 4, column: "b", found: "\"1 000\"", expected: "a number")
    expect("a\nNA\n?\n7\nNo\n", line: 5, column: "a", found: "\"No\"")
  }

  @Test(arguments: ["inf", "-Infinity", "1e999"]) func infinities(text: String) {
    expect("a,b\n1,\(text)\n", line: 2, column: "b", found: text, expected: "finite")
    expect("a,b\n1,1\n2,\(text)\n", line: 3, column: "b", found: text, expected: "finite")
  }

  @Test func quotes() {
    expect("a,b\n1,\"x\n2,y\n", line: 2, column: "b", found: "does not end")
    expect("a,b\n1,x\n2,5\" pipe\n", line: 3, column: "b", found: "quote inside")
    expect("a,b\n1,\"x\"y\n", line: 2, column: "b", found: "after a closing quote")
  }

  @Test func bytes() throws {
    expect("a,b\n1,x\0y\n", line: 2, column: "b", found: "NUL")
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data([UInt8]("a,b\n1,Krak".utf8) + [0xF3, 0x77] + [UInt8]("\n".utf8)).write(to: URL(filePath: path))
    expectInputError(file: path, line: 2, column: "b", found: "not UTF-8", expected: "UTF-8") {
      try Table.read(path)
    }
    // What a spreadsheet saves as "Unicode text".
    try Data([0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00]).write(to: URL(filePath: path))
    expectInputError(file: path, line: 1, found: "", expected: "UTF-8") { try Table.read(path) }
  }

  @Test func files() {
    expectInputError(.missing, file: "/nowhere/x.csv", found: "no such file") {
      try Table.read("/nowhere/x.csv")
    }
    expectInputError(.missing, file: "/", found: "a directory") { try Table.read("/") }
    expectInputError(.missing, file: "a\0b", found: "no such file") { try Table.read("a\0b") }
  }

  @Test func columnsThatAreNotThere() throws {
    let table = try Table.parse("weight,height,age\n1,2,3\n", file: "d.csv")
    expectInputError(file: "d.csv", found: "\"hieght\"", expected: "did you mean \"height\"") {
      try table.column(named: "hieght")
    }
    expectInputError(file: "d.csv", found: "\"Age\"", expected: "\"age\"") { try table.column(named: "Age") }
    expectInputError(file: "d.csv", found: "\"zzzzz\"", expected: "\"weight\", \"height\", \"age\"") {
      try table.column(named: "zzzzz")
    }
  }

  /// Nothing that a file can hold crashes: random bytes of the kind that matters to a parser.
  @Test func anyBytesAreATableOrAnError() {
    let generator = RandomStream(seed: 4).generator()
    let pieces = [
      "\"", ",", "\n", "\r", " ", "a", "1", "-", ".", "e", "inf", "NA", "\0", "é", "\u{FEFF}", "\t",
    ]
    for _ in 0..<3000 {
      let text = (0..<generator.index(below: 30)).map { _ in pieces[generator.index(below: pieces.count)] }
        .joined()
      do {
        let table = try Table.parse(text)
        #expect(table.rowCount > 0)
      } catch {
        #expect(error is InputError)
      }
    }
  }
}
