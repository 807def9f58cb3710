// From a CSV file to a model file to predictions.
//
// Usage: GrowFromTable DATA.csv MODEL.json        the target is the last column

import Cambium
import CambiumCore
import CambiumExport

/// Grows a network on a table, as `cambium grow` does, with the seed 1.
func grownModel(from table: Table, named name: String, workers: WorkerPool) throws -> Model {
  let spec = GrowthSpec()
  let (preprocessing, notes) = try Preprocessing.fit(to: table)
  for note in notes { print(note) }
  let data = try preprocessing.dataset(from: table)
  let fit = try Grower(spec: spec).fit(
    data, validation: nil, in: FitContext(random: RandomStream(seed: 1), workers: workers))
  let provenance = Provenance(
    data: name, fingerprint: table.fingerprint, rows: data.sampleCount, seed: 1,
    spec: try JSONValue(encoding: spec), tolerance: fit.report.tolerance ?? spec.selection.tolerance,
    stopReason: fit.report.stopReason)
  return Model(
    learner: "grown", provenance: provenance, preprocessing: preprocessing, predictor: fit.predictor)
}

func run(data: String, model path: String) throws {
  let workers = WorkerPool(threads: 2)
  let table = try Table.read(data)
  let model = try grownModel(from: table, named: data, workers: workers)
  try ModelFile.write(model, to: path)
  print("\(path): \(model.predictor.size.units) units, \(model.predictor.size.connections) connections")

  // Another program starts here.
  let read = try ModelFile.read(path) { name in name == "grown" ? Network.self : nil }
  let answers = try read.predictions(
    for: table.selecting(rows: Array(0..<min(3, table.rowCount))), workers: workers)
  print(answers.table(includingProbabilities: true).csv(), terminator: "")
}

let words = CommandLine.arguments
if words.count == 3 {
  do {
    try run(data: words[1], model: words[2])
  } catch {
    print(error)  // with file, line and column, what was found and what was expected
  }
} else {
  print("usage: GrowFromTable DATA.csv MODEL.json")
}
