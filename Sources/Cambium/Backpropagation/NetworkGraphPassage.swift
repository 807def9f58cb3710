internal import CKernels
internal import CambiumCore

/// The passage through a grown network, unit after unit in the order of installation, and back.
final class NetworkGraphPassage: NetworkPassage {
  private let graph: NetworkGraph
  /// Φ, rows × p.
  private let phi: UnsafeMutablePointer<Double>
  /// The derivative of each unit's column in its z, rows × h.
  private let slopes: UnsafeMutablePointer<Double>
  /// What is carried back to each unit, rows × h.
  private let back: UnsafeMutablePointer<Double>
  /// ΦB, rows × m.
  private let scores: UnsafeMutablePointer<Double>
  /// Room for a sum and for the derivatives of a radial unit's connection, rows × 2.
  private let room: UnsafeMutablePointer<Double>

  /// Takes memory for at most `capacity` rows.
  init(graph: NetworkGraph, capacity: Int) {
    self.graph = graph
    let h = graph.units.count
    let columns = graph.sourceCount + 2 * h + graph.outputCount + 2
    phi = .allocate(capacity: max(capacity * columns, 1))
    phi.initialize(repeating: 0, count: max(capacity * columns, 1))
    slopes = phi + capacity * graph.sourceCount
    back = slopes + capacity * h
    scores = back + capacity * h
    room = scores + capacity * graph.outputCount
  }

  deinit { phi.deallocate() }

  func inputs(rows: Int) -> UnsafeMutablePointer<Double> { phi + rows }

  private func column(_ source: Int, rows: Int) -> UnsafeMutablePointer<Double> { phi + source * rows }

  func forward(
    rows: Int, parameters: UnsafePointer<Double>, mode: PassageMode
  ) -> UnsafeMutablePointer<Double> {
    phi.update(repeating: 1, count: rows)
    for (index, unit) in graph.units.enumerated() {
      let z = column(1 + graph.inputCount + index, rows: rows)
      let slope = slopes + index * rows
      preactivate(index, rows: rows, parameters, into: z)
      cambium_values_and_slopes(unit.activation.function, rows, z, z, slope)
      cambium_standardise(rows, z, unit.offset, unit.scale, z)
      cambium_standardise(rows, slope, 0, unit.scale, slope)
      graph.dropout.apply(count: rows, z, slope, mode)
    }
    Kernels.product(
      m: rows, n: graph.outputCount, k: graph.sourceCount, a: phi, lda: rows,
      b: parameters + graph.readoutStart, ldb: graph.sourceCount, c: scores, ldc: rows)
    return scores
  }

  /// z of a unit.
  private func preactivate(
    _ index: Int, rows: Int, _ parameters: UnsafePointer<Double>, into z: UnsafeMutablePointer<Double>
  ) {
    let (unit, wiring) = (graph.units[index], graph.wirings[index])
    switch unit.activation.form {
    case .ridge: sum(.first, of: index, rows: rows, parameters, into: z)
    case .radial:
      z.update(repeating: 0, count: rows)
      for (k, connection) in unit.connections.enumerated() {
        cambium_add_radial(
          rows, parameters[wiring.weights[k]], parameters[wiring.centres[k]],
          column(connection.source, rows: rows), z)
      }
    case .product:
      sum(.first, of: index, rows: rows, parameters, into: z)
      sum(.second, of: index, rows: rows, parameters, into: room)
      cambium_multiply(rows, z, room, z)
    }
  }

  /// The sum Σ w φ of one factor.
  private func sum(
    _ factor: Network.Factor, of index: Int, rows: Int, _ parameters: UnsafePointer<Double>,
    into total: UnsafeMutablePointer<Double>
  ) {
    let (unit, wiring) = (graph.units[index], graph.wirings[index])
    total.update(repeating: 0, count: rows)
    WeightedColumns.add(atMost: unit.connections.count, rows: rows, to: total) { columns in
      for (connection, place) in zip(unit.connections, wiring.weights) where connection.factor == factor {
        columns.append(parameters[place], column(connection.source, rows: rows))
      }
    }
  }

  func backward(
    rows: Int, parameters: UnsafePointer<Double>, weights: UnsafePointer<Double>?,
    addingTo gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    let (p, m, h) = (graph.sourceCount, graph.outputCount, graph.units.count)
    Kernels.productOfTransposed(
      m: p, n: m, k: rows, a: phi, lda: rows, b: scores, ldb: rows, c: gradient + graph.readoutStart, ldc: p,
      adding: true)
    for place in graph.absent { gradient[place] = 0 }
    Kernels.productWithTransposed(
      m: rows, n: h, k: m, a: scores, lda: rows, b: parameters + graph.readoutStart + 1 + graph.inputCount,
      ldb: p, c: back, ldc: rows)
    for index in graph.units.indices.reversed() {
      let delta = back + index * rows
      cambium_multiply(rows, delta, slopes + index * rows, delta)
      switch graph.units[index].activation.form {
      case .ridge: carry(delta, .first, of: index, rows: rows, parameters, addingTo: gradient)
      case .radial: carryRadial(delta, index, rows: rows, parameters, addingTo: gradient)
      case .product:
        // The slope in one factor is the other.
        for (factor, other) in [(Network.Factor.first, Network.Factor.second), (.second, .first)] {
          sum(other, of: index, rows: rows, parameters, into: room)
          cambium_multiply(rows, delta, room, room)
          carry(room, factor, of: index, rows: rows, parameters, addingTo: gradient)
        }
      }
    }
    return 0
  }

  /// The derivative in a sum becomes that in its weights, and goes on to the units that it reads.
  private func carry(
    _ delta: UnsafePointer<Double>, _ factor: Network.Factor, of index: Int, rows: Int,
    _ parameters: UnsafePointer<Double>, addingTo gradient: UnsafeMutablePointer<Double>
  ) {
    let (unit, wiring) = (graph.units[index], graph.wirings[index])
    for (connection, place) in zip(unit.connections, wiring.weights) where connection.factor == factor {
      gradient[place] += cambium_dot(rows, delta, column(connection.source, rows: rows))
      guard let below = below(connection, rows: rows) else { continue }
      cambium_add_scaled(rows, parameters[place], delta, below)
    }
  }

  private func carryRadial(
    _ delta: UnsafePointer<Double>, _ index: Int, rows: Int, _ parameters: UnsafePointer<Double>,
    addingTo gradient: UnsafeMutablePointer<Double>
  ) {
    let (unit, wiring) = (graph.units[index], graph.wirings[index])
    for (k, connection) in unit.connections.enumerated() {
      let (width, centre) = (wiring.weights[k], wiring.centres[k])
      cambium_radial_slopes(
        rows, parameters[width], parameters[centre], column(connection.source, rows: rows), delta, room,
        room + rows, below(connection, rows: rows))
      for (place, slopes) in [(width, room), (centre, room + rows)] {
        for i in 0..<rows { gradient[place] += slopes[i] }
      }
    }
  }

  /// Where what is carried back to a connection's source gathers; nil where that is no unit.
  private func below(_ connection: Network.Connection, rows: Int) -> UnsafeMutablePointer<Double>? {
    let unit = connection.source - 1 - graph.inputCount
    return unit < 0 ? nil : back + unit * rows
  }
}
