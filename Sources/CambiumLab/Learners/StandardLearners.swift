internal import Cambium
internal import CambiumBaselines

extension GrowthSpec: Spec {}
extension MultilayerPerceptronSpec: Spec {}

extension LearnerCatalogue {
  /// Every learner of the project. To add one: make its spec a ``Spec``, and name it here.
  public static let standard = LearnerCatalogue([
    LearnerKind(
      name: "grown", summary: "a network grown unit by unit out of pools of candidates",
      spec: GrowthSpec.self, predictor: Network.self, validationKey: "stopping.validationFraction"
    ) { try Grower(spec: $0) },
    LearnerKind(
      name: "mlp", summary: "a fixed multilayer perceptron, trained by backpropagation",
      spec: MultilayerPerceptronSpec.self, predictor: MultilayerPerceptronModel.self,
      validationKey: "validationFraction"
    ) { try MultilayerPerceptron(spec: $0) },
  ])
}
