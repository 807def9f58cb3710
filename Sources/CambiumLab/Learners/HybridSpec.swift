internal import Cambium
internal import CambiumBaselines
internal import CambiumCore

/// The spec of a network that is grown on top of features learned from inputs alone.
struct HybridSpec: Spec {
  /// How the features are learned.
  var features = FeatureSpec()
  /// How the network on top is grown.
  var growth = GrowthSpec()

  init() {}

  func validate() throws {
    try validating("features") { try features.validate() }
    try validating("growth") { try growth.validate() }
  }

  /// The learner.
  func learner() throws -> any Learner {
    try HybridLearner(features: features, learner: Grower(spec: growth))
  }
}
