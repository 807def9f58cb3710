internal import CambiumCore

/// Remembers of each sample when a growing network first represented it.
struct CoverageHistory {
  /// The samples that were first represented without units, and with each unit and never before.
  private(set) var first: [SampleList] = [[]]
  /// Which samples it represents now.
  private(set) var covered: [Bool]
  private var isKnown: [Bool]

  /// Most samples that are listed one by one for whoever wants to know.
  private static let mostListed = 1 << 20

  init(sampleCount: Int) {
    covered = [Bool](repeating: false, count: sampleCount)
    isKnown = covered
  }

  /// What was known before; which samples are represented now is to be heard.
  init(of first: [SampleList], sampleCount: Int) {
    self.init(sampleCount: sampleCount)
    self.first = first
    for list in first { list.forEach { isKnown[$0] = true } }
  }

  /// Hears which samples a network of so many units represents. What it did not represent before is put down to its last
  /// unit.
  mutating func observe(_ covered: [Bool], unitCount: Int) {
    self.covered = covered
    while first.count < 1 + unitCount { first.append([]) }
    for sample in covered.indices where covered[sample] && !isKnown[sample] {
      isKnown[sample] = true
      first[unitCount].append(sample)
    }
  }

  /// How many samples were first represented with each unit.
  var countsOfUnits: [Int] { first.dropFirst().map(\.count) }

  /// What was first represented with nothing, and with each of so many units; nil where there are too many samples to list.
  func firstCoverage(ofUnits count: Int) -> FirstCoverage? {
    guard isKnown.count <= Self.mostListed else { return nil }
    return FirstCoverage(readout: first[0].samples, units: first.dropFirst().prefix(count).map(\.samples))
  }
}
