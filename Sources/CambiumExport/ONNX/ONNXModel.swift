internal import Cambium
internal import CambiumCore

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A model as an ONNX graph: from raw columns to numbers in their units, or to classes and their probabilities.
///
/// Inputs are `numbers` (N × columns, NaN where missing) and `texts` (N × columns, empty where missing), as far as there
/// are such columns. Outputs are `answers` (N × targets), or `label` (N names of classes) and `probabilities` (N ×
/// classes). Units of one depth and one function are computed together, a product of matrices each.
struct ONNXModel {
  private let plan: ExportPlan
  private let types: NumberTypes
  private(set) var graph: ONNXGraph

  init(plan: ExportPlan, types: NumberTypes) {
    self.plan = plan
    self.types = types
    graph = ONNXGraph(name: plan.name, real: ONNXGraph.ElementType(types.inner))
    let (inputs, places) = encodedInputs()
    var sum = ""
    for (index, network) in plan.networks.enumerated() {
      let outputs = self.outputs(of: network, inputs: inputs, places: places)
      sum = index == 0 ? outputs : graph.add("Add", [sum, outputs])
    }
    if plan.networks.count > 1 { sum = graph.add("Div", [sum, graph.scalar(Double(plan.networks.count))]) }
    answer(with: sum)
  }

  /// What a runtime can tell of the model: the names of columns and answers.
  var metadata: [(key: String, value: String)] {
    let answers =
      switch plan.answers {
      case .numbers: "answers"
      case .classes: "classes"
      }
    return [
      ("numbers", Self.list(plan.numberColumns)), ("texts", Self.list(plan.textColumns)),
      (answers, Self.list(plan.answers.names)),
    ]
  }

