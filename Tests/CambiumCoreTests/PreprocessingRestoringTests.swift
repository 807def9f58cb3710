import Testing

import CambiumCore

@Suite struct PreprocessingRestoringTests {
  /// Numbers plain, with a long tail, and missing here and there; texts, some missing.
  private static let table: Table = {
    let generator = RandomStream(seed: 1).generator()
    let plain = (0..<50).map { _ in generator.gaussian() }
    let tail = (0..<50).map { _ in exponential(3 * generator.gaussian()) }
    let gaps = (0..<50).map { $0 % 5 == 0 ? Double.nan : generator.uniform() }
    let texts = (0..<50).map { [nil, "oak", "ash", "elm"][$0 % 4] as String? }
    return Table(columns: [
      .init(name: "plain", values: .numbers(NumberColumn(plain))),
      .init(name: "tail", values: .numbers(NumberColumn(tail))),
      .init(name: "gaps", values: .numbers(NumberColumn(gaps))),
      .init(name: "tree", values: .texts(TextColumn(texts))),
      .init(name: "y", values: .numbers(NumberColumn(plain.map { $0 + 0.5 }))),
    ])
  }()

  @Test func whatWasEncodedComesBack() throws {
    let preprocessing = try Preprocessing.fit(to: Self.table, targets: ["y"]).preprocessing
    let back = preprocessing.table(fromFeatures: try preprocessing.features(from: Self.table))
    #expect(back.columns.map(\.name) == ["plain", "tail", "gaps", "tree"] && back.rowCount == 50)
    for (column, original) in zip(back.columns, Self.table.columns) {
      switch (column.values, original.values) {
      case (.numbers(let restored), .numbers(let raw)):
        for (a, b) in zip(restored, raw) {
          #expect(a.isNaN == b.isNaN)
          if !b.isNaN { #expect(abs(a - b) < 1e-9 * max(1, abs(b))) }
        }
      case (.texts(let restored), .texts(let raw)): #expect(restored == raw)
      default: Issue.record("\(column.name) is of another kind")
      }
    }
  }

  @Test func betweenTextsTheNearestStandsAndNothingIsInfinite() throws {
    let preprocessing = try Preprocessing.fit(to: Self.table, targets: ["y"]).preprocessing
    let count = preprocessing.features.count
    for size in [-1e9, 0, 1e9] {
      let back = preprocessing.table(fromFeatures: Matrix(rows: 2, columns: count, repeating: size))
      for case .numbers(let numbers) in back.columns.map(\.values) {
        #expect(numbers.allSatisfy { !$0.isInfinite })
      }
    }
  }
}
