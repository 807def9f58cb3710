public import CambiumCore

/// A trained n-gram model.
public struct NgramModel: Predictor, Equatable {
  /// The classes: the symbols that may follow.
  public let task: Task
  private let reader: SymbolReader
  /// What was counted after contexts of each length, from none on.
  private let orders: [FollowerCounts]

  /// Makes a model of what was counted after the longest contexts.
  init(task: Task, reader: SymbolReader, counts: FollowerCounts, length: Int) {
    self.task = task
    self.reader = reader
    var orders = [counts]
    for _ in 0..<length { orders.append(orders[orders.count - 1].continuations()) }
    self.orders = orders.reversed()
  }

  private var classCount: Int {
    if case .classification(let classes) = task { classes } else { 0 }
  }

  /// No units; as many connections as there are counts.
  public var size: ModelSize {
    ModelSize(
      inputs: reader.featureCount, outputs: task.outputCount(targets: 1), units: 0,
      connections: orders.reduce(0) { $0 + $1.followers.values.reduce(0) { $0 + $1.counts.count } }, depth: 0)
  }

  /// The probabilities of the classes for N × d `features`. O(N · n · classes).
  public func outputs(for features: Matrix, workers: WorkerPool) -> Matrix {
    precondition(features.columns == reader.featureCount, "the model reads \(reader.featureCount) inputs")
    var outputs = Matrix(rows: features.rows, columns: task.outputCount(targets: 1))
    for (row, probabilities) in workers.map(
      features.rows,
      { row in
        probabilities(after: reader.symbols(of: row, in: features))
      }
    ).enumerated() {
      if outputs.columns == 1 {
        outputs[row, 0] = probabilities[1]
      } else {
        for o in 0..<outputs.columns { outputs[row, o] = probabilities[o] }
      }
    }
    return outputs
  }

  /// p(w | symbols) of each class.
  private func probabilities(after symbols: [Int]) -> [Double] {
    var probabilities = [Double](repeating: 1 / Double(classCount), count: classCount)
    for (length, order) in orders.enumerated() {
      // Where a context was never seen, no longer one was.
      guard let followers = order.followers[Array(symbols.suffix(length))] else { break }
      let total = followers.total
      guard total > 0 else { break }
      var kept = [Double](repeating: 0, count: classCount)
      for (symbol, count) in followers.counts {
        kept[symbol] = max(count - order.discount(of: count), 0) / total
      }
      let rest = max(1 - kept.reduce(0, +), 0)
      for w in 0..<classCount { probabilities[w] = kept[w] + rest * probabilities[w] }
    }
    return probabilities
  }

  /// e to the power of the mean of −log p over the samples of `data`, weighted: as if as many symbols were equally likely.
  public func perplexity(of data: Dataset, workers: WorkerPool) -> Double {
    let outputs = outputs(for: data.features, workers: workers)
    var (sum, weight) = (0.0, 0.0)
    for (row, index) in data.classIndices.enumerated() {
      let share = data.weights?[row] ?? 1
      let probability =
        outputs.columns == 1 ? (index == 1 ? outputs[row, 0] : 1 - outputs[row, 0]) : outputs[row, index]
      sum -= share * logarithm(probability)
      weight += share
    }
    return exponential(sum / weight)
  }
}

extension NgramModel: Codable {
  private enum CodingKeys: String, CodingKey { case task, levels, length, contexts, symbols, counts }

  /// Reads a model; throws where it could not work.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let task = try container.decode(Task.self, forKey: .task)
    let length = try container.decode(Int.self, forKey: .length)
    let contexts = try container.decode([[Int]].self, forKey: .contexts)
    let symbols = try container.decode([[Int]].self, forKey: .symbols)
    let counts = try container.decode([[Double]].self, forKey: .counts)
    guard case .classification(let classes) = task, classes >= 2, classes <= 1_000_000,
      let reader = SymbolReader(levels: try container.decode([Int].self, forKey: .levels)),
      (0...reader.levels.count).contains(length), contexts.allSatisfy({ $0.count == length }),
      symbols.count == contexts.count, counts.count == contexts.count,
      zip(symbols, counts).allSatisfy({ $0.count == $1.count }),
      symbols.allSatisfy({ $0.allSatisfy((0..<classes).contains) }),
      counts.allSatisfy({ $0.allSatisfy { $0.isFinite && $0 >= 0 } })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .contexts, in: container,
        debugDescription: "expected counts of symbols after contexts of one length")
    }
    var followers = FollowerCounts()
    for (index, context) in contexts.enumerated() {
      for (symbol, count) in zip(symbols[index], counts[index]) {
        followers.add(count, of: symbol, after: context)
      }
    }
    followers.settleDiscounts()
    self.init(task: task, reader: reader, counts: followers, length: length)
  }

  /// Writes what was counted after the longest contexts; all else follows from it.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    let longest = orders[orders.count - 1].followers.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    let followers = longest.map { $0.value.counts.sorted { $0.key < $1.key } }
    try container.encode(task, forKey: .task)
    try container.encode(reader.levels, forKey: .levels)
    try container.encode(orders.count - 1, forKey: .length)
    try container.encode(longest.map(\.key), forKey: .contexts)
    try container.encode(followers.map { $0.map(\.key) }, forKey: .symbols)
    try container.encode(followers.map { $0.map(\.value) }, forKey: .counts)
  }
}
