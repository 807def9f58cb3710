/// The climb of one candidate, which tries one point in every pass.
protocol CandidateClimber {
  /// What a pass tells of a candidate besides its objective.
  associatedtype Slope
  /// Objectives and slopes in the living parameters of every candidate.
  static func slopes(
    of pool: CandidatePool, living: [[Int]], on objective: TrainingObjective
  ) -> [(value: Double, slope: Slope)]

  /// A climb that begins at a point of which a pass has told.
  init(point: [Double], value: Double, slope: Slope)
  /// The objective where it stands.
  var value: Double { get }
  /// The point to be tried next.
  var trial: [Double] { get }
  /// Hears of the point it wanted tried: whether it stands there now.
  mutating func moves(to value: Double, _ slope: Slope) -> Bool
}

/// Candidates that climb in step: every pass tries one point for each. The pool stands where they stand, and so it never
/// falls.
struct LockstepAscent<Climber: CandidateClimber>: PoolAscent {
  /// nil where a candidate has to begin anew.
  private var climbers: [(climber: Climber, living: [Int])?]

  init(_ pool: CandidatePool) { climbers = Array(repeating: nil, count: pool.count) }

  mutating func step(
    _ pool: inout CandidatePool, on objective: TrainingObjective
  ) -> (pool: CandidatePool, objectives: [Double]) {
    let living = (0..<pool.count).map(pool.livingIndices)
    var trial = pool
    for candidate in climbers.indices {
      guard let climb = climbers[candidate], climb.living == living[candidate] else {
        climbers[candidate] = nil
        continue
      }
      for (index, value) in zip(climb.living, climb.climber.trial) { trial.parameters[index] = value }
    }
    let slopes = Climber.slopes(of: trial, living: living, on: objective)
    for (candidate, found) in slopes.enumerated() {
      let point = living[candidate].map { trial.parameters[$0] }
      if climbers[candidate] == nil {
        let climber = Climber(point: point, value: found.value, slope: found.slope)
        climbers[candidate] = (climber, living[candidate])
      } else if climbers[candidate]?.climber.moves(to: found.value, found.slope) == true {
        for (index, value) in zip(living[candidate], point) { pool.parameters[index] = value }
      }
    }
    return (pool, climbers.map { $0?.climber.value ?? 0 })
  }

  mutating func keep(_ candidates: [Int], parameters: [Int]) {
    // Where a candidate's parameters stand has changed, the parameters have not.
    let places = Dictionary(uniqueKeysWithValues: parameters.enumerated().map { ($1, $0) })
    climbers = candidates.map { candidate in
      guard let climb = climbers[candidate] else { return nil }
      let living = climb.living.compactMap { places[$0] }
      return living.count == climb.living.count ? (climb.climber, living) : nil
    }
  }
}

extension CandidatePool {
  /// The indices into `parameters` of a candidate's living ones.
  func livingIndices(of candidate: Int) -> [Int] {
    parameterRanges(of: candidate).flatMap { range in range.filter { mask[$0] != 0 } }
  }
}
