extension Preprocessing {
  /// The raw table that N × d encoded inputs stand for: the way back of ``features(from:rows:)``, its columns in order.
  ///
  /// A number is missing where the input that says so is nearer to saying so than not. Of texts the one whose input says most
  /// of it stands, "" for the missing cell.
  public func table(fromFeatures features: Matrix) -> Table {
    precondition(
      features.columns == self.features.count, "\(features.columns) inputs for \(self.features.count)")
    var first = 0
    return Table(
      columns: inputs.map { input in
        defer { first += input.features.count }
        switch input {
        case .numeric(let numeric):
          let numbers = (0..<features.rows).map { row in
            numeric.restored(
              features[row, first], missing: numeric.missingScaling == nil ? nil : features[row, first + 1])
          }
          return Table.Column(name: numeric.name, values: .numbers(NumberColumn(numbers)))
        case .text(let text):
          let texts = (0..<features.rows).map { row in
            text.restored(text.levels.indices.map { features[row, first + $0] })
          }
          return Table.Column(name: text.name, values: .texts(TextColumn(texts)))
        }
      })
  }
}

extension NumericInput {
  /// The raw number of an encoded one; nan where it is missing, or too large for a number.
  fileprivate func restored(_ value: Double, missing: Double?) -> Double {
    if let missing, let missingScaling, missingScaling.restored(missing) > 0.5 { return .nan }
    let number = scaling.restored(value)
    let raw = logarithm?.restored(number) ?? number
    return raw.isFinite ? raw : .nan
  }
}

extension TextInput {
  /// The text of encoded levels.
  fileprivate func restored(_ values: [Double]) -> String? {
    let shares = zip(levels, values).map { $0.scaling.restored($1) }
    guard let largest = shares.indices.max(by: { shares[$0] < shares[$1] }) else { return nil }
    return levels[largest].text
  }
}
