internal import CambiumCore

extension LimitedMemoryClimber: CandidateClimber {
  static func slopes(
    of pool: CandidatePool, living: [[Int]], on objective: TrainingObjective
  ) -> [(value: Double, slope: [Double])] {
    let (objectives, gradient) = objective.evaluateExactly(pool)
    return living.indices.map { candidate in
      (objectives[candidate], living[candidate].map { gradient[$0] })
    }
  }
}
