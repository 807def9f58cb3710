internal import Cambium
public import CambiumCore

/// How much a model's answers owe to each of its inputs and units, by given data.
public struct Relevance: Sendable {
  /// An input column, and what the error is multiplied by where its values are dealt out anew among the rows
  /// (Breiman 2001), as the mean over ``repetitions`` deals: 1 where the model does not need it, and nil where there is no
  /// error to multiply.
  public let importances: [(column: String, factor: Double?)]
  /// The share of the error that each unit of a grown network removed; see ``Network/errorShares(on:workers:)``. Empty for
  /// other models, and where the units remove nothing.
  public let unitShares: [Double]

  /// How often each column is dealt out.
  public static let repetitions = 5

  /// Measures the relevance on the rows of a table with inputs and targets. Cost: that of predicting the table five times
  /// for each input.
  ///
  /// - Throws: `InputError` where the table does not fit the model.
  public init(of model: Model, on table: Table, workers: WorkerPool) throws {
    let data = try model.preprocessing.dataset(from: table)
    unitShares = (model.predictor as? Network)?.errorShares(on: data, workers: workers) ?? []
    func error(_ features: Matrix) -> Double {
      let outputs = model.predictor.outputs(for: features, workers: workers)
      let evaluation = Evaluation(
        outputs: outputs, dataset: data, preprocessing: model.preprocessing,
        tolerance: model.provenance.tolerance)
      return evaluation.rmse ?? evaluation.logLoss ?? .nan
    }
    let whole = error(data.features)
    let random = RandomStream(seed: model.provenance.seed).child("importance")
    var importances: [(column: String, factor: Double?)] = []
    var first = 0
    for (index, input) in model.preprocessing.inputs.enumerated() {
      let columns = first..<first + input.features.count
      first = columns.upperBound
      let errors = (0..<Self.repetitions).map { repetition in
        let order = random.child("deal", index * Self.repetitions + repetition).generator()
          .permutation(data.sampleCount)
        var dealt = data.features
        for column in columns {
          for (row, other) in order.enumerated() { dealt[row, column] = data.features[other, column] }
        }
        return error(dealt)
      }
      let factor = errors.reduce(0, +) / Double(Self.repetitions) / whole
      importances.append((input.name, factor.isFinite ? factor : nil))
    }
    self.importances = importances
  }
}

extension Relevance {
  /// The columns and their importances, the most important first.
  public var columnsByImportance: [(column: String, factor: Double?)] {
    importances.enumerated().sorted {
      ($1.element.factor ?? -.infinity, $0.offset) < ($0.element.factor ?? -.infinity, $1.offset)
    }.map(\.element)
  }
}

/// What inputs and units contribute, in words.
struct RelevanceDescription {
  let relevance: Relevance
  let network: Network?
  let inputNames: [String]

  var text: String {
    var lines = ["IMPORTANCE: what the error is multiplied by where a column is dealt out anew"]
    let importances = relevance.columnsByImportance.map { importance in
      TextLayout.right(importance.factor.map { "\u{D7} " + Decimal.short($0, digits: 3) } ?? "none", 12)
        + "  " + importance.column
    }
    lines += importances.map { TextLayout.wrapped($0, width: Explanation.width, indent: 14) }
    guard let network, !relevance.unitShares.isEmpty else { return lines.joined(separator: "\n") }
    lines += ["", "SHARES of the error that units remove, each added to those before it"]
    for (index, share) in relevance.unitShares.enumerated() {
      let unit = network.units[index]
      let reads = network.inputsRead(byUnit: index).map { inputNames[$0] }
      let line =
        TextLayout.right(percent(share), 12) + "  u\(index + 1) \(unit.activation.rawValue)"
        + (reads.isEmpty ? "" : ", of \(reads.joined(separator: ", "))")
      lines.append(TextLayout.wrapped(line, width: Explanation.width, indent: 14))
    }
    return lines.joined(separator: "\n")
  }

  private func percent(_ share: Double) -> String { "\(Decimal.short(100 * share, digits: 3)) %" }
}

extension Network {
  /// The inputs that a unit's answer depends on, counted from 0, in order: those it reads, and those that the units read
  /// which it reads.
  func inputsRead(byUnit index: Int) -> [Int] {
    var isRead = [Bool](repeating: false, count: 1 + inputCount + index)
    for connection in units[index].connections { isRead[connection.source] = true }
    for unit in (0..<index).reversed() where isRead[1 + inputCount + unit] {
      for connection in units[unit].connections { isRead[connection.source] = true }
    }
    return (0..<inputCount).filter { isRead[1 + $0] }
  }
}
