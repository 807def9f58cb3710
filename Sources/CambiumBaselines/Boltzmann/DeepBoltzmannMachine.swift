public import CambiumCore

/// A deep Boltzmann machine (Salakhutdinov and Hinton 2009): layers of units of 0 or 1, connections between neighbouring
/// layers alone, all of them symmetric.
///
/// p(v, h¹ … hˡ) = e^(−E) / Z, E = −Σ_k b_kᵀ h_k − Σ_k h_kᵀ W_k h_(k+1), where h_0 = v. Unlike in a deep belief network, what
/// a layer says depends on the layers above it too. Given the layers beside it the units of one are independent.
public struct DeepBoltzmannMachine: Sendable, Equatable {
  /// b of each layer, the visible one first.
  public let biases: [[Double]]
  /// W between each layer and the next: units × units of the next.
  public let weights: [Matrix]

  /// D, the visible units.
  public var visibleCount: Int { biases[0].count }
  /// The hidden layers.
  public var hiddenLayerCount: Int { weights.count }

  /// Makes a machine; nil where there is no hidden layer, a layer has no unit, shapes do not fit or a number is not finite.
  public init?(biases: [[Double]], weights: [Matrix]) {
    guard !weights.isEmpty, biases.count == weights.count + 1, biases.dropFirst().allSatisfy({ !$0.isEmpty }),
      weights.enumerated().allSatisfy({
        $1.rows == biases[$0].count && $1.columns == biases[$0 + 1].count && $1.values.allSatisfy(\.isFinite)
      }), biases.allSatisfy({ $0.allSatisfy(\.isFinite) })
    else { return nil }
    self.init(unchecked: biases, weights)
  }

  /// A machine in training, whose numbers may have overflowed.
  init(unchecked biases: [[Double]], _ weights: [Matrix]) {
    self.biases = biases
    self.weights = weights
  }

  /// What the units of a layer read: N × units sums, biases with them.
  func sums(ofLayer layer: Int, _ values: [Matrix]) -> Matrix {
    var sums = Matrix(rows: values[0].rows, columns: biases[layer].count)
    if layer > 0 { sums = values[layer - 1].times(weights[layer - 1]) }
    if layer < weights.count {
      let above = values[layer + 1].timesTransposed(weights[layer])
      for k in sums.values.indices { sums.values[k] += above.values[k] }
    }
    for j in 0..<sums.columns { for i in 0..<sums.rows { sums[i, j] += biases[layer][j] } }
    return sums
  }
}

// MARK: - Hidden layers given the visible one

extension DeepBoltzmannMachine {
  /// The means of independent hidden units whose distribution is nearest to that of the hidden layers given the visible one
  /// (mean field): each layer in turn takes the means that the layers beside it ask for. Each turn raises ``bounds(of:_:)``.
  ///
  /// - Parameters:
  ///   - visible: N × D values.
  ///   - sweeps: Turns, at least 1; before them one pass upwards, in which weights count twice, since nothing comes from above.
  /// - Returns: N × units means of each hidden layer. O(sweeps · N · weights).
  public func means(given visible: Matrix, sweeps: Int) -> [Matrix] {
    precondition(
      visible.columns == visibleCount, "\(visible.columns) values for \(visibleCount) visible units")
    var values = [visible]
    for layer in 1...hiddenLayerCount {
      let factor: Double = layer < hiddenLayerCount ? 2 : 1
      var sums = values[layer - 1].times(weights[layer - 1])
      for j in 0..<sums.columns {
        for i in 0..<sums.rows { sums[i, j] = factor * sums[i, j] + biases[layer][j] }
      }
      values.append(sums.mapped(by: .logistic))
    }
    for _ in 0..<sweeps {
      for layer in 1...hiddenLayerCount { values[layer] = sums(ofLayer: layer, values).mapped(by: .logistic) }
    }
    return Array(values.dropFirst())
  }

  /// The bound on log Σ_h e^(−E(v, h)) by independent hidden units of such means, one for each row: −⟨E⟩ + Σ H(μ).
  public func bounds(of visible: Matrix, _ means: [Matrix]) -> [Double] {
    let values = [visible] + means
    var bounds = [Double](repeating: 0, count: visible.rows)
    for layer in 0...hiddenLayerCount {
      let below = layer > 0 ? values[layer - 1].times(weights[layer - 1]) : nil
      for j in 0..<biases[layer].count {
        for i in 0..<visible.rows {
          let mean = values[layer][i, j]
          bounds[i] += mean * (biases[layer][j] + (below?[i, j] ?? 0))
          guard layer > 0, mean > 0, mean < 1 else { continue }
          bounds[i] -= mean * logarithm(mean) + (1 - mean) * logarithm(1 - mean)
        }
      }
    }
    return bounds
  }

