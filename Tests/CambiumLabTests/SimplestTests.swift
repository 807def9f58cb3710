import CambiumCore
import Foundation
import Testing

@testable import CambiumLab

/// The choice of simpler models.
@Suite struct SimplestTests {
  /// y = 2a − b with noise, or with a product of both that no linear model sees.
  private static func data(_ isLinear: Bool, rows: Int = 200) -> Dataset {
    let generator = RandomStream(seed: 6).generator()
    let features = Matrix(rows: rows, columns: 2, values: (0..<2 * rows).map { _ in generator.gaussian() })
    let targets = (0..<rows).map { i in
      let (a, b) = (features[i, 0], features[i, 1])
      return (isLinear ? 0.8 * a - 0.4 * b : a * b) + 0.3 * generator.gaussian()
    }
    return Dataset(
      features: features, targets: Matrix(rows: rows, columns: 1, values: targets), task: .regression)
  }

  private static func settings(_ rule: SimplicityRule) -> [String] {
    [
      "rule=\(rule.rawValue)", "folds=4", "candidates=[{layers: []}, {layers: [10]}, {layers: [40]}]",
      "settings={activations: [tanh], epochs: 400, holdOuts: 1}",
    ]
  }

  @Test(arguments: SimplicityRule.allCases)
  func whatIsLinearIsLeftLinearAndWhatIsNotIsNot(rule: SimplicityRule) throws {
    // Growth that follows the samples to its budget, whatever noise there is.
    let settings = [
      "rule=\(rule.rawValue)", "folds=4",
      "candidates=[{stopping: {maximumUnits: 0}}, {stopping: {maximumUnits: 3}}, {stopping: {maximumUnits: 10}}]",
      "settings={stopping: {validationFraction: 0}, refinement: {every: 0}, training: {epochs: 20}, restarts: 1}",
    ]
    for isLinear in [true, false] {
      let data = Self.data(isLinear)
      let fit = try TunedGrowthTests.fit("simplest:grown", settings, data)
      #expect((fit.predictor.size.units == 0) == isLinear, "\(fit.report.decisions)")
      #expect(fit.report.decisions.first?.contains("settings") == true)
      let many = try TunedGrowthTests.fit("simplest:grown", settings, data, threads: 3)
      #expect(try TunedGrowthTests.bytes(many.predictor) == TunedGrowthTests.bytes(fit.predictor))
    }
  }

  @Test func modelsAreThoseOfTheLearnerAndSettingsAreWrittenOut() throws {
    let configured = try LearnerCatalogue.standard.kind(named: "simplest:mlp")
      .configured(by: SpecDocument(setting: Self.settings(.bic)))
    #expect(configured.kind == "simplest:mlp" && configured.modelKind == "mlp")
    #expect(configured.settings[["candidates", "1", "layers"]] == .list([.integer(10)]))
    #expect(configured.settings[["candidates", "1", "epochs"]] == .integer(400))
    #expect(configured.settings[["candidates", "1", "momentum"]] == .number(0.9))
    let stack = try LearnerCatalogue.standard.kind(named: "stacked:mlp,dsn")
      .configured(by: SpecDocument(setting: ["settings.dsn.units=5"]))
    #expect(stack.settings[["settings", "dsn", "units"]] == .integer(5))
    #expect(stack.settings[["settings", "mlp", "momentum"]] == .number(0.9))
    // Runs are known by what was set.
    #expect(stack.own[["settings"]] == .mapping(["dsn": .mapping(["units": .integer(5)])]))
  }

  @Test func everyTargetIsToldOnceAndCodesAreAsLongAsTheyShouldBe() {
    for count in 2...200 {
      let ends = SimplestLearner.blockEnds(sampleCount: count)
      #expect(ends.count >= 2 && ends.last == count && ends[0] >= 1)
      #expect(zip(ends, ends.dropFirst()).allSatisfy(<))
    }
    // Two blocks of two numbers: the first is told with a variance of 1, the second with that of the first's errors.
    let losses = [OutputLoss(sum: 0.25, count: 2), OutputLoss(sum: 0.5, count: 2)]
    let first = logarithm(2 * .pi) + 0.25
    let second = logarithm(2 * .pi * 0.25) + 0.5 / 0.25
    #expect(abs(SimplestLearner.codeLength(ofNumbers: losses) - first - second) < 1e-12)
  }

  @Test func whatIsWrongIsNamedByItsKey() throws {
    for (setting, key) in [
      ("folds=1", "folds"), ("candidates=[]", "candidates"),
      ("candidates=[{layers: [3]}, {layer: [3]}]", "candidates.1.layer"),
      ("settings={epochs: 0}", "candidates.0.epochs"),
    ] {
      let error = #expect(throws: InputError.self) {
        try LearnerCatalogue.standard.kind(named: "simplest:mlp")
          .configured(by: SpecDocument(setting: Self.settings(.bic) + [setting]))
      }
      #expect(error?.location.column == key, "\(setting)")
    }
    #expect(throws: InputError.self) { try LearnerCatalogue.standard.kind(named: "simplest:nothing") }
  }

  @Test func gridsAreReadWherePicturesAre() throws {
    for (name, key) in [
      ("cnn", ["shape"]), ("grown", ["fields", "shape"]), ("grown-local", ["fields", "shape"]),
      ("committee:cnn", ["shape"]),
    ] {
      let kind = try LearnerCatalogue.standard.kind(named: name)
      let settings = try kind.configured(by: SpecDocument(setting: ["grid=4x8"])).settings
      #expect(settings[key] == .list([.integer(4), .integer(8)]))
      for word in ["grid=4", "grid=x", "grid=0x4", "grid=[4, 8]"] {
        #expect(throws: InputError.self, "\(word)") {
          try kind.configured(by: SpecDocument(setting: [word]))
        }
      }
    }
    #expect(throws: InputError.self) {
      try LearnerCatalogue.standard.kind(named: "mlp").configured(by: SpecDocument(setting: ["grid=4x8"]))
    }
  }

  @Test func localGrowthReadsWindowsOfASquare() throws {
    let generator = RandomStream(seed: 2).generator()
    let features = Matrix(rows: 80, columns: 16, values: (0..<1280).map { _ in generator.gaussian() })
    let targets = Matrix(
      rows: 80, columns: 1, values: (0..<80).map { sin(2 * features[$0, 5] + features[$0, 6]) })
    let data = Dataset(features: features, targets: targets, task: .regression)
    let settings = ["topology=flat", "stopping.validationFraction=0", "stopping.maximumUnits=6"]
    let fit = try TunedGrowthTests.fit("grown-local", settings, data)
    let object =
      try JSONSerialization.jsonObject(with: TunedGrowthTests.bytes(fit.predictor)) as? [String: Any]
    let units = try #require(object?["units"] as? [[String: Any]])
    #expect(!units.isEmpty)
    for unit in units {
      let sources = (unit["connections"] as? [[String: Any]] ?? []).compactMap { $0["source"] as? Int }
      let places = sources.filter { $0 > 0 }.map { (row: ($0 - 1) / 4, column: ($0 - 1) % 4) }
      for side in [places.map(\.row), places.map(\.column)] {
        #expect((side.max() ?? 0) - (side.min() ?? 0) < 3)
      }
    }
    // Of 15 inputs there is no square.
    let fewer = Dataset(
      features: Matrix(rows: 80, columns: 15, values: Array(features.values.prefix(1200))), targets: targets,
      task: .regression)
    let error = #expect(throws: InputError.self) { try TunedGrowthTests.fit("grown-local", settings, fewer) }
    #expect(error?.location.column == "fields.shape")
  }
}
