import Foundation
import Testing

@testable import CambiumBaselines
import CambiumCore

@Suite struct IndependentComponentTests {
  /// Independent sources, none Gaussian, and a mixture of them.
  private static let mixture: (sources: Matrix, mixed: Matrix) = {
    let generator = RandomStream(seed: 5).generator()
    var sources = Matrix(rows: 2000, columns: 3)
    for i in 0..<2000 {
      sources[i, 0] = generator.uniform(from: -1.7, to: 1.7)
      sources[i, 1] = generator.uniform() < 0.5 ? -1 : 1
      sources[i, 2] = sine(0.1 * Double(i)) * 1.4
    }
    let mixing = Matrix(rows: 3, columns: 3, values: [1, 0.5, -0.3, 0.4, 1, 0.8, -0.6, 0.2, 1])
    var mixed = sources.times(mixing)
    for i in 0..<2000 { mixed[i, 1] += 4 }
    return (sources, mixed)
  }()

  private static func correlation(_ a: [Double], _ b: [Double]) -> Double {
    let n = Double(a.count)
    let (ma, mb) = (a.reduce(0, +) / n, b.reduce(0, +) / n)
    let products = zip(a, b).map { (($0 - ma) * ($1 - mb), ($0 - ma) * ($0 - ma), ($1 - mb) * ($1 - mb)) }
    let sums = products.reduce((0, 0, 0)) { ($0.0 + $1.0, $0.1 + $1.1, $0.2 + $1.2) }
    return sums.0 / (sums.1 * sums.2).squareRoot()
  }

  @Test func mixedSourcesComeApart() throws {
    let (sources, mixed) = Self.mixture
    let components = try #require(
      IndependentComponents(of: mixed, count: 3, random: RandomStream(seed: 1)))
    let codes = components.codes(of: mixed)
    for s in 0..<3 {
      let best = (0..<3).map { abs(Self.correlation(codes.column($0), sources.column(s))) }.max() ?? 0
      #expect(best > 0.99, "source \(s): \(best)")
    }
    // Variance 1, uncorrelated, and the way back with all of them is the way there.
    for a in 0..<3 {
      for b in 0..<3 {
        let product = zip(codes.column(a), codes.column(b)).reduce(0) { $0 + $1.0 * $1.1 } / 2000
        #expect(abs(product - (a == b ? 1 : 0)) < 1e-10)
      }
    }
    for (a, b) in zip(components.reconstructions(of: mixed).values, mixed.values) {
      #expect(abs(a - b) < 1e-10)
    }
  }

  @Test func componentsOfIrisAreThoseOfScikitLearn() throws {
    let features = try PrincipalComponentTests.inputs("iris", 4)
    let components = try #require(
      IndependentComponents(
        of: features, count: 4, largestStepCount: 5000, tolerance: 1e-15, random: RandomStream(seed: 1)))
    let codes = components.codes(of: features)
    let rows = [0, 1, 2, 149]
    var left = Set(0..<4)
    for k in 0..<4 {
      let match = left.first { other in
        [1.0, -1].contains { sign in
          rows.indices.allSatisfy {
            abs(sign * codes[rows[$0], k] - DecompositionReferences.sources[$0][other]) < 1e-6
          }
        }
      }
      #expect(match != nil, "component \(k): \(rows.map { codes[$0, k] })")
      if let match { left.remove(match) }
    }
  }

  @Test func whatCannotBeWhitenedIsNotAnalysed() {
    let line = Matrix(rows: 4, columns: 2, values: [1, 2, 3, 4, 2, 4, 6, 8])
    #expect(IndependentComponents(of: line, count: 2, random: RandomStream(seed: 1)) == nil)
    #expect(IndependentComponents(of: line, count: 1, random: RandomStream(seed: 1)) != nil)
  }

  @Test(arguments: [FeatureKind.principal, .independent])
  func componentsAreFeaturesUnderAnyLearner(kind: FeatureKind) throws {
    var spec = FeatureSpec()
    spec.kind = kind
    spec.units = [2]
    spec.keepsInputs = false
    let data = Samples.make(.regression, rows: 120, features: 4)
    var top = MultilayerPerceptronSpec()
    top.layers = [4]
    top.epochs = 20
    let fit = try HybridLearner(features: spec, learner: MultilayerPerceptron(spec: top)).fit(
      data, validation: nil, in: FitContext(random: RandomStream(seed: 1)))
    #expect(fit.predictor.size.inputs == 4)
    let model = try #require(fit.predictor as? HybridModel<MultilayerPerceptronModel>)
    #expect(model.top.featureCount == 2)
    let workers = WorkerPool(threads: 1)
    let read = try JSONDecoder().decode(
      HybridModel<MultilayerPerceptronModel>.self, from: JSONEncoder().encode(model))
    #expect(
      read.outputs(for: data.features, workers: workers)
        == model.outputs(for: data.features, workers: workers))
    spec.units = [5]
    #expect(throws: InputError.self) {
      try HybridLearner(features: spec, learner: MultilayerPerceptron(spec: top)).fit(
        data, validation: nil, in: FitContext(random: RandomStream(seed: 1)))
    }
    spec.units = [2, 2]
    #expect(throws: InputError.self) {
      try HybridLearner(features: spec, learner: MultilayerPerceptron(spec: top))
    }
  }
}
