import ArgumentParser
import Cambium
import CambiumCore
import CambiumExport
import CambiumLab
import Foundation

/// `cambium plan`
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say what a growth will take: seconds, memory, and what processes exchange.",
    discussion: """
      The steps of the growth are counted, and each kind multiplied by what it takes on this machine. --measure finds that \
      out, in ten to thirty seconds, and keeps it; without it the costs are those that were kept, or of the machine that Cambium \
      was developed on. For regression that is grown to its largest size; classes take longer.
      """)

  @Option(help: ArgumentHelp("The rows of the data.", valueName: "N"))
  var rows: Int

  @Option(
    help: ArgumentHelp(
      "The inputs, as they are encoded: a text column counts once for each text.", valueName: "d"))
  var inputs: Int

  @Option(help: ArgumentHelp("The outputs.", valueName: "m"))
  var outputs = 1

  @Option(help: "A YAML file with the settings of growth.", completion: .file(extensions: ["yaml", "yml"]))
  var spec: String?

  @Option(
    name: .customLong("set"), help: ArgumentHelp("One setting; may be repeated.", valueName: "key=value"))
  var assignments: [String] = []

  @Option(help: "Threads of each process. Default: one for each core.")
  var threads: Int?

  @Option(help: ArgumentHelp("Processes that grow the network together, over MPI.", valueName: "P"))
  var processes = 1

  @Option(help: ArgumentHelp("Microseconds that a message between processes takes.", valueName: "µs"))
  var latency = 2.0

  @Option(help: ArgumentHelp("Gigabytes a second between processes.", valueName: "GB/s"))
  var bandwidth = 4.0

  @Flag(help: "Measure what steps take on this machine, and keep it in the file of --costs.")
  var measure = false

  @Option(
    help: ArgumentHelp(
      "The file of measured costs. Default: those that are built in.", valueName: "costs.json"),
    completion: .file(extensions: ["json"]))
  var costs: String?

  @Flag(help: "Print the plan as one JSON object.")
  var json = false

  @Flag(help: "Say nothing of what is done meanwhile.")
  var quiet = false

  func run() throws {
    for (name, value, most) in [
      ("--rows", rows, 1_000_000_000_000), ("--inputs", inputs, 10_000_000),
      ("--outputs", outputs, 1_000_000),
      ("--processes", processes, 1_000_000), ("--threads", threads ?? 1, 4096),
    ] where !(1...most).contains(value) {
      throw InputError(.usage, found: "\(name) \(value)", expected: "1…\(most)")
    }
    guard latency >= 0, bandwidth > 0, latency.isFinite, bandwidth.isFinite else {
      throw InputError(
        .usage, found: "--latency \(latency) --bandwidth \(bandwidth)", expected: "at least 0, and above 0")
    }
    let kind = try LearnerCatalogue.standard.kind(named: "grown")
    let learner = try kind.configured(by: SpecDocument(reading: spec, setting: assignments)).learner
    guard let grower = learner as? Grower else {
      throw InputError(.usage, found: "settings of a committee", expected: "those of a single grown network")
    }
    let plan = GrowthPlan(
      of: grower.spec, shape: GrowthShape(rows: rows, inputs: inputs, outputs: outputs),
      costs: try usedCosts(),
      processes: processes,
      interconnect: .init(latency: latency * 1e-6, bandwidth: bandwidth * 1e9))
    if json { return try JSONOutput.write(PlanSummary(plan)) }
    try StandardOutput.write(PlanText.lines(of: plan, processes: processes))
  }

  private func usedCosts() throws -> GrowthCosts {
    let console = Console(isQuiet: quiet)
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    if measure {
      console.note("Measuring what the steps of growth take on \(counted(threads, "thread")) …")
      let found = try GrowthCosts.measured(threads: threads)
      console.note(
        "The rounds that were measured differ from it by \(percent(found.residual)), root mean square.")
      if let costs {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        try FileWriting.write(Array(encoder.encode(found)) + [0x0A], to: costs)
      }
      return found
    }
    let kept = try costs.map(Self.read) ?? .builtIn
    guard self.threads == nil || threads == kept.threads else {
      throw InputError(
        .usage, found: "--threads \(threads) with costs of \(counted(kept.threads, "thread"))",
        expected: "--measure, or as many")
    }
    return kept
  }

  private static func read(_ costs: String) throws -> GrowthCosts {
    let bytes = try FileReading.bytes(of: costs, atMost: 1 << 20)
    guard let kept = try? JSONDecoder().decode(GrowthCosts.self, from: Data(bytes)) else {
      throw InputError(
        .content, at: .init(file: costs), found: "no costs", expected: "what plan --measure keeps")
    }
    return kept
  }

  private func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }
}

/// A plan as `--json` has it.
private struct PlanSummary: Encodable {
  let growthSeconds: Double
  let seconds: Double
  let memoryBytes: Double
  let exchangedBytes: Double
  let parts: [GrowthPlan.Part]
  let kinds: [GrowthPlan.Part]

  init(_ plan: GrowthPlan) {
    (growthSeconds, seconds, memoryBytes) = (plan.growthSeconds, plan.seconds, plan.memory)
    (exchangedBytes, parts, kinds) = (plan.exchanged, plan.parts, plan.kinds)
  }
}

/// A plan in words.
enum PlanText {
  /// Its parts, what it takes, and what it spends most on.
  static func lines(of plan: GrowthPlan, processes: Int) -> String {
    var lines = plan.parts.map { line($0.name, time($0.seconds)) }
    lines.append(line("together", time(plan.seconds)))
    lines.append(line("memory" + (processes > 1 ? " of each process" : ""), size(plan.memory)))
    if processes > 1 { lines.append(line("exchanged by each process", size(plan.exchanged))) }
    if let most = plan.kinds.first {
      let share = Int((100 * most.seconds / max(plan.growthSeconds, 1e-12)).rounded())
      lines.append(line("most of it", "\(most.name), \(share) % of growing"))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ name: String, _ value: String) -> String {
    name.padding(toLength: 28, withPad: " ", startingAt: 0) + value
  }

  private static func time(_ seconds: Double) -> String {
    seconds < 100
      ? "\((seconds * 100).rounded() / 100) s"
      : seconds < 7200 ? "\((seconds / 6).rounded() / 10) minutes" : "\((seconds / 360).rounded() / 10) hours"
  }

  private static func size(_ bytes: Double) -> String {
    bytes < 1e9 ? "\(Int((bytes / 1e6).rounded(.up))) MB" : "\((bytes / 1e8).rounded() / 10) GB"
  }
}
