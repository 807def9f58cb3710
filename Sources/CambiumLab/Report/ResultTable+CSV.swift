internal import CambiumCore
internal import CambiumStatistics

extension ResultTable {
  /// As CSV: full precision, for each learner mean, sd, median, the probability that it is as good as the row's best by the
  /// test of ``Row/test(of:against:)``, units, connections, seconds, runs and failures.
  public var csv: String {
    var columns = [
      Table.Column(name: "data", values: .texts(TextColumn(rows.map(\.data)))),
      Table.Column(name: "measure", values: .texts(TextColumn(rows.map(\.measure.title)))),
    ]
    for (index, learner) in learners.enumerated() {
      func add(_ name: String, _ value: (Row, Entry) -> Double?) {
        let values = rows.map { value($0, $0.entries[index]) ?? .nan }
        columns.append(.init(name: "\(learner) \(name)", values: .numbers(NumberColumn(values))))
      }
      add("mean") { $1.error?.mean }
      add("sd") { $1.error?.standardDeviation }
      add("median") { $1.error?.median }
      add("p") { row, _ in
        row.best.flatMap { $0 == index ? nil : row.test(of: index, against: $0)?.probability }
      }
      add("units") { $1.units }
      add("connections") { $1.connections }
      add("seconds") { $1.seconds }
      add("runs") { Double($1.error?.count ?? 0) }
      add("failures") { Double($1.failures) }
    }
    return Table(columns: columns).csv()
  }
}
