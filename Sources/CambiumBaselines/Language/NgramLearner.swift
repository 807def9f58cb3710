public import CambiumCore

/// Learns an n-gram model; see ``NgramSpec``. O(N · n).
public struct NgramLearner: Learner {
  /// How to count.
  public let spec: NgramSpec

  /// Checks the spec; throws an `InputError` that names the key that is out of range.
  public init(spec: NgramSpec = .init()) throws {
    try spec.validate()
    self.spec = spec
  }

  /// Counts the samples of `data`, each as often as it weighs; there is nothing to choose, so those of `validation` too.
  ///
  /// - Throws: `InputError` where the targets are no classes, a column is of numbers, or there are fewer columns than the
  ///   order asks for.
  public func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    guard data.task != .regression else {
      throw InputError(.content, found: "numbers to learn", expected: "classes: the symbol that follows")
    }
    let reader = try SymbolReader(data.columns)
    let length = spec.order == 0 ? reader.levels.count : spec.order - 1
    try require(
      length <= reader.levels.count, "order", "\(spec.order), of \(reader.levels.count) columns of symbols",
      "at most \(reader.levels.count + 1)")
    let model = counted(data, reader, length)
    var held: HeldOutResult?
    if let validation, validation.sampleCount > 0 {
      held = HeldOutResult(
        data: validation, outputs: model.outputs(for: validation.features, workers: context.workers))
    }
    return Fit(
      predictor: validation.map { counted(data.appending($0), reader, length) } ?? model,
      report: FitReport(stopReason: .converged, epochs: 1), heldOut: held)
  }

  private func counted(_ data: Dataset, _ reader: SymbolReader, _ length: Int) -> NgramModel {
    var counts = FollowerCounts()
    for row in 0..<data.sampleCount {
      let context = Array(reader.symbols(of: row, in: data.features).suffix(length))
      let weight = data.weights?[row] ?? 1
      // Soft classes count in part.
      if data.outputCount == 1 {
        for (symbol, share) in [1 - data.targets[row, 0], data.targets[row, 0]].enumerated() where share > 0 {
          counts.add(weight * share, of: symbol, after: context)
        }
      } else {
        for symbol in 0..<data.outputCount where data.targets[row, symbol] > 0 {
          counts.add(weight * data.targets[row, symbol], of: symbol, after: context)
        }
      }
    }
    counts.settleDiscounts()
    return NgramModel(task: data.task, reader: reader, counts: counts, length: length)
  }
}
