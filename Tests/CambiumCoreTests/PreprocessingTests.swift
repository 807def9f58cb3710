import CambiumCore
import Foundation
import Testing

@Suite struct PreprocessingTests {
  /// A table of every kind of column: numbers with and without gaps, texts with and without gaps, constants.
  private static func mixedTable(rows: Int = 60, seed: UInt64 = 1) -> Table {
    let generator = RandomStream(seed: seed).generator()
    func numbers(_ make: () -> Double) -> Table.Values {
      .numbers(NumberColumn((0..<rows).map { _ in make() }))
    }
    func texts(_ names: [String?]) -> Table.Values {
      .texts(TextColumn((0..<rows).map { _ in names[generator.index(below: names.count)] }))
    }
    return Table(columns: [
      .init(name: "plain", values: numbers { generator.gaussian() * 3 + 100 }),
      .init(name: "gaps", values: numbers { generator.uniform() < 0.3 ? .nan : generator.gaussian() }),
      .init(name: "colour", values: texts(["red", "green", "blue"])),
      .init(name: "shape", values: texts(["round", "square", nil])),
      .init(name: "constant", values: numbers { 7 }),
      .init(name: "empty", values: numbers { .nan }),
      .init(name: "same", values: texts(["x"])),
      .init(name: "identifier", values: .texts(TextColumn((0..<rows).map { "id \($0)" }))),
      .init(name: "class", values: texts(["no", "yes"])),
    ])
  }

