public import CambiumCore

/// How a model's mean answer changes with one input column, while the others stay as they are in given rows (Friedman 2001).
public struct PartialDependence: Sendable {
  /// What the column was set to.
  public enum Values: Sendable, Equatable {
    /// Rising numbers, at most ``mostValues``.
    case numbers([Double])
    /// Texts, the most frequent first, at most ``mostTexts``.
    case texts([String])

    /// How many there are.
    public var count: Int {
      switch self {
      case .numbers(let numbers): numbers.count
      case .texts(let texts): texts.count
      }
    }
  }

  /// The column.
  public let column: String
  /// What it was set to in all rows, one after another.
  public let values: Values
  /// What is answered: targets; or classes, of two the second.
  public let answerNames: [String]
  /// Values × answers: the mean over the rows, in the targets' own units; of classes the mean probability.
  public let answers: Matrix

  /// The most numbers that a column is set to.
  public static let mostValues = 21
  /// The most texts.
  public static let mostTexts = 8
  /// The most rows that the mean is over: of more, evenly spaced ones.
  public static let mostRows = 500

  /// Sets a column to values between the 5th and the 95th percentile of its own, evenly spaced, or to each of its own where
  /// there are few. Cost: that of so many predictions of the rows.
  ///
  /// - Throws: `InputError` where the table does not fit the model or has no value in that column.
  public init(of model: Model, on column: String, in table: Table, workers: WorkerPool) throws {
    let step = max(1, (table.rowCount + Self.mostRows - 1) / Self.mostRows)
    let rows = table.selecting(rows: Array(stride(from: 0, to: table.rowCount, by: step)))
    self.column = column
    values = try Values(of: table.column(named: column), in: table)
    let others = model.preprocessing.inputs.map(\.name).filter { $0 != column }
    let columns = try others.map { try rows.column(named: $0) }
    var means: [[Double]] = []
    var names: [String] = []
    for index in 0..<values.count {
      let set = Table.Column(name: column, values: values.filling(rows.rowCount, with: index))
      let predictions = try model.predictions(for: Table(columns: columns + [set]), workers: workers)
      let (answers, first): (Matrix, Int)
      switch predictions {
      case .numbers(let targets, let numbers): (answers, first, names) = (numbers, 0, targets)
      case .classes(let classes):
        (answers, first) = (classes.probabilities, classes.classNames.count == 2 ? 1 : 0)
        names = Array(classes.classNames.dropFirst(first))
      }
      means.append(
        (first..<answers.columns).map { answers.column($0).reduce(0, +) / Double(max(1, answers.rows)) })
    }
    answerNames = names
    answers = Matrix(
      rows: means.count, columns: names.count,
      values: names.indices.flatMap { answer in means.map { $0[answer] } })
  }
}

extension PartialDependence.Values {
  fileprivate init(of column: Table.Column, in table: Table) throws {
    switch column.values {
    case .numbers(let numbers):
      let sorted = numbers.filter { !$0.isNaN }.sorted()
      let distinct = Set(sorted).sorted()
      guard distinct.count > PartialDependence.mostValues else {
        self = .numbers(distinct)
        break
      }
      let low = Self.percentile(0.05, of: sorted)
      let high = Self.percentile(0.95, of: sorted)
      let steps = PartialDependence.mostValues - 1
      self = .numbers((0...steps).map { low + (high - low) * Double($0) / Double(steps) })
    case .texts(let texts):
      let counts = Dictionary(texts.compactMap { $0 }.map { ($0, 1) }, uniquingKeysWith: +)
      let order = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
      self = .texts(Array(order.prefix(PartialDependence.mostTexts)))
    }
    guard count > 0 else {
      throw InputError(
        .content, at: table.location(column: column.name), found: "no value", expected: "at least one")
    }
  }

  /// By linear interpolation between the values at (n − 1) p.
  private static func percentile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }

  /// A column of one value.
  fileprivate func filling(_ count: Int, with index: Int) -> Table.Values {
    switch self {
    case .numbers(let numbers): .numbers(NumberColumn(repeatElement(numbers[index], count: count)))
    case .texts(let texts): .texts(TextColumn(repeatElement(texts[index] as String?, count: count)))
    }
  }
}

/// Partial dependences in words: a line for each column and answer, with a drawing of blocks.
struct DependenceDescription {
  let dependences: [PartialDependence]

  /// No more answers have a line of their own.
  private static let mostAnswers = 4

  var text: String {
    let heading = "DEPENDENCE: the mean answer while a column goes over its values, the others as they are"
    return
      (TextLayout.wrapped(heading, width: Explanation.width, indent: 2).split(separator: "\n").map(
        String.init)
      + dependences.flatMap(lines)).joined(separator: "\n")
  }

  private func lines(of dependence: PartialDependence) -> [String] {
    let names = dependence.answerNames.prefix(Self.mostAnswers)
    var lines = ["  " + printable(dependence.column) + span(dependence.values)]
    for (answer, name) in names.enumerated() {
      let means = dependence.answers.column(answer)
      let label = names.count == 1 ? "" : "  \(printable(name))"
      switch dependence.values {
      case .numbers:
        let first = TextLayout.right(short(means[0]), 12)
        lines.append("\(first)  \(blocks(means))  \(short(means[means.count - 1]))\(label)")
      case .texts(let texts):
        let pairs = zip(texts, means).map { "\(printable($0)) \(short($1))" }.joined(separator: ", ")
        lines.append(TextLayout.wrapped("      " + pairs + label, width: Explanation.width, indent: 8))
      }
    }
    let left = dependence.answerNames.count - names.count
    return lines + (left > 0 ? ["      and \(left) more"] : [])
  }

  private func span(_ values: PartialDependence.Values) -> String {
    guard case .numbers(let numbers) = values, let first = numbers.first, let last = numbers.last else {
      return ""
    }
    return first == last ? ", \(short(first))" : ", from \(short(first)) to \(short(last))"
  }

  /// A block for each value, the lowest for the least of them.
  private func blocks(_ means: [Double]) -> String {
    let (low, high) = (means.min() ?? 0, means.max() ?? 0)
    let all = Array("▁▂▃▄▅▆▇█")
    return String(
      means.map { mean in
        let share = high > low ? (mean - low) / (high - low) : 0
        return all[min(all.count - 1, max(0, share.isFinite ? Int(share * Double(all.count)) : 0))]
      })
  }

  private func short(_ value: Double) -> String { Decimal.short(value, digits: 3) }
}
