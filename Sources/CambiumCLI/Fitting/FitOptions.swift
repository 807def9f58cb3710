public import ArgumentParser
public import CambiumCore
import Foundation

extension TaskChoice: ExpressibleByArgument {}

/// What `grow` and `fit` are told.
struct FitOptions: ParsableArguments {
  @Argument(
    help: "The data: a CSV file with a header, or a tile file (cambium convert).",
    completion: .file(extensions: ["csv", "cbm"]))
  var data: String

  @Option(
    name: .customLong("target"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A target column; may be repeated. Default: the last column.", valueName: "name"))
  var targets: [String] = []

  @Option(help: "auto, regression or classification; auto goes by the target.")
  var task = TaskChoice.auto

  @Option(
    name: .customLong("ignore"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A column to leave out; may be repeated.", valueName: "name"))
  var ignored: [String] = []

  @Option(help: "A YAML file with the learner's settings.", completion: .file(extensions: ["yaml", "yml"]))
  var spec: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("One setting; may be repeated.", valueName: "key=value"))
  var assignments: [String] = []

  @Option(help: "The share of rows held out to choose by, 0…0.9; 0 holds out none.")
  var validation: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A column that says of each row: 0 train, 1 validation, 2 test.", valueName: "name"))
  var splitColumn: String?

  @Option(
    help: ArgumentHelp(
      """
      Fit so many models and let them answer together: the mean is more accurate than one, and knows how sure it is. \
      More: --set committee.kind=seeds, folds or bagging.
      """, valueName: "members"))
  var committee: Int?

  @Flag(
    help: "Fit one model to what a committee (of 5, unless said) answers: nearly as accurate, small as one.")
  var condense = false

  @Option(help: "The seed of all randomness.")
  var seed: UInt64 = 1

  @Option(help: "Threads; the result does not depend on it. Default: one for each core.")
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      """
      The most memory to take: 800M, 1.5G. Larger data are read tile by tile from a tile file. Default: what there is.
      """, valueName: "size"))
  var memory: MemorySize?

  @Option(
    help: ArgumentHelp("Where to save the model.", valueName: "model.json"),
    completion: .file(extensions: ["json"]))
  var out: String?

  @Flag(help: "Print what came out as one JSON object.")
  var json = false

  @Flag(help: "Show no progress and no notes.")
  var quiet = false

  /// The number of threads to use.
  var threadCount: Int { threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount) }

  /// The settings of the committee that is asked for; nil where none is.
  var committeeAssignments: [String]? {
    guard committee != nil || condense else { return nil }
    return (committee.map { ["committee.members=\($0)"] } ?? [])
      + (condense ? ["committee.condense=true"] : [])
  }

  func validate() throws {
    if let committee, !(1...1000).contains(committee) {
      throw ValidationError("--committee: found \(committee), expected a number from 1 to 1000")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads: found \(threads), expected a number from 1 to 1024")
    }
    if let validation, !(0...0.9).contains(validation) {
      throw ValidationError("--validation: found \(validation), expected a share from 0 to 0.9")
    }
  }
}
