internal import CambiumCore

/// The search of ``Simplification`` for terms that can go.
struct SimplificationSearch {
  private(set) var trial: ReadoutTrial
  private let heldOut: Dataset
  /// What is left.
  private(set) var draft: ReadoutTrial.Draft
  /// The largest error that is allowed.
  private(set) var limit: Double

  init(
    network: Network, training: Dataset, heldOut: Dataset, ridges: [Double], allowance: Double,
    workers: WorkerPool
  ) {
    self.heldOut = heldOut
    draft = ReadoutTrial.Draft(
      units: network.units,
      isRead: [Bool](repeating: true, count: 1 + network.inputCount + network.units.count))
    trial = ReadoutTrial(base: network, training: training, workers: workers, ridge: 0)
    limit = .infinity
    var best = (ridge: ridges[0], error: Double.infinity)
    for ridge in ridges {
      trial.ridge = ridge
      let error = self.error(of: draft)
      if error < best.error { best = (ridge, error) }
    }
    trial.ridge = best.ridge
    limit = best.error * (1 + allowance)
  }

  /// Takes out units, those that the readout reads the least first, until none can go.
  mutating func removeUnits() {
    var hasChanged = true
    while hasChanged, !draft.units.isEmpty {
      hasChanged = false
      let norms = readoutNorms()
      let first = draft.isRead.count - draft.units.count
      let order = draft.units.indices.sorted { norms[first + $0] < norms[first + $1] }
      for unit in order {
        let smaller = removing(unit: unit)
        guard error(of: smaller) <= limit else { continue }
        draft = smaller
        hasChanged = true
        break
      }
    }
  }

  /// Takes out as many of the smallest connections as possible; units left without any go too.
  mutating func removeConnections() {
    let order = connectionsBySize()
    var few = 0
    var many = order.count
    // The error need not rise with each one, but does so on the whole: halving finds a good number.
    while few < many {
      let middle = (few + many + 1) / 2
      if error(of: removing(order[..<middle])) <= limit { few = middle } else { many = middle - 1 }
    }
    draft = removing(order[..<few])
    while let unit = draft.units.firstIndex(where: { unit in !unit.connections.contains { $0.source > 0 } }) {
      draft = removing(unit: unit)
    }
  }

  /// A row of the trade-off.
  func step(_ name: String, _ draft: ReadoutTrial.Draft, digits: Int?, isKept: Bool) -> Simplification.Step {
    let network = Self.network(draft, digits: digits, by: trial)
    return Simplification.Step(
      name: name, digits: digits, units: network.units.count, terms: network.size.connections,
      error: network.error(on: heldOut, workers: trial.workers), isKept: isKept)
  }

  /// A draft's network with rounded numbers: the readout is fitted to what rounded units say.
  static func network(_ draft: ReadoutTrial.Draft, digits: Int?, by trial: ReadoutTrial) -> Network {
    guard let digits else { return trial.network(draft) }
    var draft = draft
    draft.units = draft.units.map { $0.rounded(toDigits: digits) }
    let network = trial.network(draft)
    var readout = network.readout
    for k in readout.values.indices { readout.values[k] = readout.values[k].rounded(toDigits: digits) }
    return network.replacing(units: draft.units, readout: readout)
  }

  private func error(of draft: ReadoutTrial.Draft) -> Double {
    trial.network(draft).error(on: heldOut, workers: trial.workers)
  }

  /// The length of each row of the readout.
  private func readoutNorms() -> [Double] {
    let readout = trial.network(draft).readout
    return (0..<readout.rows).map { source in
      (0..<readout.columns).reduce(0) { $0 + readout[source, $1] * readout[source, $1] }.squareRoot()
    }
  }

  private func removing(unit index: Int) -> ReadoutTrial.Draft {
    let source = draft.isRead.count - draft.units.count + index
    var smaller = draft
    smaller.units.remove(at: index)
    smaller.isRead.remove(at: source)
    for k in smaller.units.indices {
      smaller.units[k].connections = smaller.units[k].connections.compactMap { connection in
        guard connection.source != source else { return nil }
        var moved = connection
        if moved.source > source { moved.source -= 1 }
        return moved
      }
    }
    return smaller
  }

  // MARK: - Connections

  /// A connection of a unit, or a source that the readout reads.
  private enum Place {
    case unit(Int, source: Int, Network.Factor)
    case readout(source: Int)
  }

  /// All that can go, by their share of the unit or of the readout, the smallest first. Biases stay.
  private func connectionsBySize() -> [Place] {
    var places: [(place: Place, share: Double)] = []
    for (index, unit) in draft.units.enumerated() {
      let weights = unit.connections.filter { $0.source > 0 }
      let length = weights.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
      for connection in weights {
        places.append(
          (
            .unit(index, source: connection.source, connection.factor),
            length > 0 ? abs(connection.weight) / length : 0
          ))
      }
    }
    let norms = readoutNorms().dropFirst()
    let largest = norms.max() ?? 0
    for (source, norm) in zip(norms.indices, norms) where source < draft.isRead.count - draft.units.count {
      places.append((.readout(source: source), largest > 0 ? norm / largest : 0))
    }
    return places.enumerated()
      .sorted { ($0.element.share, $0.offset) < ($1.element.share, $1.offset) }.map(\.element.place)
  }

  private func removing(_ places: ArraySlice<Place>) -> ReadoutTrial.Draft {
    var smaller = draft
    for place in places {
      switch place {
      case .readout(let source): smaller.isRead[source] = false
      case .unit(let unit, let source, let factor):
        smaller.units[unit].connections.removeAll { $0.source == source && $0.factor == factor }
      }
    }
    return smaller
  }
}

extension Network.Unit {
  /// The unit with all its numbers rounded.
  fileprivate func rounded(toDigits digits: Int) -> Network.Unit {
    var unit = self
    for k in unit.connections.indices {
      unit.connections[k].weight = unit.connections[k].weight.rounded(toDigits: digits)
      unit.connections[k].centre = unit.connections[k].centre.rounded(toDigits: digits)
    }
    let bounds = [range.lowerBound.rounded(toDigits: digits), range.upperBound.rounded(toDigits: digits)]
    unit.range = min(bounds[0], bounds[1])...max(bounds[0], bounds[1])
    unit.offset = offset.rounded(toDigits: digits)
    unit.scale = scale.rounded(toDigits: digits)
    return unit
  }
}

extension Double {
  /// The number rounded to so many significant digits, at least one.
  func rounded(toDigits digits: Int) -> Double {
    guard self != 0, isFinite else { return self }
    let places = Double(digits - 1) - (logarithm(abs(self)) / logarithm(10)).rounded(.down)
    guard abs(places) < 300 else { return self }
    // Multiplying by a whole power and dividing leaves the nearest number to the decimal.
    return places >= 0
      ? (self * power(10, places)).rounded() / power(10, places)
      : (self / power(10, -places)).rounded() * power(10, -places)
  }
}
