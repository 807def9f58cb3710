import ArgumentParser
import CambiumCore
import CambiumExport
import CambiumLab

/// `cambium list`
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the names that other commands know.")

  enum Subject: String, ExpressibleByArgument, CaseIterable {
    case learners, activations, tasks, experiments, schema
  }

  @Argument(
    help:
      "learners, activations (with their sets), tasks, experiments; or schema: the JSON Schema of experiment files."
  )
  var subject: Subject

  func run() throws {
    guard subject != .schema else { return try StandardOutput.write(ExperimentSchema().json) }
    let lines: [(name: String, summary: String)] =
      switch subject {
      case .learners:
        LearnerCatalogue.standard.kinds.map { ($0.name, $0.summary) } + LearnerCatalogue.wrappers
      case .activations: Activation.allCases.map { ($0.rawValue, ActivationText.formula(of: $0)) }
      case .tasks: SyntheticTask.all.map { ($0.name, $0.summary) }
      case .schema: []
      case .experiments: ExperimentFolders.names.map { ($0, ExperimentFolders.question(of: $0)) }
      }
    try write(lines)
    if subject == .activations {
      try StandardOutput.write("\nSets of them, as in --set activations=sigmoid\n\n")
      try write(
        ActivationSet.Name.allCases.map { name in
          let functions = name == .everything ? "all" : name.functions.map(\.rawValue).joined(separator: ", ")
          return (name.rawValue, functions + (name == .full ? ": the default" : ""))
        })
    }
  }

  private func write(_ lines: [(name: String, summary: String)]) throws {
    let width = (lines.map(\.name.count).max() ?? 0) + 2
    for line in lines {
      try StandardOutput.write(
        TextLayout.wrapped(TextLayout.left(line.name, width) + line.summary, indent: width) + "\n")
    }
  }
}
