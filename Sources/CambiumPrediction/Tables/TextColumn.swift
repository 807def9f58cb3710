/// The texts of a column: each different one once, and for every row which it is; nil where one is missing.
///
/// To read a text is O(1).
public struct TextColumn: Sendable, RandomAccessCollection {
  /// Texts in the order in which they came first. Where there are many, some may be there more than once.
  package private(set) var levels: [String] = []
  /// For each row the place of its text among the levels; not-a-number for a missing one.
  package private(set) var places: NumberColumn
  /// The place of each level, while there are few enough to look them up.
  private var placeOfLevel: [String: Int] = [:]

  /// Beyond as many different texts they are taken to be all different, and not looked up any more.
  private static let mostLookedUp = 1 << 16

  /// A column without texts.
  public init() { places = NumberColumn() }

  /// A column of the given texts.
  public init(_ texts: some Sequence<String?>) {
    self.init()
    for text in texts { append(text) }
  }

  /// A column whose places go to a file as soon as a block of them is full.
  package init(writingTo writer: (any NumberBlockWriter)?) { places = NumberColumn(writingTo: writer) }

  /// A column of places among levels.
  package init(levels: [String], places: NumberColumn) {
    (self.levels, self.places) = (levels, places)
  }

  /// Appends a text, or nil for a missing one.
  public mutating func append(_ text: String?) {
    guard let text else { return places.append(.nan) }
    if let place = placeOfLevel[text] { return places.append(Double(place)) }
    if levels.count < Self.mostLookedUp { placeOfLevel[text] = levels.count }
    places.append(Double(levels.count))
    levels.append(text)
  }

  /// 0.
  public var startIndex: Int { 0 }
  /// Behind the last.
  public var endIndex: Int { places.count }

  /// The text of a row.
  public subscript(row: Int) -> String? { text(at: places[row]) }

  /// The texts of the given rows, in the given order: fast where they rise.
  package func texts(ofRows rows: [Int]) -> [String?] { places.numbers(ofRows: rows).map(text) }

  private func text(at place: Double) -> String? { place.isNaN ? nil : levels[Int(place)] }

  /// The same with all places in blocks.
  package func sealed() -> TextColumn { TextColumn(levels: levels, places: places.sealed()) }
}

extension TextColumn: ExpressibleByArrayLiteral {
  /// A column of the given texts.
  public init(arrayLiteral texts: String?...) { self.init(texts) }
}

extension TextColumn: Equatable {
  /// Whether both have the same texts in the same rows.
  public static func == (a: TextColumn, b: TextColumn) -> Bool { a.elementsEqual(b) }
}
