import CambiumCore
import Foundation
import Testing

@Suite struct TableReadingTests {
  @Test func readsNumbersAndTexts() throws {
    let table = try Table.parse("age,city,score\n31,Kraków,0.5\n-2e1,\"a, \"\"b\"\"\",1\n")
    #expect(table.columnNames == ["age", "city", "score"])
    #expect(table.rowCount == 2)
    #expect(try table.numbers("age") == [31, -20])
    #expect(try table.texts("city") == ["Kraków", "a, \"b\""])
    #expect(try table.numbers("score") == [0.5, 1])
  }

  @Test(arguments: [
    "a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4", "\u{FEFF}\"a\", b \n 1 ,2\t\n\n3,\"4\"\n\n",
  ])
  func lineEndsAndSpacesDoNotMatter(text: String) throws {
    let table = try Table.parse(text)
    #expect(table.columnNames == ["a", "b"])
    #expect(try table.numbers("a") == [1, 3])
    #expect(try table.numbers("b") == [2, 4])
  }

  @Test func missingCells() throws {
    let table = try Table.parse("n,t,none\nNA,?,\n1,x,NaN\n,null,?\nnan,N/A,NA\n2.5,y,\n")
    let numbers = try table.numbers("n")
    #expect(numbers.map(\.isNaN) == [true, false, true, true, false])
    #expect(try table.texts("t") == [nil, "x", nil, nil, "y"])
    #expect(try table.numbers("none").allSatisfy { $0.isNaN })
  }

  @Test func aTextFirstMakesAColumnOfTexts() throws {
    #expect(try Table.parse("a,b\nx,1\n2,2\ninf,3\n").texts("a") == ["x", "2", "inf"])
  }

  @Test func linesAreThoseOfTheFile() throws {
    let table = try Table.parse("a,b\r\n\"x\r\ny\",1\r\n\r\nz,2\nw,3\n")
    #expect((0..<3).map { table.line(ofRow: $0) } == [2, 5, 6])
    #expect(table.selecting(rows: [2, 0]).line(ofRow: 0) == 6)
    #expect(try Table.parse("a\n1\n2\n").line(ofRow: 1) == 3)
  }

  @Test func programsNumberColumns() throws {
    #expect(try Table.parse("0,1,2\n5,6,7\n").rowCount == 1)
  }

  @Test func aFileInManyChunksReadsAsItsText() throws {
    let generator = RandomStream(seed: 3).generator()
    let values = (0..<120_000).map { _ in generator.gaussian() }
    let table = Table(columns: [
      .init(name: "x", values: .numbers(NumberColumn(values))),
      .init(name: "t", values: .texts(TextColumn(values.map { $0 > 0 ? "plus, \"\n\"" : "minus" }))),
    ])
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let text = table.csv()
    #expect(text.utf8.count > 3 << 20)
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    let read = try Table.read(path)
    #expect(try read.numbers("x") == values)
    #expect(try read.texts("t") == table.texts("t"))
    #expect(read.file == path)
    #expect(read.line(ofRow: 119_999) == 2 + 119_999 + values.dropLast().count { $0 > 0 })
  }

  @Test func writtenTablesReadBack() throws {
    let table = Table(columns: [
      .init(name: "a, \"b\"", values: .numbers([0.1, .nan, -0.0, 1e300, 5])),
      .init(name: " t ", values: .texts(["x", nil, " y ", "line\nbreak", "\"quoted\""])),
    ])
    let read = try Table.parse(table.csv())
    #expect(read.columnNames == table.columnNames)
    #expect(try read.numbers("a, \"b\"").map(\.bitPattern) == table.numbers("a, \"b\"").map(\.bitPattern))
    #expect(try read.texts(" t ") == table.texts(" t "))
    #expect(read.csv() == table.csv())
  }

  @Test func aLoneMissingCellKeepsItsRow() throws {
    let table = Table(columns: [.init(name: "a", values: .numbers([1, .nan, 3]))])
    #expect(try Table.parse(table.csv()).rowCount == 3)
  }
}
