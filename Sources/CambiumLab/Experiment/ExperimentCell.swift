internal import CambiumCore
internal import CambiumExport

/// One run of an experiment: a learner on a split of a data set with a seed.
public struct ExperimentCell: Sendable, Hashable {
  /// Which of the experiment's learners.
  public let learner: Int
  /// Which of its data sets.
  public let data: Int
  /// Which split, counted from 0.
  public let split: Int
  /// The seed.
  public let seed: Int
  /// A hash of ``conditions``: what a finished run is known by.
  public let identity: String
  /// Everything that decides the result, and nothing else: no names of learners and data sets.
  public let conditions: SpecTree

  init(learner: Int, data: Int, split: Int, seed: Int, conditions: SpecTree) {
    self.learner = learner
    self.data = data
    self.split = split
    self.seed = seed
    self.conditions = conditions
    identity = Fingerprint.of(conditions.canonicalText)
  }
}

extension Experiment {
  /// All cells of a spec, but for learners on data sets that they are not for.
  static func cells(
    of spec: ExperimentSpec, learners: [[ConfiguredLearner]], data: [LoadedData]
  ) -> [ExperimentCell] {
    var cells: [ExperimentCell] = []
    // Numbers that were validated can always be encoded.
    let budget = (try? SpecTree(encoding: spec.budget)) ?? .nothing
    cells.reserveCapacity(data.count * spec.splits.count * spec.seeds.count * spec.learners.count)
    for (dataIndex, set) in data.enumerated() {
      let dataTree = SpecTree.mapping([
        "fingerprint": .text(set.fingerprint), "targets": .list(set.targets.map { .text($0) }),
        "task": .text(set.task.rawValue), "ignored": .list(set.ignored.sorted().map { .text($0) }),
      ])
      for split in 0..<spec.splits.count {
        for seed in spec.seeds {
          for (learnerIndex, learner) in learners[dataIndex].enumerated()
          where spec.learners[learnerIndex].isRun(on: spec.data[dataIndex].name) {
            var conditions: [String: SpecTree] = [
              "learner": .text(learner.kind), "settings": learner.own,
              "data": dataTree,
              "split": set.testRowCount > 0
                ? .mapping(["testRows": .integer(set.testRowCount), "repeat": .integer(split)])
                : spec.splits.identity(
                  ofSplit: split, given: set.givenSplits.isEmpty ? nil : set.givenSplits[split]),
              "seed": .integer(seed),
              "tolerance": .number(spec.tolerance), "version": .text(Release.version),
            ]
            if spec.budget != BudgetSpec() { conditions["budget"] = budget }
            cells.append(
              ExperimentCell(
                learner: learnerIndex, data: dataIndex, split: split, seed: seed,
                conditions: .mapping(conditions)))
          }
        }
      }
    }
    return cells
  }
}
