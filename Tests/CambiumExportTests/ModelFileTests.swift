import Cambium
import CambiumCore
import Testing

@testable import CambiumExport

/// A network of two inputs with a ridge and a radial unit, and a preprocessing that fits it.
enum SampleModel {
  static func make(learner: String = "grown") throws -> Model {
    let table = try Table.parse("a,b,y\n1,2,0.1\n2,5,0.7\n4,3,0.3\n8,1,0.9\n", file: "data.csv")
    let preprocessing = try Preprocessing.fit(to: table, task: .regression).preprocessing
    let units = [
      Network.Unit(
        activation: .tanh,
        connections: [
          .init(source: 0, weight: 0.1), .init(source: 1, weight: 1.0 / 3), .init(source: 2, weight: -0.7),
        ],
        range: -1...1, offset: 0.05, scale: 1.25, prunedConnections: 0),
      Network.Unit(
        activation: .radial, connections: [.init(source: 3, weight: 0.9, centre: -0.2)], range: 0...1.5,
        offset: -0.3,
        scale: 0.6, prunedConnections: 2, coveredFirst: 3),
    ]
    let network = try #require(
      Network(
        inputCount: 2, units: units,
        readout: Matrix(
          rows: 5, columns: 1, values: [-0.0, 1e-300, 0.1 + 0.2, .leastNonzeroMagnitude, -1.0 / 7]),
        task: .regression,
        outputRanges: [-3...3]))
    let provenance = Provenance(
      data: "data.csv", fingerprint: table.fingerprint, rows: 4, seed: .max,
      spec: .object(["restarts": .integer(2)]),
      tolerance: 0.1, stopReason: .connectionBudget)
    return Model(learner: learner, provenance: provenance, preprocessing: preprocessing, predictor: network)
  }

  static func predictors(_ name: String) -> (any Predictor.Type)? { name == "grown" ? Network.self : nil }

  static func read(_ text: String) throws -> Model {
    try ModelFile.decode(Array(text.utf8), file: "model.json", predictors: predictors)
  }

  static func text() throws -> String { String(decoding: try ModelFile.encode(make()), as: UTF8.self) }
}

/// Files of versions that said neither what ended a fit nor what a unit covered first.
@Test func olderFilesAreReadWithoutWhatTheyDoNotSay() throws {
  let text = try SampleModel.text()
  let older = text.replacing("\"coveredFirst\":3,", with: "")
    .replacing(",\"stopReason\":\"connectionBudget\"", with: "")
  #expect(older.count < text.count - 40)
  let model = try SampleModel.read(older)
  #expect(model.provenance.stopReason == nil)
  #expect((model.predictor as? Network)?.units.map(\.coveredFirst) == [nil, nil])
  let odd = text.replacing("connectionBudget", with: "boredom")
  #expect(throws: InputError.self) { try SampleModel.read(odd) }
  let negative = text.replacing("\"coveredFirst\":3", with: "\"coveredFirst\":-3")
  #expect(throws: InputError.self) { try SampleModel.read(negative) }
}

@Test func aModelReadsBackBitForBit() throws {
  let model = try SampleModel.make()
  let bytes = try ModelFile.encode(model)
  let read = try ModelFile.decode(bytes, file: nil, predictors: SampleModel.predictors)
  #expect(read.predictor as? Network == model.predictor as? Network)
  #expect(read.preprocessing == model.preprocessing)
  #expect(read.provenance == model.provenance)
  #expect(try ModelFile.encode(read) == bytes)
  let table = try Table.parse("b,a\n2,1\n0.3,-4\n100,7\n")
  let workers = WorkerPool(threads: 1)
  #expect(
    try read.predictions(for: table, workers: workers) == model.predictions(for: table, workers: workers))
}

@Test func everyShorterFileIsRefused() throws {
  let text = try SampleModel.text()
  for length in stride(from: 0, to: text.count - 1, by: 7) {
    let error = #expect(throws: InputError.self) { try SampleModel.read(String(text.prefix(length))) }
    #expect(error?.kind == .content && error?.location.file == "model.json" && error?.location.line == 1)
  }
}

@Test func aNewerFileSaysWhatReadsIt() throws {
  let text = try SampleModel.text().replacing("\"version\":1", with: "\"version\":\(ModelFile.version + 1)")
    .replacing("\"version\":\"\(Release.version)\"", with: "\"version\":\"7.8.9\"")
  let error = #expect(throws: InputError.self) { try SampleModel.read(text) }
  #expect(error?.description.contains("7.8.9") == true)
  #expect(error?.location.column == "version")
}

