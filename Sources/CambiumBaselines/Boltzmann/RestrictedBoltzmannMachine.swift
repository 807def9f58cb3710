internal import CKernels
public import CambiumCore

/// A restricted Boltzmann machine (Smolensky 1986): a density over D visible units by way of H hidden ones, with
/// connections between the two layers alone.
///
/// p(v, h) = e^(−E(v, h)) / Z, with h 0 or 1 and
///
/// - binary v: E = −bᵀv − cᵀh − vᵀWh,
/// - Gaussian v, of noise with variance 1: E = ½ Σ (v − b)² − cᵀh − vᵀWh.
///
/// (The lecture's slides print the Gaussian energy with −½, with which it could not be normalised.) Given one layer the
/// units of the other are independent: p(h_j = 1 | v) = logistic(c_j + Σ_i v_i w_ij), and v_i is 1 with probability
/// logistic(b_i + Σ_j w_ij h_j), or normal with that sum as its mean.
public struct RestrictedBoltzmannMachine: Sendable, Equatable {
  /// What the visible units are.
  public enum Visible: String, Codable, Sendable, CaseIterable {
    /// 0 or 1; what lies between counts as the probability of 1.
    case binary
    /// Any number, with normal noise of variance 1.
    case gaussian
  }

  /// What the visible units are.
  public let visible: Visible
  /// (1 + D) × (1 + H): 0 and then cᵀ in the first row, b beside W in those below. With a 1 before v and before h,
  /// bᵀv + cᵀh + vᵀWh is one bilinear form, and one product its gradient.
  public let parameters: Matrix

  /// D, the number of visible units.
  public var visibleCount: Int { parameters.rows - 1 }
  /// H, the number of hidden units.
  public var hiddenCount: Int { parameters.columns - 1 }

  /// Makes a machine; nil where there is no hidden unit, a number is not finite or the first is not 0.
  public init?(visible: Visible, parameters: Matrix) {
    guard parameters.rows >= 1, parameters.columns >= 2, parameters[0, 0] == 0,
      parameters.values.allSatisfy(\.isFinite)
    else { return nil }
    self.visible = visible
    self.parameters = parameters
  }

  /// A machine in training, whose numbers may have overflowed.
  init(unchecked visible: Visible, _ parameters: Matrix) {
    self.visible = visible
    self.parameters = parameters
  }

  /// The weights of the hidden units as a layer of a perceptron has them: (1 + D) × H, biases in the first row.
  var hiddenLayer: Matrix { parameters.columns(from: 1) }
}

// MARK: - One layer given the other

extension RestrictedBoltzmannMachine {
  /// p(h = 1 | v), N × H, for N × D visible values. O(N · D · H).
  public func hiddenProbabilities(given visible: Matrix) -> Matrix {
    precondition(
      visible.columns == visibleCount, "\(visible.columns) values for \(visibleCount) visible units")
    return hiddenMeans(visible.withOnes()).columns(from: 1)
  }

  /// The mean of v given h, N × D, for N × H hidden values. O(N · D · H).
  public func visibleMeans(given hidden: Matrix) -> Matrix {
    precondition(hidden.columns == hiddenCount, "\(hidden.columns) values for \(hiddenCount) hidden units")
    return visibleMeans(hidden.withOnes()).columns(from: 1)
  }

  /// The same with a column of ones before v, and before h.
  func hiddenMeans(_ visible: Matrix) -> Matrix {
    visible.times(parameters).mapped(by: .logistic).withFirstColumnOfOnes()
  }

  /// The same with a column of ones before h, and before v.
  func visibleMeans(_ hidden: Matrix) -> Matrix {
    let sums = hidden.timesTransposed(parameters)
    return (visible == .binary ? sums.mapped(by: .logistic) : sums).withFirstColumnOfOnes()
  }
}

extension Matrix {
  /// The same with ones in the first column.
  func withFirstColumnOfOnes() -> Matrix {
    var result = self
    for i in 0..<rows { result.values[i] = 1 }
    return result
  }
}

// MARK: - Free energy

extension RestrictedBoltzmannMachine {
  /// F(v) = −log Σ_h e^(−E(v, h)), one for each row of N × D visible values: log p(v) = −F(v) − log Z. O(N · D · H).
  public func freeEnergies(ofVisible visible: Matrix) -> [Double] {
    precondition(
      visible.columns == visibleCount, "\(visible.columns) values for \(visibleCount) visible units")
    let sums = visible.withOnes().times(parameters)  // bᵀv, and then z of each hidden unit
    let softened = sums.mapped(by: .softplus)
    return (0..<visible.rows).map { i in
      var energy = 0.0
      switch self.visible {
      case .binary: energy = -sums[i, 0]
      case .gaussian:
        for d in 0..<visibleCount {
          let difference = visible[i, d] - parameters[1 + d, 0]
          energy += 0.5 * difference * difference
        }
      }
      for j in 1...hiddenCount { energy -= softened[i, j] }
      return energy
    }
  }

  /// F(h) = −log Σ_v e^(−E(v, h)), for Gaussian v the integral, one for each row of N × H hidden values. O(N · D · H).
  public func freeEnergies(ofHidden hidden: Matrix) -> [Double] {
    precondition(hidden.columns == hiddenCount, "\(hidden.columns) values for \(hiddenCount) hidden units")
    let sums = hidden.withOnes().timesTransposed(parameters)  // cᵀh, and then z of each visible unit
    let softened = visible == .binary ? sums.mapped(by: .softplus) : sums
    return (0..<hidden.rows).map { i in
      var energy = -sums[i, 0]
      for d in 0..<visibleCount {
        switch visible {
        case .binary: energy -= softened[i, 1 + d]
        case .gaussian:
          // ∫ e^(−½(v − b)² + v(z − b)) dv = √(2π) e^(½z² − ½b²), where z = b + Σ w h.
          let (z, b) = (sums[i, 1 + d], parameters[1 + d, 0])
          energy -= 0.5 * (z * z - b * b + logarithm(2 * .pi))
        }
      }
      return energy
    }
  }
}

// MARK: - Files

extension RestrictedBoltzmannMachine: Codable {
  private enum CodingKeys: String, CodingKey { case visible, layer }

  /// Reads a machine; throws where it could not work.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let layer = try container.decode(MultilayerPerceptronModel.Layer.self, forKey: .layer)
    let visible = try container.decode(Visible.self, forKey: .visible)
    guard let machine = RestrictedBoltzmannMachine(visible: visible, parameters: layer.weights) else {
      throw DecodingError.dataCorruptedError(
        forKey: .layer, in: container, debugDescription: "expected finite weights, the first of them 0")
    }
    self = machine
  }

  /// Writes the kind of the visible units and the weights.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(visible, forKey: .visible)
    try container.encode(MultilayerPerceptronModel.Layer(weights: parameters), forKey: .layer)
  }
}
