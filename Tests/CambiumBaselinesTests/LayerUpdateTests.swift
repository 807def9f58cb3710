import Testing

import CambiumBaselines
import CambiumCore

@Suite struct LayerUpdateTests {
  private static func fit(_ change: (inout MultilayerPerceptronSpec) -> Void) throws -> Fit {
    var spec = MultilayerPerceptronSpec()
    spec.layers = [5, 4]
    spec.activations = [.tanh]
    spec.optimizer = .descent
    spec.momentum = 0
    spec.updates = .batch
    spec.descent = LearningRate(initial: 0.2, decay: 0.5)
    spec.weightDecay = [0]
    spec.epochs = 9
    spec.validationFraction = 0
    change(&spec)
    return try MultilayerPerceptron(spec: spec).fit(
      Samples.make(.classification(classes: 3), rows: 90), validation: nil,
      in: FitContext(random: RandomStream(seed: 3)))
  }

  /// A step of gradient descent is the rate times the gradient, in each layer.
  @Test func stepsAreRatesTimesGradients() throws {
    let updates = try #require(try Self.fit { $0.tellsUpdates = true }.report.layerUpdates)
    #expect(updates.map(\.epoch) == [1, 2, 4, 8])
    for update in updates {
      #expect(update.gradients.count == 3 && update.steps.count == 3)
      let rate = LearningRate(initial: 0.2, decay: 0.5).value(after: Double(update.epoch - 1))
      for (step, gradient) in zip(update.steps, update.gradients) {
        #expect(gradient > 0 && abs(step - rate * gradient) < 1e-12)
      }
    }
  }

  /// Decay is part of the step and no part of the loss.
  @Test func decayIsNoGradientOfTheLoss() throws {
    let plain = try #require(try Self.fit { $0.tellsUpdates = true }.report.layerUpdates)
    let decayed = try #require(
      try Self.fit {
        $0.tellsUpdates = true
        $0.weightDecay = [10]
      }.report.layerUpdates)
    #expect(plain[0].gradients == decayed[0].gradients)
    #expect(plain[0].steps != decayed[0].steps)
  }

  @Test func tellingChangesNoWeight() throws {
    let (silent, telling) = (try Self.fit { _ in }, try Self.fit { $0.tellsUpdates = true })
    #expect(silent.report.layerUpdates == nil)
    let models = [silent, telling].compactMap { $0.predictor as? MultilayerPerceptronModel }
    #expect(models.count == 2 && models.first == models.last)
  }

  /// The lecture's claim, and the remedy: from small weights a deep network of logistic units hears next to nothing of the
  /// error in its first layer, one of tanh units from Glorot's weights does.
  @Test func updatesVanishInDeepLogisticNetworks() throws {
    func ratio(_ change: (inout MultilayerPerceptronSpec) -> Void) throws -> Double {
      let fit = try Self.fit {
        $0.layers = [8, 8, 8, 8, 8]
        $0.tellsUpdates = true
        change(&$0)
      }
      let first = try #require(fit.report.layerUpdates?.first)
      return first.gradients[0] / first.gradients[5]
    }
    let lecture = try ratio {
      $0.activations = [.logistic]
      $0.initialisation = .smallRandom
    }
    #expect(lecture < 1e-4)
    #expect(try ratio { _ in } > 0.05)
  }

  /// What ends a training changes how long it goes on, and only where samples are held out.
  @Test func trainingEndsByTheLossThatIsAskedFor() throws {
    func reason(_ ending: PerceptronEnding, heldOut: Double) throws -> StopReason {
      try Self.fit {
        $0.ending = ending
        $0.validationFraction = heldOut
        $0.optimizer = .adam
        $0.epochs = 3000
        $0.patience = 10
        $0.weightDecay = [0.1]
        $0.refit = false
      }.report.stopReason
    }
    #expect(try reason(.heldOutLoss, heldOut: 0.3) == .patience)
    #expect(try reason(.trainingLoss, heldOut: 0.3) == .converged)
    #expect(try reason(.automatic, heldOut: 0.3) == .converged)
    #expect(try reason(.heldOutLoss, heldOut: 0) == .converged)
  }
}
