import CambiumCore
import Foundation
import Synchronization
import Testing

@testable import Cambium

/// Growth that goes on from where it ended is growth that never ended.
@Suite struct GrowthStateTests {
  /// What might make a difference where growth ends and begins again.
  enum Setting: String, CaseIterable, Sendable {
    case heldOut, withoutHoldOuts, bic, severalUnitsARound, tunedInRounds, tunedAtTheEnd, lookingAhead,
      setAside, layered,
      folds

    func spec(units: Int) -> GrowthSpec {
      var spec = Samples.quickSpec(units: units, holdOut: self != .withoutHoldOuts && self != .tunedInRounds)
      spec.stopping.patience = 100
      switch self {
      case .heldOut, .withoutHoldOuts: break
      case .bic: spec.stopping.rule = .bic
      case .severalUnitsARound: spec.selection.keep = 3
      case .tunedInRounds: spec.refinement.every = 3
      case .tunedAtTheEnd:
        spec.refinement.every = 3
        spec.refinement.time = .end
      case .lookingAhead: spec.selection.lookAhead = 2
      case .setAside: spec.selection.rule = .validation
      case .layered:
        spec.topology = .layered
        spec.layerWidth = 2
      case .folds: spec.stopping.folds = 3
      }
      return spec
    }
  }

  private func fit(
    _ spec: GrowthSpec, _ data: Dataset, from state: GrowthState? = nil, seed: UInt64 = 5,
    observer: any FitObserver = SilentObserver()
  ) throws -> Fit {
    try Grower(spec: spec, continuing: state).fit(
      data, validation: nil,
      in: FitContext(random: RandomStream(seed: seed), workers: Samples.workers, observer: observer))
  }

  /// The state of a fit, written and read.
  private func state(of fit: Fit) throws -> GrowthState {
    let state = try #require(fit.state as? GrowthState)
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    return try decoder.decode(GrowthState.self, from: encoder.encode(state))
  }

