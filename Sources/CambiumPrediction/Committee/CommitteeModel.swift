/// A model that is made of others.
public protocol EnsemblePredictor: Predictor {
  /// The models that it asks.
  var parts: [any Predictor] { get }
  /// Regression: how far they were off on samples that they had not learned; nil where that is not known.
  var residuals: LeftOutResiduals? { get }
}

/// Several models of one kind that answer together: the mean of their outputs, for classes of their probabilities.
public struct CommitteeModel<Member: Predictor>: EnsemblePredictor {
  /// The members, at least one, of equal inputs and outputs.
  public let members: [Member]
  /// Regression: how far members were off on samples that they had not learned; nil where none were left out.
  public let residuals: LeftOutResiduals?

  /// Makes a committee; nil where there are no members, or their shapes or the residuals' differ.
  public init?(members: [Member], residuals: LeftOutResiduals? = nil) {
    guard let size = members.first?.size else { return nil }
    for member in members.dropFirst() {
      let other = member.size
      guard other.inputs == size.inputs, other.outputs == size.outputs else { return nil }
    }
    if let residuals, !residuals.fit(members: members.count, outputs: size.outputs) { return nil }
    self.members = members
    self.residuals = residuals
  }

  /// The members.
  public var parts: [any Predictor] { members }

  /// The sums of the members' units and connections; the depth of the deepest.
  public var size: ModelSize {
    var sum = members[0].size
    for member in members.dropFirst() {
      let size = member.size
      sum.units += size.units
      sum.connections += size.connections
      sum.depth = max(sum.depth, size.depth)
    }
    return sum
  }

  /// The mean of the members' outputs for N × d `features`. Cost: that of all members.
  public func outputs(for features: Matrix, workers: WorkerPool) -> Matrix {
    mean(of: members.map { $0.outputs(for: features, workers: workers) })
  }
}

/// The mean of matrices of one shape, at least one; of a single one itself, bit for bit.
package func mean(of matrices: [Matrix]) -> Matrix {
  var sum = matrices[0]
  for matrix in matrices.dropFirst() {
    for k in sum.values.indices { sum.values[k] += matrix.values[k] }
  }
  let count = Double(matrices.count)
  for k in sum.values.indices { sum.values[k] /= count }
  return sum
}

extension CommitteeModel: IntervalPredictor {
  /// Intervals from the members' spread and the residuals of the samples they left out; see ``LeftOutResiduals``.
  public func intervals(for features: Matrix, level: Double, workers: WorkerPool) throws -> OutputIntervals? {
    guard let residuals else { return nil }
    return try residuals.intervals(
      around: members.map { $0.outputs(for: features, workers: workers) }, level: level, workers: workers)
  }
}

extension CommitteeModel: Codable {
  private enum CodingKeys: String, CodingKey { case members, residuals }

  /// Reads a committee; throws where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let members = try container.decode([Member].self, forKey: .members)
    let residuals = try container.decodeIfPresent(LeftOutResiduals.self, forKey: .residuals)
    guard let model = CommitteeModel(members: members, residuals: residuals) else {
      throw InputError.nonsense(
        in: container, found: "\(counted(members.count, "member")) that do not fit together",
        expected: "at least one, all of the same inputs and outputs, and residuals of theirs")
    }
    self = model
  }
}
