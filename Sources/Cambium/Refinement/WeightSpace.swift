internal import CambiumCore

/// All weights of a network as one vector θ, for tuning them together.
///
/// Unit after unit: its connections' weights, then for a radial unit its centres; then B column after column.
struct WeightSpace {
  /// Weights that share a decay.
  enum Group: Int, CaseIterable, Codable {
    case bias, hidden, width, centre, input, unit
  }

  let units: [Network.Unit]
  let inputCount: Int
  let outputCount: Int
  /// Where each unit's weights begin.
  let starts: [Int]
  /// Where B begins.
  let readoutStart: Int
  /// The group of each weight.
  let groups: [Group]

  /// p, the rows of B.
  var sourceCount: Int { 1 + inputCount + units.count }
  /// The length of θ.
  var count: Int { groups.count }

  init(units: [Network.Unit], inputCount: Int, outputCount: Int) {
    self.units = units
    self.inputCount = inputCount
    self.outputCount = outputCount
    var starts: [Int] = []
    var groups: [Group] = []
    for unit in units {
      starts.append(groups.count)
      if unit.activation == .radial {
        groups += unit.connections.map { _ in .width }
        groups += unit.connections.map { _ in .centre }
      } else {
        groups += unit.connections.map { $0.source == 0 ? .bias : .hidden }
      }
    }
    readoutStart = groups.count
    for _ in 0..<outputCount {
      groups.append(.bias)
      groups += Array(repeating: .input, count: inputCount)
      groups += Array(repeating: .unit, count: units.count)
    }
    self.starts = starts
    self.groups = groups
  }

  /// How many weights tuning would have to move.
  static func count(units: [Network.Unit], inputCount: Int, outputCount: Int) -> Int {
    units.reduce((1 + inputCount + units.count) * outputCount) { sum, unit in
      sum + unit.connections.count * (unit.activation == .radial ? 2 : 1)
    }
  }

  /// θ of the units and a readout.
  func vector(readout: Matrix) -> [Double] {
    units.flatMap { unit in
      unit.connections.map(\.weight) + (unit.activation == .radial ? unit.connections.map(\.centre) : [])
    } + readout.values
  }

  /// The units with the weights of θ.
  func units(from theta: [Double]) -> [Network.Unit] {
    zip(units, starts).map { unit, start in
      var unit = unit
      let count = unit.connections.count
      for k in 0..<count {
        unit.connections[k].weight = theta[start + k]
        if unit.activation == .radial { unit.connections[k].centre = theta[start + count + k] }
      }
      return unit
    }
  }

  /// The readout of θ.
  func readout(from theta: [Double]) -> Matrix {
    Matrix(rows: sourceCount, columns: outputCount, values: Array(theta[readoutStart...]))
  }
}
