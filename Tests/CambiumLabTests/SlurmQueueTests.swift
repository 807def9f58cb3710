import Testing

@testable import CambiumLab

@Suite struct SlurmQueueTests {
  @Test func whatHasEndedIsInNoQueueAndAllElseIs() throws {
    // The states that the manual of `squeue` lists.
    let ended = [
      "BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED",
      "REVOKED", "TIMEOUT",
    ]
    let waits = [
      "CONFIGURING", "PENDING", "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "RESV_DEL_HOLD", "SPECIAL_EXIT",
    ]
    let runs = ["COMPLETING", "RUNNING", "SIGNALING", "STAGE_OUT", "STOPPED", "SUSPENDED"]
    let states = ended + waits + runs + ["A_STATE_OF_TOMORROW"]
    let queue = try SlurmQueue(
      listing: states.enumerated().map { "\($1)|\($0)|job" }.joined(separator: "\n") + "\n\n")
    for (index, state) in states.enumerated() {
      let expected: SlurmQueue.Activity? =
        ended.contains(state) ? nil : runs.contains(state) ? .running : .waiting
      #expect(queue.activity(ofTask: index, in: "job") == expected, "\(state)")
      #expect(queue.activity(ofTask: index, in: "another") == nil)
    }
  }

  @Test(arguments: [
    ("3", [3]), ("0-4", [0, 1, 2, 3, 4]), ("0-4%2", [0, 1, 2, 3, 4]), ("0,3,7-8%1", [0, 3, 7, 8]),
    ("1-9:4", [1, 5, 9]),
  ])
  func arraysThatWaitAsAWholeAreTakenApart(_ text: String, _ indices: [Int]) throws {
    let queue = try SlurmQueue(listing: "PENDING|\(text)|a job|with a bar")
    #expect((0..<12).filter { queue.activity(ofTask: $0, in: "a job|with a bar") != nil } == indices)
  }

  @Test func collectorsAreNoTasks() throws {
    #expect(try SlurmQueue(listing: "PENDING|N/A|cambium-e-1-collect") == SlurmQueue())
    #expect(try SlurmQueue(listing: "") == SlurmQueue())
  }

  /// A line that is overlooked would be a task that is run twice.
  @Test(arguments: [
    "RUNNING", "RUNNING|1", "|1|job", "RUNNING||job", "RUNNING|x|job", "PENDING|3-1|job", "PENDING|1-|job",
    "PENDING|1:0|job", "PENDING|1-2-3|job", "PENDING|0-99999999999999999999|job", "PENDING|1,...|job",
    "slurm: error",
  ])
  func linesThatCannotBeUnderstoodAreErrors(_ line: String) {
    #expect(throws: SlurmError.self) { try SlurmQueue(listing: "RUNNING|0|job\n" + line) }
  }

  @Test func settingsTellTheLengthOfArrays() {
    #expect(SlurmCommands.arrayLimit("A = 1\nMaxArraySize            = 1001\nMaxDBDMsgs = 2") == 1001)
    #expect(SlurmCommands.arrayLimit("MaxArraySize=0") == 0)
    #expect(SlurmCommands.arrayLimit("XMaxArraySize = 5\nMaxArraySize = many") == nil)
  }

  @Test func silenceIsToldFromRefusal() {
    // As Slurm 22.05 says them.
    for text in [
      "slurm_load_jobs error: Unable to contact slurm controller (connect failure)\n",
      "sbatch: error: Batch job submission failed: Socket timed out on send/recv operation",
      "sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)",
    ] {
      guard case .noAnswer = SlurmCommands.trouble("sbatch", text) else {
        Issue.record("\(text)")
        continue
      }
    }
    #expect(
      SlurmCommands.trouble(
        "sbatch", "sbatch: error: invalid partition specified: x\nsbatch: error: Batch job failed")
        == .refused(command: "sbatch", message: "invalid partition specified: x; Batch job failed"))
    #expect(SlurmCommands.trouble("sbatch", "") == .refused(command: "sbatch", message: "no words"))
  }
}
