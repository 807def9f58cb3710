internal import Cambium
internal import CambiumCore

/// The members of a committee, a line each, and how it answers.
struct MemberDescription {
  let committee: any EnsemblePredictor

  var text: String {
    let heading = "MEMBERS, whose mean is the answer"
    let lines = committee.parts.enumerated().map { index, member in
      let size = member.size
      let line =
        "  \(index + 1)  \(counted(size.units, "unit")), \(counted(size.connections, "connection")), "
        + "at most \(size.depth) deep" + functions(of: member)
      return TextLayout.wrapped(line, width: Explanation.width, indent: 5)
    }
    return ([heading] + lines).joined(separator: "\n") + "\n\n" + intervals + "\n\nFORMULA\n"
      + TextLayout.wrapped(
        "  Only single grown networks are small enough to be written out; cambium grow --condense makes one "
          + "of a committee.", width: Explanation.width, indent: 2)
  }

  /// Which nonlinear functions a grown network has, those of most units first.
  private func functions(of member: any Predictor) -> String {
    guard let network = member as? Network, !network.units.isEmpty else { return "" }
    let counts = Dictionary(network.units.map { ($0.activation.rawValue, 1) }, uniquingKeysWith: +)
    let ranked = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return ": " + ranked.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }

  private var intervals: String {
    guard let residuals = committee.residuals else {
      return "INTERVALS\n  none: for classes, and where nothing was left out or held out"
    }
    return "INTERVALS\n"
      + TextLayout.wrapped(
        "  up to the level \(Decimal.short(residuals.highestLevel)), from the residuals of "
          + "\(counted(residuals.count, "sample")) before they were learned",
        width: Explanation.width,
        indent: 2)
  }
}
