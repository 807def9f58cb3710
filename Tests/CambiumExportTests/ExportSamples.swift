import Cambium
import CambiumCore
import Testing

@testable import CambiumExport

/// Models for the writers of formats.
enum ExportSamples {
  /// A regression of columns with gaps, with texts that need quoting, and with a long tail; a unit of each function.
  static func everything() throws -> Model {
    var text = "a,\"say \"\"no\"\"?\",tail,y\n"
    for row in 0..<40 {
      let words = ["red", "\"gr\u{FC}n\" */ ??/", "back\\slash"][row % 3]
      let cell = "\"" + words.replacing("\"", with: "\"\"") + "\""
      text += "\(row % 7 == 0 ? "" : "\(row * 3 % 11)"),\(cell),\(1 << (row % 12)),\(row * row % 17)\n"
    }
    let table = try Table.parse(text, file: "data.csv")
    let preprocessing = try Preprocessing.fit(to: table, task: .regression).preprocessing
    let inputCount = preprocessing.features.count
    let units = Activation.allCases.enumerated().map { index, activation in
      let connections: [Network.Connection] =
        switch activation.form {
        case .ridge:
          [
            .init(source: 0, weight: 0.1), .init(source: 1, weight: 1.0 / 3),
            .init(source: inputCount + index, weight: -0.7),
          ]
        case .radial:
          [.init(source: 2, weight: 0.9, centre: -0.2), .init(source: 3, weight: 0.4, centre: 0.3)]
        case .product:
          [
            .init(source: 1, weight: 2), .init(source: 0, weight: -3, factor: .second),
            .init(source: 2, weight: 0.5, factor: .second),
          ]
        }
      return Network.Unit(
        activation: activation, connections: connections, range: -0.5...1.5, offset: 0.05, scale: 1.25,
        prunedConnections: 0)
    }
    let rows = 1 + inputCount + units.count
    let network = try #require(
      Network(
        inputCount: inputCount, units: units,
        readout: Matrix(rows: rows, columns: 1, values: (0..<rows).map { Double($0 % 5) / 7 - 0.25 }),
        task: .regression, outputRanges: [-3...3]))
    return model(preprocessing, network, table: table)
  }

  /// A classifier of so many classes without units, of one input.
  static func classes(_ count: Int) throws -> Model {
    let names = ["oak", "ash, white", "elm", "fir"]
    let rows = (0..<20).map { "\($0 * 7 % 20),\"\(names[$0 % count])\"\n" }
    let table = try Table.parse("a,kind\n" + rows.joined(), file: "trees.csv")
    let preprocessing = try Preprocessing.fit(to: table).preprocessing
    let outputs = count == 2 ? 1 : count
    let network = try #require(
      Network(
        inputCount: 1, units: [],
        readout: Matrix(rows: 2, columns: outputs, values: (0..<2 * outputs).map { 0.3 * Double($0) - 0.5 }),
        task: .classification(classes: count), outputRanges: []))
    return model(preprocessing, network, table: table)
  }

  /// The same network where it learned the logarithms of a target below 0: it answers −e^score of the raw target's spread.
  static func logarithms() throws -> Model {
    let plain = try everything()
    let network = try #require(plain.predictor as? Network)
    let preprocessing = Preprocessing(
      inputs: plain.preprocessing.inputs,
      target: .numbers([
        .init(name: "y", scaling: .init(mean: -12, standardDeviation: 8), minimum: -40, maximum: -1)
      ]))
    let linked = try #require(
      Network(
        inputCount: network.inputCount, units: network.units, readout: network.readout, task: network.task,
        outputRanges: network.outputRanges, links: [LogarithmicLink(origin: 1.5, factor: -1)]))
    return Model(
      learner: "grown", provenance: plain.provenance, preprocessing: preprocessing, predictor: linked)
  }

  /// A committee of the network of a model and itself.
  static func committee() throws -> Model {
    let single = try everything()
    let network = try #require(single.predictor as? Network)
    return Model(
      learner: "committee:grown", provenance: single.provenance, preprocessing: single.preprocessing,
      predictor: try #require(CommitteeModel(members: [network, network])))
  }

  static func text(_ model: Model, _ format: ExportFormat, _ options: ExportOptions = .init()) throws
    -> String
  {
    String(decoding: try ModelExport.bytes(of: model, as: format, options: options), as: UTF8.self)
  }

  private static func model(_ preprocessing: Preprocessing, _ predictor: any Predictor, table: Table) -> Model
  {
    Model(
      learner: "grown",
      provenance: Provenance(
        data: table.file ?? "", fingerprint: table.fingerprint, rows: table.rowCount, seed: 1,
        spec: .object([:]),
        tolerance: 0.1),
      preprocessing: preprocessing, predictor: predictor)
  }
}
