/// Throws an `InputError` at `key`, a path of keys of a spec, unless the condition holds.
package func require(_ holds: Bool, _ key: String, _ found: String, _ expected: String) throws {
  guard !holds else { return }
  throw InputError(.content, at: .init(column: key), found: found, expected: expected)
}

/// Throws an `InputError` at `key` where `value` is out of range, or not a number.
package func require<Value: Comparable>(_ value: Value, in range: ClosedRange<Value>, _ key: String) throws {
  try require(
    range.contains(value), key, "\(value)", "a value from \(range.lowerBound) to \(range.upperBound)")
}

/// Runs the check of a part of a spec; the keys of its errors begin with the part's.
package func validating(_ part: String, _ check: () throws -> Void) throws {
  do {
    try check()
  } catch var error as InputError {
    error.location.column = error.location.column.map { "\(part).\($0)" } ?? part
    throw error
  }
}
