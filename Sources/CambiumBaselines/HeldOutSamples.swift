internal import CambiumCore

/// Which samples a learner trains on and which it keeps apart to choose by.
struct HeldOutSamples: Sendable, Equatable {
  /// The least number of samples of which some are kept apart.
  static let leastSampleCount = 10

  /// Samples held out in all that make a further hold-out needless.
  private static let enough = 500

  /// Hold-outs, at most so many, until enough samples were held out in all; none where the samples are too few.
  static func holdOuts(_ most: Int, of data: Dataset, fraction: Double, random: RandomStream)
    -> [HeldOutSamples]
  {
    var all: [HeldOutSamples] = []
    while all.count < most, all.reduce(0, { $0 + $1.heldOut.count }) < enough,
      let next = HeldOutSamples(of: data, fraction: fraction, random: random.child("held out", all.count))
    {
      all.append(next)
    }
    return all
  }

  /// The samples to train on, rising.
  let training: [Int]
  /// The samples kept apart, rising; at least one.
  let heldOut: [Int]

  /// Keeps about `fraction` of the samples apart, for classes the same share of each; nil where the samples are
  /// too few. A class with a single sample stays with the training samples.
  init?(of data: Dataset, fraction: Double, random: RandomStream) {
    guard fraction > 0, data.sampleCount >= Self.leastSampleCount else { return nil }
    let classes = data.classIndices
    var groups: [[Int]] = [Array(0..<data.sampleCount)]
    if case .classification(let count) = data.task {
      groups = Array(repeating: [], count: count)
      for (sample, index) in classes.enumerated() { groups[index].append(sample) }
    }
    var heldOut: [Int] = []
    // Each class's share is rounded so that the shares' sum is right: what rounding took is carried on.
    var owed = 0.0
    for (index, group) in groups.enumerated() {
      owed += fraction * Double(group.count)
      let count = max(min(Int(owed.rounded()), group.count - 1), 0)
      owed -= Double(count)
      guard count > 0 else { continue }
      let order = random.child("class", index).generator().permutation(group.count)
      heldOut.append(contentsOf: order.prefix(count).map { group[$0] })
    }
    guard !heldOut.isEmpty else { return nil }
    let apart = Set(heldOut)
    self.heldOut = heldOut.sorted()
    training = (0..<data.sampleCount).filter { !apart.contains($0) }
  }
}
