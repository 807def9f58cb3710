import Foundation
import Testing

@testable import CambiumBaselines
import CambiumCore

@Suite struct NgramTests {
  /// A text of `symbols` symbols in which what follows depends on the two before, as rows of three before and one after.
  private static func text(_ count: Int, symbols: Int = 4, seed: UInt64 = 1) -> [Int] {
    let generator = RandomStream(seed: seed).child("text").generator()
    var text = [0, 1, 2]
    while text.count < count + 3 {
      let likely = (2 * text[text.count - 1] + text[text.count - 2]) % symbols
      text.append(generator.uniform() < 0.7 ? likely : generator.index(below: symbols))
    }
    return text
  }

  /// The rows of a text as a table's texts are encoded: one input for each symbol, above 0 for the one that stands there.
  private static func data(_ text: [Int], symbols: Int = 4) -> Dataset {
    let rows = text.count - 3
    var features = Matrix(rows: rows, columns: 3 * symbols, repeating: -0.5)
    var targets = Matrix(rows: rows, columns: symbols)
    for i in 0..<rows {
      for j in 0..<3 { features[i, j * symbols + text[i + j]] = 1.5 }
      targets[i, text[i + 3]] = 1
    }
    let columns = InputColumns(
      names: ["third", "second", "first"], ofFeatures: (0..<3 * symbols).map { $0 / symbols })
    return Dataset(
      features: features, targets: targets, task: .classification(classes: symbols), columns: columns)
  }

  /// The naive twin: the definition, with sets of rows.
  private static func probability(of w: Int, after u: [Int], in text: [Int], symbols: Int) -> Double {
    let rows = (0..<text.count - 3).map { (Array(text[$0..<$0 + 3]), text[$0 + 3]) }
    func counts(_ length: Int) -> [[Int]: Double] {
      // Sequences of `length` symbols and the one after.
      var counts: [[Int]: Double] = [:]
      if length == 3 {
        for (context, next) in rows { counts[context + [next], default: 0] += 1 }
      } else {
        let longer = Set(rows.map { Array($0.0.suffix(length + 1)) + [$0.1] })
        for sequence in longer { counts[Array(sequence.dropFirst()), default: 0] += 1 }
      }
      return counts
    }
    func discount(_ count: Double, _ all: [[Int]: Double]) -> Double {
      let n = (0...4).map { j in Double(all.values.count { $0 == Double(j) }) }
      let j = min(Int(count), 3)
      let y = n[1] / (n[1] + 2 * n[2])
      let discount = Double(j) - Double(j + 1) * y * n[j + 1] / n[j]
      return n[1] > 0 && n[j] > 0 && discount > 0 && discount < Double(j) ? discount : 0.75
    }
    func probability(_ length: Int, _ w: Int) -> Double {
      guard length >= 0 else { return 1 / Double(symbols) }
      let all = counts(length)
      let context = Array(u.suffix(length))
      let followers = all.filter { Array($0.key.dropLast()) == context }
      let total = followers.values.reduce(0, +)
      let below = probability(length - 1, w)
      guard total > 0 else { return below }
      let taken = followers.values.reduce(0) { $0 + min(discount($1, all), $1) }
      let count = all[context + [w]] ?? 0
      return max(count > 0 ? count - discount(count, all) : 0, 0) / total + taken / total * below
    }
    return probability(3, w)
  }

  private static func model(_ data: Dataset, order: Int = 0) throws -> NgramModel {
    var spec = NgramSpec()
    spec.order = order
    let fit = try NgramLearner(spec: spec).fit(
      data, validation: nil, in: FitContext(random: RandomStream(seed: 1)))
    return try #require(fit.predictor as? NgramModel)
  }

  @Test(arguments: [30, 300])
  func probabilitiesAreThoseOfTheDefinition(count: Int) throws {
    let text = Self.text(count)
    let model = try Self.model(Self.data(text))
    let contexts = (0..<64).flatMap { [$0 % 4, $0 / 4 % 4, $0 / 16] }
    // A row for each context; what follows does not matter.
    var features = Matrix(rows: 64, columns: 12, repeating: -0.5)
    for i in 0..<64 { for j in 0..<3 { features[i, 4 * j + contexts[3 * i + j]] = 1.5 } }
    let outputs = model.outputs(for: features, workers: WorkerPool(threads: 2))
    for i in 0..<64 {
      var sum = 0.0
      for w in 0..<4 {
        let expected = Self.probability(
          of: w, after: Array(contexts[3 * i..<3 * i + 3]), in: text, symbols: 4)
        #expect(abs(outputs[i, w] - expected) < 1e-12)
        #expect(outputs[i, w] > 0)
        sum += outputs[i, w]
      }
      #expect(abs(sum - 1) < 1e-12)
    }
  }

