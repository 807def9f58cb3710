// Functions have the header's names.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

internal import Cambium
internal import CambiumCore
internal import CambiumExport
public import CCambium

/// Every key of a growth's spec with its default.
@c @implementation
public func cambium_default_spec(_ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?)
  -> UnsafeMutablePointer<CChar>?
{
  reporting(to: error, or: nil) { CallerMemory.text(try JSONArguments.text(GrowthSpec())) }
}

/// Grows a network on arrays.
@c @implementation
public func cambium_grow(
  _ features: UnsafePointer<cambium_matrix>?, _ targets: UnsafePointer<cambium_matrix>?,
  _ weights: UnsafePointer<Double>?, _ request: UnsafePointer<CChar>?, _ listener: cambium_listener?,
  _ context: UnsafeMutableRawPointer?, _ stop: OpaquePointer?,
  _ report: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
  _ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> OpaquePointer? {
  reporting(to: error, or: nil) {
    let request = try GrowthRequest(text(request, "request"))
    let plan = try GrowthPlan(request)
    let data = try GrowthData(
      features: CallerMatrix(features, "features"), targets: CallerMatrix(targets, "targets"),
      weights: weights, request: request)
    let workers = WorkerPool(threads: request.threads ?? 1)
    let seed = request.seed ?? 1
    let stop = stop.map { Handle.object($0) as StopHandle }
    let fit = try plan.learner.fit(
      data.samples, validation: nil,
      in: FitContext(
        random: RandomStream(seed: seed), workers: workers,
        observer: GrowthListener(listener, context: context, stop: stop)))
    let provenance = Provenance(
      data: request.data ?? "array", fingerprint: data.fingerprint, rows: data.samples.sampleCount,
      seed: seed, spec: plan.settings, tolerance: fit.report.tolerance ?? plan.tolerance,
      stopReason: fit.report.stopReason)
    let model = Model(
      learner: plan.name, provenance: provenance, preprocessing: data.preprocessing,
      predictor: fit.predictor)
    if let report {
      let said = GrowthReport(of: fit, model: model, data: data, workers: workers)
      report.pointee = CallerMemory.text(try JSONArguments.text(said))
    }
    return Handle.retained(ModelHandle(model: model, columns: data.columns))
  }
}
