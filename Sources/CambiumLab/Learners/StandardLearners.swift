internal import Cambium
internal import CambiumBaselines
internal import CambiumCore

extension GrowthSpec: Spec {}
extension MultilayerPerceptronSpec: Spec {}
extension RestrictedBoltzmannSpec: Spec {}
extension AutoencoderSpec: Spec {}
extension DeepBeliefSpec: Spec {}
extension StackingSpec: Spec {}
extension ConvolutionSpec: Spec {}
extension NgramSpec: Spec {}
extension SnapshotSpec: Spec {}
extension RecurrentSpec: Spec {}
extension BoltzmannClassifierSpec: Spec {}
extension DeepBoltzmannSpec: Spec {}

extension LearnerCatalogue {
  /// Every learner of the project. To add one: make its spec a ``Spec``, and name it here.
  public static let standard = LearnerCatalogue([
    grown(name: "grown", summary: "a network grown unit by unit out of pools of candidates"),
    LearnerKind(
      name: "mlp", summary: "a fixed multilayer perceptron, trained by backpropagation",
      spec: MultilayerPerceptronSpec.self, predictor: MultilayerPerceptronModel.self,
      validationKey: "validationFraction"
    ) { try MultilayerPerceptron(spec: $0) },
    LearnerKind(
      name: "snapshots",
      summary: "a perceptron whose learning rate falls and leaps up again, and what it was at each low",
      spec: SnapshotSpec.self, predictor: CommitteeModel<MultilayerPerceptronModel>.self,
      validationKey: "validationFraction"
    ) { try SnapshotEnsemble(spec: $0) },
    LearnerKind(
      name: "cnn", summary: "a convolutional network for pictures, trained by backpropagation",
      spec: ConvolutionSpec.self, predictor: ConvolutionalModel.self,
      validationKey: "training.validationFraction", gridKey: "shape"
    ) { try ConvolutionalNetwork(spec: $0) },
    LearnerKind(
      name: "rnn", summary: "a recurrent network for sequences, trained by backpropagation through time",
      spec: RecurrentSpec.self, predictor: RecurrentModel.self, validationKey: "training.validationFraction"
    ) { try RecurrentNetwork(spec: $0) },
    LearnerKind(
      name: "autoencoder", summary: "a stacked autoencoder of the inputs, fine-tuned by backpropagation",
      spec: AutoencoderSpec.self, predictor: MultilayerPerceptronModel.self,
      validationKey: "fineTuning.validationFraction"
    ) { try AutoencoderLearner(spec: $0) },
    LearnerKind(
      name: "rbm", summary: "a restricted Boltzmann machine of the inputs, and a regression on its units",
      spec: RestrictedBoltzmannSpec.self, predictor: BeliefModel.self,
      validationKey: "fineTuning.validationFraction"
    ) { try RestrictedBoltzmannLearner(spec: $0) },
    LearnerKind(
      name: "dbn",
      summary: "a deep belief network: stacked Boltzmann machines, fine-tuned by backpropagation",
      spec: DeepBeliefSpec.self, predictor: BeliefModel.self,
      validationKey: "fineTuning.validationFraction"
    ) { try DeepBeliefLearner(spec: $0) },
    LearnerKind(
      name: "boltzmann", summary: "a Boltzmann machine that classifies, with its inputs clamped",
      spec: BoltzmannClassifierSpec.self, predictor: BoltzmannClassifierModel.self,
      validationKey: "training.validationFraction"
    ) { try BoltzmannClassifier(spec: $0) },
    LearnerKind(
      name: "dbm",
      summary:
        "a deep Boltzmann machine, whose layers learn the inputs together, fine-tuned by backpropagation",
      spec: DeepBoltzmannSpec.self, predictor: DeepBoltzmannModel.self,
      validationKey: "fineTuning.validationFraction"
    ) { try DeepBoltzmannLearner(spec: $0) },
    LearnerKind(
      name: "dsn",
      summary: "a deep stacking network: blocks trained one by one, each on the answers of those below",
      spec: StackingSpec.self, predictor: DeepStackingModel.self, validationKey: "validationFraction"
    ) { try DeepStacking(spec: $0) },
    LearnerKind(
      name: "ngram", summary: "counts of which class follows which texts, with Kneser–Ney smoothing",
      spec: NgramSpec.self, predictor: NgramModel.self
    ) { try NgramLearner(spec: $0) },
    LearnerKind(
      name: "hybrid", summary: "a grown network that reads features learned from the inputs alone",
      spec: HybridSpec.self, predictor: HybridModel<Network>.self,
      validationKey: "growth.stopping.validationFraction"
    ) { try $0.learner() },
    grown(
      name: "grown-local",
      summary:
        "the same for pictures: each unit reads a window of 3 × 3 pixels, or of what fields.window says",
      over: .mapping(["fields": .mapping(["kind": .text(ReceptiveFieldKind.nearest.rawValue)])])),
    LearnerKind(
      name: "grown-tuned",
      summary: "a grown network whose weights backpropagation then trains, its units and connections fixed",
      spec: TunedGrowthSpec.self, predictor: Network.self,
      validationKey: "growth.stopping.validationFraction"
    ) { try $0.learner() },
  ])
}

extension LearnerCatalogue {
  /// A learner that grows networks, by other settings than the defaults where some are given.
  private static func grown(name: String, summary: String, over settings: SpecTree = .mapping([:]))
    -> LearnerKind
  {
    LearnerKind(
      name: name, summary: summary, spec: GrowthSpec.self, predictor: Network.self,
      validationKey: "stopping.validationFraction",
      budgetKeys: [
        .units: "stopping.maximumUnits", .connections: "stopping.connections", .seconds: "stopping.seconds",
      ], gridKey: "fields.shape", ground: settings
    ) { try Grower(spec: $0) }
  }
}
