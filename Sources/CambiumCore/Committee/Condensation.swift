/// Teaches one model what another, larger one says (Bucilă, Caruana and Niculescu-Mizil 2006, "Model compression"): its
/// numbers, or its probabilities of the classes, at the training samples and at mixed ones.
struct Condensation {
  /// The model to learn from.
  let teacher: any Predictor
  /// How many samples are mixed for each that there is.
  let mixedSamples: Int

  init(of teacher: any Predictor, mixedSamples: Int) {
    self.teacher = teacher
    self.mixedSamples = mixedSamples
  }

  /// Fits `learner` to what the teacher says.
  func fit(_ learner: any Learner, to data: Dataset, in context: FitContext) throws -> Fit {
    var lesson = taught(data.features, like: data, weights: data.weights, context.workers)
    if mixedSamples > 0, data.sampleCount > 1 {
      let mixed = MixedSamples(
        near: data.features, copies: mixedSamples, random: context.random.child("mixing"))
      lesson = lesson.appending(taught(mixed.features, like: data, weights: nil, context.workers))
    }
    return try learner.fit(lesson, validation: nil, in: context)
  }

  private func taught(
    _ features: Matrix, like data: Dataset, weights: [Double]?, _ workers: WorkerPool
  ) -> Dataset {
    data.replacing(
      inputs: Features(features), targets: teacher.outputs(for: features, workers: workers), weights: weights)
  }
}
