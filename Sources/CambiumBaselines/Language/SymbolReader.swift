internal import CambiumCore

/// Reads symbols out of the inputs that texts were encoded as: of each column one input for each symbol, of which that of
/// the row's symbol alone is above 0.
struct SymbolReader: Sendable, Equatable {
  /// How many symbols each column has.
  let levels: [Int]

  /// All inputs.
  var featureCount: Int { levels.reduce(0, +) }

  /// A reader of some columns; throws where one is of numbers.
  init(_ columns: InputColumns) throws {
    var levels: [Int] = []
    var last: Int?
    for column in columns.ofFeatures {
      if column == last { levels[levels.count - 1] += 1 } else { levels.append(1) }
      last = column
    }
    var first = 0
    for count in levels {
      guard count >= 2 else {
        throw InputError(
          .content, at: .init(column: columns.names[columns.ofFeatures[first]]), found: "numbers",
          expected: "texts: the symbols that came before")
      }
      first += count
    }
    self.levels = levels
  }

  /// The reader of a file; nil where it cannot be one.
  init?(levels: [Int]) {
    guard levels.allSatisfy({ (2...1_000_000).contains($0) }), levels.count <= 1_000_000 else { return nil }
    self.levels = levels
  }

  /// The symbols of one row of N × d `features`, counted from 0 in each column; −1 for one that was never seen.
  func symbols(of row: Int, in features: Matrix) -> [Int] {
    var first = 0
    return levels.map { count in
      defer { first += count }
      return (0..<count).first { features[row, first + $0] > 0 } ?? -1
    }
  }
}
