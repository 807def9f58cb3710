import CambiumCore
import Testing

@testable import Cambium

/// Which sources are drawn.
@Suite struct ReceptiveFieldTests {
  private static func fields(_ columns: InputColumns, _ change: (inout ReceptiveFieldSpec) -> Void)
    -> ReceptiveFields
  {
    var spec = ReceptiveFieldSpec()
    change(&spec)
    return ReceptiveFields(spec, columns: columns)
  }

  /// The different fields among two hundred over all inputs and some units.
  private static func drawn(
    _ fields: ReceptiveFields, inputs: Int, units: Int = 0, relevance: SourceRelevance? = nil
  ) -> Set<[Int]> {
    let reach = SourceReach(inputs: 1..<1 + inputs, units: 1 + inputs..<1 + inputs + units)
    return Set(
      (0..<200).map {
        let random = RandomStream(seed: 4).child("field", $0)
        return (fields.field(in: reach, relevance: relevance, random: random) ?? []).sorted()
      })
  }

  @Test func fieldsOfAllAreWhatTheTopologyOffers() {
    let fields = ReceptiveFields(ReceptiveFieldSpec(), columns: InputColumns(featureCount: 3))
    let reach = SourceReach(inputs: 1..<4, units: 4..<6)
    #expect(fields.field(in: reach, relevance: nil, random: RandomStream(seed: 1)) == nil)
  }

  /// Every subset of the size turns up, and nothing else.
  @Test(arguments: [ReceptiveFieldKind.all, .random])
  func randomFieldsAreAllSubsetsOfTheirSize(kind: ReceptiveFieldKind) {
    let fields = Self.fields(InputColumns(featureCount: 4)) {
      $0.kind = kind
      $0.fanIn = 2
    }
    let pairs = (1...5).flatMap { a in (a + 1..<6).map { [a, $0] } }
    #expect(Self.drawn(fields, inputs: 4, units: 1) == Set(pairs.filter { $0[1] < 6 }))
  }

  @Test func earlierUnitsAreLimitedByThemselves() {
    let fields = Self.fields(InputColumns(featureCount: 2)) { $0.earlierUnits = 1 }
    #expect(Self.drawn(fields, inputs: 2, units: 3) == [[1, 2, 3], [1, 2, 4], [1, 2, 5]])
    #expect(Self.drawn(fields, inputs: 2, units: 1) == [[1, 2, 3]])
  }

  @Test func windowsAreAllThatLieInsideTheGrid() {
    let fields = Self.fields(InputColumns(featureCount: 12)) {
      $0.kind = .nearest
      $0.shape = [3, 4]
      $0.window = [2, 2]
    }
    let windows = (0..<2).flatMap { y in
      (0..<3).map { x in [(y, x), (y, x + 1), (y + 1, x), (y + 1, x + 1)].map { 1 + $0.0 * 4 + $0.1 } }
    }
    #expect(Self.drawn(fields, inputs: 12) == Set(windows))
    #expect(Self.drawn(fields, inputs: 12, units: 1) == Set(windows.map { $0 + [13] }))
  }

  @Test func aWindowOnALineIsARun() {
    let fields = Self.fields(InputColumns(featureCount: 5)) {
      $0.kind = .nearest
      $0.shape = [5]
      $0.window = [3]
    }
    #expect(Self.drawn(fields, inputs: 5) == [[1, 2, 3], [2, 3, 4], [3, 4, 5]])
  }

  /// The second of six columns was constant, the fourth became two features.
  private static let columns = InputColumns(
    names: ["a", "b", "c", "d", "e", "f"], ofFeatures: [0, 2, 3, 3, 4, 5])

  @Test func aColumnLeftOutKeepsItsPlace() {
    let fields = Self.fields(Self.columns) {
      $0.kind = .nearest
      $0.shape = [2, 3]
      $0.window = [2, 1]
    }
    #expect(Self.drawn(fields, inputs: 6) == [[1, 3, 4], [5], [2, 6]])
  }

  @Test func groupsAreOfColumnsByNameOrNumber() {
    let fields = Self.fields(Self.columns) {
      $0.kind = .groups
      $0.groups = [[.name("a"), .number(4)], [.name("f")]]
    }
    #expect(Self.drawn(fields, inputs: 6) == [[1, 3, 4], [6]])
    #expect(Self.drawn(fields, inputs: 6, units: 2) == [[1, 3, 4, 7, 8], [6, 7, 8]])
    // In a later ring there are no inputs to be grouped.
    let reach = SourceReach(inputs: 1..<1, units: 7..<9)
    #expect(fields.field(in: reach, relevance: nil, random: RandomStream(seed: 1)) == [7, 8])
  }

  @Test func fieldsOfTheMostCorrelatedAreOfTheTopSources() {
    let fields = Self.fields(InputColumns(featureCount: 6)) {
      $0.kind = .mostCorrelated
      $0.fanIn = 2
    }
    // Of six sources the 5th, 1st, 2nd and 6th tell most.
    let relevance = SourceRelevance(values: [0, 0.3, 0.2, -0.1, 0, 0.4, 0.1])
    let pairs = [1, 2, 5, 6].flatMap { a in [1, 2, 5, 6].filter { $0 > a }.map { [a, $0] } }
    #expect(Self.drawn(fields, inputs: 6, relevance: relevance) == Set(pairs))
  }
}

/// What a source tells of the residual.
@Suite struct SourceRelevanceTests {
  private static let design = DesignMatrix(features: Samples.matrix(400, 3))

  private static func relevance(_ residual: [Double], weights: [Double]? = nil) -> [Double] {
    SourceRelevance(
      design: design, residual: Matrix(rows: 400, columns: residual.count / 400, values: residual),
      weights: weights, workers: Samples.workers
    ).values
  }

  /// x² has no linear correlation with x to speak of, and all of it is told by x.
  @Test(arguments: [false, true]) func aSquareIsSeen(weighted: Bool) {
    let square = design(2).map { $0 * $0 - 1 }
    let values = Self.relevance(square, weights: weighted ? Samples.weights(400) : nil)
    #expect(values[2] > 0.8)
    for other in [0, 1, 3] { #expect(abs(values[other]) < 0.1) }
  }

  private func design(_ column: Int) -> [Double] { Self.design.column(column) }

  @Test func whatIsConstantInEachIntervalIsToldWhole() {
    let steps = design(1).map { (2 * min(max($0, -3.25), 3.25)).rounded(.down) }
    #expect(isClose(Self.relevance(steps)[1], 1))
  }

  @Test func chanceAndNothingTellNothing() {
    let noise = Self.relevance(Samples.numbers(400 * 20, "noise"))
    #expect(noise.allSatisfy { abs($0) < 0.02 })
    #expect(Self.relevance([Double](repeating: 0, count: 400)) == [0, 0, 0, 0])
  }

  @Test func scalingTheResidualChangesNothing() {
    let residual = Samples.numbers(800, "residual")
    #expect(isClose(Self.relevance(residual), Self.relevance(residual.map { -7 * $0 }), 1e-10))
  }
}
