internal import CambiumCore

/// Which of the sources that the topology offers a candidate may read: its receptive field.
///
/// A field is the pruning mask that a candidate starts with; weights start as large as suits the sources that it leaves.
/// The bias belongs to every field and is not counted. Sources in no field of a pool cost nothing in its training; those
/// in some cost as much as if all candidates read them. `mostCorrelated` looks at every source once a round, O(N) each.
public struct ReceptiveFieldSpec: Codable, Sendable, Equatable {
  /// How fields are drawn. Default `all`.
  public var kind = ReceptiveFieldKind.all
  /// The most sources in a field, inputs and earlier units together, 0…1 000 000, 0: no limit. Of a larger field each
  /// candidate reads a random part. Default 0.
  public var fanIn = 0
  /// The most earlier units in a field, 0…1 000 000, 0: no limit; those of a candidate are drawn at random
  /// (`mostCorrelated`: as its inputs are). For none at all there is the flat topology. Default 0.
  public var earlierUnits = 0
  /// `nearest`: the sides of the line or grid, of any number of dimensions, that the table's input columns fill, the last
  /// dimension first: [8, 8] are 64 columns, row by row. A constant column has a place though it is not read. Default: none, a
  /// square.
  public var shape: [Int] = []
  /// `nearest`: the sides of a window, each 1…that of the shape. Default: none, 3 in each dimension.
  public var window: [Int] = []
  /// `groups`: lists of input columns, by name or by number, counted from 1 in the table's order without targets and
  /// ignored columns; numbers alone where data come without names. A column that became several features stands for all.
  public var groups: [[ColumnReference]] = []

  /// The defaults.
  public init() {}

  func validate() throws {
    try require(fanIn, in: 0...1_000_000, "fields.fanIn")
    try require(earlierUnits, in: 0...1_000_000, "fields.earlierUnits")
    if kind == .random || kind == .mostCorrelated {
      try require(
        fanIn > 0, "fields.fanIn", "0", "at least 1, the size of a field of the kind \(kind.rawValue)")
    }
    try require(
      shape.allSatisfy { (1...1_000_000).contains($0) }, "fields.shape", "\(shape)",
      "sides from 1 to 1000000")
    try require(
      window.allSatisfy { (1...1_000_000).contains($0) }, "fields.window", "\(window)",
      "sides from 1 to 1000000")
    try require(
      window.isEmpty || shape.isEmpty || Self.fits(window, in: shape), "fields.window", "\(window)",
      "a side for each of \(shape), from 1 to that")
    try require(kind != .groups || !groups.isEmpty, "fields.groups", "[]", "at least one list of columns")
    try require(
      groups.allSatisfy { !$0.isEmpty }, "fields.groups", "an empty group", "at least one column in each")
    for group in groups {
      for case .number(let number) in group {
        try require(number > 0, "fields.groups", "\(number)", "numbers of columns, counted from 1")
      }
    }
  }

  private static func fits(_ window: [Int], in shape: [Int]) -> Bool {
    window.count == shape.count && zip(window, shape).allSatisfy { (1...$1).contains($0) }
  }

  /// The sides of the line or grid that so many columns fill.
  func sides(columnCount: Int) -> [Int] {
    guard shape.isEmpty else { return shape }
    let side = max(Int(Double(columnCount).squareRoot().rounded()), 1)
    return [side, side]
  }

  /// The sides of a window in a line or grid of such sides.
  func windowSides(in sides: [Int]) -> [Int] { window.isEmpty ? sides.map { min(3, $0) } : window }

  /// Throws an `InputError` that names the key where the fields do not fit data of such columns.
  func check(against columns: InputColumns) throws {
    let count = columns.names.count
    if kind == .nearest {
      let sides = sides(columnCount: count)
      let places = sides.reduce(1.0) { $0 * Double($1) }
      try require(
        places == Double(count), "fields.shape",
        shape.isEmpty ? "none, and \(count) input columns, no square" : "\(shape)",
        "sides of as many places as there are input columns, \(count)")
      try require(
        Self.fits(windowSides(in: sides), in: sides), "fields.window", "\(window)",
        "a side for each of \(sides), from 1 to that")
    }
    guard kind == .groups else { return }
    for reference in groups.joined() where reference.index(in: columns) == nil {
      switch reference {
      case .number(let number):
        try require(false, "fields.groups", "\(number)", "a number of a column from 1 to \(count)")
      case .name(let name):
        let expected = NearMiss.expectation("an input column", for: name, among: columns.names)
        try require(false, "fields.groups", "\"\(name)\"", expected)
      }
    }
  }
}

/// How receptive fields are drawn, for each candidate anew. Windows and groups are of inputs: where the topology offers
/// earlier units too, these are in the field as well, as many as `earlierUnits` lets; where it offers no inputs (layered,
/// past the first ring), these alone.
public enum ReceptiveFieldKind: String, Codable, Sendable, CaseIterable {
  /// All sources that the topology offers, or a random part of the size `fanIn`.
  case all
  /// The same, `fanIn` being asked for.
  case random
  /// A random half of the 2 · `fanIn` sources that tell most of the residual, each by itself. That is measured by the
  /// correlation ratio (Pearson 1905), since the readout has left no linear correlation; what sources tell only
  /// together it does not see.
  case mostCorrelated
  /// A window at a random place in a line or a grid of inputs. It lies inside, so the rim is read less often than
  /// the middle.
  case nearest
  /// One of the groups, at random.
  case groups
}
