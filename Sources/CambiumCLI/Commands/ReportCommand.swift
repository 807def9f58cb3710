import ArgumentParser
import CambiumCore
import CambiumLab

/// `cambium report`
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Make tables and figures of an experiment from its records.",
    discussion: "Nothing is run. The table is printed, and written beside the records in several formats.")

  @OptionGroup var options: ExperimentOptions

  func run() throws {
    let experiment = try options.planned()
    let folder = options.folder(of: experiment)
    let report = try ExperimentReport(of: experiment, in: folder)
    let console = Console(isQuiet: options.quiet)
    if report.unreadableLines > 0 {
      console.note("\(report.unreadableLines) lines of the records could not be read and are left out.")
    }
    try StandardOutput.write(report.markdown)
    console.note("Written: " + (try report.write(to: folder)).joined(separator: ", "))
  }
}
