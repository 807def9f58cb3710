public import CambiumCore

/// A Boltzmann machine (Ackley, Hinton and Sejnowski 1985): n stochastic units of 0 or 1, each of which may be connected
/// with any other, some visible and some hidden.
///
/// p(s) = e^(−E(s)) / Z, E(s) = −Σ_i b_i s_i − Σ_(i<j) w_ij s_i s_j, w symmetric. Given all others a unit is on with
/// probability logistic(b_i + Σ_j w_ij s_j). The visible units are the first D.
public struct BoltzmannMachine: Sendable, Equatable {
  /// D, the visible units.
  public let visibleCount: Int
  /// n numbers b.
  public let biases: [Double]
  /// n × n numbers w, symmetric, 0 on the diagonal.
  public let weights: Matrix

  /// n, all units.
  public var unitCount: Int { biases.count }
  /// H, the hidden units.
  public var hiddenCount: Int { unitCount - visibleCount }

  /// Makes a machine; nil where the shapes do not fit, there is no visible unit, the weights are not symmetric with a
  /// diagonal of 0, or a number is not finite.
  public init?(visibleCount: Int, biases: [Double], weights: Matrix) {
    let count = biases.count
    guard (1...max(count, 1)).contains(visibleCount), count >= 1, weights.rows == count,
      weights.columns == count, (biases + weights.values).allSatisfy(\.isFinite),
      (0..<count).allSatisfy({ i in
        weights[i, i] == 0 && (0..<i).allSatisfy { weights[i, $0] == weights[$0, i] }
      })
    else { return nil }
    self.init(unchecked: visibleCount, biases, weights)
  }

  /// A machine in training, whose numbers may have overflowed.
  init(unchecked visibleCount: Int, _ biases: [Double], _ weights: Matrix) {
    self.visibleCount = visibleCount
    self.biases = biases
    self.weights = weights
  }

  /// E of each row of N × n states. O(N · n²).
  public func energies(of states: Matrix) -> [Double] {
    precondition(states.columns == unitCount, "\(states.columns) values for \(unitCount) units")
    let fields = states.times(weights)
    return (0..<states.rows).map { i in
      (0..<unitCount).reduce(0) { $0 - states[i, $1] * (biases[$1] + 0.5 * fields[i, $1]) }
    }
  }
}

/// The means of units and of their products: what the gradient of a Boltzmann machine's likelihood is made of.
public struct BoltzmannMoments: Sendable, Equatable {
  /// n means ⟨s_i⟩.
  public var first: [Double]
  /// n × n means ⟨s_i s_j⟩, 0 on the diagonal.
  public var second: Matrix

  /// Those of N × n states, each with a weight; the weights sum to 1.
  init(of states: Matrix, weights: [Double]) {
    let weighted = states.scalingRows(by: weights)
    first = (0..<states.columns).map { weighted.column($0).reduce(0, +) }
    second = weighted.transposedTimes(states)
    for i in 0..<states.columns {
      second[i, i] = 0
      // A product may sum the two sides of the diagonal in another order.
      for j in 0..<i { second[i, j] = second[j, i] }
    }
  }

  /// These with others added.
  mutating func add(_ other: BoltzmannMoments) {
    for i in first.indices { first[i] += other.first[i] }
    for k in second.values.indices { second.values[k] += other.second.values[k] }
  }

  /// How much larger these are: of means under the data and under the machine, the gradient of the likelihood in the
  /// biases and in the weights, each connection once.
  public func minus(_ other: BoltzmannMoments) -> BoltzmannMoments {
    var difference = self
    for i in first.indices { difference.first[i] -= other.first[i] }
    for k in second.values.indices { difference.second.values[k] -= other.second.values[k] }
    return difference
  }
}

// MARK: - Files

extension BoltzmannMachine: Codable {
  private enum CodingKeys: String, CodingKey { case visible, biases, weights }

  /// Reads a machine; throws where it could not work.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let machine = BoltzmannMachine(
      visibleCount: try container.decode(Int.self, forKey: .visible),
      biases: try container.decode([Double].self, forKey: .biases),
      weights: try container.decode(Matrix.self, forKey: .weights))
    guard let machine else {
      throw DecodingError.dataCorruptedError(
        forKey: .weights, in: container,
        debugDescription: "expected finite symmetric weights without a diagonal")
    }
    self = machine
  }

  /// Writes the number of visible units and the weights.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(visibleCount, forKey: .visible)
    try container.encode(biases, forKey: .biases)
    try container.encode(weights, forKey: .weights)
  }
}
