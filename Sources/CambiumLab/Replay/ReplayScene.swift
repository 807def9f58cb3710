/// What a network's answers are drawn on: axes and some of the rows.
public struct ReplayScene: Codable, Sendable, Equatable {
  /// How the answers are drawn.
  public enum Kind: String, Codable, Sendable {
    /// One input: the answer as a curve over it.
    case curve
    /// Two inputs: the answer as colours of the plane.
    case plane
    /// Any inputs: the answers of some rows against what was observed.
    case agreement
  }

  /// A quantity with the range that is shown of it.
  public struct Axis: Codable, Sendable, Equatable {
    /// What it is, for readers.
    public var name: String
    /// The lower end.
    public var lower: Double
    /// The upper end, above the lower.
    public var upper: Double

    var isSound: Bool { lower < upper && lower.isFinite && upper.isFinite }
  }

  /// A row of the data.
  public struct Point: Codable, Sendable, Equatable {
    /// Curve and plane: its first input. Agreement: what was observed, of classes the place of the right one.
    public var x: Double
    /// Plane: its second input. Curve: what was observed. Agreement: 0, and unused.
    public var y: Double
    /// What was observed: a number, or the place of a class.
    public var value: Double
    /// Whether it is a test row.
    public var isTest: Bool
  }

  /// Columns, and rows, of the plane's grid.
  static let gridSize = 64
  /// Values of a curve.
  static let curveSize = 161
  /// The most rows that are shown.
  static let mostPoints = 300
  /// What a level is written as: of 64 levels one character each.
  static let levels = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_".utf8)

  /// How the answers are drawn.
  public var kind: Kind
  /// The classes' names; empty for a regression.
  public var classes: [String]
  /// Across.
  public var horizontal: Axis
  /// Upwards.
  public var vertical: Axis
  /// The range of the answers, which the levels of a plane divide.
  public var answer: Axis
  /// Some of the rows.
  public var points: [Point]

  /// Whether it can be drawn on.
  var isSound: Bool {
    horizontal.isSound && vertical.isSound && answer.isSound && points.count <= Self.mostPoints
      && (classes.isEmpty
        || points.allSatisfy {
          $0.value >= 0 && $0.value < Double(classes.count) && $0.value == $0.value.rounded()
        })
  }

  /// Whether a picture is one of this scene.
  func fits(_ picture: ReplayPicture) -> Bool {
    switch picture {
    case .values(let values):
      values.count == (kind == .curve ? Self.curveSize : points.count) && kind != .plane
    case .levels(let text):
      kind == .plane && text.utf8.count == Self.gridSize * Self.gridSize
        && text.utf8.allSatisfy { Self.levels.contains($0) }
    }
  }
}

/// What a network answered at one stage.
public enum ReplayPicture: Codable, Sendable, Equatable {
  /// Curve: an answer for each of evenly spaced inputs. Agreement: one for each point, of classes the probability of the right
  /// one.
  case values([Double])
  /// Plane: a character a cell, row by row from the least second input. Two classes or a number: the level of the answer; more
  /// classes: the place of the most probable.
  case levels(String)

  /// Reads a list or a text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self = .levels(text)
    } else {
      self = .values(try container.decode([Double].self))
    }
  }

  /// Writes the list or the text alone.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .values(let values): try container.encode(values)
    case .levels(let text): try container.encode(text)
    }
  }
}
