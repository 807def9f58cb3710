public import CambiumCore
internal import Foundation

/// A record laid flat: one value for each name, such as `test.rmse`, `size.units` or `settings.topology`.
public struct RecordRow: Sendable, Equatable {
  /// The values by name; lists stand as JSON text.
  public let values: [String: SpecTree]

  /// Lays a record flat; the history of its rounds is left out.
  public init(_ record: RunRecord) {
    // What was encoded just now can always be decoded.
    let tree = (try? JSONDecoder().decode(SpecTree.self, from: RecordStore.line(of: record))) ?? .nothing
    var values: [String: SpecTree] = [:]
    Self.lay(tree, at: [], in: &values)
    self.values = values
  }

  private static func lay(_ tree: SpecTree, at path: [String], in values: inout [String: SpecTree]) {
    switch tree {
    case .mapping(let entries):
      for (key, value) in entries where key != "rounds" { lay(value, at: path + [key], in: &values) }
    case .list: values[name(of: path)] = .text(tree.canonicalText)
    default: values[name(of: path)] = tree
    }
  }

  /// The result's parts and the settings are named without the words before them: they are what is asked for.
  private static func name(of path: [String]) -> String {
    let isKnown =
      path.first == "result" || (path.first == "conditions" && path.dropFirst().first == "settings")
    return (isKnown && path.count > 1 ? Array(path.dropFirst()) : path).joined(separator: ".")
  }

  /// The names of several rows' values in reading order: what tells runs apart, figures, sizes, all else.
  ///
  /// - Parameter includesSettings: Whether the learners' settings are among them.
  public static func names(of rows: [RecordRow], includingSettings includesSettings: Bool) -> [String] {
    let all = rows.reduce(into: Set<String>()) { $0.formUnion($1.values.keys) }
    let leading = [
      "identity", "data", "learner", "levels.", "split", "seed", "failure.", "test.", "validation.", "train.",
      "size.",
      "report.", "seconds", "predictionSeconds",
    ]
    func place(_ name: String) -> Int {
      leading.firstIndex { $0 == name || ($0.hasSuffix(".") && name.hasPrefix($0)) } ?? leading.count
    }
    return all.filter { includesSettings || !$0.hasPrefix("settings.") }
      .sorted { (place($0), $0) < (place($1), $1) }
  }
}

extension [RecordRow] {
  /// As a table, one column for each name; text where a column holds any.
  public func table(of names: [String]) -> Table {
    Table(
      columns: names.map { name in
        let values = map { $0.values[name] ?? .nothing }
        let numbers = values.map(\.asNumber)
        let isNumeric = zip(values, numbers).allSatisfy { $0 == .nothing || $1 != nil }
        return .init(
          name: name,
          values: isNumeric
            ? .numbers(NumberColumn(numbers.map { $0 ?? .nan })) : .texts(TextColumn(values.map(\.asText))))
      })
  }

  /// As a JSON list of objects, whose keys are the names; what a record does not have is null.
  public func json(of names: [String]) -> String {
    let objects = map { row in
      SpecTree.mapping(Dictionary(uniqueKeysWithValues: names.map { ($0, row.values[$0] ?? .nothing) }))
    }
    return "[\n" + objects.map(\.canonicalText).joined(separator: ",\n") + "\n]\n"
  }
}

extension SpecTree {
  /// The value as a number; nil where it is none.
  var asNumber: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The value as a cell of a table has it; nil where there is none.
  var asText: String? {
    switch self {
    case .nothing: nil
    case .text(let value): value
    default: canonicalText
    }
  }
}
