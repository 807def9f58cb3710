/// Times repeated calls.
enum Clock {
  /// The median seconds of one call of `body` over at least `rounds` timings, each long enough to be told from
  /// the clock's own grain.
  static func medianSeconds(rounds: Int = 9, _ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    func seconds(_ calls: Int) -> Double {
      let duration = clock.measure { for _ in 0..<calls { body() } }
      return Double(duration.components.seconds) + 1e-18 * Double(duration.components.attoseconds)
    }
    body()
    let once = max(seconds(1), 1e-9)
    let calls = max(1, Int(0.05 / once))
    let all = (0..<rounds).map { _ in seconds(calls) / Double(calls) }.sorted()
    return all[rounds / 2]
  }
}
