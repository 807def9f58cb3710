import CambiumCore
import Testing

@testable import Cambium

/// Growth on data too large for a matrix, and on parts of large data.
@Suite struct LargeDataTests {
  /// Three inputs, one with gaps, and what is to be learned: numbers or three classes.
  private static func table(rows: Int, isText: Bool) -> Table {
    let x = Samples.numbers(rows, "x")
    let y = Samples.numbers(rows, "y")
    let noise = Samples.numbers(rows, "noise")
    let sums = (0..<rows).map { sine(2 * x[$0]) + x[$0] * y[$0] + 0.1 * noise[$0] }
    let target: Table.Values =
      isText
      ? .texts(TextColumn(sums.map { $0 < -0.5 ? "low" : $0 < 0.5 ? "middle" : "high" }))
      : .numbers(NumberColumn(sums))
    return Table(columns: [
      .init(name: "x", values: .numbers(NumberColumn(x))),
      .init(name: "y", values: .numbers(NumberColumn(y.map { ($0 * 1000).rounded() / 1000 }))),
      .init(
        name: "z",
        values: .numbers(NumberColumn(noise.enumerated().map { $0.offset % 5 == 0 ? .nan : $0.element }))),
      .init(name: "target", values: target),
    ])
  }

  /// A matrix of the inputs or inputs that are encoded when they are read: the same network to the last bit.
  @Test(arguments: [false, true], [Topology.automatic, .cascade])
  func inputsThatAreNoMatrixGrowTheSameNetwork(isText: Bool, topology: Topology) throws {
    let table = Self.table(rows: 1300, isText: isText)
    let preprocessing = try Preprocessing.fit(to: table).preprocessing
    let kept = try preprocessing.dataset(from: table)
    let encoded = Dataset(
      inputs: try preprocessing.inputs(from: table, largestMatrixCount: 0), targets: kept.targets,
      task: kept.task,
      columns: kept.columns)
    var spec = Samples.quickSpec(units: 5, holdOut: true)
    spec.topology = topology
    spec.refinement.every = 2
    // What is drawn of large data is drawn of these.
    spec.selection.sampleLimit = 300
    spec.refinement.sampleLimit = 400
    let fits = try [kept, encoded].flatMap { data in
      try [1, 3].map { threads in
        try Grower(spec: spec).fit(
          data, validation: nil,
          in: FitContext(random: RandomStream(seed: 1), workers: WorkerPool(threads: threads)))
      }
    }
    let networks = fits.compactMap { $0.predictor as? Network }
    #expect(networks.count == 4 && !networks[0].units.isEmpty)
    #expect(networks.allSatisfy { $0 == networks[0] })
    let outputs = networks[0].outputs(for: kept.features, workers: Samples.workers)
    #expect(networks[0].outputs(for: encoded.inputs, workers: Samples.workers) == outputs)
    #expect(fits.allSatisfy { $0.firstCoverage == fits[0].firstCoverage })
  }