  private func expectSame(_ first: Fit, _ second: Fit, _ label: String) throws {
    let networks = try [first, second].map { try #require($0.predictor as? Network) }
    #expect(networks[0] == networks[1], "\(label)")
    #expect(first.report.stopReason == second.report.stopReason, "\(label)")
    #expect(first.report.epochs == second.report.epochs, "\(label)")
    #expect(first.report.rounds.map(\.kept) == second.report.rounds.map(\.kept), "\(label)")
    #expect(first.report.decisions == second.report.decisions, "\(label)")
    #expect(first.firstCoverage == second.firstCoverage, "\(label)")
    #expect(first.stages.map { ($0 as? Network)?.readout } == second.stages.map { ($0 as? Network)?.readout })
  }

  @Test(arguments: Setting.allCases, GrowerTests.Kind.allCases)
  func goingOnIsNotHavingStopped(setting: Setting, kind: GrowerTests.Kind) throws {
    let data = kind.data(80)
    let whole = try fit(setting.spec(units: 6), data)
    for units in [0, 1, 4] {
      let part = try fit(setting.spec(units: units), data)
      let gone = try fit(setting.spec(units: 6), data, from: state(of: part))
      try expectSame(gone, whole, "after \(units) units")
    }
  }

  /// Steps that were told while a network grew lead to where it stood, wherever they end.
  @Test(arguments: [Setting.heldOut, .tunedInRounds, .severalUnitsARound, .bic])
  func stepsAreAsGoodAsAState(setting: Setting) throws {
    let data = GrowerTests.Kind.regression.data(80)
    let steps = Mutex<[Data]>([])
    let whole = try Grower(spec: setting.spec(units: 6)) { step in
      steps.withLock { if let data = try? JSONEncoder().encode(step) { $0.append(data) } }
    }.fit(data, validation: nil, in: FitContext(random: RandomStream(seed: 5), workers: Samples.workers))
    let told = try steps.withLock { $0 }.map { try JSONDecoder().decode(GrowthStep.self, from: $0) }
    #expect(told.count > 4)
    for count in [0, 1, 3, told.count / 2, told.count] {
      let gone = try fit(setting.spec(units: 6), data, from: GrowthState(told.prefix(count)))
      try expectSame(gone, whole, "after \(count) steps")
    }
    // A step that comes again, or too early, changes nothing.
    let twice = try fit(
      setting.spec(units: 6), data, from: GrowthState(told.prefix(4) + told[3...3] + told.suffix(1)))
    try expectSame(twice, whole, "steps out of order")
  }

  @Test func severalStopsAreAsGoodAsNone() throws {
    let data = GrowerTests.Kind.regression.data(120)
    var state: GrowthState?
    var last: Fit?
    for units in 2...9 {
      let fit = try fit(Setting.tunedInRounds.spec(units: units), data, from: state)
      state = try self.state(of: fit)
      last = fit
    }
    try expectSame(
      try #require(last), try fit(Setting.tunedInRounds.spec(units: 9), data), "in eight steps")
  }

  @Test func anInterruptIsAStopAsWell() throws {
    let data = GrowerTests.Kind.fourClasses.data(120)
    let spec = Setting.heldOut.spec(units: 6)
    let whole = try fit(spec, data)
    for rounds in [1, 5, 20] {
      let interrupted = try fit(spec, data, observer: Counter(endingAfter: rounds))
      try expectSame(try fit(spec, data, from: state(of: interrupted)), whole, "after \(rounds) rounds")
    }
  }

  @Test func whatWasGrownIsNotGrownAgain() throws {
    let data = GrowerTests.Kind.regression.data(120)
    let spec = Setting.withoutHoldOuts.spec(units: 7)
    let counter = Counter()
    _ = try fit(
      spec, data, from: state(of: fit(Setting.withoutHoldOuts.spec(units: 4), data)), observer: counter)
    #expect(counter.rounds == 3)
    // Five units would not have been tuned but for the budget: the fifth grows again.
    let other = Counter()
    _ = try fit(
      spec, data, from: state(of: fit(Setting.withoutHoldOuts.spec(units: 5), data)), observer: other)
    #expect(other.rounds == 3)
  }

  @Test func stateThatDoesNotFitIsNotUsed() throws {
    let data = GrowerTests.Kind.regression.data(120)
    let spec = Setting.withoutHoldOuts.spec(units: 4)
    let whole = try fit(spec, data)
    let others = [
      try fit(Setting.withoutHoldOuts.spec(units: 9), data),
      try fit(spec, GrowerTests.Kind.severalOutputs.data(60)),
      try fit(spec, GrowerTests.Kind.fourClasses.data(60)),
      try fit(Setting.bic.spec(units: 3), data),
    ]
    for (index, other) in others.enumerated() {
      try expectSame(try fit(spec, data, from: state(of: other)), whole, "state \(index)")
    }
  }

  @Test(arguments: [Setting.heldOut, .tunedInRounds])
  func nonsenseInAStateDoesNoHarm(setting: Setting) throws {
    let data = GrowerTests.Kind.regression.data(40)
    let spec = setting.spec(units: 4)
    let part = try fit(setting.spec(units: 3), data)
    let bytes = try JSONEncoder().encode(try #require(part.state as? GrowthState))
    let generator = RandomStream(seed: 3).generator()
    var read = 0
    for number in [-1, 0, 3, 1e9, 9e18, 1e300, -1e300] {
      for _ in 0..<6 {
        let damaged = Self.damaged(
          try JSONSerialization.jsonObject(with: bytes), by: number, share: 0.02, generator)
        let text = try JSONSerialization.data(withJSONObject: damaged)
        guard let state = try? JSONDecoder().decode(GrowthState.self, from: text) else { continue }
        read += 1
        let network = try fit(spec, data, from: state).predictor as? Network
        #expect(
          network?.outputs(for: data.features, workers: Samples.workers).values.allSatisfy(\.isFinite) == true
        )
      }
    }
    #expect(read > 0)
  }

  /// A document some of whose numbers are another.
  private static func damaged(
    _ value: Any, by number: Double, share: Double, _ generator: RandomGenerator
  ) -> Any {
    switch value {
    case let members as [String: Any]:
      var result: [String: Any] = [:]
      for key in members.keys.sorted() {
        result[key] = members[key].map { damaged($0, by: number, share: share, generator) }
      }
      return result
    case let elements as [Any]: return elements.map { damaged($0, by: number, share: share, generator) }
    case is NSNumber: return generator.uniform() < share ? number : value
    default: return value
    }
  }

  /// Counts rounds, and ends growth after some of them.
  private final class Counter: FitObserver {
    private let count = Mutex(0)
    private let limit: Int

    init(endingAfter limit: Int = .max) { self.limit = limit }

    var rounds: Int { count.withLock { $0 } }
    var isInterrupted: Bool { rounds >= limit }

    func observe(_ event: FitEvent) {
      switch event {
      case .round, .trialRound: count.withLock { $0 += 1 }
      default: break
      }
    }
  }
}
