internal import Foundation

/// Numbers as tables and axes show them: as many digits as mean something.
enum NumberFormat {
  /// A number with so many decimals; very large ones in powers of ten.
  static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return "–" }
    guard abs(value) < 1e7 else { return String(format: "%.3g", value) }
    let text = String(format: "%.\(max(0, min(decimals, 12)))f", value)
    return text.contains { ("1"..."9").contains($0) } ? text : text.replacingOccurrences(of: "-", with: "")
  }

  /// How many decimals show two digits of a spread; for a spread of 0, four digits of the value.
  static func decimals(forSpread spread: Double, around value: Double) -> Int {
    if spread > 0 { return decimals(of: spread, digits: 2) }
    return value == 0 ? 1 : decimals(of: abs(value), digits: 4)
  }

  /// A number with so many significant digits, and no power of ten where it can be helped.
  static func significant(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "–" }
    return fixed(value, decimals: decimals(of: abs(value), digits: digits))
  }

  /// A mean of counts: a whole number, or one decimal below a hundred.
  static func count(_ value: Double) -> String {
    fixed(value, decimals: value < 100 && value != value.rounded() ? 1 : 0)
  }

  private static func decimals(of value: Double, digits: Int) -> Int {
    guard value.isFinite, value > 0 else { return 0 }
    let exponent = Int(log10(value).rounded(.down))
    // 0.0996 with two digits rounds up to 0.10: one decimal fewer says the same.
    let rounded = (value * pow(10, Double(digits - 1 - exponent))).rounded() >= pow(10, Double(digits))
    return max(0, min(8, digits - 1 - exponent - (rounded ? 1 : 0)))
  }
}
