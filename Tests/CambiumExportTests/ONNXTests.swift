import Cambium
import CambiumCore
import SwiftProtobuf
import Testing

@testable import CambiumExport

@Suite struct ONNXTests {
  private static func message(_ model: Model, _ precision: ExportOptions.Precision = .float) throws
    -> ONNXModelProto
  {
    let bytes = try ModelExport.bytes(of: model, as: .onnx, options: ExportOptions(precision: precision))
    return try ONNXModelProto(serializedBytes: bytes)
  }

  @Test func nodesReadWhatCameBefore() throws {
    for model in [
      try ExportSamples.everything(), try ExportSamples.classes(2), try ExportSamples.classes(4),
      try ExportSamples.committee(), try ExportSamples.logarithms(),
    ] {
      for precision in ExportOptions.Precision.allCases {
        let graph = try Self.message(model, precision).graph
        var known = Set(graph.input.map(\.name) + graph.initializer.map(\.name))
        for node in graph.node {
          #expect(known.isSuperset(of: node.input), "\(node)")
          #expect(known.isDisjoint(with: node.output))
          known.formUnion(node.output)
        }
        #expect(known.isSuperset(of: graph.output.map(\.name)))
      }
    }
  }

  @Test func constantsFillTheirShapes() throws {
    for precision in ExportOptions.Precision.allCases {
      for tensor in try Self.message(ExportSamples.everything(), precision).graph.initializer {
        let count = tensor.dims.reduce(1, *)
        switch tensor.dataType {
        case 1: #expect(tensor.rawData.count == Int(count) * 4)
        case 11: #expect(tensor.rawData.count == Int(count) * 8)
        case 7: #expect(tensor.rawData.count == Int(count) * 8)
        case 8: #expect(tensor.stringData.count == Int(count))
        default: Issue.record("type \(tensor.dataType)")
        }
      }
    }
  }

  @Test func inputsAndAnswersHaveNames() throws {
    let numbers = try Self.message(ExportSamples.everything())
    #expect(numbers.graph.input.map(\.name) == ["numbers", "texts"])
    #expect(numbers.graph.output.map(\.name) == ["answers"])
    #expect(numbers.metadataProps.first { $0.key == "numbers" }?.value == "[\"a\",\"tail\"]")
    let classes = try Self.message(ExportSamples.classes(4))
    #expect(classes.graph.output.map(\.name) == ["label", "probabilities"])
    #expect(classes.graph.output[1].type.tensorType.shape.dim[1].dimValue == 4)
  }

  @Test func ringsComeInOrderOfWhatTheyRead() throws {
    let network = try #require(try ExportSamples.everything().predictor as? Network)
    var known = Set(0...network.inputCount)
    var count = 0
    for ring in UnitRing.rings(of: network) {
      for unit in ring.units {
        #expect(network.units[unit].activation == ring.activation)
        #expect(known.isSuperset(of: network.units[unit].connections.map(\.source)))
      }
      known.formUnion(ring.units.map { 1 + network.inputCount + $0 })
      count += ring.units.count
    }
    #expect(count == network.units.count)
  }
}
