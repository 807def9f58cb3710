import Testing

@testable import CambiumCore

@Suite struct NumberParsingTests {
  private func parsed(_ text: String) -> Double? {
    Array(text.utf8).withUnsafeBufferPointer(parsedNumber)
  }

  @Test(arguments: [
    "0", "-0", "+7", "1.", ".5", "-.5e1", "00012", "1e5", "1E-5", "123456789012345678901234567890",
    "9007199254740993", "9007199254740992.5", "0.1", "1e22", "1e23", "4.9e-324", "2.2250738585072011e-308",
    "1.7976931348623157e308", "0.000000000000000000000000001234567890123456789", "18446744073709551615e-27",
    "1e-400", "0e999999999999", "5e-1000000000000",
  ])
  func agreesWithTheStandardLibrary(text: String) throws {
    let wanted = try #require(Double(text))
    let number = try #require(parsed(text))
    #expect(number.bitPattern == wanted.bitPattern)
  }

  @Test func everyShortestTextReadsBackAsTheSameNumber() {
    let generator = RandomStream(seed: 1).generator()
    for exponent in -40...40 {
      for _ in 0..<200 {
        let value = generator.gaussian() * power(10, Double(exponent))
        #expect(parsed(value.description)?.bitPattern == value.bitPattern, "\(value)")
        #expect(parsed(numberText(value))?.bitPattern == value.bitPattern, "\(value)")
      }
    }
  }

  @Test func nineteenDigitsRoundLikeTheStandardLibrary() {
    let generator = RandomStream(seed: 2).generator()
    for _ in 0..<20_000 {
      let digits = (0..<19).map { _ in String(generator.index(below: 10)) }.joined()
      let text = "\(digits.prefix(3)).\(digits.dropFirst(3))e-\(generator.index(below: 12))"
      #expect(parsed(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test func halfwayCasesRoundToEven() {
    // 2⁵³ + 1 lies halfway between two doubles; a digit more breaks the tie.
    #expect(parsed("9007199254740993") == 9_007_199_254_740_992)
    #expect(parsed("9007199254740993.0") == 9_007_199_254_740_992)
    #expect(parsed("9007199254740993.001") == 9_007_199_254_740_994)
  }

  @Test(arguments: [
    "", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1 2", "0x10", "1_000", "1,5", "nan", "abc", "--1", "1e5x",
  ])
  func isNoNumber(text: String) { #expect(parsed(text) == nil) }

  @Test(arguments: ["inf", "-inf", "+Infinity", "-INFINITY", "1e309", "-1e999999"])
  func isInfinite(text: String) { #expect(parsed(text)?.isInfinite == true) }
}