  /// Units whose columns are kept, and units whose columns are computed when they are read: the same network to the last
  /// bit, and the same account of it, where candidates are judged on a part of the samples.
  @Test(arguments: [false, true], [false, true])
  func unitsThatAreNotKeptGrowTheSameNetwork(isText: Bool, isWeighted: Bool) throws {
    let table = Self.table(rows: 1300, isText: isText)
    let preprocessing = try Preprocessing.fit(to: table).preprocessing
    let kept = try preprocessing.dataset(from: table)
    let encoded = Dataset(
      inputs: try preprocessing.inputs(from: table, largestMatrixCount: 0), targets: kept.targets,
      task: kept.task, weights: isWeighted ? (0..<1300).map { 0.5 + Double($0 % 4) } : nil,
      columns: kept.columns
    )
    var spec = Samples.quickSpec(units: 5, holdOut: true)
    spec.refinement.every = 2
    spec.selection.sampleLimit = 300
    spec.refinement.sampleLimit = 400
    let paths = [UnitColumns.kept, .computed].flatMap { columns in
      [1, 3].map { threads in
        GrowthLoop(
          spec: spec, topology: .cascade, data: encoded, heldOut: nil, unitColumns: columns, largestSize: 5,
          ridge: 1e-6, leastSizeAtFullCoverage: nil,
          context: FitContext(random: RandomStream(seed: 1), workers: WorkerPool(threads: threads))
        ).run()
      }
    }
    #expect(paths[0].last.units.count == 5 && paths[3].last.design.keepsUnits == false)
    for path in paths.dropFirst() {
      #expect(path.last.network == paths[0].last.network)
      #expect(
        path.coverage.covered == paths[0].coverage.covered && path.coverage.first == paths[0].coverage.first)
      #expect(path.rounds.map(\.trainError) == paths[0].rounds.map(\.trainError))
      #expect(path.last.scores == paths[0].last.scores)
    }
    // From where it stood, as well.
    let state = try #require(paths[0].state)
    let restored = try [UnitColumns.kept, .computed].map { columns in
      try #require(
        GrowingNetwork(
          data: encoded, heldOut: nil, ridge: 1e-6, workers: Samples.workers, unitColumns: columns,
          isStreamed: true
        ).restored(state)
      ).scores
    }
    #expect(restored[0] == restored[1])
  }

  /// Where candidates are judged on all samples, theirs are the only columns that are kept.
  @Test func unitsThatAreNotKeptAreJudgedOnAllSamplesAsWell() throws {
    let table = Self.table(rows: 1300, isText: false)
    let preprocessing = try Preprocessing.fit(to: table).preprocessing
    let kept = try preprocessing.dataset(from: table)
    let encoded = Dataset(
      inputs: try preprocessing.inputs(from: table, largestMatrixCount: 0), targets: kept.targets,
      task: kept.task, columns: kept.columns)
    let errors = [UnitColumns.kept, .computed].map { columns in
      GrowthLoop(
        spec: Samples.quickSpec(units: 5, holdOut: true), topology: .cascade, data: encoded, heldOut: nil,
        unitColumns: columns, largestSize: 5, ridge: 1e-6, leastSizeAtFullCoverage: nil,
        context: FitContext(random: RandomStream(seed: 1), workers: Samples.workers)
      ).run().rounds.map(\.trainError)
    }
    #expect(errors[0].count == 5 && errors[1].count == 5)
    #expect(zip(errors[0], errors[1]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func whereThereIsLittleMemoryUnitsAreNotKept() throws {
    let table = Self.table(rows: 8000, isText: false)
    let preprocessing = try Preprocessing.fit(to: table).preprocessing
    let kept = try preprocessing.dataset(from: table)
    let data = Dataset(
      inputs: try preprocessing.inputs(from: table, largestMatrixCount: 0), targets: kept.targets,
      task: kept.task, columns: kept.columns)
    var spec = Samples.quickSpec(units: 4, holdOut: true)
    spec.stopping.sampleLimit = 300
    spec.selection.sampleLimit = 200
    spec.stopping.maximumUnits = 300
    spec.refinement.every = 0
    spec.stopping.patience = 2
    let needs = [UnitColumns.kept, .computed].map {
      MemoryNeed(of: spec, data: data, holdOuts: 3, unitColumns: $0).bytes
    }
    #expect(needs[1] < 0.8 * needs[0])
    func fit(_ memory: Double?) throws -> Fit {
      try Grower(spec: spec).fit(
        data, validation: nil,
        in: FitContext(random: RandomStream(seed: 1), workers: Samples.workers, memory: memory))
    }
    let (free, tight) = (try fit(nil), try fit(0.5 * (needs[0] + needs[1])))
    #expect(free.predictor as? Network == tight.predictor as? Network)
    #expect(throws: InputError.self) { _ = try fit(0.5 * needs[1]) }
  }

  @Test(arguments: [0, 3])
  func ofLargeDataAPartIsHeldOutAndGrownOn(folds: Int) throws {
    for data in [Samples.regression(900), Samples.classes(900, 3)] {
      var spec = StoppingSpec()
      spec.sampleLimit = 250
      spec.folds = folds
      let holdOuts = try HoldOut.all(of: data, validation: nil, spec: spec, random: RandomStream(seed: 1))
      #expect(holdOuts.count == (folds == 0 ? 6 : 3))
      for holdOut in holdOuts {
        #expect(holdOut.training.sampleCount + holdOut.heldOut.sampleCount == 250)
        #expect(
          holdOut.rows == holdOut.rows.sorted() && Set(holdOut.rows).count == holdOut.training.sampleCount)
        #expect(holdOut.training.features == data.features.selectingRows(holdOut.rows))
        #expect(holdOut.training.targets == data.targets.selectingRows(holdOut.rows))
      }
    }
  }

  /// The size is chosen on a part, and the network then learns all.
  @Test func theNetworkThatStaysLearnsAllSamples() throws {
    let data = Samples.regression(1000, noise: 0.1)
    var spec = Samples.quickSpec(units: 6, holdOut: true)
    spec.stopping.sampleLimit = 200
    let fit = try Grower(spec: spec).fit(
      data, validation: nil, in: FitContext(random: RandomStream(seed: 1), workers: Samples.workers))
    let covered = try #require(fit.firstCoverage)
    #expect((covered.readout + covered.units.joined()).contains { $0 >= 500 })
    #expect(fit.heldOut?.data.sampleCount == 40)
  }
}
