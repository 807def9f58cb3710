import Foundation
import Testing

/// `cambium export` and what `explain` says by data.
@Suite struct ExportCommandTests {
  private static func grown() throws -> Workplace {
    let place = try Workplace()
    try place.write("data.csv", Samples.regression)
    let outcome = try place.run(["grow", "data.csv", "--out", "model.json"] + Samples.brief)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return place
  }

  @Test func everyFormatIsWritten() throws {
    let place = try Self.grown()
    for format in ["c", "swift", "python", "onnx", "sympy", "latex", "dot"] {
      let outcome = try place.run("export", "model.json", "--format", format, "--out", "out.\(format)")
      #expect(outcome.status == 0 && outcome.output.isEmpty, "\(format): \(outcome.errors)")
      let written = try #require(place.read("out.\(format)"))
      #expect(written.count > 200)
      if format != "onnx" {
        let printed = try place.run("export", "model.json", "--format", format, "--name", "out").output
        #expect(Data(printed.utf8) == written, "\(format)")
      }
    }
    let header = String(decoding: try #require(place.read("out.c")), as: UTF8.self)
    #expect(header.contains("out_predict(") && header.contains("#ifndef OUT_H"))
  }

  @Test func wrongCallsEndWithTheirCodes() throws {
    let place = try Self.grown()
    let calls: [(Int32, [String])] = [
      (64, ["model.json"]), (64, ["model.json", "--format", "word"]),
      (64, ["model.json", "--format", "latex", "--digits", "0"]),
      (64, ["model.json", "--format", "latex", "--precision", "float"]),
      (64, ["model.json", "--format", "svg", "--precision", "float-only"]),
      (64, ["model.json", "--format", "latex", "--simplify", "0.1"]),
      (64, ["model.json", "--format", "latex", "--data", "data.csv"]),
      (64, ["model.json", "--format", "latex", "--simplify", "-1", "--data", "data.csv"]),
      (64, ["model.json", "--format", "c", "--out", "model.json"]),
      (65, ["data.csv", "--format", "c"]), (66, ["none.json", "--format", "c"]),
      (73, ["model.json", "--format", "c", "--out", "none/model.h"]),
    ]
    for (code, words) in calls {
      let outcome = try place.run(["export"] + words)
      #expect(outcome.status == code, "\(words): \(outcome.errors)")
    }
  }

  @Test func perceptronsAreExportedAndOthersRefusedByName() throws {
    let place = try Workplace()
    try place.write("data.csv", Samples.regression)
    for (learner, status) in [("mlp", Int32(0)), ("dsn", 65)] {
      let fit = try place.run("fit", learner, "data.csv", "--out", "model.json", "--quiet")
      try #require(fit.status == 0, "\(fit.errors)")
      let outcome = try place.run("export", "model.json", "--format", "c")
      #expect(
        outcome.status == status && (status == 0 || outcome.errors.contains(learner)), "\(outcome.errors)")
    }
  }

  @Test func simplifyingSaysWhatItCosts() throws {
    let place = try Self.grown()
    let outcome = try place.run(
      "export", "model.json", "--format", "latex", "--simplify", "0.05", "--data", "data.csv")
    #expect(outcome.status == 0, "\(outcome.errors)")
    for words in ["all terms", "fewer units", "fewer digits", "kept"] {
      #expect(outcome.errors.contains(words))
      #expect(outcome.output.contains(words))
    }
    try place.write("short.csv", Samples.regression.split(separator: "\n").prefix(6).joined(separator: "\n"))
    let short = try place.run(
      "export", "model.json", "--format", "latex", "--simplify", "0.05", "--data", "short.csv")
    #expect(short.status == 65 && short.errors.contains("at least 10"), "\(short.errors)")
  }

  @Test func explanationsByDataFitTheScreen() throws {
    for table in [Samples.regression, Samples.classes, Samples.mixed] {
      let place = try Workplace()
      try place.write("data.csv", table)
      let growth = try place.run(["grow", "data.csv", "--out", "model.json"] + Samples.brief)
      try #require(growth.status == 0)
      let outcome = try place.run("explain", "model.json", "--data", "data.csv")
      #expect(outcome.status == 0 && outcome.output.contains("IMPORTANCE"), "\(outcome.errors)")
      for line in outcome.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
      let again = try place.run("explain", "model.json", "--data", "data.csv")
      #expect(again.output == outcome.output)
      #expect(outcome.output.contains("DEPENDENCE"))
      let drawn = try place.run("explain", "model.json", "--data", "data.csv", "--figure", "figure.svg")
      #expect(drawn.status == 0 && drawn.output == outcome.output, "\(drawn.errors)")
      let figure = String(decoding: try #require(place.read("figure.svg")), as: UTF8.self)
      #expect(figure.contains("<polyline") && figure.hasPrefix("<svg") || figure.hasPrefix("<?xml"))
    }
  }
}
