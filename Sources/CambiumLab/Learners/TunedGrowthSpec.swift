internal import Cambium
internal import CambiumBaselines
internal import CambiumCore

/// The spec of a network that is grown, and whose weights backpropagation then trains.
struct TunedGrowthSpec: Spec {
  /// How the network is grown.
  var growth = GrowthSpec()
  /// How its weights are trained then; 0 epochs leave it as it has grown. Where growth is to hold out nothing, neither does this.
  var tuning = BackpropagationSpec()

  init() {}

  func validate() throws {
    try validating("growth") { try growth.validate() }
    try validating("tuning") { try TunedLearner.validate(tuning) }
  }

  /// The learner.
  func learner() throws -> any Learner {
    var tuning = tuning
    if growth.stopping.validationFraction == 0 { tuning.validationFraction = 0 }
    return try TunedLearner(tuning: tuning, of: Grower(spec: growth))
  }
}
