public import Cambium
internal import CambiumCore
public import CambiumPrediction

extension Model {
  /// The model with fewer terms and digits whose error on samples of `table` is at most by the share `allowance` larger,
  /// and the trade-off; see ``Simplification``. Reads the inputs and the targets.
  ///
  /// - Throws: `InputError` where the model is not a single grown network, or the table does not fit it.
  public func simplified(
    by table: Table, allowance: Double, workers: WorkerPool
  ) throws -> (model: Model, simplification: Simplification) {
    guard let network = predictor as? Network else {
      throw InputError(
        .content, found: "a model of the learner \(learner)",
        expected: "a single grown network: only these are simplified")
    }
    let simplification = try Simplification(
      of: network, on: try preprocessing.dataset(from: table), allowance: allowance,
      random: RandomStream(seed: provenance.seed).child("simplification"), workers: workers)
    let model = Model(
      learner: learner, provenance: provenance, preprocessing: preprocessing,
      predictor: simplification.network)
    return (model, simplification)
  }
}

extension Simplification {
  /// The trade-off as a table for readers, a line each; the kept row is marked.
  public var lines: [String] {
    let rows = steps.map { step in
      [
        step.name, step.digits.map(String.init) ?? "all", "\(step.units)", "\(step.terms)",
        Decimal.short(step.error), step.isKept ? "kept" : "",
      ]
    }
    let table = [["step", "digits", "units", "terms", "held-out error", ""]] + rows
    let widths = table[0].indices.map { column in table.map { $0[column].count }.max() ?? 0 }
    return table.map { row in
      let cells = row.enumerated().map { index, cell in
        index == 0 || index == 5
          ? TextLayout.left(cell, widths[index]) : TextLayout.right(cell, widths[index])
      }
      return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
  }
}
