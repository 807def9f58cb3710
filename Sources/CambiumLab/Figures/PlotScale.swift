internal import Foundation

/// A scale from values to pixels, with the values at which to draw ticks.
struct PlotScale {
  enum Kind { case linear, logarithmic }

  let kind: Kind
  let lower: Double
  let upper: Double
  let ticks: [Double]

  /// A linear scale from 0, or from a round number below the values, to a round number above them.
  static func linear(
    _ values: [Double], from start: Double? = nil, to end: Double? = nil, leastStep: Double = 0
  ) -> PlotScale {
    let finite = values.filter(\.isFinite)
    let low = start ?? finite.min() ?? 0
    var high = end ?? finite.max() ?? 1
    if !(high > low) { high = low + 1 }
    let step = max(leastStep, roundStep((high - low) / 4))
    let upper = end ?? (high / step - 1e-9).rounded(.up) * step
    let lower = start ?? (low / step + 1e-9).rounded(.down) * step
    let count = Int(((upper - lower) / step + 1e-9).rounded(.down))
    return PlotScale(
      kind: .linear, lower: lower, upper: upper, ticks: (0...max(0, count)).map { lower + Double($0) * step })
  }

  /// A logarithmic scale over the positive values, with ticks at 1, 2 and 5 times powers of ten; `span` is the largest ratio of
  /// its ends.
  static func logarithmic(_ values: [Double], span: Double = 1e4) -> PlotScale {
    let positive = values.filter { $0.isFinite && $0 > 0 }
    let low = positive.min() ?? 0.1
    let high = max(positive.max() ?? 1, low * 1.5)
    // What lies far below the rest would press all else together.
    let lower = max(low, high / span) / 1.08
    let upper = high * 1.08
    let exponents = Int(log10(lower).rounded(.down))...Int(log10(upper).rounded(.up))
    let isWide = upper / lower > 200
    let ticks = exponents.flatMap { exponent in
      (isWide ? [1.0] : [1, 2, 5]).map { $0 * pow(10, Double(exponent)) }
    }
    return PlotScale(
      kind: .logarithmic, lower: lower, upper: upper, ticks: ticks.filter { $0 >= lower && $0 <= upper })
  }

  /// Where a value lies: 0 at the lower end, 1 at the upper; beyond the ends it stays on them.
  func position(_ value: Double) -> Double {
    guard value.isFinite else { return value > 0 ? 1 : 0 }
    let share: Double
    switch kind {
    case .linear: share = (value - lower) / (upper - lower)
    case .logarithmic: share = value > 0 ? log(value / lower) / log(upper / lower) : 0
    }
    return min(1, max(0, share))
  }

  /// A tick's label.
  func label(_ tick: Double) -> String {
    switch kind {
    case .linear:
      let step = ticks.count > 1 ? ticks[1] - ticks[0] : abs(tick)
      return NumberFormat.fixed(
        tick, decimals: step > 0 ? max(0, -Int(log10(step * 1.0001).rounded(.down))) : 0)
    case .logarithmic:
      return tick < 0.001 ? String(format: "%.0e", tick) : NumberFormat.significant(tick, digits: 1)
    }
  }

  /// 1, 2 or 5 times a power of ten, at least the width given.
  private static func roundStep(_ width: Double) -> Double {
    let power = pow(10, log10(width).rounded(.down))
    return ([1, 2, 5].first { $0 * power >= width * (1 - 1e-9) } ?? 10) * power
  }
}
