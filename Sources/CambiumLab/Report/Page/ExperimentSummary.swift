internal import CambiumCore
internal import CambiumExport

/// What was run, and what failed, for readers.
struct ExperimentSummary {
  let experiment: Experiment
  let records: [String: RunRecord]

  private var found: [RunRecord] { experiment.cells.compactMap { records[$0.identity] } }

  /// Counts that stand at the top: a name and a number each.
  var facts: [(name: String, value: String)] {
    let failed = found.count { $0.failure != nil }
    return [
      ("data sets", "\(experiment.data.count)"), ("learners", "\(experiment.spec.learners.count)"),
      (
        "runs",
        found.count == experiment.cells.count
          ? "\(found.count)" : "\(found.count) of \(experiment.cells.count)"
      ),
      ("failed", "\(failed)"), ("Cambium", Release.version),
    ]
  }

  /// The learners, with what their settings change of the defaults.
  var learners: HTMLTable {
    HTMLTable(
      caption: "Learners, and the settings that differ from the defaults.",
      columns: ["learner", "kind", "settings"].map { .init(title: $0, isNumber: false) },
      rows: experiment.spec.learners.map { learner in
        let settings = learner.settings.assignments.map { "<code>\(escapedForMarkup($0))</code>" }
        return [
          .init(learner.name), .init(learner.learner),
          .init(markup: settings.isEmpty ? "defaults" : settings.joined(separator: "<br>")),
        ]
      })
  }

  /// The data sets and their sizes.
  var data: HTMLTable {
    HTMLTable(
      caption: "Data sets. Inputs are counted as learners see them, texts encoded.",
      columns: [
        .init(title: "data set", isNumber: false), .init(title: "task", isNumber: false),
        .init(title: "rows"),
        .init(title: "inputs"), .init(title: "remarks", isNumber: false, isLong: true),
      ],
      rows: zip(experiment.data, experiment.spec.data).map { data, choice in
        var remarks: [String] = []
        if !choice.synthetic.isEmpty { remarks.append("synthetic task \(choice.synthetic)") }
        if data.testRowCount > 0 { remarks.append("the last \(data.testRowCount) rows are given to test on") }
        if choice.validationFraction >= 0 {
          remarks.append(
            "learners hold out \(NumberFormat.significant(100 * choice.validationFraction, digits: 3)) % of the training rows"
          )
        }
        return [
          .init(data.name), .init(data.task.rawValue),
          .init("\(data.table.rowCount)", value: Double(data.table.rowCount)),
          .init("\(data.featureCount)", value: Double(data.featureCount)),
          .init(remarks.joined(separator: "; ")),
        ]
      })
  }

  /// How rows were split, and with which seeds.
  var protocolText: String {
    let splits = experiment.spec.splits
    let share = NumberFormat.significant(100 * splits.fraction, digits: 3)
    let times = splits.repeats == 1 ? "once" : "\(splits.repeats) times"
    let scheme =
      switch splits.scheme {
      case .holdOut:
        "\(share) % of the rows are held out for testing, drawn \(times)"
      case .kFold: "\(splits.folds)-fold cross-validation, dealt \(times)"
      case .column: "the column \(splits.column) says which rows are tested on"
      case .files:
        "files list the rows of \(splits.repeats == 1 ? "the split" : "each of \(splits.repeats) splits")"
      }
    let seeds = experiment.spec.seeds.map(String.init).joined(separator: ", ")
    return
      "Splits: \(scheme), from seed \(splits.seed); all learners see the same. Seeds of the learners: \(seeds)."
  }

  /// The runs that failed, with the reason; nil where none did.
  var failures: HTMLTable? {
    let rows = experiment.cells.compactMap { cell -> [HTMLTable.Cell]? in
      guard let failure = records[cell.identity]?.failure else { return nil }
      return [
        .init(experiment.spec.learners[cell.learner].name), .init(experiment.data[cell.data].name),
        .init("\(cell.split + 1)", value: Double(cell.split + 1)),
        .init("\(cell.seed)", value: Double(cell.seed)),
        .init("\(failure.kind.title): \(failure.message)"),
      ]
    }
    guard !rows.isEmpty else { return nil }
    return HTMLTable(
      caption: "Runs that failed; they are in no mean.",
      columns: [
        .init(title: "learner", isNumber: false), .init(title: "data set", isNumber: false),
        .init(title: "split"),
        .init(title: "seed"), .init(title: "reason", isNumber: false, isLong: true),
      ], rows: rows)
  }
}

extension SpecTree {
  /// Each single value and list with its path, `training.epochs = 10`, in the order of the keys.
  var assignments: [String] {
    func walk(_ tree: SpecTree, _ path: String) -> [String] {
      guard case .mapping(let entries) = tree else { return ["\(path) = \(tree.canonicalText)"] }
      return entries.sorted { $0.key < $1.key }.flatMap { walk($1, path.isEmpty ? $0 : "\(path).\($0)") }
    }
    return walk(self, "")
  }
}