  @Test func perplexityIsLeastWithTheSymbolsThatMatter() throws {
    let text = Self.text(5000)
    let data = Self.data(text)
    let apart = Self.data(Self.text(2000, seed: 2))
    let workers = WorkerPool(threads: 1)
    let perplexities = try (1...4).map {
      try Self.model(data, order: $0).perplexity(of: apart, workers: workers)
    }
    // The entropy of what follows: with 0.775 the likely one, with 0.075 each of three others.
    let bound = exponential(-(0.775 * logarithm(0.775) + 0.225 * logarithm(0.075)))
    #expect(perplexities[0] > perplexities[1] && perplexities[1] > perplexities[2])
    #expect(perplexities[2] > 0.95 * bound && perplexities[2] < 1.05 * bound, "\(perplexities), \(bound)")
    // Smoothing keeps what is one symbol too many from harm.
    #expect(perplexities[3] < 1.03 * perplexities[2])
  }

  @Test func weightsCountAndUnknownSymbolsFallBack() throws {
    let data = Self.data(Self.text(200))
    let twice = data.appending(data)
    let weighted = Dataset(
      features: data.features, targets: data.targets, task: data.task,
      weights: [Double](repeating: 2, count: data.sampleCount), columns: data.columns)
    #expect(try Self.model(twice) == Self.model(weighted))
    let model = try Self.model(data)
    let unknown = Matrix(rows: 1, columns: 12, repeating: -0.5)
    let unigram = try Self.model(data).outputs(for: unknown, workers: WorkerPool(threads: 1))
    #expect(abs(unigram.values.reduce(0, +) - 1) < 1e-12 && unigram.values.allSatisfy { $0 > 0 })
    let huge = model.outputs(
      for: Matrix(rows: 1, columns: 12, repeating: 1e300), workers: WorkerPool(threads: 1))
    #expect(huge.values.allSatisfy { $0.isFinite })
  }

  @Test func aWrittenModelReadsBackAndNonsenseDoesNot() throws {
    let data = Self.data(Self.text(200))
    let model = try Self.model(data)
    let written = try JSONEncoder().encode(model)
    #expect(try JSONDecoder().decode(NgramModel.self, from: written) == model)
    #expect(model.size.inputs == 12 && model.size.outputs == 4 && model.size.connections > 0)
    let object = try #require(try JSONSerialization.jsonObject(with: written) as? [String: Any])
    let changes: [(String, Any)] = [
      ("levels", [1]), ("length", 9), ("length", 1), ("contexts", [[Int]]()), ("symbols", [[99]]),
      ("counts", [[-1.0]]), ("task", ["regression": [String: Any]()]),
    ]
    for (key, value) in changes {
      var changed = object
      changed[key] = value
      let data = try JSONSerialization.data(withJSONObject: changed)
      #expect(throws: DecodingError.self, "\(key)") {
        try JSONDecoder().decode(NgramModel.self, from: data)
      }
    }
  }

  @Test func whatIsNoTextIsRefused() throws {
    let context = FitContext(random: RandomStream(seed: 1))
    let numbers = #expect(throws: InputError.self) {
      try NgramLearner().fit(
        Samples.make(.classification(classes: 3), rows: 20), validation: nil, in: context)
    }
    #expect(numbers?.location.column == "1" && numbers?.found == "numbers")
    #expect(throws: InputError.self) {
      try NgramLearner().fit(Samples.make(.regression, rows: 20), validation: nil, in: context)
    }
    var spec = NgramSpec()
    spec.order = 5
    let order = #expect(throws: InputError.self) {
      try NgramLearner(spec: spec).fit(Self.data(Self.text(50)), validation: nil, in: context)
    }
    #expect(order?.location.column == "order" && order?.expected.contains("4") == true)
    spec.order = -1
    #expect(throws: InputError.self) { try NgramLearner(spec: spec) }
  }
}
