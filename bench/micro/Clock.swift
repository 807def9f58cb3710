/// Times repeated calls.
enum Clock {
  /// The median seconds of one call of `body` over at least `rounds` timings, each long enough to be told from
  /// the clock's own grain.
  static func medianSeconds(rounds: Int = 9, _ body: () -> Void) -> Double {
    let calls = callsPerTiming(body)
    return median((0..<rounds).map { _ in seconds(calls, body) })
  }

  /// The median seconds of one call of each of two bodies timed in turns, and the median of the second's over the first's:
  /// what slows the machine down for a while slows both.
  static func medianSeconds(
    rounds: Int = 15, _ first: () -> Void, against second: () -> Void
  ) -> (first: Double, second: Double, ratio: Double) {
    let (firstCalls, secondCalls) = (callsPerTiming(first), callsPerTiming(second))
    let pairs = (0..<rounds).map { _ in
      (first: seconds(firstCalls, first), second: seconds(secondCalls, second))
    }
    return (
      median(pairs.map(\.first)), median(pairs.map(\.second)), median(pairs.map { $0.second / $0.first })
    )
  }

  private static func callsPerTiming(_ body: () -> Void) -> Int {
    body()
    return max(1, Int(0.05 / max(seconds(1, body), 1e-9)))
  }

  private static func seconds(_ calls: Int, _ body: () -> Void) -> Double {
    let duration = ContinuousClock().measure { for _ in 0..<calls { body() } }
    return (Double(duration.components.seconds) + 1e-18 * Double(duration.components.attoseconds))
      / Double(calls)
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
