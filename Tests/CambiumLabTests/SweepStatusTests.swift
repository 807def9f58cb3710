import CambiumCore
import Testing

@testable import CambiumLab

@Suite struct SweepStatusTests {
  /// The three learners make two results and a failure; the tasks of three cells have each one of each.
  @Test func recordsComeFirstThenTheQueueAndTheRestIsMissing() throws {
    try withTemporaryFolder { folder in
      let experiment = try planned()
      let submission = try submitted(SubmissionPlan(of: experiment, in: folder, cellsPerTask: 3), in: folder)
      let store = RecordStore(folder: folder)
      func status(_ queue: SlurmQueue) throws -> [SweepStatus.State: Int] {
        let status = try SweepStatus(
          of: experiment, contents: store.contents(), submissions: [submission], queue: queue)
        #expect(status.states.map(\.identity) == experiment.identities)
        #expect(SweepStatus.State.allCases.reduce(0) { $0 + status.count($1) } == 18)
        return Dictionary(
          uniqueKeysWithValues: SweepStatus.State.allCases.map { ($0, status.count($0)) }.filter { $0.1 > 0 })
      }
      #expect(try status(.init()) == [.missing: 18])
      #expect(try status(queue(of: submission, waiting: 0..<6)) == [.waiting: 18])
      #expect(
        try status(queue(of: submission, waiting: 2..<6, running: [0])) == [
          .waiting: 12, .running: 3, .missing: 3,
        ])
      for task in 0..<2 { try SlurmTask.run(task, of: submission, in: folder) }
      let expected: [SweepStatus.State: Int] = [.done: 4, .failed: 2, .waiting: 9, .missing: 3]
      #expect(try status(queue(of: submission, waiting: [1, 2, 3, 4], running: [0])) == expected)
      #expect(try status(.init()) == [.done: 4, .failed: 2, .missing: 12])
    }
  }

  /// What is submitted is what is missing, whatever waits or runs.
  @Test func whatIsSubmittedAgainIsWhatIsMissing() throws {
    try withTemporaryFolder { folder in
      let experiment = try planned()
      let submission = try submitted(SubmissionPlan(of: experiment, in: folder, cellsPerTask: 3), in: folder)
      try SlurmTask.run(0, of: submission, in: folder)
      for mask in 0..<64 {
        let active = (0..<6).filter { mask >> $0 & 1 == 1 }
        let queue = try queue(
          of: submission, waiting: active.filter { $0.isMultiple(of: 2) },
          running: active.filter { !$0.isMultiple(of: 2) })
        let status = try SweepStatus(
          of: experiment, contents: RecordStore(folder: folder).contents(), submissions: [submission],
          queue: queue)
        let plan = try SubmissionPlan(of: experiment, in: folder, queue: queue)
        #expect(
          plan.submission.tasks.flatMap { $0 }
            == status.states.filter { $0.state == .missing }.map(\.identity))
      }
    }
  }

  @Test func failuresAreSubmittedAgainOnceWhereAskedFor() throws {
    try withTemporaryFolder { folder in
      let experiment = try planned()
      let first = try submitted(SubmissionPlan(of: experiment, in: folder, cellsPerTask: 18), in: folder)
      try SlurmTask.run(0, of: first, in: folder)
      try RecordStore(folder: folder).collect([first], queue: SlurmQueue(), for: experiment)
      #expect(try SubmissionPlan(of: experiment, in: folder).submission.tasks.isEmpty)
      let plan = try SubmissionPlan(of: experiment, in: folder, cellsPerTask: 3, retriesFailures: true)
      #expect(plan.submission.tasks.map(\.count) == [3, 3])
      let second = try submitted(plan, in: folder)
      let waiting = try queue(of: second, waiting: [0, 1])
      #expect(
        try SubmissionPlan(of: experiment, in: folder, queue: waiting, retriesFailures: true).submission.tasks
          .isEmpty)
      let status = try SweepStatus(
        of: experiment, contents: RecordStore(folder: folder).contents(), submissions: [first, second],
        queue: waiting)
      #expect(status.count(.waiting) == 6 && status.count(.done) == 12)
      let outcome = try SlurmTask.run(0, of: second, in: folder)
      #expect(outcome.finished == 3 && outcome.failed == 3)
      #expect(
        try SlurmTask.run(0, of: second, in: folder, start: 1).finished == 0, "a second start repeats nothing"
      )
    }
  }
}