@Test(arguments: [
  ("\"inputCount\":2", "\"inputCount\":3"), ("\"inputCount\":2", "\"inputCount\":9223372036854775807"),
  ("\"inputCount\":2", "\"inputCount\":-1"), ("\"source\":3", "\"source\":4"),
  ("\"source\":3", "\"source\":-1"),
  ("\"activation\":\"tanh\"", "\"activation\":\"step\""), ("\"rows\":5", "\"rows\":6"),
  ("\"rows\":5", "\"rows\":4611686018427387904"),
  ("\"prunedConnections\":2", "\"prunedConnections\":9223372036854775807"),
  ("[-1,1]", "[1,-1]"), ("[-1,1]", "[]"), ("\"seed\":18446744073709551615", "\"seed\":-1"),
  ("\"learner\":\"grown\"", "\"learner\":\"oak\""), ("\"learner\":\"grown\"", "\"learner\":7"),
  ("\"offset\":0.05", "\"offset\":null"), ("\"offset\":0.05", "\"offset\":1e999"),
  ("\"task\":{\"regression\":{}}", "\"task\":{\"classification\":{\"classes\":2}}"),
  ("\"kind\":\"numeric\"", "\"kind\":\"text\""), ("\"name\":\"a\"", "\"name\":\"b\""),
  ("\"name\":\"a\"", "\"name\":\"y\""), ("\"tolerance\":0.1", "\"tolerance\":-1"),
  ("\"minimum\":0.1", "\"minimum\":1.5"), ("\"tolerance\":0.1,\"version\"", "\"version\""),
])
func nonsenseIsRefused(_ was: String, _ becomes: String) throws {
  let text = try SampleModel.text()
  try #require(text.contains(was), "\(text)")
  let changed = text.replacing(was, with: becomes, maxReplacements: 1)
  let error = #expect(throws: InputError.self, "\(becomes)") { try SampleModel.read(changed) }
  #expect(error?.kind == .content && error?.location.file == "model.json", "\(String(describing: error))")
}

@Test(arguments: [
  ("\"version\":1}", "\"version\":1.5}", "version", "found 1.5, expected a whole number"),
  ("\"seed\":18446744073709551615", "\"seed\":-1", "provenance.seed", "found -1, expected a whole number"),
  ("\"rows\":4,", "\"rows\":-1,", "provenance.rows", "found -1, expected a whole number from 1 on"),
  (
    "\"activation\":\"tanh\"", "\"activation\":\"a\\nb\"", "predictor.units[0].activation",
    "found \"a b\", expected one of \"logistic\", \"tanh\""
  ),
  ("[-1,1]", "[1,-1]", "predictor.units[0].range", "found [1, -1], expected the smaller number first"),
  ("cambium-model", "one\\ntwo", "format", "found \"one two\""),
])
func whatIsOffIsToldInOneLineWithItsPlace(_ was: String, _ becomes: String, _ place: String, _ words: String)
  throws
{
  let text = try SampleModel.text()
  try #require(text.contains(was), "\(text)")
  let error = #expect(throws: InputError.self) {
    try SampleModel.read(text.replacing(was, with: becomes, maxReplacements: 1))
  }
  #expect(error?.location.column == place)
  #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  #expect(error?.description.contains("\n") == false)
}

@Test func textThatIsNoTextIsLocated() throws {
  let bytes = Array(try SampleModel.text().utf8)
  let start = try #require(bytes.firstRange(of: Array("data.csv".utf8))).lowerBound
  for wrong in [[0xFF], Array("\\ud800".utf8), Array("\\udc00\\ud800".utf8)] as [[UInt8]] {
    var changed = bytes
    changed.replaceSubrange(start..<start + 8, with: wrong)
    let error = #expect(throws: InputError.self) {
      try ModelFile.decode(changed, file: "model.json", predictors: SampleModel.predictors)
    }
    #expect(error?.location == InputLocation(file: "model.json", line: 1, column: "\(start + 1)"))
  }
}

/// A predictor that says in its file what it was fitted to, as those of fixed networks do.
private struct Stating: Predictor {
  var task: Task
  var size: ModelSize { ModelSize(inputs: 2, outputs: 1, units: 0, connections: 0, depth: 0) }
  func outputs(for features: Matrix, workers: WorkerPool) -> Matrix {
    Matrix(rows: features.rows, columns: 1)
  }
}

@Test func aPredictorOfAnotherTaskIsRefused() throws {
  let model = try SampleModel.make()
  func read(_ task: Task) throws -> Model {
    let other = Model(
      learner: "grown", provenance: model.provenance, preprocessing: model.preprocessing,
      predictor: Stating(task: task))
    return try ModelFile.decode(ModelFile.encode(other), file: nil) { _ in Stating.self }
  }
  #expect(try read(.regression).predictor.size.inputs == 2)
  #expect(throws: InputError.self) { try read(.classification(classes: 2)) }
}

@Test func partsOfDifferentModelsAreRefused() throws {
  let table = try Table.parse("a,y\n1,0.1\n2,0.7\n4,0.3\n")
  let model = try SampleModel.make()
  let other = Model(
    learner: model.learner, provenance: model.provenance,
    preprocessing: try Preprocessing.fit(to: table, task: .regression).preprocessing,
    predictor: model.predictor)
  let bytes = try ModelFile.encode(other)
  #expect(throws: InputError.self) {
    try ModelFile.decode(bytes, file: nil, predictors: SampleModel.predictors)
  }
}

@Test func theFingerprintTellsContentsApart() throws {
  let texts = [
    "a,b\n1,2\n", "a,b\n2,1\n", "a,c\n1,2\n", "a,b\n1,\n", "a,b\nx,2\n", "a,b\n1,2\n1,2\n", "b,a\n1,2\n",
  ]
  #expect(Set(try texts.map { try Table.parse($0).fingerprint }).count == texts.count)
  #expect(try Table.parse("a,b\n1,2\n").fingerprint == Table.parse("\"a\",b\r\n1.0,2e0\r\n").fingerprint)
}
