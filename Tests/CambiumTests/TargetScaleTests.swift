import CambiumCore
import Testing

@testable import Cambium

/// Growth on the logarithms of the targets, and the choice of it.
@Suite struct TargetScaleTests {
  /// Targets of two inputs, standardised as a user's would be, with the place of their zero.
  private static func data(
    _ value: (Double, Double, Int) -> Double, count: Int = 120, outputs: Int = 1, label: String = "scale"
  ) -> Dataset {
    let features = Samples.matrix(count, 2, label)
    var targets = Matrix(rows: count, columns: outputs)
    var zeros: [Double] = []
    for o in 0..<outputs {
      let raw = (0..<count).map { value(features[$0, 0], features[$0, 1], o) }
      let mean = raw.reduce(0, +) / Double(count)
      let deviation =
        (raw.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)).squareRoot()
      for (row, number) in raw.enumerated() { targets[row, o] = (number - mean) / deviation }
      zeros.append(-mean / deviation)
    }
    return Dataset(features: features, targets: targets, task: .regression, zeros: zeros)
  }

  private static func product(_ a: Double, _ b: Double, _ output: Int) -> Double {
    (output == 0 ? 3 : -0.01) * exponential(1.3 * a - 0.8 * b)
  }

  private static func sum(_ a: Double, _ b: Double, _ output: Int) -> Double { 20 + 3 * a + 2 * b }

  private static func spec(_ scale: TargetScale) -> GrowthSpec {
    var spec = Samples.quickSpec(units: 3)
    spec.targetScale = scale
    return spec
  }

  private static func fit(_ spec: GrowthSpec, _ data: Dataset, validation: Dataset? = nil, threads: Int = 1)
    throws -> Fit
  {
    let context = FitContext(random: RandomStream(seed: 4), workers: WorkerPool(threads: threads))
    return try Grower(spec: spec).fit(data, validation: validation, in: context)
  }

  private static func network(_ fit: Fit) throws -> Network { try #require(fit.predictor as? Network) }

  // MARK: - Logarithms

  @Test(arguments: [1, 2]) func logarithmsAreStandardisedAndLeadBack(outputs: Int) throws {
    let data = Self.data(Self.product, outputs: outputs)
    let logarithms = try #require(TargetLogarithms(of: data, and: nil))
    let learned = logarithms.applied(to: data)
    for o in 0..<outputs {
      let (a, b) = (data.features.column(0), data.features.column(1))
      // Up to the standardisation, the logarithm of a product is the sum that it was made of.
      let sums = zip(a, b).map { 1.3 * $0 - 0.8 * $1 }
      let mean = sums.reduce(0, +) / Double(sums.count)
      let deviation =
        (sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(sums.count - 1)).squareRoot()
      for (row, sum) in sums.enumerated() {
        #expect(isClose(learned.targets[row, o], (sum - mean) / deviation, 1e-9))
      }
    }
    let back = learned.numbers(of: learned.targets)
    for (k, number) in back.values.enumerated() { #expect(isClose(number, data.targets.values[k], 1e-12)) }
    #expect(TargetLogarithms(of: learned, and: nil) == nil, "logarithms have none of their own")
  }

  @Test func onlyNumbersOfOneSignHaveLogarithms() {
    let both = Self.data { a, b, _ in a + b }
    #expect(TargetLogarithms(of: both, and: nil) == nil)
    let good = Self.data(Self.product)
    #expect(TargetLogarithms(of: good, and: nil) != nil)
    var targets = good.targets
    targets[7, 0] = good.zeros?[0] ?? 0
    #expect(TargetLogarithms(of: good.replacing(targets: targets, weights: nil), and: nil) == nil, "a 0")
    let others = good.replacing(targets: targets, weights: nil)
    #expect(TargetLogarithms(of: good, and: others) == nil, "a 0 among samples to choose by")
    let plain = Dataset(features: good.features, targets: good.targets, task: .regression)
    #expect(TargetLogarithms(of: plain, and: nil) == nil, "it is not known where they are 0")
    let narrow = Self.data { a, b, _ in 100 + a }
    #expect(TargetLogarithms(of: narrow, and: nil) == nil, "nearly straight")
    #expect(TargetLogarithms(of: Samples.classes(40, 2), and: nil) == nil)
  }

  /// The twin: the network's standardised logarithms, raised by hand.
  @Test(arguments: [1, 2]) func networksAnswerWithNumbers(outputs: Int) throws {
    let data = Self.data(Self.product, outputs: outputs)
    let logarithms = try #require(TargetLogarithms(of: data, and: nil))
    let plain = Dataset(
      features: data.features, targets: logarithms.applied(to: data).targets, task: .regression)
    let network = try Self.network(Self.fit(Self.spec(.linear), plain))
    #expect(network.links.isEmpty && !network.units.isEmpty)
    let answering = logarithms.answeringNumbers(network)
    let features = Samples.matrix(700, 2, "others")
    let said = answering.outputs(for: features, workers: Samples.workers)
    let wanted = logarithms.numbers(of: network.outputs(for: features, workers: Samples.workers))
    for k in said.values.indices { #expect(isClose(said.values[k], wanted.values[k], 1e-11)) }
    // A row alone is answered as it is among many, bit for bit.
    for row in [0, 511, 699] {
      let one = answering.outputs(for: features.rows(row..<row + 1), workers: Samples.workers)
      #expect(one.row(0) == said.row(row))
    }
    // Inverse to the answers, and kept within what scores can be.
    let scores = answering.wantedScores(of: data)
    for o in 0..<outputs {
      for row in 0..<data.sampleCount {
        #expect(answering.outputRanges[o].contains(scores.targets[row, o]))
        let output = answering.links[o].output(ofScore: scores.targets[row, o])
        #expect(isClose(output, data.targets[row, o], 1e-9))
      }
    }
  }

  // MARK: - Choice

  @Test func productsAreLearnedByTheirLogarithms() throws {
    let data = Self.data(Self.product)
    let (linear, automatic) = (
      try Self.fit(Self.spec(.linear), data), try Self.fit(Self.spec(.automatic), data)
    )
    #expect(try Self.network(linear).links.isEmpty)
    let network = try Self.network(automatic)
    #expect(network.links.count == 1)
    #expect(automatic.report.decisions.contains { $0.contains("logarithms do better") })
    let error = network.error(on: data, workers: Samples.workers)
    #expect(error < 0.01 * (try Self.network(linear).error(on: data, workers: Samples.workers)))
    // What is told of the growth is told of numbers.
    let last = try #require(automatic.stages.last as? Network)
    let told = try #require(automatic.report.rounds.last?.trainError ?? error)
    #expect(isClose(told, last.error(on: data, workers: Samples.workers), 1e-6))
    let heldOut = try #require(automatic.heldOut)
    #expect(zip(heldOut.outputs.values, heldOut.data.targets.values).allSatisfy { abs($0 - $1) < 0.1 })
  }

  @Test func sumsStayAsTheyAre() throws {
    let data = Self.data(Self.sum)
    let (linear, automatic) = (
      try Self.fit(Self.spec(.linear), data), try Self.fit(Self.spec(.automatic), data)
    )
    #expect(try Self.network(automatic) == Self.network(linear))
    #expect(automatic.report.decisions.contains { $0.contains("gain nothing beyond chance") })
    #expect(!linear.report.decisions.contains { $0.contains("logarithms") })
  }

  @Test func whereNoneAreNothingIsTried() throws {
    let data = Samples.regression(80)
    let automatic = try Self.fit(Self.spec(.automatic), data)
    #expect(!automatic.report.decisions.contains { $0.contains("logarithms") })
    let classes = try Self.fit(Self.spec(.logarithmic), Samples.classes(80, 3))
    #expect(try Self.network(classes).links.isEmpty, "classes have no scale")
    #expect(throws: InputError.self) { try Self.fit(Self.spec(.logarithmic), data) }
  }

  @Test(arguments: [StoppingRule.heldOut, .bic], [0.2, 0])
  func logarithmsAreLearnedWhereTheyAreAskedFor(rule: StoppingRule, fraction: Double) throws {
    var spec = Self.spec(.logarithmic)
    spec.stopping.rule = rule
    spec.stopping.validationFraction = fraction
    let data = Self.data(Self.product, outputs: 2)
    let fit = try Self.fit(spec, data)
    let network = try Self.network(fit)
    #expect(network.links.map(\.factor) == [1, -1])
    #expect(network.error(on: data, workers: Samples.workers) < 0.01)
    #expect(fit.stages.allSatisfy { ($0 as? Network)?.links == network.links })
  }

  @Test func withoutRegrowingTheHeldOutAnswersAreThoseOfTheNetwork() throws {
    var spec = Self.spec(.automatic)
    spec.stopping.regrow = false
    let fit = try Self.fit(spec, Self.data(Self.product))
    let heldOut = try #require(fit.heldOut)
    let network = try Self.network(fit)
    #expect(!network.links.isEmpty)
    #expect(heldOut.outputs == network.outputs(for: heldOut.data.inputs, workers: Samples.workers))
  }

  // MARK: - Laws of growth

  @Test func threadsChangeNothing() throws {
    let data = Self.data(Self.product)
    var spec = Self.spec(.automatic)
    spec.stopping.holdOuts = 3
    let one = try Self.fit(spec, data)
    let three = try Self.fit(spec, data, threads: 3)
    #expect(try Self.network(one) == Self.network(three))
    #expect(one.report.decisions == three.report.decisions)
  }

  /// A unit of measurement is not a reason to grow another network.
  @Test func theTargetsUnitChangesNothing() throws {
    let small = try Self.fit(Self.spec(.automatic), Self.data(Self.product))
    let large = try Self.fit(Self.spec(.automatic), Self.data { 1024 * Self.product($0, $1, $2) })
    #expect(try Self.network(small) == Self.network(large))
  }

  @Test(arguments: [1, 3]) func growthGoesOnWhereItEnded(holdOuts: Int) throws {
    let data = Self.data(Self.product)
    var spec = Self.spec(.automatic)
    spec.stopping.holdOuts = holdOuts
    var short = spec
    short.stopping.maximumUnits = 1
    let context = FitContext(random: RandomStream(seed: 4), workers: WorkerPool(threads: 1))
    let first = try Grower(spec: short).fit(data, validation: nil, in: context)
    let state = try #require(first.state as? GrowthState)
    let goneOn = try Grower(spec: spec, continuing: state).fit(data, validation: nil, in: context)
    #expect(try Self.network(goneOn) == Self.network(Self.fit(spec, data)))
  }
}
