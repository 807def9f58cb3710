internal import Cambium
internal import CambiumCore

/// What all exported programs have in common: which raw columns they read, how these become inputs, and the networks
/// whose mean is the answer.
struct ExportPlan {
  /// One encoded input x: how it comes of a raw column.
  enum Input {
    /// A number, on a logarithmic scale where there is one, standardised; 0 where it is missing.
    case number(column: Int, LogarithmicScale?, Scaling)
    /// One of two values, as a number is there or missing.
    case missingNumber(column: Int, present: Double, missing: Double)
    /// One of two values, as a text is another or this one; nil for the missing text.
    case text(column: Int, String?, other: Double, same: Double)
  }

  /// What outputs become.
  enum Answers {
    /// Numbers: each restored to its unit.
    case numbers([NumericTarget])
    /// Shares of classes: their names in order.
    case classes([String])

    var names: [String] {
      switch self {
      case .numbers(let targets): targets.map(\.name)
      case .classes(let names): names
      }
    }
  }

  /// A C identifier that functions and types are named after.
  let name: String
  /// The model it comes from.
  let model: Model
  /// The names of the raw columns of numbers, in order.
  let numberColumns: [String]
  /// The names of the raw columns of texts, in order.
  let textColumns: [String]
  /// The d inputs of the networks.
  let inputs: [Input]
  /// One, or the members of a committee.
  let networks: [Network]
  /// What outputs become.
  let answers: Answers

  /// Standardised inputs count as no larger, as in ``Network``: of sums of larger ones nothing could be made.
  static func largestInput(_ real: NumberTypes.Real) -> Double {
    real == .double ? 1e100 : 1e15
  }

  /// A plan; throws an `InputError` where the model is neither a network of units nor a committee of them.
  init(model: Model, name: String) throws {
    let members = (model.predictor as? any EnsemblePredictor)?.parts ?? [model.predictor]
    let networks = members.compactMap { ($0 as? any NetworkPredictor)?.network }
    guard networks.count == members.count else {
      throw InputError(
        .content, found: "a model of the learner \(model.learner)",
        expected:
          "networks of units, grown ones or perceptrons, or a committee of them: only these are exported")
    }
    self.name = Self.identifier(name)
    self.model = model
    self.networks = networks
    let preprocessing = model.preprocessing
    var numbers: [String] = []
    var texts: [String] = []
    var inputs: [Input] = []
    for encoding in preprocessing.inputs {
      switch encoding {
      case .numeric(let number):
        inputs.append(.number(column: numbers.count, number.logarithm, number.scaling))
        if let scaling = number.missingScaling {
          inputs.append(
            .missingNumber(
              column: numbers.count, present: scaling.standardised(0), missing: scaling.standardised(1)))
        }
        numbers.append(number.name)
      case .text(let text):
        for level in text.levels {
          inputs.append(
            .text(
              column: texts.count, level.text, other: level.scaling.standardised(0),
              same: level.scaling.standardised(1)))
        }
        texts.append(text.name)
      }
    }
    numberColumns = numbers
    textColumns = texts
    self.inputs = inputs
    switch preprocessing.target {
    case .numbers(let targets): answers = .numbers(targets)
    case .classes, .oneHot: answers = .classes(preprocessing.target.classNames)
    }
  }

  /// The number of outputs of a network.
  var outputCount: Int { networks[0].readout.columns }
  /// True where some column is on a logarithmic scale.
  var hasLogarithms: Bool {
    inputs.contains { if case .number(_, .some, _) = $0 { true } else { false } }
  }
  /// True where some unit of a network has this function.
  func uses(_ activation: Activation) -> Bool {
    networks.contains { $0.units.contains { $0.activation == activation } }
  }

  /// Where the model came from, a sentence a line.
  var origin: [String] {
    let provenance = model.provenance
    let size = model.predictor.size
    return [
      "Written by Cambium \(provenance.version == Release.version ? "" : "of a model of ")\(provenance.version).",
      "Learner \(model.learner), fitted to \(counted(provenance.rows, "row")) of \(provenance.data), "
        + "seed \(provenance.seed).",
      "\(counted(size.units, "unit")), \(counted(size.connections, "connection"))"
        + (networks.count > 1 ? ", in \(networks.count) networks whose mean is the answer." : "."),
    ].map(printable)
  }

  /// Letters, digits and underscores of a text, not starting with a digit; `model` where nothing is left.
  static func identifier(_ text: String) -> String {
    let letters = text.unicodeScalars.map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
        ? Character(scalar) : "_"
    }
    let word = String(letters).split(separator: "_").joined(separator: "_")
    guard let first = word.first else { return "model" }
    return first.isNumber ? "model_\(word)" : word
  }
}
