// Grows a network on arrays, hears of each round by a closure, and ends when that is content.
//
// Usage: GrowInMemory

import Cambium
import CambiumCore

// 200 points of y = |a| b + b², standardised as learners see them, column after column.
let generator = RandomStream(seed: 7).generator()
let a = (0..<200).map { _ in generator.gaussian() }
let b = (0..<200).map { _ in generator.gaussian() }
let truth = zip(a, b).map { a, b in abs(a) * b + b * b }
let scaling = Scaling(
  mean: DescriptiveStatistics.mean(of: truth) ?? 0,
  standardDeviation: DescriptiveStatistics.standardDeviation(of: truth) ?? 1)
let data = Dataset(
  features: Matrix(rows: 200, columns: 2, values: a + b),
  targets: Matrix(rows: 200, columns: 1, values: truth.map(scaling.standardised)), task: .regression)

var spec = GrowthSpec()
spec.stopping.validationFraction = 0  // all samples are learned from the first round on
let progress = Progress { round in
  print("round \(round.index): \(round.kept[0].activation.rawValue), error \(round.trainError)")
  return round.trainError > 0.1
}
let context = FitContext(
  random: RandomStream(seed: 1), workers: WorkerPool(threads: 2), observer: progress)
let fit = try Grower(spec: spec).fit(data, validation: nil, in: context)
let outputs = fit.predictor.outputs(for: data.features, workers: context.workers)
print("\(fit.predictor.size.units) units, ended by \(fit.report.stopReason.rawValue)")
print("of y = \(truth[0]) it says \(scaling.restored(outputs[0, 0]))")
