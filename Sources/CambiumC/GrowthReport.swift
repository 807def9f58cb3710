internal import Cambium
internal import CambiumCore
internal import CambiumExport

/// What `cambium_grow` says of how it went.
struct GrowthReport: Encodable {
  let report: FitReport
  let training: Evaluation
  let heldOut: Evaluation?
  let notes: [String]

  private enum CodingKeys: String, CodingKey { case report, training, heldOut, notes }

  init(of fit: Fit, model: Model, data: GrowthData, workers: WorkerPool) {
    func evaluation(_ outputs: Matrix, _ samples: Dataset) -> Evaluation {
      Evaluation(
        outputs: outputs, dataset: samples, preprocessing: model.preprocessing,
        tolerance: model.provenance.tolerance)
    }
    report = fit.report
    training = evaluation(
      model.predictor.outputs(for: data.samples.inputs, workers: workers), data.samples)
    heldOut = fit.heldOut.map { evaluation($0.outputs, $0.data) }
    notes = data.notes
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(report, forKey: .report)
    try container.encode(training, forKey: .training)
    try container.encode(heldOut, forKey: .heldOut)  // null where nothing was held out
    try container.encode(notes, forKey: .notes)
  }
}
