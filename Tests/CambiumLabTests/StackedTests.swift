import CambiumCore
import Foundation
import Testing

@testable import CambiumLab

@Suite struct StackedTests {
  /// Normal outputs of `count` models around targets.
  private static func outputs(_ errors: [Double], rows: Int = 400) -> (outputs: [Matrix], targets: Matrix) {
    let generator = RandomStream(seed: 3).generator()
    let targets = Matrix(rows: rows, columns: 2, values: (0..<2 * rows).map { _ in generator.gaussian() })
    let outputs = errors.map { error in
      var output = targets
      for k in output.values.indices { output.values[k] += generator.gaussian(standardDeviation: error) }
      return output
    }
    return (outputs, targets)
  }

  private static func error(_ outputs: [Matrix], _ targets: Matrix, _ shares: [Double], _ weights: [Double]?)
    -> Double
  {
    let mean = StackedModel.mean(of: outputs, shares)
    return mean.values.indices.reduce(0) { sum, k in
      let difference = mean.values[k] - targets.values[k]
      return sum + (weights?[k % targets.rows] ?? 1) * difference * difference
    }
  }

  @Test func weightsAreTheBestThatSumToOne() {
    let (outputs, targets) = Self.outputs([0.3, 0.5, 1, 3])
    for weights in [nil, (0..<400).map { Double(1 + $0 % 3) }] {
      let shares = SimplexWeights.nearest(outputs, to: targets, weights: weights)
      #expect(abs(shares.reduce(0, +) - 1) < 1e-12 && shares.allSatisfy { $0 >= 0 })
      let least = Self.error(outputs, targets, shares, weights)
      // No weight that goes elsewhere helps.
      for from in 0..<4 {
        for to in 0..<4 where to != from {
          let step = min(shares[from], 0.01)
          var moved = shares
          moved[from] -= step
          moved[to] += step
          #expect(Self.error(outputs, targets, moved, weights) >= least - 1e-9)
        }
      }
      // Of independent errors the best weights are as the inverse variances.
      let ideal = [1 / 0.09, 1 / 0.25, 1, 1 / 9.0]
      for k in 0..<4 { #expect(abs(shares[k] - ideal[k] / ideal.reduce(0, +)) < 0.05) }
    }
  }

  @Test func aModelThatOnlyHarmsHasNoWeightAndEqualOnesShare() {
    let (outputs, targets) = Self.outputs([0.2])
    let opposite = outputs[0].values.map { 5 - $0 }
    let harmful = Matrix(rows: 400, columns: 2, values: opposite)
    #expect(SimplexWeights.nearest([outputs[0], harmful], to: targets, weights: nil)[1] < 0.05)
    #expect(SimplexWeights.nearest([outputs[0], outputs[0]], to: targets, weights: nil) == [0.5, 0.5])
    #expect(SimplexWeights.nearest([targets], to: targets, weights: nil) == [1])
  }

  private static func data(_ task: Task) -> Dataset {
    let generator = RandomStream(seed: 1).generator()
    var features = Matrix(rows: 80, columns: 2)
    for k in features.values.indices { features.values[k] = generator.gaussian() }
    var targets = Matrix(rows: 80, columns: task.outputCount(targets: 1))
    for i in 0..<80 {
      let value = features[i, 0] * features[i, 1]
      if targets.columns == 1 {
        targets[i, 0] = task == .regression ? value : value > 0 ? 1 : 0
      } else {
        targets[i, value > 0.5 ? 0 : value > 0 ? 1 : 2] = 1
      }
    }
    return Dataset(features: features, targets: targets, task: task)
  }

  private static func learner(_ settings: [String] = []) throws -> any Learner {
    let brief = [
      "folds=3", "settings.mlp.epochs=20", "settings.mlp.layers=[4]", "settings.dsn.units=5",
      "settings.dsn.blocks=2",
    ]
    return try LearnerCatalogue.standard.kind(named: "stacked:mlp,dsn")
      .configured(by: SpecDocument(setting: brief + settings)).learner
  }

  @Test(arguments: [Task.regression, .classification(classes: 2), .classification(classes: 3)])
  func aStackReadsBackAndThreadsChangeNoBit(task: Task) throws {
    let data = Self.data(task)
    func fit(_ threads: Int) throws -> Fit {
      try Self.learner().fit(
        data, validation: nil,
        in: FitContext(random: RandomStream(seed: 1), workers: WorkerPool(threads: threads)))
    }
    let fitted = try fit(1)
    let model = try #require(fitted.predictor as? StackedModel)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let written = try encoder.encode(model)
    #expect(try encoder.encode(#require(fit(3).predictor as? StackedModel)) == written)
    let read = try JSONDecoder().decode(StackedModel.self, from: written)
    let workers = WorkerPool(threads: 1)
    #expect(
      read.outputs(for: data.features, workers: workers)
        == model.outputs(for: data.features, workers: workers))
    #expect(read.size == model.size && model.size.inputs == 2)
    #expect(model.parts.map(\.kind) == ["mlp", "dsn"] && fitted.report.decisions.count == 2)
    #expect(fitted.heldOut?.data.sampleCount == 80)
    let apart = try Self.learner().fit(
      data.selecting(Array(0..<60)), validation: data.selecting(Array(60..<80)),
      in: FitContext(random: RandomStream(seed: 1)))
    #expect(apart.heldOut?.data.targets == data.selecting(Array(60..<80)).targets)
  }

  @Test func namesAndKeysThatAreWrongAreTold() throws {
    for name in ["stacked:mlp", "stacked:mlp,mlp", "stacked:", "stacked:mlp,nothing"] {
      #expect(throws: InputError.self, "\(name)") { try LearnerCatalogue.standard.kind(named: name) }
    }
    for (setting, column) in [
      ("folds=1", "folds"), ("settings.grown.x=1", "settings.grown"),
      ("settings.mlp.layer=[1]", "settings.mlp.layer"),
      ("settings.mlp.epochs=0", "settings.mlp.epochs"), ("settings=3", "settings"),
    ] {
      let error = #expect(throws: InputError.self, "\(setting)") { try Self.learner([setting]) }
      #expect(error?.location.column == column)
    }
  }

  @Test func nonsenseInAFileIsRefused() throws {
    for text in [
      "{}", #"{"parts":[]}"#, #"{"parts":[{"kind":"nothing","weight":1,"model":{}}]}"#,
      #"{"parts":[{"kind":"mlp","weight":1,"model":{}}]}"#,
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(StackedModel.self, from: Data(text.utf8))
      }
    }
  }
}
