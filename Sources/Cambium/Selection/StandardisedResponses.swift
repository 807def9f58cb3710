internal import CambiumCore

/// The responses of a unit that may be installed, and what standardises them.
struct StandardisedResponses {
  /// What is told of all responses of a unit.
  struct Moments: BitwiseCopyable {
    let mean: Double
    let deviation: Double
    private let low: Double
    private let high: Double

    /// Those of responses that are constant or not finite.
    static let useless = Moments(mean: .nan, deviation: .nan, low: 0, high: 0)

    var isUseful: Bool { !mean.isNaN }
    /// What responses are to be clipped to.
    var range: ClosedRange<Double> { low...high }

    private init(mean: Double, deviation: Double, low: Double, high: Double) {
      (self.mean, self.deviation, self.low, self.high) = (mean, deviation, low, high)
    }

    init(of values: [Double], weights: [Double]?) {
      var (total, sum, squares) = (0.0, 0.0, 0.0)
      var all = ResponseRange()
      for (i, value) in values.enumerated() {
        all.include(value)
        total += weights?[i] ?? 1
        sum += (weights?[i] ?? 1) * value
      }
      let mean = sum / total
      for (i, value) in values.enumerated() {
        squares += (weights?[i] ?? 1) * (value - mean) * (value - mean)
      }
      let deviation = (squares / total).squareRoot()
      guard all.isFinite, all.low <= all.high, deviation > 1e-9 * max(abs(mean), 1e-6) else {
        self = .useless
        return
      }
      let range = Network.widened([all.low, all.high])
      self.init(mean: mean, deviation: deviation, low: range.lowerBound, high: range.upperBound)
    }
  }

  let values: [Double]
  let moments: Moments

  /// Those of units over the samples of a network, nil where they are constant or not finite. The processes of a team find
  /// those of some units each.
  static func all(of units: [Network.Unit], in network: GrowingNetwork) -> [StandardisedResponses?] {
    let (design, workers, weights) = (network.design, network.workers, network.data.weights)
    guard units.count > 1, let team = workers.presentTeam else {
      return units.map { unit in
        let values = unit.responses(over: design, workers: workers)
        let moments = Moments(of: values, weights: weights)
        return moments.isUseful ? StandardisedResponses(values: values, moments: moments) : nil
      }
    }
    let n = design.rowCount
    var values = [Double](repeating: 0, count: units.count * n)
    var moments = [Moments](repeating: .useless, count: units.count)
    for place in team.part(of: units.count) {
      let responses = units[place].responses(over: design, workers: workers)
      moments[place] = Moments(of: responses, weights: weights)
      values.replaceSubrange(place * n..<(place + 1) * n, with: responses)
    }
    team.complete(&values) { rank in
      let own = team.part(of: units.count, for: rank)
      return own.lowerBound * n..<own.upperBound * n
    }
    team.complete(&moments) { team.part(of: units.count, for: $0) }
    return moments.indices.map { place in
      moments[place].isUseful
        ? StandardisedResponses(values: Array(values[place * n..<(place + 1) * n]), moments: moments[place])
        : nil
    }
  }
}
