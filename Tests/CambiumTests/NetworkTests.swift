import CambiumCore
import Foundation
import Testing

@testable import Cambium

@Suite struct NetworkTests {
  static let tasks: [CambiumCore.Task] = [
    .regression, .classification(classes: 2), .classification(classes: 4),
  ]

  @Test(arguments: tasks, [1, 7, 512, 513])
  func outputsAreThoseOfEachRowAlone(task: CambiumCore.Task, rows: Int) throws {
    let network = try #require(Cascade.network(task, outputs: 2))
    let features = Samples.matrix(rows, 2)
    let outputs = network.outputs(for: features, workers: Samples.workers)
    for i in 0..<rows {
      #expect(isClose(outputs.row(i), network.naiveOutputs(features.row(i)), 1e-10), "row \(i)")
    }
  }

  /// In order of sources and backwards, with large inputs and with inputs that are no numbers.
  @Test(arguments: tasks, [false, true])
  func aRowAloneAnswersAsAmongManyToTheBit(task: CambiumCore.Task, backwards: Bool) throws {
    var units = Cascade.units()
    if backwards { for index in units.indices { units[index].connections.reverse() } }
    var readout = Cascade.readout(units, outputs: task.outputCount(targets: 2))
    readout[4, 0] = 0
    let network = try #require(
      Network(
        inputCount: 2, units: units, readout: readout, task: task,
        outputRanges: task == .regression ? [-0.5...0.5, -1e9...1e9] : []))
    var features = Samples.matrix(64, 2)
    features[3, 0] = 1e200
    features[4, 1] = -.infinity
    features[5, 1] = .nan
    let among = network.outputs(for: features, workers: Samples.workers)
    for i in 0..<features.rows {
      let alone = network.outputs(for: features.rows(i..<i + 1), workers: Samples.workers)
      #expect(alone.values.map(\.bitPattern) == among.row(i).map(\.bitPattern), "row \(i)")
    }
  }

  @Test(arguments: [1, 20])
  func aNetworkWithoutInputsAnswersItsConstant(rows: Int) throws {
    let network = try #require(
      Network(
        inputCount: 0, units: [], readout: Matrix(rows: 1, columns: 1, repeating: 0.25), task: .regression,
        outputRanges: [-1...1]))
    let outputs = network.outputs(for: Matrix(rows: rows, columns: 0), workers: Samples.workers)
    #expect(outputs.values == Array(repeating: 0.25, count: rows))
  }

  @Test func responsesAndOutputsAreClipped() throws {
    var units = Cascade.units([.cube, .tanh])
    units[0].range = -0.2...0.1
    let network = try #require(
      Network(
        inputCount: 2, units: units, readout: Cascade.readout(units, outputs: 1), task: .regression,
        outputRanges: [-0.3...0.25]))
    var features = Samples.matrix(40, 2)
    features[0, 0] = 1e120
    features[1, 1] = -1e300
    let outputs = network.outputs(for: features, workers: Samples.workers)
    for i in 0..<40 {
      #expect((-0.3...0.25).contains(outputs[i, 0]))
      #expect(isClose(outputs.row(i), network.naiveOutputs(features.row(i)), 1e-10))
    }
  }

  @Test(arguments: [1, 2, 4])
  func threadsChangeNoBit(threads: Int) throws {
    let network = try #require(Cascade.network(.regression))
    let features = Samples.matrix(3000, 2)
    let alone = network.outputs(for: features, workers: Samples.workers)
    #expect(network.outputs(for: features, workers: WorkerPool(threads: threads)) == alone)
  }

  @Test func noRowsHaveNoOutputs() throws {
    let network = try #require(Cascade.network(.classification(classes: 3)))
    let outputs = network.outputs(for: Matrix(rows: 0, columns: 2), workers: Samples.workers)
    #expect(outputs.rows == 0 && outputs.columns == 3)
  }

  @Test(arguments: tasks)
  func isReadBackBitForBit(task: CambiumCore.Task) throws {
    let network = try #require(Cascade.network(task, outputs: 3))
    let copy = try JSONDecoder().decode(Network.self, from: network.bytes)
    #expect(copy == network)
    let features = Samples.matrix(50, 2)
    let a = network.outputs(for: features, workers: Samples.workers)
    let b = copy.outputs(for: features, workers: Samples.workers)
    #expect(a.values.map(\.bitPattern) == b.values.map(\.bitPattern))
  }

  @Test func sizeCountsUnitsConnectionsAndTheLongestPath() throws {
    func unit(_ sources: [Int]) -> Network.Unit {
      .init(
        activation: .sin, connections: sources.map { .init(source: $0, weight: 1) }, range: -1...1, offset: 0,
        scale: 1, prunedConnections: 0)
    }
    // Unit 3 reads the inputs, 4 reads 3, 5 reads an input, 6 reads 4 and 5.
    var readout = Matrix(rows: 7, columns: 2, repeating: 1)
    readout[1, 0] = 0
    let network = try #require(
      Network(
        inputCount: 2, units: [unit([0, 1, 2]), unit([3]), unit([2]), unit([4, 5])], readout: readout,
        task: .regression, outputRanges: [-1...1, -1...1]))
    #expect(network.size == ModelSize(inputs: 2, outputs: 2, units: 4, connections: 7 + 13, depth: 3))
    let plain = try #require(
      Network(
        inputCount: 0, units: [], readout: Matrix(rows: 1, columns: 1), task: .regression,
        outputRanges: [0...0]))
    #expect(plain.size == ModelSize(inputs: 0, outputs: 1, units: 0, connections: 0, depth: 0))
  }
}

