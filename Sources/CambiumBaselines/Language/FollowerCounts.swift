internal import CambiumCore

/// How often each symbol was counted after one context.
struct Followers: Sendable, Equatable {
  /// Of each symbol, none below 0.
  var counts: [Int: Double] = [:]

  /// Σ, in a fixed order.
  var total: Double { counts.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value } }
}

/// What was counted after contexts of one length, and by how much the counts are lessened.
struct FollowerCounts: Sendable, Equatable {
  /// The discounts that counts of counts too few to tell them leave.
  static let usualDiscount = 0.75

  /// Of each context, symbols from the farthest to the nearest.
  private(set) var followers: [[Int]: Followers] = [:]
  /// D of what was counted once, twice, and more often.
  private(set) var discounts = [Double](repeating: usualDiscount, count: 3)

  /// Adds to a count.
  mutating func add(_ count: Double, of symbol: Int, after context: [Int]) {
    followers[context, default: Followers()].counts[symbol, default: 0] += count
  }

  /// Takes the discounts that the counts of counts suggest (Chen and Goodman 1999, equation 17).
  mutating func settleDiscounts() {
    var countsOfCounts = [Double](repeating: 0, count: 5)
    for counts in followers.values {
      for count in counts.counts.values where count > 0 && count <= 4 {
        countsOfCounts[Int(count.rounded(.up))] += 1
      }
    }
    let n = countsOfCounts
    guard n[1] > 0 else { return }
    let y = n[1] / (n[1] + 2 * n[2])
    for j in 1...3 where n[j] > 0 {
      let discount = Double(j) - Double(j + 1) * y * n[j + 1] / n[j]
      // Outside, too little was counted to tell.
      if discount > 0, discount < Double(j) { discounts[j - 1] = discount }
    }
  }

  /// D for a count.
  func discount(of count: Double) -> Double { discounts[min(max(Int(min(count, 3).rounded(.up)), 1), 3) - 1] }

  /// The same contexts without their farthest symbol; what is counted is the different ones that stood there.
  func continuations() -> FollowerCounts {
    var shorter = FollowerCounts()
    for (context, counts) in followers {
      for (symbol, count) in counts.counts where count > 0 {
        shorter.add(1, of: symbol, after: Array(context.dropFirst()))
      }
    }
    shorter.settleDiscounts()
    return shorter
  }
}
