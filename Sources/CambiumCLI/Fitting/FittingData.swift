import CambiumCore
import CambiumExport

/// What `grow` and `fit` learn from: a table, split and encoded as the options say.
struct FittingData {
  /// The file's name without its folder.
  let name: String
  let fingerprint: String
  let preprocessing: Preprocessing
  let train: Dataset
  /// Nil where no split column marks rows for validation.
  let validation: Dataset?
  /// Nil where no split column marks rows for testing.
  let test: Dataset?
  /// The rows of the table, counted from 1, that `train` and then `validation` hold; nil where they hold all, in order.
  let rowNumbers: [Int]?
  /// The file that cells are read from while the learner learns; nil where they are in memory.
  let tileFile: TileFile?
  /// What was chosen by itself: the task, imputation, columns left out.
  let notes: [String]

  init(_ options: FitOptions, workers: WorkerPool) throws {
    let table = try Table.read(options.data, as: ColumnReading(ignored: Set(options.ignored)))
    let split = try options.splitColumn.map { try SplitColumn(named: $0, of: table) }
    let (preprocessing, notes) = try Preprocessing.fit(
      to: table, targets: options.targets, task: options.task,
      ignoring: options.ignored + (options.splitColumn.map { [$0] } ?? []), rows: split?.training,
      workers: workers)
    let all = try preprocessing.dataset(from: table)
    func part(_ rows: [Int]?) -> Dataset? {
      rows.flatMap { $0.isEmpty ? nil : all.selecting($0) }
    }
    name = options.data.split(separator: "/").last.map(String.init) ?? options.data
    fingerprint = table.fingerprint
    self.preprocessing = preprocessing
    train = split.map { all.selecting($0.training) } ?? all
    validation = part(split?.validation)
    test = part(split?.test)
    rowNumbers = split.map { ($0.training + $0.validation).map { $0 + 1 } }
    tileFile = table.tileFile
    let isFractionIdle = validation != nil && options.validation != nil
    self.notes =
      notes
      + (isFractionIdle ? ["The split column marks rows for validation; --validation is not used."] : [])
  }
}
