import Foundation
import Testing

@Test func aModelMakesUpRowsOfTheTablesOwnKind() throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.mixed)
  let brief = ["--set", "pretraining.epochs=5", "--set", "fineTuning.epochs=5", "--quiet"]
  let fitted = try place.run(["fit", "rbm", "data.csv", "--out", "model.json"] + brief)
  try #require(fitted.status == 0, "\(fitted.errors)")
  let rows = try place.run("sample", "model.json", "--rows", "5", "--steps", "20")
  #expect(rows.status == 0, "\(rows.errors)")
  let lines = rows.output.split(separator: "\n")
  #expect(lines.count == 6 && lines[0] == "size,colour")
  for line in lines.dropFirst() {
    let cells = line.split(separator: ",")
    #expect(cells.count == 2 && ["red", "green", "blue"].contains(String(cells[1])))
    #expect((0.0...22).contains(Double(cells[0]) ?? -1))
  }
  #expect(try place.run("sample", "model.json", "--rows", "5", "--steps", "20").output == rows.output)
  let other = try place.run("sample", "model.json", "--rows", "5", "--steps", "20", "--seed", "2", "--means")
  #expect(other.status == 0 && other.output != rows.output)
  let none = try place.run("sample", "model.json", "--rows", "0")
  #expect(none.status == 64)

  let grown = try place.run(["grow", "data.csv", "--out", "grown.json"] + Samples.brief)
  try #require(grown.status == 0, "\(grown.errors)")
  let refused = try place.run("sample", "grown.json")
  #expect(refused.status == 65 && refused.errors.contains("makes up no inputs"), "\(refused.errors)")
}
