import CambiumCore
import Foundation
import Testing

@testable import CambiumLab

private func experiment(_ data: String, _ settings: String = "") throws -> Experiment {
  let text = """
    learners:
      - name: grown
        settings: {restarts: 1, training: {epochs: 15}, stopping: {maximumUnits: 4}\(settings)}
    data:
      - \(data)
    splits: {repeats: 2, fraction: 0.25}
    seeds: [1, 2]
    """
  return try Experiment(
    name: "small", folder: ".", document: SpecDocument(text: text, file: "e.yaml"), learners: .standard,
    data: DataCatalogue(folder: "no-such-folder"))
}

/// A fit of an experiment's first cell, and all that its replay is made of.
private struct Fitted {
  let fit: Fit
  let preprocessing: Preprocessing
  let training: Dataset
  let test: Dataset
  let workers = WorkerPool(threads: 1)

  init(_ experiment: Experiment) throws {
    let data = experiment.data[0]
    let rows = try data.rows(ofSplit: 0, by: experiment.spec.splits)
    preprocessing = try Preprocessing.fit(
      to: data.table, targets: data.targets, task: data.task, rows: rows.training
    ).preprocessing
    training = try preprocessing.dataset(from: data.table, rows: rows.training)
    test = try preprocessing.dataset(from: data.table, rows: rows.test)
    fit = try experiment.learners[0][0].learner.fit(
      training, validation: nil, in: FitContext(random: RandomStream(seed: 1)))
  }

  var replay: GrowthReplay? {
    GrowthReplay(of: fit, preprocessing: preprocessing, training: training, test: test, workers: workers)
  }
}

@Suite struct ReplayTests {
  @Test func theLastStageIsWhatTheModelAnswers() throws {
    let fitted = try Fitted(experiment("{name: friedman1, synthetic: friedman1, rows: 80}"))
    let replay = try #require(fitted.replay)
    #expect(replay.scene.kind == .agreement && replay.scene.points.count == 80)
    #expect(replay.scene.points.count { $0.isTest } == 20)
    let last = try #require(replay.stages.last)
    #expect(last.isFinished && replay.stages.count { $0.isFinished } == 1)
    let all = fitted.training.appending(fitted.test)
    let outputs = fitted.fit.predictor.outputs(for: all.features, workers: fitted.workers)
    guard case .numbers(_, let answers) = fitted.preprocessing.predictions(from: outputs),
      case .values(let shown)? = last.picture
    else {
      Issue.record("no numbers")
      return
    }
    for (answer, value) in zip(answers.column(0), shown) {
      #expect(abs(answer - value) <= 5.1e-4 * abs(answer))
    }
    #expect(last.units == fitted.fit.predictor.size.units)
    // Every round has its stage, and so has the network before the first.
    let rounds = fitted.fit.report.rounds
    #expect(replay.stages.count == rounds.count + 1 || replay.stages.count == rounds.count + 2)
    for (stage, round) in zip(replay.stages.dropFirst(), rounds) {
      #expect(abs((stage.coverage ?? 0) - round.coverage) < 1e-4)
      #expect(abs(stage.trainError - round.trainError) <= 5.1e-4 * round.trainError)
    }
  }

  @Test func aPlaneShowsTheClassOfEachCell() throws {
    let fitted = try Fitted(
      experiment("{name: two-spirals, synthetic: two-spirals, rows: 80, validationFraction: 0}"))
    let replay = try #require(fitted.replay)
    #expect(replay.scene.kind == .plane && replay.scene.classes.count == 2)
    guard case .levels(let levels)? = replay.stages.last?.picture else {
      Issue.record("no plane")
      return
    }
    #expect(levels.utf8.count == ReplayScene.gridSize * ReplayScene.gridSize)
    // The cell below a point has the class that the model gives to the cell's middle.
    let axis = (replay.scene.horizontal, replay.scene.vertical)
    let size = Double(ReplayScene.gridSize)
    for (column, row) in [(3, 5), (20, 40), (63, 0)] {
      let x = axis.0.lower + (axis.0.upper - axis.0.lower) * (Double(column) + 0.5) / size
      let y = axis.1.lower + (axis.1.upper - axis.1.lower) * (Double(row) + 0.5) / size
      let names = fitted.preprocessing.inputs.map(\.name)
      let features = try fitted.preprocessing.features(
        from: Table(columns: [
          .init(name: names[0], values: .numbers([x])), .init(name: names[1], values: .numbers([y])),
        ]))
      let probability = fitted.fit.predictor.outputs(for: features, workers: fitted.workers)[0, 0]
      let character = Array(levels.utf8)[row * ReplayScene.gridSize + column]
      let level = try #require(ReplayScene.levels.firstIndex(of: character))
      #expect(abs(Double(level) / 63 - probability) <= 0.5 / 63 + 1e-9)
    }
  }

