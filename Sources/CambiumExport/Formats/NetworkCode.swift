internal import Cambium
internal import CambiumCore

/// The statements that compute a network's outputs: one sum a statement, so that no compiler has a long expression to
/// think about. They read the inputs `x[j]` and leave u1, u2, … and the scores s1, s2, …
struct NetworkCode<Syntax: CodeSyntax> {
  let network: Network
  let syntax: Syntax

  var statements: [String] {
    network.neededUnits.flatMap(unit) + (0..<network.readout.columns).flatMap(score)
  }

  private func unit(_ index: Int) -> [String] {
    let unit = network.units[index]
    let z = "z\(index + 1)"
    var statements: [String]
    switch unit.activation.form {
    case .ridge: statements = sum(of: terms(unit, .first), named: z)
    case .radial:
      statements = [declaration(z, 0, isVariable: !unit.connections.isEmpty)]
      for (number, connection) in unit.connections.enumerated() {
        let distance = "d\(index + 1)_\(number + 1)"
        let difference = "(\(syntax.difference(source(connection.source), connection.centre)))"
        statements.append(
          syntax.declaration(
            of: distance, as: "\(syntax.number(connection.weight)) * \(difference)", isVariable: false))
        statements.append(syntax.statement("\(z) -= \(distance) * \(distance)"))
      }
    case .product:
      statements = sum(of: terms(unit, .first), named: "a\(index + 1)")
      statements += sum(of: terms(unit, .second), named: "b\(index + 1)")
      statements.append(
        syntax.declaration(of: z, as: "a\(index + 1) * b\(index + 1)", isVariable: false))
    }
    let response = syntax.value(of: unit.activation, at: z)
    let clipped =
      unit.isClipped
      ? "\(syntax.helper("clip"))(\(response), \(syntax.number(unit.range.lowerBound)), "
        + "\(syntax.number(unit.range.upperBound)))" : response
    let value = "\(syntax.number(unit.scale)) * (\(syntax.difference(clipped, unit.offset)))"
    return statements + [syntax.declaration(of: "u\(index + 1)", as: value, isVariable: false)]
  }

  private func score(_ output: Int) -> [String] {
    let weights = network.readout.column(output)
    return sum(
      of: weights.indices.filter { weights[$0] != 0 }.map { ($0, weights[$0]) }, named: "s\(output + 1)")
  }

  private func terms(_ unit: Network.Unit, _ factor: Network.Factor) -> [(source: Int, weight: Double)] {
    unit.connections.filter { $0.factor == factor }.map { ($0.source, $0.weight) }
  }

  /// A variable that sums weighted sources, the bias first.
  private func sum(of terms: [(source: Int, weight: Double)], named name: String) -> [String] {
    let bias = terms.filter { $0.source == 0 }.reduce(0) { $0 + $1.weight }
    let weighted = terms.filter { $0.source > 0 }
    return [declaration(name, bias, isVariable: !weighted.isEmpty)]
      + weighted.map { term in
        let sign = term.weight < 0 ? "-" : "+"
        return syntax.statement(
          "\(name) \(sign)= \(syntax.number(abs(term.weight))) * \(source(term.source))")
      }
  }

  private func declaration(_ name: String, _ value: Double, isVariable: Bool) -> String {
    syntax.declaration(of: name, as: syntax.number(value), isVariable: isVariable)
  }

  private func source(_ source: Int) -> String {
    switch source {
    case 0: syntax.number(1)
    case ...network.inputCount: "x[\(source - 1)]"
    default: "u\(source - network.inputCount)"
    }
  }
}

extension Network {
  /// The units that some output depends on, in order; compilers warn of values that nothing reads.
  fileprivate var neededUnits: [Int] {
    var isNeeded = (0..<readout.rows).map { source in
      (0..<readout.columns).contains { readout[source, $0] != 0 }
    }
    for (index, unit) in units.enumerated().reversed() where isNeeded[1 + inputCount + index] {
      for connection in unit.connections { isNeeded[connection.source] = true }
    }
    return units.indices.filter { isNeeded[1 + inputCount + $0] }
  }
}
