import Cambium
import CambiumCore
import Testing

@testable import CambiumExport

@Test func theExplanationNamesAllThatIsRead() throws {
  let text = Explanation.text(of: try SampleModel.make())
  for words in [
    "tanh", "radial", "2 pruned", "data.csv", "u1", "u2", "[y] = ", "clip(tanh(",
    "3 samples covered first", "the largest number of connections",
  ] {
    #expect(text.contains(words), "\(words) in \(text)")
  }
  for line in text.split(separator: "\n") { #expect(line.count <= Explanation.width, "\(line)") }
}

@Test func everyFunctionHasAFormulaThatSaysItsNames() throws {
  let model = try SampleModel.make()
  let units = Activation.allCases.map { activation in
    let connections: [Network.Connection] =
      activation == .product
      ? [
        .init(source: 0, weight: 2), .init(source: 1, weight: -3),
        .init(source: 2, weight: 0.5, factor: .second),
      ] : [.init(source: 1, weight: 0.25)]
    return Network.Unit(
      activation: activation, connections: connections, range: -1...1, offset: 0, scale: 1,
      prunedConnections: 0)
  }
  let network = try #require(
    Network(
      inputCount: 2, units: units, readout: Matrix(rows: 3 + units.count, columns: 1), task: .regression,
      outputRanges: [-3...3]))
  let text = Explanation.text(
    of: Model(
      learner: "grown", provenance: model.provenance, preprocessing: model.preprocessing, predictor: network))
  for words in [
    "signlog(x) is", "sinc(x) is", "hermite1(x) is", "mexicanhat(x) is", "hermite3(x) is",
    "clip(atan(0.25*x1)",
    "clip(log(1 + (0.25*x1)^2)", "clip((0.25*x1)^4", "clip((2 - 3*x1)*(0.5*x2), -1, 1)",
    "-3 a, bias 2; times +0.5 b, bias 0",
  ] {
    #expect(text.contains(words), "\(words) in \(text)")
  }
  let plain = Explanation.text(of: model)
  #expect(!plain.contains("sinc(x)") && !plain.contains("hermite1(x)"))
}

@Test(arguments: [
  (0.0, "0"), (1.0, "1"), (-12.0, "-12"), (0.123456, "0.1235"), (123456.0, "123500"), (-0.99999, "-1"),
  (1.2e-7, "1.2e-07"), (.leastNonzeroMagnitude, "5e-324"),
])
func shortNumbersKeepFourDigits(_ value: Double, _ text: String) {
  #expect(Decimal.short(value) == text)
}

@Test func linesBreakBetweenWordsAndKeepTheirColumns() {
  #expect(TextLayout.wrapped("a   b  cc", width: 80) == "a   b  cc")
  #expect(
    TextLayout.wrapped("name  one two three", width: 11, indent: 6) == "name  one\n      two\n      three")
  #expect(TextLayout.wrapped("muchtoolongaword b", width: 5) == "muchtoolongaword\nb")
  #expect(TextLayout.wrapped("  a b\nc", width: 80) == "  a b\nc")
}
