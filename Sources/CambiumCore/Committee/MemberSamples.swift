/// What one member of a committee learns, and what it leaves out.
struct MemberSamples: Sendable {
  /// The samples that it learns, rising; nil where it learns all.
  let learned: [Int]?
  /// How often each of them was drawn; nil where each was once.
  let counts: [Int]?
  /// The samples that it does not learn, rising.
  let leftOut: [Int]

  private static let all = MemberSamples(learned: nil, counts: nil, leftOut: [])

  /// The samples of every member.
  ///
  /// - Throws: `InputError` where there are fewer samples than folds.
  static func draw(for spec: CommitteeSpec, from data: Dataset, random: RandomStream) throws
    -> [MemberSamples]
  {
    switch spec.kind {
    case .seeds: return Array(repeating: .all, count: spec.members)
    case .folds:
      return try Split.kFold(
        count: data.sampleCount, classes: data.classIndices, folds: spec.members, random: random
      ).map { MemberSamples(learned: $0.training, counts: nil, leftOut: $0.heldOut) }
    case .bagging:
      let groups = rowsByClass(of: data)
      return (0..<spec.members).map { bag(of: groups, count: data.sampleCount, random.child("bag", $0)) }
    }
  }

  /// Draws from each group as many samples as it has. A sample that is drawn several times is learned once with more
  /// weight: as several rows, copies would lie on both sides of a learner's own hold-outs.
  private static func bag(of groups: [[Int]], count: Int, _ random: RandomStream) -> MemberSamples {
    var drawn = [Int](repeating: 0, count: count)
    for (index, group) in groups.enumerated() where !group.isEmpty {
      let generator = random.child("class", index).generator()
      for _ in group { drawn[group[generator.index(below: group.count)]] += 1 }
    }
    let learned = (0..<count).filter { drawn[$0] > 0 }
    return MemberSamples(
      learned: learned, counts: learned.map { drawn[$0] }, leftOut: (0..<count).filter { drawn[$0] == 0 })
  }

  private static func rowsByClass(of data: Dataset) -> [[Int]] {
    guard case .classification(let classes) = data.task else { return [Array(0..<data.sampleCount)] }
    var groups = [[Int]](repeating: [], count: classes)
    for (row, index) in data.classIndices.enumerated() { groups[index].append(row) }
    return groups
  }

  /// The samples as the member's learner sees them.
  func dataset(of data: Dataset) -> Dataset {
    guard let learned else { return data }
    let selected = data.selecting(learned)
    guard let counts else { return selected }
    let weights = zip(selected.weights ?? [Double](repeating: 1, count: learned.count), counts)
      .map { $0 * Double($1) }
    return selected.replacing(targets: selected.targets, weights: weights)
  }
}
