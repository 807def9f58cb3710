extension Formula {
  /// Reads a formula, with Python's precedence: `**` binds tightest and to the right, then a sign, then `*` and `/`,
  /// then `+` and `-`.
  ///
  /// - Parameters:
  ///   - text: The formula.
  ///   - variables: The variables' names, by index.
  /// - Returns: Nil where the text is no formula of these variables.
  init?(_ text: String, variables: [String]) {
    var parser = FormulaParser(tokens: FormulaParser.tokens(of: text), variables: variables)
    guard let formula = parser.sum(), parser.isAtEnd else { return nil }
    self = formula
  }
}

private struct FormulaParser {
  let tokens: [Substring]
  let variables: [String]
  private var position = 0

  init(tokens: [Substring], variables: [String]) {
    self.tokens = tokens
    self.variables = variables
  }

  var isAtEnd: Bool { position == tokens.count }

  /// Names and numbers (letters, digits, `_`, `.`), `**`, and any other character by itself.
  static func tokens(of text: String) -> [Substring] {
    var tokens: [Substring] = []
    var rest = text[...]
    while let first = rest.first {
      let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
      let length = word.isEmpty ? (rest.hasPrefix("**") ? 2 : 1) : word.count
      if !first.isWhitespace { tokens.append(rest.prefix(length)) }
      rest = rest.dropFirst(length)
    }
    return tokens
  }

  mutating func sum() -> Formula? { chain(of: ["+", "-"]) { $0.product() } }

  private mutating func product() -> Formula? { chain(of: ["*", "/"]) { $0.signed() } }

  private mutating func chain(
    of operators: [Substring], operand: (inout FormulaParser) -> Formula?
  ) -> Formula? {
    guard var left = operand(&self) else { return nil }
    while let token = next(among: operators), let operation = Formula.Operator(rawValue: String(token)) {
      guard let right = operand(&self) else { return nil }
      left = .binary(operation, left, right)
    }
    return left
  }

  private mutating func signed() -> Formula? {
    guard next(among: ["-"]) != nil else { return raised() }
    return signed().map { .call(.negation, $0) }
  }

  private mutating func raised() -> Formula? {
    guard let base = atom() else { return nil }
    guard next(among: ["**"]) != nil else { return base }
    return signed().map { .binary(.toThePower, base, $0) }
  }

  private mutating func atom() -> Formula? {
    guard position < tokens.count else { return nil }
    let token = String(tokens[position])
    position += 1
    if token == "(" { return closed() }
    if let index = variables.firstIndex(of: token) { return .variable(index) }
    if let number = Double(token), token.first?.isNumber == true { return .constant(number) }
    if token == "pi" { return .constant(Double.pi) }
    guard token != "-", let function = Formula.Function(rawValue: token), next(among: ["("]) != nil else {
      return nil
    }
    return closed().map { .call(function, $0) }
  }

  private mutating func closed() -> Formula? {
    guard let inner = sum(), next(among: [")"]) != nil else { return nil }
    return inner
  }

  private mutating func next(among wanted: [Substring]) -> Substring? {
    guard position < tokens.count, wanted.contains(tokens[position]) else { return nil }
    position += 1
    return tokens[position - 1]
  }
}
