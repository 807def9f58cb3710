/// The legal words of a key whose values are an enum's.
enum SpecChoices {
  /// The words of a type, in its order; nil where it is no enum of words.
  static func names(of type: Any.Type) -> [String]? {
    guard let type = type as? any CaseIterable.Type else { return nil }
    let names = words(of: type)
    return names.isEmpty ? nil : names
  }

  private static func words<Choice: CaseIterable>(of type: Choice.Type) -> [String] {
    type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
  }
}
