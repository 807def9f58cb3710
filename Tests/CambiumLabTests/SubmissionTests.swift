import CambiumCore
import Foundation
import Testing

@testable import CambiumLab

@Suite struct SubmissionTests {
  /// Eighteen cells, packed and cut in every way there is: each is in one task, each task in one array.
  @Test func everyMissingCellIsInOneTaskAndNoArrayIsTooLong() throws {
    try withTemporaryFolder { folder in
      let experiment = try planned()
      for cellsPerTask in [1, 2, 5, 17, 18, 100] {
        for cpus in [1, 4] {
          for arrayLimit in [1, 2, 3, 18, 1000] {
            for throttle in [0, 1, 7] {
              let plan = try SubmissionPlan(
                of: experiment, in: folder, cellsPerTask: cellsPerTask, cpus: cpus, throttle: throttle,
                arrayLimit: arrayLimit)
              let submission = plan.submission
              #expect(submission.tasks.flatMap { $0 } == experiment.identities)
              #expect(submission.tasks.dropLast().allSatisfy { $0.count == max(cellsPerTask, cpus) })
              var places = Set<String>()
              for array in 0..<submission.arrayCount {
                let options = plan.options(ofArray: array)
                let range = try #require(options.first { $0.hasPrefix("--array=0-") }).dropFirst(10)
                let parts = range.split(separator: "%")
                let last = try #require(Int(parts[0]))
                #expect(last >= 0 && last < arrayLimit)
                for index in 0...last { places.insert("\(array) \(index)") }
                let bound = parts.count > 1 ? Int(parts[1]) : nil
                #expect(bound == (throttle == 0 ? nil : max(1, throttle / submission.arrayCount)))
              }
              #expect(places.count == submission.tasks.count)
            }
          }
        }
      }
    }
  }

  @Test func aSubmissionIsReadAsItWasWrittenAndPlansTheSameCells() throws {
    try withTemporaryFolder { folder in
      let experiment = try planned(setting: ["learners.noisy.settings.noise=0.25", "tolerance=2"])
      let submission = try submitted(SubmissionPlan(of: experiment, in: folder), in: folder)
      #expect(try Submission.all(in: folder) == [submission])
      let again = try submission.planned(learners: constants)
      #expect(again.cells == experiment.cells)
      #expect(again.spec == experiment.spec)
      #expect(try SubmissionPlan(of: experiment, in: folder).submission.number == 2)
    }
  }

  /// The experiments of this repository, as far as their data lie in it.
  @Test(arguments: ["grown-vs-mlp", "coverage-rules", "committees", "growth-choices"])
  func experimentsOutliveTheirSnapshot(_ name: String) throws {
    try withTemporaryFolder { folder in
      let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
      let experiment = try Experiment(at: "\(root)/experiments/\(name)")
      let submission = try submitted(SubmissionPlan(of: experiment, in: folder), in: folder)
      #expect(try Submission.read(from: Submission.folder(1, in: folder)).planned().cells == experiment.cells)
      #expect(submission.tasks.count == Set(experiment.identities).count)
    }
  }

  @Test func dataAndProgramsThatWereReplacedAreFoundOut() throws {
    try withTemporaryFolder { folder in
      let data = folder + "/d.csv"
      let program = folder + "/program"
      func write(_ text: String, _ path: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
      }
      try write("a,y\n1,1.5\n2,2\n3,2.5\n4,3\n5,4\n", data)
      try write("one", program)
      let experiment = try planned("learners: [constant]\ndata: [{file: d.csv}]\n", folder: folder)
      let plan = try SubmissionPlan(
        of: experiment, in: folder, profile: .init(), program: program, arrayLimit: 10, queue: .init())
      _ = try submitted(plan, in: folder)
      let place = Submission.folder(1, in: folder)
      func task() throws -> SlurmTask { try SlurmTask(in: place, program: program, learners: constants) }
      #expect(try task().experiment.cells == experiment.cells)
      try write("two", program)
      #expect(throws: InputError.self) { try task() }
      try write("one", program)
      try write("a,y\n1,1.5\n2,2\n3,2.5\n4,3\n5,9\n", data)
      let error = #expect(throws: InputError.self) { try task() }
      #expect(error?.found.contains("data set d ") == true)
    }
  }

  @Test func damagedSubmissionsAreErrors() throws {
    try withTemporaryFolder { folder in
      let place = Submission.folder(1, in: folder)
      #expect(throws: InputError.self) { try Submission.read(from: place) }
      _ = try submitted(SubmissionPlan(of: try planned(), in: folder), in: folder)
      let path = place + "/submission.json"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      for (old, new) in [
        ("\"arrayLength\" : 18", "\"arrayLength\" : 0"), ("\"jobs\" : 1", "\"jobs\" : -1"), ("{", "["),
        ("tasks", "task"),
      ] {
        #expect(text.contains(old))
        try text.replacing(old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: InputError.self, "\(new)") { try Submission.all(in: folder) }
      }
    }
  }

