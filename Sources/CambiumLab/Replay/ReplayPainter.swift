internal import CambiumCore

/// Draws the answers of the networks of one fit, all on one scene.
struct ReplayPainter {
  let scene: ReplayScene
  private let preprocessing: Preprocessing
  private let workers: WorkerPool
  /// The encoded inputs whose answers a picture shows.
  private let features: Matrix

  /// Chooses the scene and the rows shown on it; nil where there is nothing to be seen, as of a target without spread.
  init?(preprocessing: Preprocessing, training: Dataset, test: Dataset, workers: WorkerPool) {
    let kind = ReplayScene.Kind(for: preprocessing)
    let testCount = kind == .agreement ? min(test.sampleCount, ReplayScene.mostPoints / 3) : 0
    let trainingRows = Self.evenly(training.sampleCount, atMost: ReplayScene.mostPoints - testCount)
    let samples = training.selecting(trainingRows)
      .appending(test.selecting(Self.evenly(test.sampleCount, atMost: testCount)))
    guard let scene = ReplayScene(kind, of: samples, testCount: testCount, preprocessing: preprocessing),
      let features = try? scene.grid(of: preprocessing) ?? samples.features
    else { return nil }
    self.scene = scene
    self.features = features
    self.preprocessing = preprocessing
    self.workers = workers
  }

  /// What a model answers.
  func picture(of model: some Predictor) -> ReplayPicture {
    let outputs = model.outputs(for: features, workers: workers)
    switch preprocessing.predictions(from: outputs) {
    case .numbers(_, let values):
      let answers = values.column(0)
      return scene.kind == .plane
        ? .levels(levels(answers)) : .values(answers.map { $0.rounded(toDigits: 4) })
    case .classes(let predictions):
      let probabilities = predictions.probabilities
      switch scene.kind {
      case .curve: return .values(probabilities.column(1).map { $0.rounded(toDigits: 4) })
      case .agreement:
        return .values(
          scene.points.indices.map { probabilities[$0, Int(scene.points[$0].value)].rounded(toDigits: 4) })
      case .plane where scene.classes.count == 2: return .levels(levels(probabilities.column(1)))
      case .plane:
        let places = predictions.classIndices.map {
          ReplayScene.levels[min($0, ReplayScene.levels.count - 1)]
        }
        return .levels(String(decoding: places, as: UTF8.self))
      }
    }
  }

  /// Each answer's place in its range, as a character.
  private func levels(_ answers: [Double]) -> String {
    let axis = scene.answer
    let last = Double(ReplayScene.levels.count - 1)
    let characters = answers.map { answer -> UInt8 in
      let share = (answer - axis.lower) / (axis.upper - axis.lower)
      return ReplayScene.levels[share.isFinite ? Int((last * min(1, max(0, share))).rounded()) : 0]
    }
    return String(decoding: characters, as: UTF8.self)
  }

  /// Places spread evenly over so many rows.
  private static func evenly(_ count: Int, atMost most: Int) -> [Int] {
    guard count > most else { return Array(0..<count) }
    return (0..<most).map { $0 * count / most }
  }
}
