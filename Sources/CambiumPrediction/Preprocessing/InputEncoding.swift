/// How a raw input column becomes encoded features, fitted on training rows.
public enum InputEncoding: Sendable, Equatable {
  /// A column of numbers: standardised, and perhaps an indicator of missing values.
  case numeric(NumericInput)
  /// A column of texts: one standardised 0/1 feature for each text.
  case text(TextInput)

  /// The raw column's name.
  public var name: String {
    switch self {
    case .numeric(let input): input.name
    case .text(let input): input.name
    }
  }

  /// The encoded features, in order.
  public var features: [EncodedFeature] {
    switch self {
    case .numeric(let input): input.features
    case .text(let input): input.features
    }
  }
}

/// One encoded feature: what it is made of, and its standardisation.
///
/// Its value is `scaling.standardised(x)`, where x is the raw number, its logarithm, or 0/1, as `source` describes.
public struct EncodedFeature: Sendable, Equatable {
  /// What is standardised.
  public enum Source: Sendable, Equatable {
    /// The cell's number, on a logarithmic scale if there is one; `imputed` where it is missing.
    case number(imputed: Double, LogarithmicScale?)
    /// 1 where the cell is missing, else 0.
    case isMissing
    /// 1 where the cell is this text, else 0.
    case level(String)
  }

  /// The raw column's name.
  public let column: String
  /// What is standardised.
  public let source: Source
  /// The standardisation.
  public let scaling: Scaling

  /// The feature's name: the column's; or `column=text`; or `column is missing`.
  public var name: String {
    switch source {
    case .number: column
    case .isMissing: "\(column) is missing"
    case .level(let text): "\(column)=\(text)"
    }
  }
}

/// A column of numbers as an input.
public struct NumericInput: Sendable, Equatable {
  /// The raw column's name.
  public let name: String
  /// The logarithmic scale that the numbers are put on first; nil where they stay as they are.
  public let logarithm: LogarithmicScale?
  /// The standardisation, with missing values imputed; its mean is what a missing value becomes.
  public let scaling: Scaling
  /// The standardisation of the 0/1 feature that is 1 where the value is missing; nil where no training row's was.
  public let missingScaling: Scaling?

  /// Makes an encoding.
  public init(
    name: String, logarithm: LogarithmicScale? = nil, scaling: Scaling, missingScaling: Scaling?
  ) {
    self.name = name
    self.logarithm = logarithm
    self.scaling = scaling
    self.missingScaling = missingScaling
  }

  /// What a missing value becomes: the training rows' mean, on the logarithmic scale if there is one.
  public var imputed: Double { logarithm?.restored(scaling.mean) ?? scaling.mean }

  var features: [EncodedFeature] {
    let value = EncodedFeature(column: name, source: .number(imputed: imputed, logarithm), scaling: scaling)
    return [value]
      + (missingScaling.map { [EncodedFeature(column: name, source: .isMissing, scaling: $0)] } ?? [])
  }
}

/// A column of texts as an input.
public struct TextInput: Sendable, Equatable {
  /// A text that was seen in training rows, or the missing cell.
  public struct Level: Sendable, Equatable, Codable {
    /// The text; nil for the missing cell.
    public let text: String?
    /// The standardisation of the 0/1 feature that is 1 where the cell is this text.
    public let scaling: Scaling

    /// Makes a level.
    public init(text: String?, scaling: Scaling) {
      self.text = text
      self.scaling = scaling
    }
  }

  /// The most different texts that become features; a column with more is left out.
  public static let largestLevelCount = 1000

  /// The raw column's name.
  public let name: String
  /// The texts in ascending order, the missing cell last where training rows had one. A text that is not among
  /// them is 0 in every feature.
  public let levels: [Level]

  /// Makes an encoding.
  public init(name: String, levels: [Level]) {
    self.name = name
    self.levels = levels
  }

  var features: [EncodedFeature] {
    levels.map { level in
      EncodedFeature(
        column: name, source: level.text.map { .level($0) } ?? .isMissing, scaling: level.scaling)
    }
  }
}
