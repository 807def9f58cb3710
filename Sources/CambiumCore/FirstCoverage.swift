/// Which training samples a grown network came to represent first with which unit.
///
/// A sample is named by its place among those that the fit was given, samples to choose by after the others. Each stands
/// at most once: where it was represented for the first time, whether or not it still is.
public struct FirstCoverage: Sendable, Equatable {
  /// The samples that the network represented without units.
  public var readout: [Int]
  /// For each unit the samples that the network represented with it and never before.
  public var units: [[Int]]

  /// Makes a record.
  public init(readout: [Int], units: [[Int]]) {
    self.readout = readout
    self.units = units
  }

  /// The same with each sample named by what stands in its place in `names`.
  public func renamed(by names: [Int]) -> FirstCoverage { renamed { names[$0] } }

  /// The same with each sample under another name.
  public func renamed(_ name: (Int) -> Int) -> FirstCoverage {
    FirstCoverage(readout: readout.map(name), units: units.map { $0.map(name) })
  }
}