extension NetworkTests {
  /// A way to spoil a network.
  struct Spoiling: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let spoil: @Sendable (inout Parts) -> Void

    init(_ name: String, _ spoil: @escaping @Sendable (inout Parts) -> Void) {
      testDescription = name
      self.spoil = spoil
    }
  }

  struct Parts {
    var inputCount = 2
    var units = Cascade.units([.tanh, .radial])
    var readout = Samples.matrix(5, 2, "readout")
    var task = CambiumCore.Task.regression
    var ranges: [ClosedRange<Double>] = [-1...1, -1...1]

    var network: Network? {
      Network(inputCount: inputCount, units: units, readout: readout, task: task, outputRanges: ranges)
    }
  }

  static let spoilings: [Spoiling] = [
    .init("a unit reads itself") { $0.units[0].connections[0].source = 3 },
    .init("a unit reads a later one") { $0.units[0].connections[0].source = 4 },
    .init("a source is negative") { $0.units[1].connections[0].source = -1 },
    .init("a unit that is no product has a second factor") { $0.units[0].connections[0].factor = .second },
    .init("a weight is not a number") { $0.units[1].connections[0].weight = .nan },
    .init("a centre is infinite") { $0.units[1].connections[0].centre = .infinity },
    .init("a range is infinite") { $0.units[0].range = -1...(.infinity) },
    .init("an offset is not a number") { $0.units[0].offset = .nan },
    .init("a scale is infinite") { $0.units[0].scale = .infinity },
    .init("a count is negative") { $0.units[0].prunedConnections = -1 },
    .init("a count is too large") { $0.units[0].prunedConnections = .max },
    .init("the inputs are too few") { $0.inputCount = 1 },
    .init("the inputs are negative") { $0.inputCount = -1 },
    .init("the inputs are too many") { $0.inputCount = .max },
    .init("the readout has too few rows") { $0.readout = Matrix(rows: 4, columns: 2) },
    .init("the readout has no columns") {
      $0.readout = Matrix(rows: 5, columns: 0); $0.ranges = []
    },
    .init("the readout is not finite") { $0.readout[4, 1] = .nan },
    .init("an output has no range") { $0.ranges = [-1...1] },
    .init("an output's range is infinite") { $0.ranges[1] = -(.infinity)...0 },
    .init("one class") {
      $0.task = .classification(classes: 1); $0.ranges = []
    },
    .init("two classes need one output") {
      $0.task = .classification(classes: 2); $0.ranges = []
    },
    .init("three classes need three outputs") {
      $0.task = .classification(classes: 3); $0.ranges = []
    },
    .init("classes have no ranges") {
      $0.task = .classification(classes: 2)
      $0.readout = Matrix(rows: 5, columns: 1)
    },
  ]

  @Test(arguments: spoilings)
  func partsThatDoNotFitAreRefused(spoiling: Spoiling) {
    var parts = Parts()
    #expect(parts.network != nil)
    spoiling.spoil(&parts)
    #expect(parts.network == nil)
  }

  @Test(arguments: [
    (#""source":2"#, #""source":9"#), (#""inputCount":2"#, #""inputCount":9223372036854775807"#),
    (#""rows":5"#, #""rows":6"#), (#""activation":"tanh""#, #""activation":"tan""#),
  ])
  func aFileThatDoesNotFitIsRefused(part: String, replacement: String) throws {
    let network = try #require(Parts().network)
    let text = try #require(String(data: network.bytes, encoding: .utf8))
    #expect(text.contains(part))
    let spoilt = Data(text.replacingOccurrences(of: part, with: replacement).utf8)
    #expect(throws: (any Error).self) { try JSONDecoder().decode(Network.self, from: spoilt) }
  }
}
