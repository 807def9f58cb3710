#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Numbers for readers.
enum Decimal {
  /// `value` rounded to so many significant digits, without zeros at the end: `0.1235`, `-12`, `1.2e-07`.
  static func short(_ value: Double, digits: Int = 4) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
    let places = Double(digits - 1) - log10(abs(value)).rounded(.down)
    guard abs(places) < 300 else { return "\(value)" }
    // Powers of ten up to 10²² are exact, so multiplying and dividing leaves the nearest number to the decimal.
    let rounded =
      places >= 0
      ? (value * pow(10, places)).rounded() / pow(10, places)
      : (value / pow(10, -places)).rounded() * pow(10, -places)
    return full(rounded)
  }

  /// `value` with all the digits that tell it from its neighbours.
  static func full(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// How many digits a number of at least 1 has before the point.
  static func digits(before value: Double) -> Int { Int(log10(value)) + 1 }
}
