import Cambium
import CambiumCore
import Testing

@testable import CambiumExport

@Test func theExplanationNamesAllThatIsRead() throws {
  let text = Explanation.text(of: try SampleModel.make())
  for words in ["tanh", "radial", "2 pruned", "data.csv", "u1", "u2", "[y] = ", "clip(tanh("] {
    #expect(text.contains(words), "\(words) in \(text)")
  }
  for line in text.split(separator: "\n") { #expect(line.count <= Explanation.width, "\(line)") }
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
