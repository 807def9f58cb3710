internal import CambiumCore

/// Remembers of each sample when a growing network first represented it.
struct CoverageHistory {
  private(set) var first = FirstCoverage(readout: [], units: [])
  /// Which samples it represents now.
  private(set) var covered: [Bool]
  private var isKnown: [Bool]

  init(sampleCount: Int) {
    covered = [Bool](repeating: false, count: sampleCount)
    isKnown = covered
  }

  /// What was known before; which samples are represented now is to be heard.
  init(of first: FirstCoverage, sampleCount: Int) {
    self.init(sampleCount: sampleCount)
    self.first = first
    for sample in first.readout + first.units.joined() { isKnown[sample] = true }
  }

  /// Hears which samples a network of so many units represents. What it did not represent before is put down to its last
  /// unit.
  mutating func observe(_ covered: [Bool], unitCount: Int) {
    self.covered = covered
    while first.units.count < unitCount { first.units.append([]) }
    for sample in covered.indices where covered[sample] && !isKnown[sample] {
      isKnown[sample] = true
      if unitCount == 0 { first.readout.append(sample) } else { first.units[unitCount - 1].append(sample) }
    }
  }
}
