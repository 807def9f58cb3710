/// Ranks in which equal values share their mean rank.
public enum MeanRanks {
  /// The rank of each of the `values`, from 1 for the least, in their order.
  ///
  /// Cost: one sort. No value may be not-a-number, which has no order.
  public static func ranks(of values: [Double]) -> [Double] {
    precondition(values.allSatisfy { !$0.isNaN }, "not-a-number has no rank")
    let order = values.indices.sorted { values[$0] < values[$1] }
    let doubled = doubledRanks(ofSorted: order.map { values[$0] })
    var ranks = [Double](repeating: 0, count: values.count)
    for (place, index) in order.enumerated() { ranks[index] = Double(doubled[place]) / 2 }
    return ranks
  }

  /// Twice the mean rank of each of the sorted `values`: whole numbers, whatever ties there are.
  static func doubledRanks(ofSorted values: [Double]) -> [Int] {
    var ranks: [Int] = []
    while ranks.count < values.count {
      let first = ranks.count
      let ties = values[first...].prefix { $0 == values[first] }.count
      ranks += [Int](repeating: 2 * first + ties + 1, count: ties)
    }
    return ranks
  }
}
