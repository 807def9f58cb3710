internal import CKernels

/// A network's connections by the source that they come from, which is how a single row is answered fastest: a source is added to
/// all the sums that read it, and none of these additions waits for another.
///
/// Every sum is added up in the order of its sources, so a row's answer is, to the bit, the one that it has among many.
final class FanOut: @unchecked Sendable {  // Nothing is written after `init`.
  private let network: UnsafeMutablePointer<cambium_fan_out>
  private let outputCount: Int
  private let starts: UnsafeMutableBufferPointer<UInt32>
  private let radialStarts: UnsafeMutableBufferPointer<UInt32>
  private let connections: UnsafeMutableBufferPointer<cambium_connection>
  private let radialConnections: UnsafeMutableBufferPointer<cambium_radial_connection>
  private let units: UnsafeMutableBufferPointer<cambium_unit>

  /// Nil where a unit's connections are not in the order of their sources. O(connections).
  init?(inputCount: Int, units: [Network.Unit], readout: Matrix) {
    var connections: [[cambium_connection]] = Array(repeating: [], count: readout.rows)
    var radialConnections: [[cambium_radial_connection]] = Array(repeating: [], count: readout.rows)
    var sumCount: UInt32 = 0
    var ends: [cambium_unit] = []
    for unit in units {
      let first = sumCount
      let second = unit.activation.form == .product ? first + 1 : first
      sumCount = second + 1
      ends.append(
        cambium_unit(
          low: unit.range.lowerBound, high: unit.range.upperBound, centre: unit.offset, factor: unit.scale,
          first: first, second: second, function: unit.activation.function))
      for factor in [Network.Factor.first, .second] {
        var last = -1
        for connection in unit.connections where connection.factor == factor {
          guard connection.source >= last else { return nil }
          last = connection.source
          let sum = factor == .first ? first : second
          if unit.activation.form == .radial {
            radialConnections[connection.source].append(
              cambium_radial_connection(width: connection.weight, centre: connection.centre, sum: sum))
          } else {
            connections[connection.source].append(cambium_connection(weight: connection.weight, sum: sum))
          }
        }
      }
    }
    for o in 0..<readout.columns {
      for j in 0..<readout.rows where readout[j, o] != 0 {
        connections[j].append(cambium_connection(weight: readout[j, o], sum: sumCount + UInt32(o)))
      }
    }
    outputCount = readout.columns
    starts = Self.kept(Self.starts(of: connections))
    radialStarts = Self.kept(Self.starts(of: radialConnections))
    self.connections = Self.kept(connections.flatMap(\.self))
    self.radialConnections = Self.kept(radialConnections.flatMap(\.self))
    self.units = Self.kept(ends)
    network = .allocate(capacity: 1)
    network.initialize(
      to: cambium_fan_out(
        inputs: inputCount, units: units.count, sums: Int(sumCount) + readout.columns,
        starts: starts.baseAddress, radial_starts: radialStarts.baseAddress,
        connections: self.connections.baseAddress, radial_connections: self.radialConnections.baseAddress,
        unit: self.units.baseAddress))
  }

  deinit {
    network.deallocate()
    starts.deallocate()
    radialStarts.deallocate()
    connections.deallocate()
    radialConnections.deallocate()
    units.deallocate()
  }

  /// Hands the scores ΦB of one row to `use`; input j is `inputs[j · stride]`, and counts as no larger than `largest`.
  func withScores(
    ofInputs inputs: UnsafePointer<Double>?, stride: Int, largest: Double,
    _ use: (UnsafeMutablePointer<Double>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: network.pointee.sums) { sums in
      guard let sums = sums.baseAddress else { return }
      cambium_answer_row(network, inputs, stride, largest, sums)
      use(sums + network.pointee.sums - outputCount)
    }
  }

  private static func starts<Wire>(of lists: [[Wire]]) -> [UInt32] {
    lists.reduce(into: [0]) { starts, list in starts.append(starts[starts.count - 1] + UInt32(list.count)) }
  }

  private static func kept<Element>(_ elements: [Element]) -> UnsafeMutableBufferPointer<Element> {
    let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = buffer.initialize(from: elements)
    return buffer
  }
}
