/// The nonlinear functions that a pool tries: a list, or a set that has a name.
///
/// A spec holds either, `activations: [tanh, sin]` or `activations: trigonometric`. A name is written out as the list
/// that it stands for, so that what is recorded says what was tried, whatever the sets become.
public struct ActivationSet: Sendable, Equatable {
  /// The functions, in the order in which their candidates stand in a pool.
  public var functions: [Activation]

  /// The functions of a list.
  public init(_ functions: [Activation]) { self.functions = functions }

  /// The functions of a named set.
  public init(_ name: Name) { self.init(name.functions) }

  /// The sets that have names: the families that functions are chosen from.
  public enum Name: String, Sendable, CaseIterable {
    /// One or two functions of each family.
    case full
    /// Functions that rise from one bound to another.
    case sigmoid
    /// Functions that oscillate.
    case trigonometric
    /// Functions that grow slower and slower, or in the end as z does.
    case logarithmic
    /// Powers, and products of two sums.
    case polynomial
    /// Functions that vanish far from a centre: bumps across a direction of the inputs, and in all of them.
    case radial
    /// All that there are.
    case everything

    /// The set's functions.
    public var functions: [Activation] {
      switch self {
      case .full:
        [.logistic, .tanh, .sin, .cos, .log, .softplus, .square, .cube, .gaussian, .radial, .product]
      case .sigmoid: [.logistic, .tanh, .arctan]
      case .trigonometric: [.sin, .cos, .sinc]
      case .logarithmic: [.log, .logSquare, .softplus]
      case .polynomial: [.square, .cube, .quartic, .product]
      case .radial: [.gaussian, .hermite1, .mexicanHat, .hermite3, .radial]
      case .everything: Activation.allCases
      }
    }
  }
}

extension ActivationSet: ExpressibleByArrayLiteral {
  /// The functions of a list.
  public init(arrayLiteral functions: Activation...) { self.init(functions) }
}

extension ActivationSet: Codable {
  /// Reads a list of functions or the name of a set; an error names what may have been meant.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let word = try? container.decode(String.self) else {
      self.init(try container.decode([Activation].self))
      return
    }
    guard let name = Name(rawValue: word) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected \(Self.expectation(for: word))")
    }
    self.init(name)
  }

  private static func expectation(for word: String) -> String {
    guard Activation(rawValue: word) == nil else { return "a list, [\(word)], or the name of a set" }
    let sets = NearMiss.expectation("a set", for: word, among: Name.allCases.map(\.rawValue))
    let functions = NearMiss.names(nearestTo: word, among: Activation.allCases.map(\.rawValue))
    return sets + (functions.first.map { ", or a list: [\($0)]" } ?? "")
  }

  /// Writes the list of functions.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(functions)
  }
}
