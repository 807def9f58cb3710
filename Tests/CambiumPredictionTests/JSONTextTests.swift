import Foundation
import Testing

@testable import CambiumPrediction

/// A text that is not JSON, and where the trouble must be seen.
private let broken: [(text: String, line: Int, column: Int)] = [
  ("", 1, 1), ("  \n ", 2, 2), ("{", 1, 2), ("[1,2", 1, 5), ("nonsense", 1, 1), ("{\"a\":1,,}", 1, 8),
  ("{\"a\"\n:1}\n]", 3, 1), ("{\"a\":\"cut", 1, 10), ("[1,\n2,\n1e999]", 3, 1), ("{a:1}", 1, 2),
  ("[tru]", 1, 2),
  ("[1 2]", 1, 4), ("{\"a\":\"b\nc\"}", 1, 8), ("\u{0}", 1, 1), ("[--1]", 1, 2), ("{\"a\":}", 1, 6),
  (String(repeating: "[", count: 600), 1, 513), ("[\"a\\ud800\"]", 1, 4), ("\"\\udc00\\ud800\"", 1, 2),
  ("\"\\u12g4\"", 1, 2), ("[01]", 1, 3), ("[1.]", 1, 2), ("[.5]", 1, 2), ("[+1]", 1, 2), ("[1e]", 1, 2),
  ("[-]", 1, 2),
  ("\"a\\x\"", 1, 3), ("\"\\", 1, 2), ("\u{FEFF}[1,]", 1, 7),
]

@Test(arguments: broken.indices)
func troubleIsFoundWhereItIs(_ index: Int) throws {
  let (text, line, column) = broken[index]
  let trouble = try #require(throws: JSONText.Trouble.self) { try JSONText(Array(text.utf8)) }
  #expect(trouble.line == line && trouble.column == column, "\(text.prefix(20)): \(trouble)")
}

@Test(arguments: [
  "0", "null", "\"\\ud83d\\ude00 é\"", " [ ] ", "{}",
  "{\"a\" : [1, -2.5e-3, true, false, null, \"\\\"\\u00e9\"], \"b\":{}}\n",
  "[[[]]]",
  String(repeating: "[", count: 512) + String(repeating: "]", count: 512),
])
func soundTextHasNoTrouble(_ text: String) throws {
  #expect(throws: Never.self) { try JSONText(Array(text.utf8)) }
}

/// Values of all kinds as a file may hold them.
private struct Sample: Codable, Equatable {
  enum Choice: String, Codable { case first, second }
  enum Task: Codable, Equatable {
    case plain
    case counted(of: Int)
  }
  struct Part: Codable, Equatable {
    var number: Double
    var text: String?
  }

  var whole: Int
  var large: UInt64
  var small: Int8
  var numbers: [Double]
  var single: Float
  var truth: Bool
  var text: String
  var choice: Choice
  var tasks: [Task]
  var range: ClosedRange<Double>
  var parts: [Part?]
  var byName: [String: [Int]]
  var byNumber: [Int: String]
}

/// Foundation's encoder and decoder are the reference.
@Test(
  arguments: [
    ("plain", 0.1), ("\"\\/\u{8}\u{c}\n\r\t\u{1}", -0.0),
    ("gr\u{fc}n \u{1F332} \u{2028}", .leastNonzeroMagnitude), ("", 1.7976931348623157e308),
  ] as [(String, Double)])
func whatFoundationWritesIsReadAsItReadsIt(_ text: String, _ number: Double) throws {
  let sample = Sample(
    whole: .min, large: .max, small: -128, numbers: [number, 1 / 3, -1e22, 123_456_789.125], single: 0.1,
    truth: true,
    text: text, choice: .second, tasks: [.plain, .counted(of: 3)], range: -1...1,
    parts: [nil, .init(number: number, text: text), .init(number: 1, text: nil)],
    byName: [text: [1, 2], "other": []],
    byNumber: [3: text])
  for formatting in [[], .prettyPrinted, .withoutEscapingSlashes] as [JSONEncoder.OutputFormatting] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    let bytes = Array(try encoder.encode(sample))
    let read = try JSONText.decode(Sample.self, from: bytes, file: nil)
    #expect(read == sample)
    #expect(try JSONDecoder().decode(Sample.self, from: Data(bytes)) == read)
    #expect(read.numbers.map(\.bitPattern) == sample.numbers.map(\.bitPattern))
    let whole = try JSONText.decode(JSONValue.self, from: bytes, file: nil)
    #expect(try JSONDecoder().decode(JSONValue.self, from: Data(bytes)) == whole)
  }
}

@Test(arguments: [
  ("[1.5]", "column [0]: found 1.5, expected a whole number"), ("[\"a\"]", "column [0]: found another kind"),
  ("[null]", "column [0]: found null"), ("{}", "found another kind of value, expected a list"),
  ("[128]", "expected a whole number"), ("[1e400]", "column 2: found \"1e400]\", expected a finite number"),
])
func wrongKindsAreRefusedWithTheirPlace(_ text: String, _ words: String) {
  let error = #expect(throws: InputError.self) {
    try JSONText.decode([Int8].self, from: Array(text.utf8), file: "numbers.json")
  }
  #expect(error?.description.contains(words) == true, "\(String(describing: error))")
}

@Test func infiniteNumbersAreReadByNameWhereTheyMayBe() throws {
  let bytes = Array("[\"infinity\", \"-infinity\", \"nan\", 1]".utf8)
  let read = try JSONText.decode([Double].self, from: bytes, file: nil, readsNamedNumbers: true)
  #expect(read[0] == .infinity && read[1] == -.infinity && read[2].isNaN && read[3] == 1)
  #expect(throws: InputError.self) { try JSONText.decode([Double].self, from: bytes, file: nil) }
}

@Test func wholeNumbersMayBeWrittenWithAnExponent() throws {
  #expect(try JSONText.decode([Int].self, from: Array("[1.0, 2e3, -0]".utf8), file: nil) == [1, 2000, 0])
}
