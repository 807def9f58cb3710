internal import CambiumCore

/// A grown network as backpropagation sees it: its units and connections stay, their weights move.
///
/// Each sum that a unit forms is a block of weights of one unit, the bias first: a ridge unit has one, a product one for
/// each factor; a radial unit has a block of its widths and one of its centres, whose places for a bias nothing reads. The
/// readout is the last. Connections that were pruned, and weights of the readout that are 0, have no place or do not move.
///
/// Responses are standardised as they were when the units were installed, and not clipped. A unit that drops out says 0, the
/// mean of what it says.
struct NetworkGraph: BackpropagatedNetwork {
  /// A unit's connections, and where their parameters stand.
  struct Wiring: Sendable {
    /// For each connection the place of its weight.
    var weights: [Int] = []
    /// For each connection of a radial unit the place of its centre.
    var centres: [Int] = []
  }

  static let tileRows = 128

  let units: [Network.Unit]
  let inputCount: Int
  let wirings: [Wiring]
  /// Where the readout begins.
  let readoutStart: Int
  /// The places of the readout that are not read.
  let absent: [Int]
  let layout: WeightLayout
  let dropout: Dropout

  var tileRows: Int { Self.tileRows }
  /// p, the rows of the readout.
  var sourceCount: Int { 1 + inputCount + units.count }

  init(_ network: Network, dropout: Dropout = Dropout(share: 0)) {
    self.dropout = dropout
    units = network.units
    inputCount = network.inputCount
    var blocks: [WeightBlock] = []
    var start = 0
    /// The places of some connections in a block of their own; that from source 0 is the bias.
    func places(of connections: [Network.Connection], hasBias: Bool) -> [Int] {
      let bias = hasBias ? connections.firstIndex { $0.source == 0 } : nil
      var next = start
      let places = connections.indices.map { index in
        if index == bias { return start }
        next += 1
        return next
      }
      blocks.append(WeightBlock(fanIn: connections.count - (bias == nil ? 0 : 1), fanOut: 1))
      start = next + 1
      return places
    }
    wirings = network.units.map { unit in
      switch unit.activation.form {
      case .ridge: return Wiring(weights: places(of: unit.connections, hasBias: true))
      case .radial:
        return Wiring(
          weights: places(of: unit.connections, hasBias: false),
          centres: places(of: unit.connections, hasBias: false))
      case .product:
        var wiring = Wiring(weights: unit.connections.map { _ in 0 })
        for factor in [Network.Factor.first, .second] {
          let members = unit.connections.indices.filter { unit.connections[$0].factor == factor }
          let found = places(of: members.map { unit.connections[$0] }, hasBias: true)
          for (member, place) in zip(members, found) { wiring.weights[member] = place }
        }
        return wiring
      }
    }
    readoutStart = start
    let readout = network.readout
    absent = readout.values.indices.filter { readout.values[$0] == 0 }.map { start + $0 }
    blocks.append(WeightBlock(fanIn: readout.rows - 1, fanOut: readout.columns))
    layout = WeightLayout(blocks)
  }

  func passage(capacity: Int) -> any NetworkPassage { NetworkGraphPassage(graph: self, capacity: capacity) }

  var description: String { "\(units.count) grown units" }

  /// The weights that the network has, laid out as `layout` says.
  func parameters(of network: Network) -> [Double] {
    var parameters = [Double](repeating: 0, count: readoutStart) + network.readout.values
    for (unit, wiring) in zip(network.units, wirings) {
      for (connection, place) in zip(unit.connections, wiring.weights) {
        parameters[place] = connection.weight
      }
      for (connection, place) in zip(unit.connections, wiring.centres) {
        parameters[place] = connection.centre
      }
    }
    return parameters
  }

  /// The units with other weights.
  func units(from parameters: [Double]) -> [Network.Unit] {
    zip(units, wirings).map { unit, wiring in
      var unit = unit
      for (k, place) in wiring.weights.enumerated() { unit.connections[k].weight = parameters[place] }
      for (k, place) in wiring.centres.enumerated() { unit.connections[k].centre = parameters[place] }
      return unit
    }
  }
}
