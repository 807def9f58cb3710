internal import CambiumCore

/// What a candidate is worth: the share of the residual's energy that it takes away with its best output weights,
///
///   J = Σ_o s_o² / (V · E),   s_o = Σ_n v_n r_no ĝ_n,   V = Σ_n v_n ĝ_n²,   E = Σ_no v_n r_no²,
///
/// with ĝ = g − ḡ and r centred.
struct PoolCriterion {
  /// What the steps raise; what stands above is error reduction.
  var objective = CandidateObjective.errorReduction
  /// The weighted means of the residual's columns.
  let residualMeans: [Double]
  /// Σ v.
  let totalWeight: Double
  /// E.
  let energy: Double

  init(residual: Matrix, weights: [Double]?) {
    let n = residual.rows
    let totalWeight = weights?.reduce(0, +) ?? Double(n)
    let means = (0..<residual.columns).map { o in
      var sum = 0.0
      for i in 0..<n { sum += (weights?[i] ?? 1) * residual[i, o] }
      return sum / totalWeight
    }
    var energy = 0.0
    for o in 0..<residual.columns {
      for i in 0..<n {
        let centred = residual[i, o] - means[o]
        energy += (weights?[i] ?? 1) * centred * centred
      }
    }
    (residualMeans, self.totalWeight, self.energy) = (means, totalWeight, energy)
  }

  /// The criterion of a residual that is centred, of mean square 1 over `outputs`, and has `count` samples of
  /// mean weight 1.
  init(standardisedOutputs outputs: Int, count: Int, objective: CandidateObjective = .errorReduction) {
    self.objective = objective
    residualMeans = [Double](repeating: 0, count: outputs)
    totalWeight = Double(count)
    energy = Double(count)
  }

  /// Joint backpropagation: the step of an output weight, in shares of the way to the best one.
  private static let outputRate = 0.3

  /// How many sums each candidate needs: Σ v h, Σ v h² and Σ v h r_o, with h = g − shift.
  var sumCount: Int { 2 + residualMeans.count }

  /// J, and what turns responses and residuals into deltas: δ = v f′ (Σ_o pull_o r_o − push (g − mean) − pulledMean).
  struct Step {
    var objective = 0.0
    /// ḡ; where J is 0 what is known of it.
    var mean = 0.0
    var pull: [Double]
    var push = 0.0
    /// Σ_o pull_o r̄_o.
    var pulledMean = 0.0
    /// Where responses are made orthogonal to Φ: the best readout of g − `shift` from Φ's columns.
    var projection: [Double] = []
    var shift = 0.0
    /// Joint backpropagation: the output weights as they stand.
    var outputWeights: [Double] = []
  }

  /// The steps of all candidates, from their sums and the shifts that these were taken with (0 where nil). A candidate
  /// whose response is constant or not finite has J = 0 and no deltas.
  ///
  /// Where responses are made orthogonal to Φ, `explained` is what of Σ v h² that takes away. Joint backpropagation goes on
  /// from the output weights of the steps `before`, or from 0.
  func steps(
    from sums: ArraySlice<Double>, shifts: [Double]?, explained: [Double]? = nil, before: [Step] = []
  ) -> [Step] {
    let count = sums.count / sumCount
    return (0..<count).map { candidate in
      let start = sums.startIndex + candidate * sumCount
      return step(
        from: sums[start..<start + sumCount], shift: shifts?[candidate] ?? 0,
        explained: explained?[candidate],
        outputWeights: before.count == count ? before[candidate].outputWeights : [])
    }
  }

  private func step(
    from sums: ArraySlice<Double>, shift: Double, explained: Double?, outputWeights: [Double]
  ) -> Step {
    let m = residualMeans.count
    let base = sums.startIndex
    let shiftedMean = sums[base] / totalWeight
    let variance = sums[base + 1] - (explained ?? shiftedMean * sums[base])
    let mean = shift + shiftedMean
    var step = Step(pull: [Double](repeating: 0, count: m))
    guard mean.isFinite, variance.isFinite, energy > 0 else { return step }
    step.mean = mean
    // Below this the response is constant but for rounding.
    let square = sums[base + 1] + totalWeight * mean * mean
    guard variance > 1e-10 * max(square, totalWeight * 1e-10) else { return step }
    // The same of a response that is a combination of Φ's columns.
    if explained != nil, variance < 1e-5 * sums[base + 1] { return step }
    for o in 0..<m { step.pull[o] = sums[base + 2 + o] - residualMeans[o] * sums[base] }
    switch objective {
    case .errorReduction, .orthogonalErrorReduction, .logLossReduction:
      for covariance in step.pull { step.objective += covariance * covariance }
      step.objective /= variance * energy
      for o in 0..<m { step.pull[o] *= 2 / (variance * energy) }
      step.push = 2 * step.objective / variance
    case .jointBackpropagation:
      step.outputWeights = outputWeights.isEmpty ? [Double](repeating: 0, count: m) : outputWeights
      for o in 0..<m {
        let covariance = step.pull[o]
        step.outputWeights[o] += Self.outputRate * (covariance / variance - step.outputWeights[o])
        let weight = step.outputWeights[o]
        step.objective += weight * (2 * covariance - weight * variance) / energy
        step.pull[o] = 2 * weight / energy
        step.push += 2 * weight * weight / energy
      }
    case .covariance:
      for covariance in step.pull { step.objective += abs(covariance) }
      step.objective /= totalWeight
      for o in 0..<m { step.pull[o] = (step.pull[o] < 0 ? -1 : 1) / totalWeight }
    }
    for o in 0..<m { step.pulledMean += step.pull[o] * residualMeans[o] }
    guard step.objective.isFinite, step.pulledMean.isFinite else {
      return Step(pull: [Double](repeating: 0, count: m))
    }
    return step
  }
}
