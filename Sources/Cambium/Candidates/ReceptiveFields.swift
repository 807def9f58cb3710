internal import CambiumCore

/// Draws receptive fields; see ``ReceptiveFieldSpec``.
struct ReceptiveFields {
  private let spec: ReceptiveFieldSpec
  /// The columns of Φ that belong to each input column of the table.
  private let sources: [[Int]]
  /// The input columns of each group.
  private let groups: [[Int]]
  /// For each dimension of the line or grid its side and that of a window.
  private let sides: [(side: Int, width: Int)]

  /// The fields over data of such columns, which the spec was checked against.
  init(_ spec: ReceptiveFieldSpec, columns: InputColumns) {
    self.spec = spec
    var sources = [[Int]](repeating: [], count: columns.names.count)
    for (feature, column) in columns.ofFeatures.enumerated() { sources[column].append(1 + feature) }
    self.sources = sources
    let shape = spec.sides(columnCount: columns.names.count)
    sides = spec.kind == .nearest ? zip(shape, spec.windowSides(in: shape)).map { ($0, $1) } : []
    groups = spec.kind == .groups ? spec.groups.map { $0.compactMap { $0.index(in: columns) } } : []
  }

  /// What the residual asks of the sources before a round's fields are drawn.
  func relevance(in network: GrowingNetwork) -> SourceRelevance? {
    spec.kind == .mostCorrelated ? SourceRelevance(of: network) : nil
  }

  /// A field: columns of Φ in the reach, in no order; nil for all of the reach.
  func field(in reach: SourceReach, relevance: SourceRelevance?, random: RandomStream) -> [Int]? {
    guard spec.kind != .all || spec.fanIn > 0 || spec.earlierUnits > 0 else { return nil }
    let generator = random.generator()
    func part(_ count: Int, of sources: [Int]) -> [Int] {
      guard count > 0, sources.count > count else { return sources }
      let offered = relevance.map { Array($0.ordered(sources).prefix(2 * count)) } ?? sources
      return generator.permutation(offered.count).prefix(count).map { offered[$0] }
    }
    var inputs = Array(reach.inputs)
    if !inputs.isEmpty {
      switch spec.kind {
      case .all, .random, .mostCorrelated: break
      case .nearest: inputs = places(inWindowBy: generator).flatMap { sources[$0] }
      case .groups: inputs = groups[generator.index(below: groups.count)].flatMap { sources[$0] }
      }
    }
    return part(spec.fanIn, of: inputs + part(spec.earlierUnits, of: Array(reach.units)))
  }

  /// The places of a window, which lies inside the shape.
  private func places(inWindowBy generator: RandomGenerator) -> [Int] {
    sides.reduce([0]) { places, sides in
      let (side, width) = sides
      let start = generator.index(below: side - width + 1)
      return places.flatMap { place in (start..<start + width).map { place * side + $0 } }
    }
  }
}