  @Test func aReplaySurvivesItsFile() throws {
    let replay = try #require(
      try Fitted(experiment("{name: friedman1, synthetic: friedman1, rows: 80}")).replay)
    try withTemporaryFolder { folder in
      let store = ReplayStore(folder: folder)
      #expect(store.replay(of: "none") == nil)
      store.save(replay, as: "one")
      #expect(store.replay(of: "one") == replay)
      let text = ReplayStore.text(of: replay)
      #expect(ReplayStore.text(of: replay) == text)
      for length in [0, 1, text.utf8.count / 2, text.utf8.count - 1] {
        try Data(text.utf8.prefix(length)).write(to: URL(fileURLWithPath: store.path(of: "one")))
        #expect(store.replay(of: "one") == nil)
      }
    }
  }

  @Test func whatDoesNotFitTogetherIsNotShown() throws {
    let replay = try #require(
      try Fitted(experiment("{name: friedman1, synthetic: friedman1, rows: 80, validationFraction: 0}"))
        .replay)
    #expect(replay.isSound && !replay.units.isEmpty)
    func isSound(_ change: (inout GrowthReplay) -> Void) -> Bool {
      var copy = replay
      change(&copy)
      return copy.isSound
    }
    #expect(!isSound { $0.stages = [] })
    #expect(!isSound { $0.units[0].sources[0] = 1000 })
    #expect(!isSound { $0.units[0].sources[0] = -1 })
    #expect(!isSound { $0.units[0].weights = [] })
    #expect(!isSound { $0.stages[0].units = 99 })
    #expect(!isSound { $0.stages[0].picture = .values([1]) })
    #expect(!isSound { $0.stages[0].picture = .levels("é") })
    #expect(!isSound { $0.scene.horizontal.upper = $0.scene.horizontal.lower })
    #expect(!isSound { $0.scene.classes = ["a"] })
  }

  @Test func ofEachLearnerAndSetTheFirstRunIsKept() throws {
    let experiment = try experiment("{name: friedman1, synthetic: friedman1, rows: 60}")
    let files = try [1, 3].map { jobs in
      try withTemporaryFolder { folder in
        try ExperimentRunner(jobs: jobs).run(experiment, into: folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: ReplayStore(folder: folder).folder)
        #expect(names == ["\(experiment.cells[0].identity).json"])
        return try String(
          contentsOfFile: ReplayStore(folder: folder).path(of: experiment.cells[0].identity), encoding: .utf8)
      }
    }
    #expect(files[0] == files[1], "the number of jobs changes no byte")
  }

  @Test(arguments: [(0.123456, 0.1235), (-12345.6, -12350), (0, 0), (1e-9, 1e-9), (.infinity, 0)])
  func numbersKeepFourDigits(number: Double, rounded: Double) {
    #expect(number.rounded(toDigits: 4) == rounded)
  }

  @Test func theDrawingHasAGroupForEachUnit() throws {
    let replay = try #require(
      try Fitted(experiment("{name: friedman1, synthetic: friedman1, rows: 80, validationFraction: 0}"))
        .replay)
    let svg = try #require(NetworkDrawing(of: replay, title: "<t>")?.svg)
    let counts = try elementCounts(ofXML: svg)
    for unit in 1...replay.units.count { #expect(svg.contains("data-unit=\"\(unit)\"")) }
    #expect(!svg.contains("data-unit=\"\(replay.units.count + 1)\""))
    // A line for each connection but those of biases, and a ray for each unit that is read.
    let connections = replay.units.reduce(0) { $0 + $1.sources.count { $0 > 0 } }
    let rays = replay.units.count { $0.readout.contains { $0 != 0 } }
    #expect(counts["line"] == connections + rays)
  }
}
