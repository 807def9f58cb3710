/// How the candidates of a pool climb their objective: each by itself, all in the same passes over the samples.
///
/// | rule | passes an epoch | memory a parameter | meant for |
/// |---|---|---|---|
/// | `resilientPropagation` | 1 | 2 values | all |
/// | `gradientDescent` | 2, one of responses alone | none | comparisons |
/// | `lbfgs` | 2, one of responses alone | 20 values | long training |
/// | `levenbergMarquardt` | 1, of N p² operations a candidate | p values | few sources, few epochs |
///
/// Passes, and milliseconds on one thread, until the best of a pool of twenty reaches 99 % of the best J that any of them
/// ends with after 1024 epochs, before the first unit; medians over fifteen pools, – where most never get there
/// (`CambiumBench training`):
///
/// | | Friedman #1, 750 × 10 | concrete, 1030 × 8 | two spirals, 194 × 2 |
/// |---|---|---|---|
/// | `resilientPropagation` | 20, 2.5 | 83, 9.8 | – |
/// | `gradientDescent` | 316, 28 | – | – |
/// | `lbfgs` | 32, 3.7 | 138, 21 | – |
/// | `levenbergMarquardt` | 4, 3.0 | – | – |
public enum TrainingOptimizer: String, Codable, Sendable, CaseIterable {
  /// `resilientPropagation`. Where held-out samples choose among classes, and networks grown so put more than a twentieth of
  /// them wrong though they have units, or more than half as many as the most frequent class would, networks are grown a
  /// second time by `levenbergMarquardt`: unpruned, flat where the topology is automatic, from eight times the restarts
  /// with three tenths of the epochs, to twice the units where their number is. First that of the first hold-out is, and
  /// all where it gains anything; they stay where they are better beyond chance (`stopping.standardErrors`). Classes
  /// that change from place to place hide from all but the steps of a second-order method. Only where N p² ≤ 100 000.
  case automatic
  /// A step of its own for each parameter, by the sign of its gradient (iRprop−, Igel and Hüsken 2003). The gradient is
  /// that of the output weights of the pass before.
  case resilientPropagation
  /// Steps along the gradient of log J (of the objective, whichever it is), as long as `training.learningRate` says. By
  /// all samples at once, or by `training.batch` of them at a time, drawn without replacement each epoch: with batches of 1
  /// it is on-line backpropagation, the output weights being those of the epoch's beginning. (A batch costs a fixed
  /// effort besides its samples: batches under 32 are slow.)
  case gradientDescent
  /// Quasi-Newton steps from the last eight changes of the exact gradient (Nocedal 1980), each candidate with a step
  /// length of its own, shortened until Armijo's condition holds: an epoch tries one point for every candidate.
  case lbfgs
  /// Damped Gauss–Newton steps on the candidate with its output weights eliminated: variable projection with Kaufman's
  /// approximation (1975), damping after Marquardt (1963). An epoch tries one step for every candidate: a
  /// p × p matrix of each (2p × 2p of radial ones) is summed over the samples, of living connections alone. A tenth
  /// of the epochs that resilient propagation needs are enough.
  case levenbergMarquardt

  /// Whether it goes on from wherever the parameters stand.
  var takesAnyStep: Bool { self != .lbfgs && self != .levenbergMarquardt }
}
