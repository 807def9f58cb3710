import CambiumCore
import CambiumExport
import Foundation

/// A round of growth as a line of a table 77 columns wide.
enum RoundLine {
  /// What stands above the lines.
  static let header = "round  activation            connections  pruned  coverage    error  held-out"

  /// The line of a round.
  static func text(of round: RoundRecord) -> String {
    let names = round.kept.map(\.activation.rawValue).joined(separator: " + ")
    let connections = round.kept.reduce(0) { $0 + $1.connections }
    let pruned = round.kept.reduce(0) { $0 + $1.pruned }
    let cells = [
      TextLayout.right("\(round.index)", 5), "  " + TextLayout.left(String(names.prefix(20)), 20),
      TextLayout.right("\(connections)", 13), TextLayout.right("\(pruned)", 8),
      TextLayout.right(percent(round.coverage), 10), TextLayout.right(figure(round.trainError), 9),
    ]
    return cells.joined() + (round.validationError.map { TextLayout.right(figure($0), 10) } ?? "")
  }

  /// `61.2 %`
  static func percent(_ share: Double) -> String { decimals(share * 100, 1) + " %" }

  /// A loss or an error with four digits after the point, or as `5.6e-04` where that shows nothing: at most
  /// eight characters.
  static func figure(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
    guard abs(value) < 1e-3 || abs(value) >= 1000 else { return decimals(value, 4) }
    var exponent = Int(log10(abs(value)).rounded(.down))
    var mantissa = value / pow(10, Double(exponent))
    if (abs(mantissa) * 10).rounded() >= 100 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    let digits = "\(abs(exponent))"
    return decimals(mantissa, 1) + (exponent < 0 ? "e-" : "e+") + (digits.count < 2 ? "0" : "") + digits
  }

  /// A number with so many digits after the point.
  static func decimals(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded())
    let fraction = "\(scaled % scale)"
    let zeros = String(repeating: "0", count: digits - fraction.count)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return sign + "\(scaled / scale)" + (digits > 0 ? "." + zeros + fraction : "")
  }
}
