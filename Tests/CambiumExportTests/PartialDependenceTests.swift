import Cambium
import CambiumCore
import Testing

@testable import CambiumExport

@Suite struct PartialDependenceTests {
  private static let workers = WorkerPool(threads: 1)

  /// The rows that a sample model was fitted to are not needed: any of its columns do.
  private static func table(rows: Int) throws -> Table {
    let words = ["red", "back\\slash", ""]
    let lines = (0..<rows).map { row in
      "\(row % 7 == 0 ? "" : "\(Double(row * 37 % 101) / 10)"),\(words[row % 3]),\(1 + row * row % 19)"
    }
    return try Table.parse("a,\"say \"\"no\"\"?\",tail\n" + lines.joined(separator: "\n") + "\n")
  }

  /// The definition: each row with the column set, one after another.
  @Test func itIsTheMeanAnswerOfRowsThatAreSet() throws {
    let model = try ExportSamples.everything()
    let table = try Self.table(rows: 40)
    for name in ["a", "tail"] {
      let dependence = try PartialDependence(of: model, on: name, in: table, workers: Self.workers)
      guard case .numbers(let values) = dependence.values else { throw Unexpected() }
      #expect(values == values.sorted() && values.count <= PartialDependence.mostValues)
      for (index, value) in values.enumerated() {
        let answers = try (0..<40).map { row in
          let columns = table.selecting(rows: [row]).columns.map { column in
            column.name == name ? Table.Column(name: name, values: .numbers([value])) : column
          }
          guard
            case .numbers(_, let answers) = try model.predictions(
              for: Table(columns: columns), workers: Self.workers)
          else { throw Unexpected() }
          return answers[0, 0]
        }
        let mean = answers.reduce(0, +) / 40
        #expect(abs(mean - dependence.answers[index, 0]) < 1e-12 * max(1, abs(mean)))
      }
    }
  }

  @Test func ofTextsTheMostFrequentComeFirst() throws {
    let dependence = try PartialDependence(
      of: ExportSamples.everything(), on: "say \"no\"?", in: Self.table(rows: 40), workers: Self.workers)
    #expect(dependence.values == .texts(["red", "back\\slash"]))
    #expect(dependence.answers.rows == 2 && dependence.answerNames == ["y"])
  }

  @Test func whatIsNotReadChangesNothing() throws {
    let table = try Table.parse("a\n1\n2\n7\n19\n")
    let two = try PartialDependence(of: ExportSamples.classes(2), on: "a", in: table, workers: Self.workers)
    #expect(two.answerNames == ["oak"] && two.values == .numbers([1, 2, 7, 19]))
    let four = try PartialDependence(of: ExportSamples.classes(4), on: "a", in: table, workers: Self.workers)
    #expect(four.answerNames.count == 4)
    for value in 0..<4 {
      let sum = (0..<4).map { four.answers[value, $0] }.reduce(0, +)
      #expect(abs(sum - 1) < 1e-12)
    }
    let text = DependenceDescription(dependences: [two, four]).text
    for line in text.split(separator: "\n") { #expect(line.count <= 80) }
  }

  @Test func aColumnWithoutValuesIsRefused() throws {
    let model = try ExportSamples.classes(2)
    let table = Table(columns: [.init(name: "a", values: .numbers([.nan, .nan]))])
    #expect(throws: InputError.self) {
      try PartialDependence(of: model, on: "a", in: table, workers: Self.workers)
    }
    #expect(throws: InputError.self) {
      try PartialDependence(of: model, on: "b", in: table, workers: Self.workers)
    }
  }
}
