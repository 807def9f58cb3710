import Cambium
import CambiumCore
import CambiumExport
import CambiumLab

/// A grown model whose growth is to go on: `grow --continue MODEL`.
struct Continuation {
  /// The model's file.
  let path: String
  let model: Model
  /// Where its growth ended; nil where that was not kept.
  let state: GrowthState?

  /// Reads a model, and what was kept beside it.
  ///
  /// - Throws: `InputError` where it is not a single grown network.
  init(reading path: String) throws {
    model = try SavedModel.read(path)
    guard model.learner == "grown", model.predictor is Network else {
      throw InputError(
        .content, at: .init(file: path), found: "a model of the learner \(model.learner)",
        expected: "a single grown network, whose growth can go on")
    }
    self.path = path
    state = try GrowthStateFile.read(for: model, besideModel: path)
  }

  /// The options as they were when the model was grown, where they do not say otherwise.
  ///
  /// - Throws: `InputError` for options that would make it another growth.
  func completed(_ options: FitOptions) throws -> FitOptions {
    let given: [(String, Bool)] = [
      ("--spec", options.spec != nil), ("--validation", options.validation != nil),
      ("--committee", options.committee != nil), ("--condense", options.condense),
      ("--seed", options.seed != 1 && options.seed != model.provenance.seed),
    ]
    if let option = given.first(where: \.1)?.0 {
      throw InputError(.usage, found: "\(option) with --continue", expected: "what \(path) was grown with")
    }
    let budgets = GrowthStateFile.budgets.map { "stopping.\($0)" }
    for assignment in options.assignments {
      let key = assignment.split(separator: "=").first.map(String.init) ?? assignment
      guard budgets.contains(key) else {
        throw InputError(
          .usage, found: "--set \(assignment) with --continue",
          expected: "a budget (\(budgets.joined(separator: ", "))): the rest is as \(path) was grown with")
      }
    }
    var options = options
    options.seed = model.provenance.seed
    if options.targets.isEmpty { options.targets = model.preprocessing.target.columnNames }
    if options.task == .auto {
      options.task = model.preprocessing.task == .regression ? .regression : .classification
    }
    return options
  }

  /// The model's settings, and what the command line sets over them.
  func document(setting assignments: [String]) throws -> SpecDocument {
    try SpecDocument(of: SpecTree(encoding: model.provenance.spec), setting: assignments)
  }

  /// Throws an `InputError` unless the data are those that the model was grown on.
  func check(_ data: FittingData, in file: String) throws {
    let origin = model.provenance
    guard data.fingerprint == origin.fingerprint, data.preprocessing == model.preprocessing,
      data.train.sampleCount == origin.rows
    else {
      throw InputError(
        .content, at: .init(file: file), found: "other data than \(path) was grown on",
        expected: "the same rows and columns, in the same order, the same of them ignored or split off")
    }
  }

  /// What is to be said where all grows again.
  var note: String? {
    state == nil
      ? "Nothing of the growth of \(path) was kept (--keep-growth), so it is grown again from the beginning."
      : nil
  }
}

extension StopReason {
  /// Whether growth would go on with a larger budget or more time.
  var leavesMoreToGrow: Bool {
    switch self {
    case .unitBudget, .connectionBudget, .timeBudget, .interrupted: true
    default: false
    }
  }
}
