import Cambium
import CambiumCore
import Foundation
import Testing

@testable import CambiumExport

/// Committees of the sample network in a model file.
@Suite struct CommitteeFileTests {
  private static func model() throws -> Model {
    let single = try SampleModel.make()
    let network = try #require(single.predictor as? Network)
    let residuals = LeftOutResiduals(groups: [
      .init(members: [1], residuals: Matrix(rows: 4, columns: 1, values: [0.1 + 0.2, 0.5, 0, 1.0 / 3]))
    ])
    let committee = try #require(CommitteeModel(members: [network, network, network], residuals: residuals))
    return Model(
      learner: "committee:grown", provenance: single.provenance, preprocessing: single.preprocessing,
      predictor: committee)
  }

  private static func read(_ text: String) throws -> Model {
    try ModelFile.decode(Array(text.utf8), file: "model.json") { name in
      name == "committee:grown" ? CommitteeModel<Network>.self : SampleModel.predictors(name)
    }
  }

  @Test func aCommitteeReadsBackBitForBit() throws {
    let model = try Self.model()
    let text = String(decoding: try ModelFile.encode(model), as: UTF8.self)
    let read = try Self.read(text)
    #expect(String(decoding: try ModelFile.encode(read), as: UTF8.self) == text)
    let table = try Table.parse("a,b\n1,2\n0.3,-4\n100,7\n")
    let workers = WorkerPool(threads: 1)
    #expect(
      try read.predictions(for: table, workers: workers) == model.predictions(for: table, workers: workers))
    let bounds = try read.intervals(for: table, level: 0.7, workers: workers)
    guard case .numbers(_, let lower) = bounds.lower, case .numbers(_, let upper) = bounds.upper,
      case .numbers(_, let middle) = try read.predictions(for: table, workers: workers),
      case .numbers(let targets) = model.preprocessing.target
    else { throw Unexpected() }
    // Of four residuals the fourth: a half standard deviation on both sides of equal members.
    for row in 0..<3 {
      #expect(abs(upper[row, 0] - middle[row, 0] - 0.5 * targets[0].scaling.standardDeviation) < 1e-12)
      #expect(abs(middle[row, 0] - lower[row, 0] - 0.5 * targets[0].scaling.standardDeviation) < 1e-12)
    }
  }

  @Test func damagedCommitteesAreRefused() throws {
    let text = String(decoding: try ModelFile.encode(Self.model()), as: UTF8.self)
    for length in stride(from: 0, to: text.count - 1, by: 37) {
      #expect(throws: InputError.self) { try Self.read(String(text.prefix(length))) }
    }
    let damages: [(String, String)] = [
      ("\"groups\":[{\"members\":[1]", "\"groups\":[{\"members\":[3]"),
      ("\"groups\":[{\"members\":[1]", "\"groups\":[{\"members\":[-1]"),
      ("\"groups\":[{\"members\":[1]", "\"groups\":[{\"members\":[1.5]"),
      ("\"groups\":[{", "\"groups\":[{}, {"),
      ("\"residuals\":{\"columns\":1", "\"residuals\":{\"columns\":2"),
      ("\"task\":{\"regression\":{}}", "\"task\":{\"classification\":{\"classes\":2}}"),
      ("\"inputCount\":2", "\"inputCount\":1e400"),
      ("\"learner\":\"committee:grown\"", "\"learner\":\"grown\""),
      ("\"learner\":\"committee:grown\"", "\"learner\":\"committee:committee:grown\""),
      ("\"members\":[{\"inputCount\"", "\"members\":[{}, {\"inputCount\""),
      ("\"members\":[{\"inputCount\"", "\"members\":[null, {\"inputCount\""),
    ]
    for (part, other) in damages {
      let broken = text.replacing(part, with: other)
      #expect(broken != text, "\(part) in \(text)")
      let error = #expect(throws: InputError.self, "\(part) → \(other)") { try Self.read(broken) }
      #expect(error?.kind == .content && error?.location.file == "model.json")
    }
    let empty = "{\"members\":[]}"
    let start = try #require(text.range(of: "\"predictor\":"))
    let end = try #require(text.range(of: ",\"preprocessing\":"))
    #expect(throws: InputError.self) {
      try Self.read(text.replacingCharacters(in: start.upperBound..<end.lowerBound, with: empty))
    }
  }

  @Test func theExplanationHasALineForEachMember() throws {
    let text = Explanation.text(of: try Self.model())
    for words in [
      "units        6, at most 2 deep", "6 pruned", "MEMBERS", "  3  2 units, ", ": 1 radial, 1 tanh",
      "up to the level 0.8, from the residuals of 4 samples", "--condense",
    ] {
      #expect(text.contains(words), "\(words) in \(text)")
    }
    for line in text.split(separator: "\n") { #expect(line.count <= Explanation.width, "\(line)") }
  }

  @Test func modelsWithoutIntervalsSaySo() throws {
    let table = try Table.parse("a,b\n1,2\n")
    let error = #expect(throws: InputError.self) {
      try SampleModel.make().intervals(for: table, level: 0.9, workers: WorkerPool(threads: 1))
    }
    #expect(error?.description.contains("committee") == true)
  }

}