  /// Names as a list in JSON.
  private static func list(_ names: [String]) -> String {
    (try? JSONEncoder().encode(names)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
  }

  var documentation: String { (plan.origin + types.remark).joined(separator: " ") }

  /// The type of the numbers that go in and come out.
  private var port: ONNXGraph.ElementType { ONNXGraph.ElementType(types.outer) }

  // MARK: - Inputs

  /// All encoded inputs in one matrix, and the column in which each stands.
  private mutating func encodedInputs() -> (matrix: String, places: [Int]) {
    var parts: [String] = []
    var places = [Int](repeating: 0, count: plan.inputs.count)
    var width = 0
    func indices(_ isIncluded: (ExportPlan.Input) -> Bool) -> [Int] {
      plan.inputs.indices.filter { isIncluded(plan.inputs[$0]) }
    }
    if !plan.numberColumns.isEmpty {
      graph.inputs.append(.init(name: "numbers", type: port, columns: plan.numberColumns.count))
      let numbers = graph.converted("numbers", from: port, to: graph.real)
      let isMissing = graph.add("IsNaN", [numbers])
      parts.append(standardised(numbers, isMissing: isMissing, limit: ExportPlan.largestInput(types.inner)))
      for index in indices({ if case .number = $0 { true } else { false } }) {
        places[index] = width
        width += 1
      }
      let flags = indices { if case .missingNumber = $0 { true } else { false } }
      if !flags.isEmpty {
        parts.append(missingFlags(flags, isMissing: isMissing))
        for index in flags {
          places[index] = width
          width += 1
        }
      }
    }
    if !plan.textColumns.isEmpty {
      graph.inputs.append(.init(name: "texts", type: .string, columns: plan.textColumns.count))
      for column in plan.textColumns.indices {
        let levels = indices { if case .text(column, _, _, _) = $0 { true } else { false } }
        parts.append(textFlags(levels, column: column))
        for index in levels {
          places[index] = width
          width += 1
        }
      }
    }
    return (graph.concatenated(parts), places)
  }

  private mutating func standardised(_ numbers: String, isMissing: String, limit: Double) -> String {
    var logarithms: [LogarithmicScale?] = []
    var scalings: [Scaling] = []
    for case .number(_, let logarithm, let scaling) in plan.inputs {
      logarithms.append(logarithm)
      scalings.append(scaling)
    }
    var values = numbers
    if plan.hasLogarithms {
      let distance = graph.subtracting(logarithms.map { $0?.origin ?? 0 }, from: numbers)
      let scaled = graph.add("Div", [distance, graph.row(logarithms.map { $0?.unit ?? 1 })])
      // One where the logarithm is taken, since a row of truth values would need a type of its own.
      let isLogarithmic = graph.add(
        "Equal", [graph.row(logarithms.map { $0 == nil ? 0 : 1 }), graph.scalar(1)])
      values = graph.add("Where", [isLogarithmic, graph.signedLogarithm(scaled), numbers])
    }
    let difference = graph.subtracting(scalings.map(\.mean), from: values)
    let standardised = graph.add("Div", [difference, graph.row(scalings.map(\.standardDeviation))])
    let clipped = graph.clipped(standardised, scalings.map { _ in -limit...limit })
    return graph.add("Where", [isMissing, graph.scalar(0), clipped])
  }

  private mutating func missingFlags(_ flags: [Int], isMissing: String) -> String {
    var columns: [Int] = []
    var present: [Double] = []
    var missing: [Double] = []
    for case .missingNumber(let column, let there, let gone) in flags.map({ plan.inputs[$0] }) {
      columns.append(column)
      present.append(there)
      missing.append(gone)
    }
    let areMissing = graph.columns(columns, of: isMissing)
    return graph.add("Where", [areMissing, graph.row(missing), graph.row(present)])
  }

  private mutating func textFlags(_ levels: [Int], column: Int) -> String {
    var texts: [String] = []
    var same: [Double] = []
    var other: [Double] = []
    for case .text(_, let text, let valueOfOthers, let value) in levels.map({ plan.inputs[$0] }) {
      texts.append(text ?? "")
      same.append(value)
      other.append(valueOfOthers)
    }
    let cell = graph.columns([column], of: "texts")
    let isSame = graph.add("Equal", [cell, graph.constant([1, texts.count], .strings(texts))])
    return graph.add("Where", [isSame, graph.row(same), graph.row(other)])
  }

  // MARK: - Networks

  /// A network's outputs as ``Predictor`` has them; `places` says where each input stands.
  private mutating func outputs(of network: Network, inputs: String, places: [Int]) -> String {
    var phi = inputs
    var columns = [0] + places
    columns += [Int](repeating: 0, count: network.units.count)
    var width = places.count
    for ring in UnitRing.rings(of: network) {
      var values: String
      switch ring.activation.form {
      case .ridge: values = sums(.first, of: ring, network, phi: phi, columns: columns, width: width)
      case .radial: values = graph.concatenated(ring.units.map { distance(network.units[$0], phi, columns) })
      case .product:
        let first = sums(.first, of: ring, network, phi: phi, columns: columns, width: width)
        let second = sums(.second, of: ring, network, phi: phi, columns: columns, width: width)
        values = graph.add("Mul", [first, second])
      }
      let units = ring.units.map { network.units[$0] }
      values = graph.clipped(graph.apply(ring.activation, to: values), units.map(\.range))
      values = graph.subtracting(units.map(\.offset), from: values)
      values = graph.add("Mul", [values, graph.row(units.map(\.scale))])
      phi = graph.concatenated([phi, values])
      for unit in ring.units {
        columns[1 + network.inputCount + unit] = width
        width += 1
      }
    }
    let scores = readout(of: network, phi: phi, columns: columns, width: width)
    switch network.task {
    case .regression:
      let clipped = graph.clipped(scores, network.outputRanges)
      guard !network.links.isEmpty else { return clipped }
      let powers = graph.add("Mul", [graph.add("Exp", [clipped]), graph.row(network.links.map(\.factor))])
      return graph.add("Add", [powers, graph.row(network.links.map(\.origin))])
    case .classification(2): return graph.logistic(scores)
    case .classification: return graph.add("Softmax", [scores], [("axis", 1)])
    }
  }

  /// One sum of weighted sources for each unit of a ring.
  private mutating func sums(
    _ factor: Network.Factor, of ring: UnitRing, _ network: Network, phi: String, columns: [Int], width: Int
  ) -> String {
    let count = ring.units.count
    var weights = [Double](repeating: 0, count: width * count)
    var biases = [Double](repeating: 0, count: count)
    for (index, unit) in ring.units.enumerated() {
      for connection in network.units[unit].connections where connection.factor == factor {
        if connection.source == 0 {
          biases[index] += connection.weight
        } else {
          weights[columns[connection.source] * count + index] += connection.weight
        }
      }
    }
    return graph.add(
      "Add", [graph.add("MatMul", [phi, graph.matrix(width, count, weights)]), graph.row(biases)])
  }

  /// −Σ s²(φ − c)² of a radial unit.
  private mutating func distance(_ unit: Network.Unit, _ phi: String, _ columns: [Int]) -> String {
    // The constant source is no column of the matrix; what it adds is a constant.
    let connections = unit.connections.filter { $0.source > 0 }
    let constant = unit.connections.filter { $0.source == 0 }
      .reduce(0) { $0 + ($1.weight * (1 - $1.centre)) * ($1.weight * (1 - $1.centre)) }
    let sources = graph.columns(connections.map { columns[$0.source] }, of: phi)
    let differences = graph.subtracting(connections.map(\.centre), from: sources)
    let scaled = graph.add("Mul", [differences, graph.row(connections.map(\.weight))])
    let sum = graph.add(
      "ReduceSum", [graph.add("Mul", [scaled, scaled]), graph.indices([1])], [("keepdims", 1)])
    return graph.add("Neg", [constant == 0 ? sum : graph.add("Add", [sum, graph.scalar(constant)])])
  }

  private mutating func readout(of network: Network, phi: String, columns: [Int], width: Int) -> String {
    let readout = network.readout
    var weights = [Double](repeating: 0, count: width * readout.columns)
    for source in 1..<readout.rows {
      for output in 0..<readout.columns {
        weights[columns[source] * readout.columns + output] = readout[source, output]
      }
    }
    let product = graph.add("MatMul", [phi, graph.matrix(width, readout.columns, weights)])
    return graph.add("Add", [product, graph.row((0..<readout.columns).map { readout[0, $0] })])
  }

  // MARK: - Answers

  private mutating func answer(with outputs: String) {
    switch plan.answers {
    case .numbers(let targets):
      let scaled = graph.add("Mul", [outputs, graph.row(targets.map(\.scaling.standardDeviation))])
      let answers = graph.add("Add", [scaled, graph.row(targets.map(\.scaling.mean))])
      _ = graph.converted(answers, from: graph.real, to: port, named: "answers")
      graph.outputs = [.init(name: "answers", type: port, columns: targets.count)]
    case .classes(let classes):
      let first = plan.outputCount == 1 ? [graph.add("Sub", [graph.scalar(1), outputs])] : []
      let shares = graph.add("Concat", first + [outputs], [("axis", 1)])
      _ = graph.converted(shares, from: graph.real, to: port, named: "probabilities")
      let best = graph.add(
        "ArgMax", ["probabilities"], [("axis", 1), ("keepdims", 0)])
      _ = graph.add(
        "Gather", [graph.constant([classes.count], .strings(classes)), best], [("axis", 0)],
        named: "label")
      graph.outputs = [
        .init(name: "label", type: .string, columns: nil),
        .init(name: "probabilities", type: port, columns: classes.count),
      ]
    }
  }
}

/// Units of a network that can be computed together: of one depth and one function.
struct UnitRing {
  let activation: Activation
  /// Their indices, counted from 0.
  let units: [Int]

  /// A network's units, ring after ring: each reads only inputs and units of earlier rings.
  static func rings(of network: Network) -> [UnitRing] {
    var depths: [Int] = []
    for unit in network.units {
      let below = unit.connections.lazy.map { $0.source - network.inputCount - 1 }.filter { $0 >= 0 }
      depths.append(1 + (below.map { depths[$0] }.max() ?? 0))
    }
    return Set(depths).sorted().flatMap { depth in
      Activation.allCases.compactMap { activation in
        let units = network.units.indices.filter {
          depths[$0] == depth && network.units[$0].activation == activation
        }
        return units.isEmpty ? nil : UnitRing(activation: activation, units: units)
      }
    }
  }
}