  @Test func encodedFeaturesHaveMeanZeroAndDeviationOne() throws {
    let table = Self.mixedTable()
    let (preprocessing, _) = try Preprocessing.fit(to: table)
    let features = try preprocessing.features(from: table)
    #expect(
      preprocessing.featureNames == [
        "plain", "gaps", "gaps is missing", "colour=blue", "colour=green", "colour=red", "shape=round",
        "shape=square", "shape is missing",
      ])
    #expect(features.columns == preprocessing.featureNames.count)
    for column in 0..<features.columns {
      let values = features.column(column)
      let name = preprocessing.featureNames[column]
      #expect(abs(DescriptiveStatistics.mean(of: values) ?? 1) < 1e-12, "\(name)")
      #expect(abs((DescriptiveStatistics.standardDeviation(of: values) ?? 0) - 1) < 1e-12, "\(name)")
    }
  }

  /// The moments of some of many numbers are those of all within their error; a column that varies among the others alone is kept.
  @Test func ofManyRowsAShareIsDescribed() throws {
    let rows = 300_000
    let generator = RandomStream(seed: 7).generator()
    let wide = (0..<rows).map { _ in 5 + 2 * generator.gaussian() }
    var rare = [Double](repeating: 0, count: rows)
    rare[1] = 1  // (every second number or so is looked at, from the first)
    let table = Table(columns: [
      .init(name: "wide", values: .numbers(NumberColumn(wide))),
      .init(name: "rare", values: .numbers(NumberColumn(rare))),
      .init(name: "y", values: .numbers(NumberColumn(wide.map { $0 + generator.gaussian() }))),
    ])
    let (preprocessing, _) = try Preprocessing.fit(to: table)
    #expect(preprocessing.featureNames == ["wide", "rare"])
    let features = try preprocessing.features(from: table)
    #expect(abs(DescriptiveStatistics.mean(of: features.column(0)) ?? 1) < 0.01)
    #expect(abs((DescriptiveStatistics.standardDeviation(of: features.column(0)) ?? 0) - 1) < 0.01)
    #expect(abs((DescriptiveStatistics.standardDeviation(of: features.column(1)) ?? 0) - 1) < 1e-9)
  }

  @Test func onlyTrainingRowsCount() throws {
    let table = Self.mixedTable()
    let rows = Array(0..<40)
    let fitted = try Preprocessing.fit(to: table, rows: rows).preprocessing
    let alone = try Preprocessing.fit(to: table.selecting(rows: rows)).preprocessing
    #expect(fitted == alone)
    #expect(try fitted.features(from: table, rows: rows) == alone.features(from: table.selecting(rows: rows)))
    #expect(try fitted.dataset(from: table, rows: [3, 3]).features.column(0).count == 2)
  }

  @Test func orderOfRowsChangesNothingButRounding() throws {
    let table = Self.mixedTable()
    let order = RandomStream(seed: 5).generator().permutation(table.rowCount)
    let first = try Preprocessing.fit(to: table).preprocessing
    let second = try Preprocessing.fit(to: table.selecting(rows: order)).preprocessing
    #expect(first.featureNames == second.featureNames)
    #expect(first.target == second.target)
    for (one, other) in zip(first.features, second.features) {
      #expect(abs(one.scaling.mean - other.scaling.mean) < 1e-12)
      #expect(abs(one.scaling.standardDeviation - other.scaling.standardDeviation) < 1e-12)
    }
  }

  @Test func orderOfColumnsChangesNothing() throws {
    let table = Self.mixedTable()
    let preprocessing = try Preprocessing.fit(to: table).preprocessing
    let reversed = Table(columns: table.columns.reversed())
    #expect(try preprocessing.features(from: reversed) == preprocessing.features(from: table))
  }

  @Test func targetsNeedNotExistToPredict() throws {
    let table = Self.mixedTable()
    let preprocessing = try Preprocessing.fit(to: table).preprocessing
    let inputs = Table(columns: Array(table.columns.dropLast()))
    #expect(try preprocessing.features(from: inputs) == preprocessing.features(from: table))
  }

  @Test func unseenCells() throws {
    let table = try Table.parse("n,m,t,y\n1,1,a,0.5\n3,NA,b,1.5\n5,5,a,2.5\n")
    let preprocessing = try Preprocessing.fit(to: table).preprocessing
    // A missing number becomes the mean; an unknown text is zero in each 0/1 feature, and so is a missing one.
    let features = try preprocessing.features(from: Table.parse("n,m,t\n?,?,c\n3,3,\n"))
    #expect(preprocessing.featureNames == ["n", "m", "m is missing", "t=a", "t=b"])
    #expect(features[0, 0] == 0)
    #expect(features[0, 1] == 0)
    #expect(features[0, 2] > 0 && features[1, 2] < 0)
    for row in 0..<2 {
      #expect(abs(features[row, 3] + (2.0 / 3) / (1.0 / 3).squareRoot()) < 1e-12)
      #expect(features[row, 4] < 0)
    }
    // Where texts were, numbers are texts; where numbers were, a column without any value is missing.
    #expect(try preprocessing.features(from: Table.parse("n,m,t\n1,,5\n")).columns == 5)
  }

  @Test func notesSayWhatWasDecided() throws {
    let notes = try Preprocessing.fit(to: Self.mixedTable()).notes
    #expect(
      notes.first
        == "Task: classification of \"class\" into 2 classes: \"no\", \"yes\". The target \"class\" is text.")
    for name in ["gaps", "colour", "shape", "constant", "empty", "same", "identifier"] {
      #expect(notes.contains { $0.hasPrefix("Column \"\(name)\"") }, "\(name)")
    }
    #expect(!notes.contains { $0.contains("\"plain\"") })
    #expect(notes.contains { $0.contains("are missing and become the mean") })
  }

  @Test func tooManyTextsAreLeftOut() throws {
    let rows = 2 * TextInput.largestLevelCount + 2
    let table = Table(columns: [
      .init(name: "x", values: .numbers(NumberColumn((0..<rows).map(Double.init)))),
      .init(name: "t", values: .texts(TextColumn((0..<rows).map { "\($0 / 2)" }))),
      .init(name: "y", values: .numbers(NumberColumn((0..<rows).map { Double($0) / 3 }))),
    ])
    let (preprocessing, notes) = try Preprocessing.fit(to: table)
    #expect(preprocessing.featureNames == ["x"])
    #expect(notes.contains { $0.contains("1001 different texts") })
  }

  @Test func regressionTargets() throws {
    let table = try Table.parse("x,y,z\n1,10,5\n2,20,6.5\n3,60,7\n")
    let preprocessing = try Preprocessing.fit(to: table, targets: ["z", "y"]).preprocessing
    #expect(preprocessing.task == .regression)
    let dataset = try preprocessing.dataset(from: table)
    #expect(dataset.outputCount == 2 && dataset.featureCount == 1)
    guard case .numbers(let names, let values) = preprocessing.predictions(from: dataset.targets) else {
      Issue.record("not numbers")
      return
    }
    #expect(names == ["z", "y"])
    for (row, wanted) in [10.0, 20, 60].enumerated() { #expect(abs(values[row, 1] - wanted) < 1e-12) }
    guard case .numbers(let targets) = preprocessing.target else { return }
    #expect(targets.map(\.minimum) == [5, 10] && targets.map(\.maximum) == [7, 60])
  }
}
