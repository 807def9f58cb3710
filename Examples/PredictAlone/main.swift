// Predicts with what `cambium export yacht.json --format swift --out Yacht.swift` wrote: no package is needed, and
// `swiftc main.swift Yacht.swift` builds it.
//
// Usage: PredictAlone [NUMBER …], one for each column, nan where it is missing

let numbers = CommandLine.arguments.dropFirst().map { Double($0) ?? .nan }
if numbers.count == Yacht.numberNames.count {
  for (name, answer) in zip(Yacht.answerNames, Yacht.predict(numbers: numbers)) { print(name, answer) }
} else {
  print("usage: PredictAlone \(Yacht.numberNames.joined(separator: " "))")
}