  /// Whatever tasks were stopped and started again, and in whatever order, the file is that of a run here.
  @Test(arguments: [1, 3, 7])
  func tasksComeToTheRecordsOfALocalRun(cellsPerTask: Int) throws {
    let experiment = try planned()
    let local = try withTemporaryFolder { folder in
      try ExperimentRunner().run(experiment, into: folder)
      return try canonicalRecords(in: folder)
    }
    try withTemporaryFolder { folder in
      let submission = try submitted(
        SubmissionPlan(of: experiment, in: folder, cellsPerTask: cellsPerTask), in: folder)
      for task in submission.tasks.indices.reversed() {
        var start = 0
        var outcome = try SlurmTask.run(
          task, of: submission, in: folder, start: start, observer: StoppingObserver(after: 1))
        while outcome.isInterrupted {
          start += 1
          outcome = try SlurmTask.run(
            task, of: submission, in: folder, start: start, observer: StoppingObserver(after: 2))
        }
        #expect(start == (submission.tasks[task].count) / 2)
        // A start too many does nothing.
        #expect(try SlurmTask.run(task, of: submission, in: folder, start: start + 1).finished == 0)
      }
      #expect(try canonicalRecords(in: folder) == local)
      #expect(
        !FileManager.default.fileExists(atPath: RecordStore(folder: folder).path), "tasks merge nothing")
      try RecordStore(folder: folder).collect([submission], queue: SlurmQueue(), for: experiment)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["records.jsonl", "slurm"])
      let lines = try String(contentsOfFile: RecordStore(folder: folder).path, encoding: .utf8).split(
        separator: "\n")
      #expect(lines.count == 18)
      #expect(try canonicalRecords(in: folder) == local)
    }
  }

  @Test func shardsStayAsLongAsSomebodyMayWriteToThem() throws {
    try withTemporaryFolder { folder in
      let experiment = try planned()
      let submission = try submitted(SubmissionPlan(of: experiment, in: folder, cellsPerTask: 6), in: folder)
      for task in 0..<3 { try SlurmTask.run(task, of: submission, in: folder) }
      let all = try canonicalRecords(in: folder)
      let store = RecordStore(folder: folder)
      func shards() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: folder).count { $0.hasSuffix(RecordShard.suffix) }
      }
      try store.collect([submission], queue: nil, for: experiment)
      #expect(try shards() == 3, "nobody knows")
      try store.collect([], queue: SlurmQueue(), for: experiment)
      #expect(try shards() == 3, "of another's submission")
      try store.collect(
        [submission], queue: queue(of: submission, waiting: [1], running: [2]), for: experiment)
      #expect(try shards() == 2)
      #expect(try canonicalRecords(in: folder) == all)
      try store.collect([submission], queue: SlurmQueue(), for: experiment)
      #expect(try shards() == 0)
      #expect(try canonicalRecords(in: folder) == all)
    }
  }

  /// A local run leaves the shards of tasks alone, and counts their records.
  @Test func aLocalRunGoesOnWhereTasksStopped() throws {
    try withTemporaryFolder { folder in
      let experiment = try planned()
      let submission = try submitted(SubmissionPlan(of: experiment, in: folder, cellsPerTask: 6), in: folder)
      try SlurmTask.run(1, of: submission, in: folder)
      #expect(try ExperimentRunner().run(experiment, into: folder).finished == 12)
      #expect(try RecordStore(folder: folder).contents().records.count == 18)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
          == ["records.jsonl", "records.task-1-1.0.shard.jsonl", "slurm"])
    }
  }

  @Test func ownersAreKnownByTheNamesOfTheirShards() {
    for owner in [
      ShardOwner.thisProcess, .process(host: "", identifier: 1), .process(host: "task-1-2", identifier: 3),
      .task(submission: 1, number: 0), .task(submission: 12, number: 345),
    ] {
      let path = "results.shard.jsonl/e/\(RecordShard.prefix)\(owner.name).7\(RecordShard.suffix)"
      #expect(RecordShard.owner(of: path) == owner)
    }
    for name in [
      "records.jsonl", "records.x.shard.jsonl", "records.task-1.0.shard.jsonl", "records..shard.jsonl",
    ] {
      #expect(RecordShard.owner(of: name) == nil, "\(name)")
    }
  }
}
