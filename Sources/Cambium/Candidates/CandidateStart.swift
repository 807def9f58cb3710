/// Where candidates start.
public enum CandidateStart: String, Codable, Sendable, CaseIterable {
  /// Sums at Sobol points, which fill the cube of directions evenly, radial centres at random samples: what the network does
  /// not yet represent is left to training.
  case sobol
  /// Where the network errs. A sum starts midway between two samples, across the line from one to the other: of sixteen
  /// pairs drawn at random one, by how steeply the residual changes from sample to sample (after Bolager and others 2023,
  /// *Sampling weights of deep neural networks*, with the residual in the targets' place). A radial centre starts at a sample,
  /// drawn by its share of the residual's energy. How large weights are is drawn as for Sobol points. A pass over the residual
  /// each round, and O(p) for each candidate.
  case residual
  /// Of each function's restarts every second one, beginning with the second, where the network errs; the others at Sobol
  /// points.
  case mixed

  /// Whether a restart, counted from 0, begins where the network errs.
  func isAtResidual(restart: Int) -> Bool {
    switch self {
    case .sobol: false
    case .residual: true
    case .mixed: restart % 2 == 1
    }
  }
}
