/// Teaches one model what another, larger one says (Bucilă, Caruana and Niculescu-Mizil 2006, "Model compression"): its
/// numbers, or its probabilities of the classes, at the training samples and at mixed ones.
struct Condensation {
  /// The model to learn from.
  let teacher: any Predictor
  /// How many samples are mixed for each that there is.
  let mixedSamples: Int

  /// Neighbours are looked for among no more samples than this, so that the cost stays in proportion to N.
  private static let searched = 256

  init(of teacher: any Predictor, mixedSamples: Int) {
    self.teacher = teacher
    self.mixedSamples = mixedSamples
  }

  /// Fits `learner` to what the teacher says.
  func fit(_ learner: any Learner, to data: Dataset, in context: FitContext) throws -> Fit {
    var lesson = taught(data.features, like: data, weights: data.weights, context.workers)
    if mixedSamples > 0, data.sampleCount > 1 {
      let mixed = mixed(data.features, random: context.random.child("mixing"))
      lesson = lesson.appending(taught(mixed, like: data, weights: nil, context.workers))
    }
    return try learner.fit(lesson, validation: nil, in: context)
  }

  private func taught(
    _ features: Matrix, like data: Dataset, weights: [Double]?, _ workers: WorkerPool
  ) -> Dataset {
    Dataset(
      features: features, targets: teacher.outputs(for: features, workers: workers), task: data.task,
      weights: weights, columns: data.columns)
  }

  /// New samples near the given ones: each input is, as likely as not, drawn between the sample's own value and its
  /// neighbour's, so that inputs which both share, as those of most encoded words, stay what they are.
  private func mixed(_ features: Matrix, random: RandomStream) -> Matrix {
    let count = features.rows
    var mixed = Matrix(rows: count * mixedSamples, columns: features.columns)
    for row in 0..<count {
      let generator = random.child("sample", row).generator()
      for copy in 0..<mixedSamples {
        let other = neighbour(of: row, in: features, generator)
        for j in 0..<features.columns {
          let share = generator.uniform() < 0.5 ? generator.uniform() : 0
          mixed[copy * count + row, j] = features[row, j] + share * (features[other, j] - features[row, j])
        }
      }
    }
    return mixed
  }

  /// The nearest of some samples drawn at random, other than the row itself.
  private func neighbour(of row: Int, in features: Matrix, _ generator: RandomGenerator) -> Int {
    var nearest = row
    var least = Double.infinity
    for _ in 0..<min(Self.searched, features.rows) {
      let other = generator.index(below: features.rows)
      guard other != row else { continue }
      var distance = 0.0
      for j in 0..<features.columns {
        let difference = features[row, j] - features[other, j]
        distance += difference * difference
      }
      if distance < least { (nearest, least) = (other, distance) }
    }
    return nearest
  }
}