  /// The values of all layers after `steps` turns of Gibbs sampling, from N × units values of each, the visible one first.
  public func sampled(from values: [Matrix], steps: Int, random: RandomStream) -> [Matrix] {
    let generator = random.generator()
    var values = values
    for _ in 0..<steps { drawAll(&values, generator) }
    return values
  }

  /// One turn: odd layers given even ones, then even ones given odd ones.
  func drawAll(_ values: inout [Matrix], _ generator: RandomGenerator) {
    for parity in [1, 0] {
      for layer in 0...hiddenLayerCount where layer % 2 == parity {
        values[layer] = sums(ofLayer: layer, values).mapped(by: .logistic).drawnAsProbabilities(generator)
      }
    }
  }
}

// MARK: - Small machines, exactly

extension DeepBoltzmannMachine {
  /// log Z, by going through all states of the odd layers; those of the others are then independent. Throws an `InputError`
  /// where the odd layers have more than ``RestrictedBoltzmannMachine/largestEnumeration`` units.
  public func logPartition() throws -> Double { try logSum(clamping: nil)[0] }

  /// log p(v) of each row of N × D values of 0 or 1. O(N · 2^units · weights).
  public func logLikelihoods(of visible: Matrix) throws -> [Double] {
    let partition = try logPartition()
    return try logSum(clamping: visible).map { $0 - partition }
  }

  /// log Σ e^(−E) over all states; with visible units clamped to each of some rows.
  private func logSum(clamping visible: Matrix?) throws -> [Double] {
    let odd = (1...hiddenLayerCount).filter { $0 % 2 == 1 }
    let count = odd.reduce(0) { $0 + biases[$1].count }
    try require(
      count <= RestrictedBoltzmannMachine.largestEnumeration, "units", "\(count) to go through all states of",
      "at most \(RestrictedBoltzmannMachine.largestEnumeration)")
    let parts = BinaryStates.blocks(of: count).map { logWeights($0, odd, visible) }
    return (0..<(visible?.rows ?? 1)).map { row in logOfSum(parts.map { $0[row] }) }
  }

  /// The logarithm of the summed weights of a block of states of the odd layers, for each clamped row.
  private func logWeights(_ states: Matrix, _ odd: [Int], _ visible: Matrix?) -> [Double] {
    var values = biases.map { Matrix(rows: states.rows, columns: $0.count) }
    var column = 0
    for layer in odd {
      for j in 0..<biases[layer].count {
        for i in 0..<states.rows { values[layer][i, j] = states[i, column] }
        column += 1
      }
    }
    var logs = [Double](repeating: 0, count: states.rows)
    for layer in odd {
      for j in 0..<biases[layer].count {
        for i in 0..<states.rows { logs[i] += biases[layer][j] * values[layer][i, j] }
      }
    }
    for layer in stride(from: visible == nil ? 0 : 2, through: hiddenLayerCount, by: 2) {
      let softened = sums(ofLayer: layer, values).mapped(by: .softplus)
      for j in 0..<softened.columns { for i in 0..<states.rows { logs[i] += softened[i, j] } }
    }
    guard let visible else { return [logOfSum(logs)] }
    let fields = sums(ofLayer: 0, values)
    return (0..<visible.rows).map { row in
      logOfSum(
        (0..<states.rows).map { i in
          (0..<visibleCount).reduce(logs[i]) { $0 + visible[row, $1] * fields[i, $1] }
        })
    }
  }
}

// MARK: - Files

extension DeepBoltzmannMachine: Codable {
  private enum CodingKeys: String, CodingKey { case biases, weights }

  /// Reads a machine; throws where it could not work.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let machine = DeepBoltzmannMachine(
      biases: try container.decode([[Double]].self, forKey: .biases),
      weights: try container.decode([Matrix].self, forKey: .weights))
    guard let machine else {
      throw DecodingError.dataCorruptedError(
        forKey: .weights, in: container, debugDescription: "expected finite layers that fit together")
    }
    self = machine
  }

  /// Writes biases and weights.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(biases, forKey: .biases)
    try container.encode(weights, forKey: .weights)
  }
}
