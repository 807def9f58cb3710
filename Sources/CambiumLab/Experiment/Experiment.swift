internal import CambiumCore

/// An experiment, planned: its learners configured, its data loaded, its cells named.
public struct Experiment: Sendable {
  /// Its name, that of its folder.
  public let name: String
  /// The folder that its data files are relative to.
  public let folder: String
  /// What its file says; a learner with factors has become one for each combination of their levels.
  public private(set) var spec: ExperimentSpec
  /// The spec as it was read, with every key's effective value.
  let document: SpecTree
  /// The learners, in the spec's order: for each data set a list, since a set may say how much is held out.
  public let learners: [[ConfiguredLearner]]
  /// The data sets, in the spec's order.
  public let data: [LoadedData]
  /// What others have published on its data sets; nil where its file names nothing.
  let published: PublishedFigures?
  /// All combinations, data set by data set, split by split, seed by seed, learner by learner.
  public private(set) var cells: [ExperimentCell]
  /// The identities of all cells, in their order, those included that ``keeping(_:)`` left out.
  public let identities: [String]

  /// More cells than this are planned only where they are asked for: a grid grows beyond all bounds with a slip of the pen.
  public static let usualCellLimit = 10_000

  /// Plans an experiment.
  ///
  /// - Parameters:
  ///   - path: Its folder, which holds `experiment.yaml`; a spec file; or the name of a folder in `experiments`.
  ///   - assignments: `key.path=value` words laid over the file.
  ///   - cellLimit: The most cells that it may have.
  ///   - learners: The kinds of learner it may name.
  ///   - data: Where its data sets come from; nil for the folder `data` beside the experiment's folder.
  /// - Throws: `InputError` where the spec, a learner's settings or a data set is not in order, or there are too many cells.
  public init(
    at path: String, setting assignments: [String] = [], cellLimit: Int = usualCellLimit,
    learners catalogue: LearnerCatalogue = .standard, data: DataCatalogue? = nil
  ) throws {
    let place = try ExperimentPlace(path)
    let document = try SpecDocument(reading: place.file, setting: assignments)
    try self.init(
      name: place.name, folder: place.folder, document: document, cellLimit: cellLimit, learners: catalogue,
      data: data ?? DataCatalogue(folder: "\(place.folder)/../data"))
  }

  /// Plans an experiment whose spec has been read.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - folder: The folder that data files are relative to.
  ///   - document: The spec.
  ///   - cellLimit: The most cells that it may have.
  ///   - learners: The kinds of learner it may name.
  ///   - data: Where its data sets come from.
  /// - Throws: `InputError` where the spec, a learner's settings or a data set is not in order, or there are too many cells.
  public init(
    name: String, folder: String, document: SpecDocument, cellLimit: Int = usualCellLimit,
    learners catalogue: LearnerCatalogue, data catalogueOfData: DataCatalogue
  ) throws {
    let resolved = try SpecFile.resolve(ExperimentSpec.self, from: document)
    var spec = resolved.spec
    // The spec is valid, so that its factors can be expanded.
    spec.learners = try spec.expandedLearners()
    try Self.checkCount(of: spec, limit: cellLimit)
    self.name = name
    self.folder = folder
    self.spec = spec
    self.document = resolved.document.tree
    let plan = LearnerPlan(spec: spec, document: resolved.document, catalogue: catalogue)
    learners = try spec.data.map { data in
      try spec.learners.map { try plan.learner(of: $0, validationFraction: data.validationFraction) }
    }
    data = try spec.data.enumerated().map { index, choice in
      do {
        let set = try catalogueOfData.load(choice, relativeTo: folder, splits: spec.splits)
        try spec.splits.check(rowsOf: set, in: resolved.document)
        return set
      } catch let error as InputError where error.location == InputLocation() {
        var located = resolved.document.error(
          at: ["data", "\(index)"], found: error.found, expected: error.expected)
        located.kind = error.kind
        throw located
      }
    }
    for (index, set) in data.enumerated() where !spec.metrics.contains(where: { $0.applies(to: set.task) }) {
      throw resolved.document.error(
        at: ["data", "\(index)"], found: "\(set.name), a \(set.task.rawValue)",
        expected: "a metric for it among those of the experiment, such as "
          + Metric.allCases.filter { $0.applies(to: set.task) }.map(\.rawValue).joined(separator: ", "))
    }
    let file = spec.published.file
    published =
      try file.isEmpty
      ? nil
      : PublishedFigures(
        reading: file.hasPrefix("/") ? file : "\(folder)/\(file)", data: spec.data.map(\.name))
    cells = Self.cells(of: spec, learners: learners, data: data)
    identities = cells.map(\.identity)
  }

  private static func checkCount(of spec: ExperimentSpec, limit: Int) throws {
    let count =
      Double(spec.learners.count) * Double(spec.data.count) * Double(spec.splits.count)
      * Double(spec.seeds.count)
    guard count > Double(limit) else { return }
    throw InputError(
      .usage,
      found: "\(NumberFormat.fixed(count, decimals: 0)) runs (\(spec.learners.count) learners × "
        + "\(spec.data.count) data sets × \(spec.splits.count) splits × \(spec.seeds.count) seeds)",
      expected: "at most \(limit), or --yes where so many are meant")
  }

  /// The same experiment with some of its cells alone.
  ///
  /// - Throws: `InputError` of kind usage for an identity that no cell has.
  public func keeping(_ identities: [String]) throws -> Experiment {
    let known = Set(self.identities)
    if let foreign = identities.first(where: { !known.contains($0) }) {
      throw InputError(
        .usage, found: "cell \"\(foreign)\"",
        expected: "the identity of a cell of \(name), as a dry run prints it")
    }
    var copy = self
    copy.cells = cells.filter { identities.contains($0.identity) }
    return copy
  }

  /// The same experiment whose runs have no more memory than this, and no more than its own limit.
  public func limited(toMegabytes megabytes: Int) -> Experiment {
    var copy = self
    let own = spec.limits.megabytes
    copy.spec.limits.megabytes = own > 0 ? min(own, megabytes) : megabytes
    return copy
  }

  /// The name of a cell for people: `grown on yacht, split 1, seed 1`; splits are counted from 1.
  public func title(of cell: ExperimentCell) -> String {
    "\(spec.learners[cell.learner].name) on \(data[cell.data].name), split \(cell.split + 1), seed \(cell.seed)"
  }
}
