import ArgumentParser
import CambiumCore

/// `cambium generate`
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Print a table of a synthetic task as CSV.")

  @Argument(help: "The task; `cambium list tasks` names them.")
  var task: String

  @Option(help: "The number of rows. Default: as many as the task usually has.")
  var rows: Int?

  @Option(help: "The seed of all randomness.")
  var seed: UInt64 = 1

  func validate() throws {
    if let rows, !(1...100_000_000).contains(rows) {
      throw ValidationError("--rows: found \(rows), expected a number from 1 to 100000000")
    }
  }

  func run() throws {
    let task = try SyntheticTask.named(task)
    try StandardOutput.write(
      task.table(rows: rows ?? task.usualRowCount, random: RandomStream(seed: seed)).csv())
  }
}
