import ArgumentParser
import CambiumCore
import CambiumLab

/// `cambium report`
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Make tables, figures and a page of an experiment from its records.",
    discussion: """
      Nothing is run. The table is printed, and written beside the records in several formats; report.html has all of it in \
      one file that needs no other, with the growth of the networks to replay.
      """)

  @OptionGroup var options: ExperimentOptions

  @Flag(help: "Write each figure as PDF too, with rsvg-convert (Debian's package librsvg2-bin).")
  var pdf = false

  func run() throws {
    let experiment = try options.planned()
    let folder = options.folder(of: experiment)
    let report = try ExperimentReport(of: experiment, in: folder)
    let console = Console(isQuiet: options.quiet)
    if report.unreadableLines > 0 {
      console.note("\(report.unreadableLines) lines of the records could not be read and are left out.")
    }
    try StandardOutput.write(report.markdown)
    var written = try report.write(to: folder)
    if pdf {
      let figures = written.filter { $0.hasSuffix(".svg") }
      let converted = figures.compactMap(PDFConversion.convert)
      if converted.count < figures.count {
        console.note(
          "\(figures.count - converted.count) of \(figures.count) figures have no PDF: is rsvg-convert there (Debian's "
            + "package librsvg2-bin)?")
      }
      written += converted
    }
    console.note("Written: " + written.joined(separator: ", "))
  }
}
