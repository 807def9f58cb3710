import Cambium
import CambiumCore
import Testing

@testable import CambiumExport

// That exported programs give the model's answers is shown by `make test-exports`, which compiles and runs them.

@Test func everyFormatSaysWhereTheModelComesFrom() throws {
  for format in ExportFormat.allCases where format != .onnx {
    let text = try ExportSamples.text(ExportSamples.everything(), format)
    for words in ["Cambium", "data.csv", "40 rows", "seed 1"] { #expect(text.contains(words), "\(format)") }
  }
}

@Test func programsDependOnNothing() throws {
  let model = try ExportSamples.everything()
  let header = try ExportSamples.text(model, .c, ExportOptions(name: "yacht"))
  #expect(header.components(of: "#include") == ["#include <math.h>"])
  for word in ["malloc", "free(", "printf"] { #expect(!header.contains(word)) }
  let module = try ExportSamples.text(model, .python)
  #expect(module.components(of: "import") == ["import numpy as np"])
  let file = try ExportSamples.text(model, .swift)
  #expect(file.components(of: "import") == ["import Glibc", "import Musl", "import Darwin"])
}

extension String {
  /// The lines that start with a word, without their indentation.
  fileprivate func components(of word: String) -> [String] {
    split(separator: "\n").map { String($0.drop { $0 == " " }) }.filter { $0.hasPrefix(word) }
  }
}

@Test func bracketsOfProgramsMatch() throws {
  let models = [
    try ExportSamples.everything(), try ExportSamples.classes(2), try ExportSamples.classes(4),
    try ExportSamples.committee(), try ExportSamples.logarithms(),
  ]
  for model in models {
    for format in [ExportFormat.c, .swift] {
      for precision in ExportOptions.Precision.allCases {
        let text = try ExportSamples.text(model, format, ExportOptions(precision: precision))
        let code = text.split(separator: "\n").filter { !$0.contains("\"") }.joined()
        #expect(code.count { $0 == "{" } == code.count { $0 == "}" })
        #expect(code.count { $0 == "(" } == code.count { $0 == ")" })
        let words = code.split { !$0.isLetter }
        #expect(!words.contains("inf") && !words.contains("nan"))
      }
    }
  }
}

@Test func textsAreQuotedForEachLanguage() throws {
  let text = "a\"b\\c?\n\u{FC}"
  #expect(CSyntax.literal(text) == #""a\"b\\c\?\012\303\274""#)
  #expect(SwiftSyntax.literal(text) == "\"a\\\"b\\\\c?\\u{a}\u{FC}\"")
  #expect(PythonSyntax.literal(text) == #""a\"b\\c?\U0000000a\U000000fc""#)
  #expect(LaTeXSource.words("50 % of_{x}\\") == "\\text{50 \\% of\\_\\{x\\}\\textbackslash{}}")
}

@Test(arguments: [
  ("yacht", "yacht"), ("my-model 2", "my_model_2"), ("2 spirals", "model_2_spirals"), ("", "model"),
  ("\u{FC}\u{FC}", "model"), ("__x__", "x"),
])
func namesBecomeIdentifiers(_ name: String, _ identifier: String) {
  #expect(ExportPlan.identifier(name) == identifier)
}

@Test func numbersOfFloatAreInItsRange() {
  let syntax = CSyntax(name: "model", real: .float)
  #expect(syntax.number(0.1) == "0.1f")
  #expect(syntax.number(1e300) == "3.4028235e+38f")
  #expect(syntax.number(-1e300) == "-3.4028235e+38f")
  #expect(syntax.number(1e-300) == "0.0f")
  // 1990.1 is 1990.1 rounded to float32, and the rest.
  let rest = 1990.1 - Double(Float(1990.1))
  #expect(syntax.difference("x", 1990.1) == "x - 1990.1f - \(syntax.bracketed(rest))")
  #expect(syntax.difference("x", 1990) == "x - 1990.0f")
  #expect(CSyntax(name: "model", real: .double).difference("x", -0.1) == "x - (-0.1)")
}

@Test func formatsSayWhatTheyCannotExpress() throws {
  let committee = try ExportSamples.committee()
  for format in [ExportFormat.sympy, .latex, .dot, .svg] {
    let error = #expect(throws: InputError.self) { try ExportSamples.text(committee, format) }
    #expect(error?.description.contains("committee of 2") == true)
    let precision = #expect(throws: InputError.self) {
      try ExportSamples.text(ExportSamples.everything(), format, ExportOptions(precision: .float))
    }
    #expect(precision?.kind == .usage)
  }
  let model = try ExportSamples.everything()
  let other = Model(
    learner: "mlp", provenance: model.provenance, preprocessing: model.preprocessing, predictor: Opaque())
  let error = #expect(throws: InputError.self) { try ExportSamples.text(other, .c) }
  #expect(error?.description.contains("mlp") == true)
}

private struct Opaque: Predictor {
  var size: ModelSize { ModelSize(inputs: 1, outputs: 1, units: 0, connections: 0, depth: 0) }
  func outputs(for features: Matrix, workers: WorkerPool) -> Matrix {
    Matrix(rows: features.rows, columns: 1)
  }
}

@Test func formulasNameWhatIsReadWithTheAskedDigits() throws {
  let model = try ExportSamples.everything()
  let text = try ExportSamples.text(model, .latex, ExportOptions(digits: 3))
  #expect(text.contains("0.333 \\cdot x_{1}") && !text.contains("0.3333"))
  #expect(text.contains("\\operatorname{clip}"))
  #expect(text.contains("\\text{tail}") && text.contains("slog(z) is sign(z) log(1 + |z|)"))
  let whole = try ExportSamples.text(model, .latex, ExportOptions(digits: 17))
  #expect(whole.contains("\(1.0 / 3)"))
}

@Test func drawingsHaveANodeForEachUnitAndALineForEachConnection() throws {
  let model = try ExportSamples.everything()
  let text = try ExportSamples.text(model, .dot)
  let network = try #require(model.predictor as? Network)
  for (index, unit) in network.units.enumerated() {
    #expect(text.contains("\"u\(index + 1)  \(unit.activation.rawValue)\""))
  }
  let sources = network.units.reduce(0) { $0 + $1.connections.count { $0.source > 0 } }
  let read = network.readout.values.dropFirst().count { $0 != 0 }
  #expect(text.split(separator: "\n").count { $0.contains(" -> ") } == sources + read)
}

@Test func programsComputeNothingInVain() throws {
  let model = try ExportSamples.everything()
  let network = try #require(model.predictor as? Network)
  var readout = network.readout
  for source in 1 + network.inputCount..<readout.rows { readout[source, 0] = 0 }
  let linear = try #require(
    Network(
      inputCount: network.inputCount, units: network.units, readout: readout, task: .regression,
      outputRanges: network.outputRanges))
  let other = Model(
    learner: "grown", provenance: model.provenance, preprocessing: model.preprocessing, predictor: linear)
  for format in [ExportFormat.c, .swift, .python] {
    let text = try ExportSamples.text(other, format)
    #expect(!text.contains("u1") && !text.contains("z1"), "\(format)")
  }
}
