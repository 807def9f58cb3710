import CambiumCore
import Testing

@Suite struct ColumnReadingTests {
  @Test func onlyWhatIsWantedIsReadAndCanBeWrong() throws {
    let text = "a,b,c,d\n1,x,2,5\n3,\u{1B},oops,inf\n"
    let table = try Table.parse(text, as: ColumnReading(wanted: ["a", "b", "nothing"]))
    #expect(table.columnNames == ["a", "b"] && table.rowCount == 2)
    let rest = try Table.parse(text, as: ColumnReading(ignored: ["c", "d"]))
    #expect(rest.columnNames == ["a", "b"])
    #expect(throws: InputError.self) { try Table.parse(text) }
  }

  @Test func rowsAreCountedWhateverIsRead() throws {
    #expect(try Table.parse("a,b\n1,2\n3,4\n", as: ColumnReading(wanted: [])).rowCount == 2)
    #expect(throws: InputError.self) { try Table.parse("a,b\n1,2\n3\n", as: ColumnReading(wanted: ["a"])) }
  }

  @Test func aNameThatWasPassedOverIsStillSuggested() throws {
    let table = try Table.parse("apples,b\n1,2\n", as: ColumnReading(wanted: ["b"]))
    let error = try #require(throws: InputError.self) { try table.column(named: "apple") }
    #expect(error.expected.contains("\"apples\""))
  }

  @Test func textsStayAsTheyAreWritten() throws {
    let table = try Table.parse("a\n01\n1.50\n\n NA \n", as: ColumnReading(texts: ["a"]))
    #expect(try table.texts("a") == ["01", "1.50", nil])
  }

  /// A model's texts are compared as they are written, though all of a new file's may look like numbers.
  @Test func aModelReadsItsTextsAsTexts() throws {
    let training = try Table.parse("z,y\nA1,1\n01,2\n1.50,3\n02,4\n01,5\n1.50,6\n02,7\nA1,8\n")
    let preprocessing = try Preprocessing.fit(to: training).preprocessing
    let text = "z,y\n01,0\n1.50,0\n02,0\n"
    let table = try Table.parse(text, as: preprocessing.reading(includingTargets: false))
    #expect(table.columnNames == ["z"])
    let expected = try preprocessing.features(from: training, rows: [1, 2, 3])
    #expect(try preprocessing.features(from: table) == expected)
  }

  @Test func aModelReadsItsClassesAsItKnowsThem() throws {
    func classes(_ training: String, _ other: String) throws -> [Int] {
      let preprocessing = try Preprocessing.fit(to: Table.parse("a,y\n" + training)).preprocessing
      let table = try Table.parse("a,y\n" + other, as: preprocessing.reading(includingTargets: true))
      return try preprocessing.dataset(from: table).classIndices
    }
    #expect(try classes("1,A1\n2,01\n3,007\n", "1,007\n2,01\n") == [0, 1])
    #expect(try classes("1,7\n2,9\n3,9\n", "1,9.0\n2,7\n") == [1, 0])
  }

  @Test func classesThatAreNumbersKeepTheirSpelling() throws {
    let table = try Table.parse("a,y\n1,007\n2,042\n3,1000000000000000000000\n4,042\n5,5\n")
    let preprocessing = try Preprocessing.fit(to: table, task: .classification).preprocessing
    #expect(preprocessing.target.classNames == ["5", "007", "042", "1000000000000000000000"])
    #expect(try preprocessing.dataset(from: table).classIndices == [1, 2, 3, 2, 0])
    #expect(try table.selecting(rows: [1]).column(named: "y").text(ofRow: 0) == "042")
    let twice = try table.appending(table)
    #expect(try twice.column(named: "y").text(ofRow: 5) == "007")
  }

  @Test func anotherFileIsReadLikeTheFirst() throws {
    let first = try Table.parse("a,b\nx,1\n2,2\n")
    let second = try Table.parse("b,c,a\n3,no,01\n", as: first.reading)
    #expect(try first.appending(second).texts("a") == ["x", "2", "01"])
  }

  @Test func controlCharactersAreNotShown() throws {
    let error = try #require(throws: InputError.self) { try Table.parse("a\n1\n\u{1B}[31mred\n") }
    #expect(error.found == "\" [31mred\"")
  }
}
