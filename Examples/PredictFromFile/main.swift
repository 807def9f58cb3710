// Asks a model file, with what an application needs and no more: CambiumPrediction imports no Foundation and links no
// library but Swift's and C's own.
//
// Usage: PredictFromFile MODEL.json NAME=VALUE …        columns that are not named are missing

import CambiumPrediction

/// A table of one row, with a column for each input of the model.
func row(of values: [String: String], for model: Model) throws -> Table {
  let columns = try model.preprocessing.inputs.map { input in
    let value = values[input.name]
    switch input {
    case .text: return Table.Column(name: input.name, values: .texts([value]))
    case .numeric:
      guard let number = value.map(Double.init) ?? .nan else {
        throw InputError(.usage, found: "\(input.name)=\(value ?? "")", expected: "a number")
      }
      return Table.Column(name: input.name, values: .numbers([number]))
    }
  }
  return Table(columns: columns)
}

func run(_ path: String, _ words: some Sequence<String>) throws {
  let model = try ModelFile.read(path)
  let pairs = words.map { word in word.split(separator: "=", maxSplits: 1).map(String.init) }
  let values = Dictionary(pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) }) { _, last in last }
  switch try model.predictions(for: row(of: values, for: model), workers: WorkerPool(threads: 1)) {
  case .numbers(let names, let answers):
    for (index, name) in names.enumerated() { print(name, answers[0, index]) }
  case .classes(let answers):
    for (index, name) in answers.classNames.enumerated() { print(name, answers.probabilities[0, index]) }
  }
}

let words = CommandLine.arguments
if words.count > 1 {
  do {
    try run(words[1], words.dropFirst(2))
  } catch {
    print(error)  // with line and column, what was found and what was expected
  }
} else {
  print("usage: PredictFromFile MODEL.json NAME=VALUE …")
}
