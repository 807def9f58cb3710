import CambiumCore

@testable import Cambium

/// A pool of all functions, and what it is trained on.
struct TrainingSamples {
  let rows: Int
  let design: DesignMatrix

  init(rows: Int) {
    self.rows = rows
    design = DesignMatrix(features: Samples.matrix(rows, 4))
  }

  /// Three candidates of each function, over all sources.
  func pool() -> CandidatePool {
    CandidatePool(
      activations: Activation.allCases, restarts: 3, sourceCount: 5, design: design,
      random: RandomStream(seed: 5))
  }

  /// Two outputs, weighted samples.
  func objective(
    _ kind: CandidateObjective = .errorReduction, in precision: TrainingPrecision, threads: Int = 1
  ) -> TrainingObjective {
    TrainingObjective(
      kind, in: precision, design: design, sourceCount: 5, residual: Samples.matrix(rows, 2, "residual"),
      weights: Samples.weights(rows), workers: WorkerPool(threads: threads))
  }
}
