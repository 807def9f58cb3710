/// A task whose data are computed: known truth, any number of rows, the same rows for the same seed.
public struct SyntheticTask: Sendable {
  /// Its name, as the command line has it: `two-spirals`, `friedman1`, `feynman:I_6_2`.
  public let name: String
  /// What it is: a phrase.
  public let summary: String
  /// A usual number of rows.
  public let usualRowCount: Int
  private let make: @Sendable (Int, RandomStream) -> Table

  init(
    name: String, summary: String, usualRowCount: Int,
    make: @escaping @Sendable (_ rows: Int, _ random: RandomStream) -> Table
  ) {
    self.name = name
    self.summary = summary
    self.usualRowCount = usualRowCount
    self.make = make
  }

  /// The data: inputs, then the target in the last column.
  ///
  /// - Parameters:
  ///   - rows: The number of rows, at least 0. Of a task with random rows, fewer rows are the first of more.
  ///   - random: Where inputs and noise come from.
  public func table(rows: Int, random: RandomStream) -> Table {
    precondition(rows >= 0, "a number of rows")
    return make(rows, random)
  }

  /// Every task, but of `parity-BITS` only those with 2 to 10 bits.
  public static let all: [SyntheticTask] =
    [twoSpirals, shiftedTwoSpirals, parity] + (2...10).map { parity(bits: $0) } + [
      chessBoard, rings, noisySpirals, friedman1, friedman2, friedman3,
    ]
    + FeynmanFormula.all.map(\.task)

  /// The task of that name.
  ///
  /// - Throws: `InputError` of kind `usage` where there is none; it names what was perhaps meant.
  public static func named(_ name: String) throws -> SyntheticTask {
    if let task = all.first(where: { $0.name == name }) { return task }
    if name.hasPrefix("parity-"), let bits = Int(name.dropFirst(7)), (2...16).contains(bits) {
      return parity(bits: bits)
    }
    if name.hasPrefix("feynman:feynman_") { return try named("feynman:" + name.dropFirst(16)) }
    throw InputError(
      .usage, found: "the task \(quoted(name))",
      expected: NearMiss.expectation("a task", for: name, among: all.map(\.name)))
  }
}

extension Table {
  /// A table of numbers from rows.
  init(names: [String], rows: [[Double]]) {
    self.init(
      columns: names.enumerated().map { index, name in
        Column(name: name, values: .numbers(NumberColumn(rows.lazy.map { $0[index] })))
      })
  }
}
