internal import CambiumCore

/// An input column as a spec names it: by its name, or by its number, counted from 1.
public enum ColumnReference: Sendable, Equatable {
  /// The column of a name.
  case name(String)
  /// The column of a number, counted from 1 in the table's order without targets and ignored columns.
  case number(Int)

  /// The column's index, counted from 0; nil where there is no such column.
  func index(in columns: InputColumns) -> Int? {
    switch self {
    case .name(let name): columns.names.firstIndex(of: name)
    case .number(let number): columns.names.indices.contains(number - 1) ? number - 1 : nil
    }
  }
}

extension ColumnReference: Codable {
  /// Reads a number or a text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      self = .number(number)
    } else if let name = try? container.decode(String.self) {
      self = .name(name)
    } else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected a column's name, or its number, counted from 1")
    }
  }

  /// Writes the number or the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .name(let name): try container.encode(name)
    case .number(let number): try container.encode(number)
    }
  }
}
