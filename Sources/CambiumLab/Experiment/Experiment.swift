internal import CambiumCore

/// An experiment, planned: its learners configured, its data loaded, its cells named.
public struct Experiment: Sendable {
  /// Its name, that of its folder.
  public let name: String
  /// What its file says.
  public let spec: ExperimentSpec
  /// The learners, in the spec's order: for each data set a list, since a set may say how much is held out.
  public let learners: [[ConfiguredLearner]]
  /// The data sets, in the spec's order.
  public let data: [LoadedData]
  /// All combinations, data set by data set, split by split, seed by seed, learner by learner.
  public let cells: [ExperimentCell]

  /// Plans an experiment.
  ///
  /// - Parameters:
  ///   - path: Its folder, which holds `experiment.yaml`; a spec file; or the name of a folder in `experiments`.
  ///   - assignments: `key.path=value` words laid over the file.
  ///   - learners: The kinds of learner it may name.
  ///   - data: Where its data sets come from; nil for the folder `data` beside the experiment's folder.
  /// - Throws: `InputError` where the spec, a learner's settings or a data set is not in order.
  public init(
    at path: String, setting assignments: [String] = [], learners catalogue: LearnerCatalogue = .standard,
    data: DataCatalogue? = nil
  ) throws {
    let place = try ExperimentPlace(path)
    let document = try SpecDocument(reading: place.file, setting: assignments)
    try self.init(
      name: place.name, folder: place.folder, document: document, learners: catalogue,
      data: data ?? DataCatalogue(folder: "\(place.folder)/../data"))
  }

  /// Plans an experiment whose spec has been read.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - folder: The folder that data files are relative to.
  ///   - document: The spec.
  ///   - learners: The kinds of learner it may name.
  ///   - data: Where its data sets come from.
  /// - Throws: `InputError` where the spec, a learner's settings or a data set is not in order.
  public init(
    name: String, folder: String, document: SpecDocument, learners catalogue: LearnerCatalogue,
    data catalogueOfData: DataCatalogue
  ) throws {
    let resolved = try SpecFile.resolve(ExperimentSpec.self, from: document)
    let spec = resolved.spec
    self.name = name
    self.spec = spec
    learners = try spec.data.map { data in
      try spec.learners.indices.map { index in
        try Self.learner(
          index, of: spec, document: resolved.document, catalogue: catalogue,
          validationFraction: data.validationFraction)
      }
    }
    let splitColumn = spec.splits.scheme == .column ? spec.splits.column : nil
    data = try spec.data.enumerated().map { index, choice in
      do {
        let set = try catalogueOfData.load(choice, relativeTo: folder, splitColumn: splitColumn)
        try spec.splits.check(rowsOf: set, in: resolved.document)
        return set
      } catch let error as InputError where error.location == InputLocation() {
        throw resolved.document.error(at: ["data", "\(index)"], found: error.found, expected: error.expected)
      }
    }
    cells = Self.cells(of: spec, learners: learners, data: data)
  }

  private static func learner(
    _ index: Int, of spec: ExperimentSpec, document: SpecDocument, catalogue: LearnerCatalogue,
    validationFraction: Double
  ) throws -> ConfiguredLearner {
    let path = ["learners", "\(index)"]
    let kind: LearnerKind
    do {
      kind = try catalogue.kind(named: spec.learners[index].learner)
    } catch let error as InputError {
      throw document.error(at: path + ["learner"], found: error.found, expected: error.expected)
    }
    var settings = document.part(at: path + ["settings"])
    if validationFraction >= 0, let key = kind.validationKey {
      settings.assignments = [try SpecAssignment("\(key)=\(validationFraction)")]
    }
    return try kind.configured(by: settings)
  }

  /// The name of a cell for people: `grown on yacht, split 1, seed 1`; splits are counted from 1.
  public func title(of cell: ExperimentCell) -> String {
    "\(spec.learners[cell.learner].name) on \(data[cell.data].name), split \(cell.split + 1), seed \(cell.seed)"
  }
}
