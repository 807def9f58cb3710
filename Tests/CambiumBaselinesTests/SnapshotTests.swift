import Testing

@testable import CambiumBaselines
import CambiumCore

@Suite struct SnapshotTests {
  private static func spec(_ change: (inout SnapshotSpec) -> Void = { _ in }) -> SnapshotSpec {
    var spec = SnapshotSpec()
    spec.layers = [6]
    spec.cycles = 3
    spec.epochs = 10
    spec.weightDecay = [1e-4]
    change(&spec)
    return spec
  }

  private static func members(_ spec: SnapshotSpec) throws -> [MultilayerPerceptronModel] {
    let data = Samples.make(.regression, rows: 100)
    let fit = try SnapshotEnsemble(spec: spec).fit(
      data, validation: nil, in: FitContext(random: RandomStream(seed: 1)))
    return try #require(fit.predictor as? CommitteeModel<MultilayerPerceptronModel>).members
  }

  @Test func theRateFallsFromItsStartToNearNothing() {
    let spec = Self.spec { $0.rate = 0.2 }
    let rates = (0..<10).map { spec.rate(ofEpoch: $0) }
    #expect(rates[0] == 0.2 && abs(rates[5] - 0.1) < 1e-15 && rates[9] < 0.01)
    #expect(zip(rates, rates.dropFirst()).allSatisfy(>))
  }

  @Test func eachCycleLeavesAMemberAndTheFirstOnesStayWhatTheyAre() throws {
    let three = try Self.members(Self.spec { $0.validationFraction = 0 })
    let two = try Self.members(
      Self.spec {
        $0.cycles = 2
        $0.validationFraction = 0
      })
    #expect(three.count == 3 && Array(three.prefix(2)) == two)
    #expect(three[0] != three[1] && three[1] != three[2])
  }

  @Test func aLossThatRunsAwayStopsWithEpochAndStepSize() throws {
    let spec = Self.spec {
      $0.activation = .cube
      $0.rate = 1000
    }
    let error = #expect(throws: InputError.self) { try Self.members(spec) }
    #expect(error?.location.column == "rate")
    #expect(error?.found.contains("epoch ") == true && error?.found.contains("step size of ") == true)
  }

  private static let badSpecs: [(key: String, change: @Sendable (inout SnapshotSpec) -> Void)] = [
    ("cycles", { $0.cycles = 0 }), ("epochs", { $0.epochs = 0 }), ("rate", { $0.rate = 0 }),
    ("layers", { $0.layers = [0] }), ("activation", { $0.activation = .radial }),
    ("weightDecay", { $0.weightDecay = [] }), ("validationFraction", { $0.validationFraction = 1 }),
  ]

  @Test func aValueOutOfRangeIsNamedByItsKey() throws {
    try SnapshotSpec().validate()
    for (key, change) in Self.badSpecs {
      let error = #expect(throws: InputError.self) { try SnapshotEnsemble(spec: Self.spec(change)) }
      #expect(error?.location.column == key)
    }
  }
}
