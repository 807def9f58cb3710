internal import Cambium
internal import CambiumCore

/// What a model computes, as text for readers, 80 columns wide.
///
/// Sources have short names: x1, x2, … are the encoded inputs, u1, u2, … the units in the order they grew.
public enum Explanation {
  static let width = 80

  /// The text: a summary; how raw columns become inputs; for a grown network each unit, the readout and the whole
  /// as formulas. For other networks the first two, and for committees a line for each member. With a relevance also
  /// what inputs and units contribute, and with dependences what the answers do while an input changes.
  public static func text(
    of model: Model, relevance: Relevance? = nil, dependences: [PartialDependence] = []
  ) -> String {
    var sections = [summary(of: model), inputs(of: model.preprocessing)]
    if let relevance {
      sections.append(
        RelevanceDescription(
          relevance: relevance, network: model.predictor as? Network,
          inputNames: model.preprocessing.featureNames
        ).text)
    }
    if !dependences.isEmpty { sections.append(DependenceDescription(dependences: dependences).text) }
    if let network = model.predictor as? Network {
      let outputs = OutputNames(model.preprocessing)
      let names = model.preprocessing.featureNames
      sections.append(UnitDescription(network: network, inputNames: names).text)
      sections.append(ReadoutDescription(network: network, inputNames: names, outputs: outputs).text)
      sections.append(
        FormulaText(network: network, preprocessing: model.preprocessing, outputs: outputs).text)
    } else if let committee = model.predictor as? any EnsemblePredictor {
      sections.append(MemberDescription(committee: committee).text)
    } else {
      sections.append("FORMULA\n  Only grown networks are small enough to be written out.")
    }
    return sections.joined(separator: "\n\n") + "\n"
  }

  private static func summary(of model: Model) -> String {
    let size = model.predictor.size
    let origin = model.provenance
    var connections = "\(size.connections) left"
    if let pruned = model.prunedConnections { connections += ", \(pruned) pruned" }
    let features = model.preprocessing.featureNames.count
    var lines = [
      ("learner", "\(model.learner), for \(words(for: model.preprocessing.task))"),
      ("fitted to", "\(origin.data), \(counted(origin.rows, "row")), seed \(origin.seed)"),
      ("written by", "Cambium \(origin.version)"),
      ("inputs", "\(counted(model.preprocessing.inputs.count, "column")), encoded as \(features)"),
      ("outputs", OutputNames(model.preprocessing).names.joined(separator: ", ")),
      ("units", "\(size.units), at most \(size.depth) deep"),
      ("connections", connections),
    ]
    if let reason = origin.stopReason { lines.append(("ended by", reason.words)) }
    return lines.map { name, text in
      TextLayout.wrapped(TextLayout.left(name, 13) + text, width: width, indent: 13)
    }.joined(separator: "\n")
  }

  private static func words(for task: Task) -> String {
    switch task {
    case .regression: "regression"
    case .classification(let classes): "\(classes) classes"
    }
  }

  private static func inputs(of preprocessing: Preprocessing) -> String {
    var lines = ["INPUTS, standardised: x = (value - mean) / deviation; missing: the mean"]
    let features = preprocessing.features
    for (index, feature) in features.enumerated() {
      let mean = Decimal.short(feature.scaling.mean)
      let deviation = Decimal.short(feature.scaling.standardDeviation)
      let meaning: String
      switch feature.source {
      case .number(_, nil): meaning = feature.column
      case .number(_, let scale?):
        let origin = Decimal.short(scale.origin)
        meaning = "log(1 + (\(feature.column) - \(origin)) / \(Decimal.short(scale.unit)))"
      case .isMissing: meaning = "1 where \(feature.column) is missing, else 0"
      case .level(let text): meaning = "1 where \(feature.column) is \"\(text)\", else 0"
      }
      lines.append(
        TextLayout.wrapped(
          "  " + TextLayout.left("x\(index + 1)", 5) + "\(meaning); mean \(mean), deviation \(deviation)",
          width: width, indent: 7))
    }
    return lines.joined(separator: "\n")
  }
}
