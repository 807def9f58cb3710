import CambiumCore
import Foundation
import Testing

@testable import CambiumLab

@Suite struct SlurmProfileTests {
  private func profile(_ text: String) throws -> SlurmProfile {
    try SpecFile.resolve(SlurmProfile.self, from: SpecDocument(text: text, file: "p.yaml")).spec
  }

  @Test func everyKeyIsReadAndNoneIsNeeded() throws {
    #expect(try profile("") == SlurmProfile())
    let read = try profile(
      """
      partition: short
      account: chem-1
      time: 1-02:00:00
      memory: 4000
      cpus: 4
      modules: [gcc/12, openblas]
      setup: [export A=1]
      sbatch: [--constraint=avx2, --exclude n1]
      throttle: 20
      cellsPerTask: 50
      signalSeconds: 300
      requeue: false
      """)
    #expect(read.partition == "short" && read.modules == ["gcc/12", "openblas"] && read.cellsPerTask == 50)
    #expect(read.sbatch == ["--constraint=avx2", "--exclude n1"] && !read.requeue)
  }

  @Test(arguments: [
    ("partitoin: short", "partitoin", "\"partition\""), ("cpus: 0", "cpus", "1"),
    ("cpus: two", "cpus", "number"),
    ("cpus: 1.5", "cpus", "whole"), ("time: soon", "time", "HH:MM:SS"),
    ("time: 00:01:00", "time", "signalSeconds"),
    ("partition: \"a b\"", "partition", "blanks"), ("partition: \"a\\n#SBATCH --x\"", "partition", "blanks"),
    ("account: \"$(id)\"", "account", "blanks"), ("modules: [\"a;b\"]", "modules.0", "module"),
    ("sbatch: [constraint]", "sbatch.0", "option"), ("sbatch: [--array=0-9]", "sbatch.0", "--array"),
    ("sbatch: [--hold, \"--output x\"]", "sbatch.1", "--output"), ("setup: [\"a\\nb\"]", "setup.0", "line"),
    ("throttle: -1", "throttle", "0"), ("cellsPerTask: 0", "cellsPerTask", "1"),
    ("signalSeconds: -5", "signalSeconds", "0"), ("requeue: perhaps", "requeue", "true"),
  ])
  func whatIsOffIsToldWithItsPlace(_ text: String, _ column: String, _ expected: String) throws {
    let error = #expect(throws: InputError.self) { try profile("memory: 100\n" + text + "\n") }
    #expect(
      error?.location.file == "p.yaml" && error?.location.line == 2, "\(text): \(error?.description ?? "")")
    #expect(error?.location.column == column, "\(text): \(error?.description ?? "")")
    #expect(error?.expected.contains(expected) == true, "\(text): \(error?.description ?? "")")
  }

  /// The forms that the manual of `sbatch` lists.
  @Test func spansOfTimeAreRead() {
    for (days, hours, minutes, seconds) in [(0, 0, 5, 0), (0, 2, 3, 4), (1, 23, 59, 59), (7, 0, 0, 0)] {
      let total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
      #expect(SlurmTime.seconds("\(days)-\(hours):\(minutes):\(seconds)") == total)
      #expect(SlurmTime.seconds("\(days)-\(hours):\(minutes)") == total - seconds)
      #expect(SlurmTime.seconds("\(days)-\(hours)") == (days * 24 + hours) * 3600)
      #expect(SlurmTime.seconds("\(days * 24 + hours):\(minutes):\(seconds)") == total)
      #expect(SlurmTime.seconds("\((days * 24 + hours) * 60 + minutes):\(seconds)") == total)
      #expect(SlurmTime.seconds("\((days * 24 + hours) * 60 + minutes)") == total - seconds)
    }
    for text in ["", "-", "1-", "-1", "1:2:3:4", "1-2-3", "a", "1:", ":1", "1.5", "٣", "9999999999999999999"]
    {
      #expect(SlurmTime.seconds(text) == nil, "\(text)")
    }
  }

  /// The shell itself reads words as they were meant, and finds nothing wrong with the script.
  @Test func theShellReadsTheScriptAsItWasMeant() throws {
    func shell(_ words: String...) throws -> (lines: [String], cause: ChildProcess.Ending.Cause) {
      let process = try ChildProcess(["/bin/bash"] + words)
      var lines: [String] = []
      while case .line(let line) = process.answer(until: .infinity, isWanted: { true }) { lines.append(line) }
      return (lines, process.ending().cause)
    }
    for text in ["/a b/c", "it's", "$HOME `id` \"x\" \\", "a;b&c|d", "%A #", "''", "ä"] {
      #expect(try shell("-c", "printf '%s\\n' " + SubmissionScript.quoted(text)).lines == [text])
      var profile = SlurmProfile()
      profile.modules = ["gcc/12"]
      profile.setup = ["module() { :; }"]
      // The shell's own `echo` is taken over by a file, and stands for the program.
      let script = SubmissionScript(profile: profile, program: "/bin/echo", externalData: text).text
      #expect(try shell("-n", "-c", script).cause == .exit(0))
      #expect(try shell("-c", script, "name", "--array", "3").lines == ["slurm-task . --array 3"])
    }
    let lines = SubmissionScript(profile: .init(), program: "/p", externalData: nil).text.split(
      separator: "\n")
    // Options count only before the first command.
    let last = try #require(lines.lastIndex { $0.hasPrefix("#SBATCH") })
    #expect(lines[1...last].allSatisfy { $0.hasPrefix("#SBATCH --") } && lines[0] == "#!/bin/bash")
  }
}
