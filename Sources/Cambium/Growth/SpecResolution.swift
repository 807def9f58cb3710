internal import CambiumCore

extension GrowthSpec {
  /// The least tolerance that noise may lead to, in standard deviations of the target.
  private static let leastTolerance = 0.001
  /// The most units of the network whose held-out residual is taken for noise.
  private static let pilotSize = 20

  /// The same with the most units that so many samples bear.
  func resolvingSize(samples: Int) -> GrowthSpec {
    var resolved = self
    resolved.stopping.maximumUnits = stopping.largestSize(samples: samples)
    return resolved
  }

  /// The same with the tolerance counted in standard deviations of the target: the noise is estimated where that is asked
  /// for.
  func resolvingTolerance(for data: Dataset, validation: Dataset?, _ context: FitContext) throws -> GrowthSpec
  {
    guard data.task == .regression, selection.toleranceUnit != .deviations else { return self }
    let deviation =
      selection.toleranceUnit == .noise
      ? noise(of: data, context) : try heldOutResidual(of: data, validation: validation, context)
    var resolved = self
    resolved.selection.tolerance = max(Self.leastTolerance, selection.tolerance * deviation)
    resolved.selection.toleranceUnit = .deviations
    return resolved
  }

  private func noise(of data: Dataset, _ context: FitContext) -> Double {
    let plain = GrowingNetwork(data: data, heldOut: nil, ridge: readout.ridge, workers: context.workers)
    return NoiseEstimate(
      of: data.inputs, residual: plain.residual, random: context.random, workers: context.workers
    ).deviation
  }

  /// The least root mean square on held-out samples along the growth of a flat network, judged by error reduction; 1 where
  /// nothing can be held out.
  private func heldOutResidual(of data: Dataset, validation: Dataset?, _ context: FitContext) throws -> Double
  {
    var pilot = self
    pilot.selection = SelectionSpec()
    pilot.selection.rule = .errorReduction
    if pilot.stopping.validationFraction == 0 { pilot.stopping = StoppingSpec() }
    pilot.stopping.holdOuts = 1
    pilot.stopping.folds = 0
    let holdOuts = try HoldOut.all(
      of: data, validation: validation, spec: pilot.stopping, random: context.random,
      workers: context.workers)
    guard let holdOut = holdOuts.first else { return 1 }
    let path = GrowthLoop(
      spec: pilot, topology: .flat, data: holdOut.training, heldOut: holdOut.heldOut,
      largestSize: min(Self.pilotSize, stopping.maximumUnits), ridge: readout.ridge,
      leastSizeAtFullCoverage: nil, deadline: nil,
      context: FitContext(random: context.random, workers: context.workers)
    ).run()
    let loss = path.heldOutLosses.reduce(.infinity, min)
    return (2 * loss / Double(data.outputCount)).squareRoot()
  }
}
