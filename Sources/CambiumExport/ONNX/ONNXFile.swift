internal import SwiftProtobuf

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// An ONNX graph as a file: a message of Protocol Buffers.
struct ONNXFile {
  /// The version of the file format, of 2023.
  static let formatVersion: Int64 = 9
  /// The set of operators: the first in which texts can be compared.
  static let operatorSet: Int64 = 19

  let graph: ONNXGraph
  let documentation: String
  let metadata: [(key: String, value: String)]

  /// The file.
  func bytes() throws -> [UInt8] { try [UInt8](message.serializedData()) }

  var message: ONNXModelProto {
    .with {
      $0.irVersion = Self.formatVersion
      $0.producerName = "cambium"
      $0.producerVersion = Release.version
      $0.docString = documentation
      $0.graph = graphMessage
      $0.opsetImport = [.with { $0.version = Self.operatorSet }]
      $0.metadataProps = metadata.map { key, value in
        .with {
          $0.key = key
          $0.value = value
        }
      }
    }
  }

  private var graphMessage: ONNXGraphProto {
    .with {
      $0.name = graph.name
      $0.node = graph.nodes.map(Self.message)
      $0.initializer = graph.constants.map(message)
      $0.input = graph.inputs.map(Self.message)
      $0.output = graph.outputs.map(Self.message)
    }
  }

  private static func message(_ node: ONNXGraph.Node) -> ONNXNodeProto {
    .with {
      $0.input = node.inputs
      $0.output = [node.output]
      $0.name = node.output
      $0.opType = node.operation
      $0.attribute = node.attributes.map { name, value in
        .with {
          $0.name = name
          $0.type = .int
          $0.i = Int64(value)
        }
      }
    }
  }

  private func message(_ tensor: ONNXGraph.Tensor) -> ONNXTensorProto {
    .with {
      $0.name = tensor.name
      $0.dims = tensor.dimensions.map(Int64.init)
      switch tensor.values {
      case .reals(let values) where graph.real == .double:
        $0.dataType = Int32(ONNXGraph.ElementType.double.rawValue)
        $0.rawData = Data(values.flatMap { $0.bitPattern.littleEndianBytes })
      case .reals(let values):
        $0.dataType = Int32(ONNXGraph.ElementType.float.rawValue)
        $0.rawData = Data(values.flatMap { Float(clamping: $0).bitPattern.littleEndianBytes })
      case .integers(let values):
        $0.dataType = Int32(ONNXGraph.ElementType.int64.rawValue)
        $0.rawData = Data(values.flatMap { Int64($0).littleEndianBytes })
      case .strings(let values):
        $0.dataType = Int32(ONNXGraph.ElementType.string.rawValue)
        $0.stringData = values.map { Data($0.utf8) }
      }
    }
  }

  private static func message(_ port: ONNXGraph.Port) -> ONNXValueInfoProto {
    .with {
      $0.name = port.name
      $0.type.tensorType.elemType = Int32(port.type.rawValue)
      $0.type.tensorType.shape.dim = [.with { $0.dimParam = "N" }]
      if let columns = port.columns {
        $0.type.tensorType.shape.dim.append(.with { $0.dimValue = Int64(columns) })
      }
    }
  }
}

extension FixedWidthInteger {
  /// The bytes, the lowest first, as ONNX stores numbers.
  fileprivate var littleEndianBytes: [UInt8] { withUnsafeBytes(of: littleEndian) { Array($0) } }
}
