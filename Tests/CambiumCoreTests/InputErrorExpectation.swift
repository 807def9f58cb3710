import CambiumCore
import Testing

/// Runs something that must fail with an `InputError`, and checks what the error says.
func expectInputError<Result>(
  _ kind: InputError.Kind = .content, file: String? = nil, line: Int? = nil, column: String? = nil,
  found: String, expected: String = "", sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Result
) {
  do {
    _ = try body()
    Issue.record("nothing was thrown", sourceLocation: sourceLocation)
  } catch let error as InputError {
    #expect(error.kind == kind, "\(error)", sourceLocation: sourceLocation)
    #expect(
      error.location == InputLocation(file: file, line: line, column: column), "\(error)",
      sourceLocation: sourceLocation)
    #expect(error.found.contains(found), "\(error)", sourceLocation: sourceLocation)
    #expect(error.expected.contains(expected), "\(error)", sourceLocation: sourceLocation)
  } catch {
    Issue.record("another error: \(error)", sourceLocation: sourceLocation)
  }
}

extension Table {
  /// A column's numbers; empty where it holds texts.
  func numbers(_ name: String) throws -> [Double] {
    guard case .numbers(let numbers) = try column(named: name).values else { return [] }
    return numbers.array
  }

  /// A column's texts; empty where it holds numbers.
  func texts(_ name: String) throws -> [String?] {
    guard case .texts(let texts) = try column(named: name).values else { return [] }
    return Array(texts)
  }
}
