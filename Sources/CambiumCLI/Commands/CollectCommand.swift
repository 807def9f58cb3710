import ArgumentParser
import CambiumLab

/// `cambium collect`
struct CollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect", abstract: "Put the records of jobs together.",
    discussion: """
      Jobs on a cluster leave their records in files of their own, which all commands read; this one puts them into \
      records.jsonl, in the order of the experiment's runs, and removes those whose jobs have ended. The last job of a \
      submission does the same.
      """)

  @OptionGroup var options: ExperimentOptions

  func run() throws {
    let experiment = try options.planned()
    try RecordCollection(
      experiment: experiment, folder: options.folder(of: experiment), console: Console(isQuiet: options.quiet)
    ).collect()
  }
}
