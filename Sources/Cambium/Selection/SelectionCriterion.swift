internal import CambiumCore

/// What a rule says of a network with a fitted readout, beside the network that it grew from.
struct SelectionCriterion {
  private let spec: SelectionSpec
  private let data: Dataset
  /// Regression: the width of the soft count, thrice the root mean square of the residual before: wide, so that nearly
  /// every sample has a say.
  private let width: Double
  /// Classes: the leads before, where margins are over them.
  private let leadsBefore: [Double]?

  /// The criterion for networks that grow from this one.
  init(_ spec: SelectionSpec, from network: GrowingNetwork) {
    self.spec = spec
    data = network.data
    width = data.task == .regression ? Self.width(of: network.residual, data) : 0
    let isOverBefore = spec.rule == .hardCoverage && spec.marginOver == .networkBefore
    leadsBefore =
      isOverBefore && data.task != .regression
      ? Coverage(task: data.task, tolerance: spec.tolerance)
        .leads(scores: network.scores, targets: data.targets) : nil
  }

  private static func width(of residual: Matrix, _ data: Dataset) -> Double {
    var squares = 0.0
    for o in 0..<residual.columns {
      for i in 0..<residual.rows { squares += (data.weights?[i] ?? 1) * residual[i, o] * residual[i, o] }
    }
    let total = data.totalWeight * Double(residual.columns)
    return max(3 * (squares / total).squareRoot(), 1e-12)
  }

  /// Regression: the score by what is left of the targets; `reduction` grows as the squared error falls.
  func score(residual: Matrix, reduction: Double, connections: Int) -> CandidateScore {
    switch spec.rule {
    case .errorReduction, .covariance, .validation: return .init(first: reduction, second: 0)
    case .coverage:
      let count = Coverage.softCount(residual: residual, width: width, weights: data.weights)
      return .init(first: count, second: reduction)
    case .hardCoverage:
      let none = Matrix(rows: residual.rows, columns: residual.columns)
      let share = spec.coverage(for: .regression).share(
        scores: residual, targets: none, weights: data.weights)
      return .init(first: share, second: reduction)
    case .bic:
      var loss = 0.0
      for o in 0..<residual.columns {
        for i in 0..<residual.rows {
          loss += 0.5 * (data.weights?[i] ?? 1) * residual[i, o] * residual[i, o]
        }
      }
      let value = InformationCriterion.value(loss: loss, of: data, connections: connections)
      return .init(first: -value, second: reduction)
    }
  }

  /// Classes: the score by ΦB; `gain` is the mean loss with the other sign.
  func score(scores: Matrix, gain: Double, connections: Int) -> CandidateScore {
    switch spec.rule {
    case .errorReduction, .covariance, .validation: return .init(first: gain, second: 0)
    case .coverage:
      let count = Coverage.expectedCount(
        probabilities: Loss(task: data.task).outputs(ofScores: scores), targets: data.targets,
        weights: data.weights)
      return .init(first: count, second: gain)
    case .hardCoverage:
      let coverage = spec.coverage(for: data.task)
      guard let leadsBefore else {
        let share = coverage.share(scores: scores, targets: data.targets, weights: data.weights)
        return .init(first: share, second: gain)
      }
      let leads = coverage.leads(scores: scores, targets: data.targets)
      let covered = zip(leads, leadsBefore).map { $0 - $1 >= spec.margin }
      return .init(first: Coverage.share(of: covered, weights: data.weights), second: gain)
    case .bic:
      let value = InformationCriterion.value(
        loss: -gain * data.totalWeight, of: data, connections: connections)
      return .init(first: -value, second: gain)
    }
  }

  /// The score of a network that grew on the same samples, as it stands.
  func score(of network: GrowingNetwork) -> CandidateScore {
    let gain = -network.meanLoss(scores: network.scores, of: data)
    guard gain.isFinite else { return .useless }
    return data.task == .regression
      ? score(residual: network.residual, reduction: gain, connections: network.connectionCount)
      : score(scores: network.scores, gain: gain, connections: network.connectionCount)
  }
}
