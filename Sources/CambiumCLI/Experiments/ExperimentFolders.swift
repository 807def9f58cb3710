import CambiumCore
import CambiumLab
import Foundation

/// Where experiments and their results lie, as seen from where the command is run.
enum ExperimentFolders {
  /// The folder that holds a folder for each experiment.
  static let experiments = "experiments"

  /// The names of the experiments in ``experiments``, sorted.
  static var names: [String] {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: experiments)) ?? []
    return folders.filter { FileManager.default.fileExists(atPath: "\(experiments)/\($0)/experiment.yaml") }
      .sorted()
  }

  /// What an experiment asks; empty where its file cannot be read, which running it will tell of.
  static func question(of name: String) -> String {
    let spec = try? SpecFile.read(ExperimentSpec.self, from: "\(experiments)/\(name)/experiment.yaml")
    return spec?.question.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
  }

  /// The path of an experiment that is given by name, or by the path of its folder or file.
  static func path(of experiment: String) throws -> String {
    if names.contains(experiment) { return "\(experiments)/\(experiment)" }
    guard !FileManager.default.fileExists(atPath: experiment) else { return experiment }
    throw InputError(
      .missing, found: "no experiment \"\(experiment)\"",
      expected: "a folder or file, or "
        + NearMiss.expectation("the name of a folder in \(experiments)", for: experiment, among: names))
  }
}
