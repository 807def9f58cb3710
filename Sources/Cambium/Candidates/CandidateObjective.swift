/// What a candidate's training raises. Candidates are ranked by error reduction whatever they were trained on.
public enum CandidateObjective: String, Codable, Sendable, CaseIterable {
  /// The share of the residual's energy that the candidate takes away with its best output weights,
  /// J = Σ_o (r_o·ĝ)² / ((ĝ·ĝ) Σ_o r_o·r_o), ĝ centred, 0…1 (the least-squares objective of Fahlman and Lebiere's
  /// cascade that Kwok and Yeung 1997 call S₁).
  case errorReduction
  /// The same with ĝ made orthogonal to all of Φ, and the residual as well, on the samples of training: the share that the
  /// candidate takes away once the readout is refitted to it, without a ridge. Two more products a pass, of all columns of
  /// Φ.
  case orthogonalErrorReduction
  /// Cascade-Correlation's (Fahlman and Lebiere 1990): Σ_o |r_o·ĝ| / N for a residual of mean square 1, at least 0. What
  /// takes no account of ĝ's size rewards large responses: meant for bounded activations.
  case covariance
}
