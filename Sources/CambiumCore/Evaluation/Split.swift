/// Seeded divisions of samples into those to train with and those kept apart.
///
/// Rows are given in ascending order. Where classes are given, each part has about the same share of every class.
public enum Split {
  /// Rows to train with, and the others.
  public typealias Parts = (training: [Int], heldOut: [Int])

  /// Keeps a share of the rows apart.
  ///
  /// - Parameters:
  ///   - count: The number of rows.
  ///   - classes: The class of each row, counted from 0, to stratify by; empty for none. Not used where a class has
  ///     but one row.
  ///   - fraction: The share to keep apart, 0 ≤ fraction < 1. Above 0 at least one row is kept apart, and always at
  ///     least one remains.
  ///   - random: Where the choice comes from.
  public static func holdOut(
    count: Int, classes: [Int] = [], fraction: Double, random: RandomStream
  ) -> Parts {
    precondition((0..<1).contains(fraction), "a hold-out fraction")
    guard count > 1, fraction > 0 else { return (Array(0..<count), []) }
    let wanted = min(count - 1, max(1, Int((Double(count) * fraction).rounded())))
    var groups = rowsByClass(count: count, classes: classes)
    if groups.contains(where: { $0.count < 2 }) { groups = [Array(0..<count)] }
    let shares = apportioned(wanted, among: groups.map(\.count))
    var heldOut: [Int] = []
    for (index, group) in groups.enumerated() {
      let order = random.child("hold-out", index).generator().permutation(group.count)
      heldOut += order.prefix(shares[index]).map { group[$0] }
    }
    return parts(count: count, heldOut: heldOut)
  }

  /// Keeps a share of a data set's samples apart, stratified by class.
  public static func holdOut(_ dataset: Dataset, fraction: Double, random: RandomStream) -> Parts {
    holdOut(count: dataset.sampleCount, classes: dataset.classIndices, fraction: fraction, random: random)
  }

  /// Divides the rows into `folds` parts of equal size, give or take a row, and keeps each apart in turn.
  ///
  /// - Parameters:
  ///   - count: The number of rows.
  ///   - classes: The class of each row, counted from 0, to stratify by; empty for none.
  ///   - folds: The number of parts, at least 2.
  ///   - random: Where the choice comes from.
  /// - Throws: `InputError` where there are fewer rows than parts.
  public static func kFold(
    count: Int, classes: [Int] = [], folds: Int, random: RandomStream
  ) throws -> [Parts] {
    precondition(folds >= 2, "at least two folds")
    guard count >= folds else {
      throw InputError(
        .content, found: counted(count, "row"), expected: "at least one for each of \(folds) folds")
    }
    // Dealt like cards, class after class, so that neither the folds nor the classes in them differ by more than one.
    var heldOut = [[Int]](repeating: [], count: folds)
    var next = 0
    for (index, group) in rowsByClass(count: count, classes: classes).enumerated() {
      for position in random.child("fold", index).generator().permutation(group.count) {
        heldOut[next].append(group[position])
        next = (next + 1) % folds
      }
    }
    return heldOut.map { parts(count: count, heldOut: $0) }
  }

  /// ``kFold(count:classes:folds:random:)`` so many times, each with other folds.
  public static func repeatedKFold(
    count: Int, classes: [Int] = [], folds: Int, repeats: Int, random: RandomStream
  ) throws -> [Parts] {
    precondition(repeats >= 1, "at least one repeat")
    return try (0..<repeats).flatMap { index in
      try kFold(count: count, classes: classes, folds: folds, random: random.child("repeat", index))
    }
  }

  private static func parts(count: Int, heldOut: [Int]) -> Parts {
    var isHeldOut = [Bool](repeating: false, count: count)
    for row in heldOut { isHeldOut[row] = true }
    return ((0..<count).filter { !isHeldOut[$0] }, heldOut.sorted())
  }

  /// The rows of each class that has any, in the classes' order.
  private static func rowsByClass(count: Int, classes: [Int]) -> [[Int]] {
    guard !classes.isEmpty else { return [Array(0..<count)] }
    precondition(classes.count == count, "one class for each row")
    var groups = [[Int]](repeating: [], count: (classes.max() ?? 0) + 1)
    for (row, index) in classes.enumerated() { groups[index].append(row) }
    return groups.filter { !$0.isEmpty }
  }

  /// `total` divided in proportion to the sizes, whole, by the largest remainders; no group is used up.
  private static func apportioned(_ total: Int, among sizes: [Int]) -> [Int] {
    let sum = sizes.reduce(0, +)
    guard sizes.count > 1 else { return [total] }
    var shares = sizes.map { min($0 - 1, $0 * total / sum) }
    var order = sizes.indices.sorted {
      (sizes[$0] * total % sum, sizes[$0], $1) > (sizes[$1] * total % sum, sizes[$1], $0)
    }
    var left = total - shares.reduce(0, +)
    while left > 0 {
      order.removeAll { shares[$0] >= sizes[$0] - 1 }
      guard !order.isEmpty else { break }
      for index in order.prefix(left) { shares[index] += 1 }
      left = total - shares.reduce(0, +)
    }
    return shares
  }
}
