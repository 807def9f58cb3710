import CambiumCore
import Foundation
import Testing

@Suite struct PreprocessingCodingTests {
  private static let tables = [
    "a,t,y\n0.1,u,1.7\n0.3,v,2.9\n,u,-1e-9\n1e-7,,3\n",
    "a,t,c\n0.1,u,yes\n0.3,v,no\n,u,no\n",
    "a,p,q,r\n1,1,0,0\n2,0,1,0\n3,0,0,1\n4,1,0,0\n",
  ]

  private func fitted(_ text: String) throws -> Preprocessing {
    let table = try Table.parse(text)
    return try Preprocessing.fit(to: table, targets: table.columnNames.contains("p") ? ["p", "q", "r"] : [])
      .preprocessing
  }

  @Test(arguments: tables) func roundTripIsExact(text: String) throws {
    let preprocessing = try fitted(text)
    let data = try JSONEncoder().encode(preprocessing)
    let read = try JSONDecoder().decode(Preprocessing.self, from: data)
    #expect(read == preprocessing)
    #expect(
      read.features.map(\.scaling.mean.bitPattern) == preprocessing.features.map(\.scaling.mean.bitPattern))
  }

  /// A model file that someone has changed is an error, or another preprocessing that works; it never crashes.
  @Test(arguments: tables) func changedFilesAreErrorsOrWork(text: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = String(decoding: try encoder.encode(fitted(text)), as: UTF8.self)
    let generator = RandomStream(seed: 6).generator()
    let table = try Table.parse(text)
    let pieces = ["0", "-1", "1e999", "\"a\"", "null", "[]", "{}", "u", "kind", ",", "}"]
    for _ in 0..<400 {
      var bytes = Array(json.utf8)
      let start = generator.index(below: bytes.count)
      let end = min(bytes.count, start + generator.index(below: 8))
      bytes.replaceSubrange(start..<end, with: Array(pieces[generator.index(below: pieces.count)].utf8))
      guard let read = try? JSONDecoder().decode(Preprocessing.self, from: Data(bytes)) else { continue }
      if let dataset = try? read.dataset(from: table) {
        #expect(dataset.featureCount == read.featureNames.count)
        _ = read.predictions(from: dataset.targets).table(includingProbabilities: true).csv()
      }
    }
  }

  @Test(arguments: [
    (#""standardDeviation":1"#, #""standardDeviation":0"#),
    (#""standardDeviation":1"#, #""standardDeviation":-2"#),
    (#""inputs":["#, #""inputs":[],"others":["#), (#""name":"a""#, #""name":"y""#),
  ])
  func nonsenseIsAnError(original: String, replacement: String) throws {
    let json = """
      {"inputs":[{"kind":"numeric","name":"a","scaling":{"mean":0,"standardDeviation":1}}],
      "target":{"kind":"numbers","numbers":[{"name":"y","scaling":{"mean":0,"standardDeviation":1},
      "minimum":0,"maximum":1}]}}
      """
    #expect(throws: Never.self) { try JSONDecoder().decode(Preprocessing.self, from: Data(json.utf8)) }
    let changed = json.replacingOccurrences(of: original, with: replacement)
    #expect(changed != json)
    #expect(throws: InputError.self) {
      try JSONDecoder().decode(Preprocessing.self, from: Data(changed.utf8))
    }
  }

  @Test(arguments: [
    #"{"kind":"classes","column":"c","classes":["a"]}"#,
    #"{"kind":"classes","column":"c","classes":["a","a"]}"#,
    #"{"kind":"oneHot","columns":["p"]}"#, #"{"kind":"oneHot","columns":["p","p"]}"#,
    #"{"kind":"numbers","numbers":[]}"#,
  ])
  func nonsenseTargetsAreErrors(json: String) {
    #expect(throws: InputError.self) { try JSONDecoder().decode(TargetEncoding.self, from: Data(json.utf8)) }
  }

  @Test func errorsSayWhere() {
    let json =
      #"{"inputs":[{"kind":"numeric","name":"a","scaling":{"mean":0,"standardDeviation":0}}],"target":{}}"#
    expectInputError(column: "inputs[0].scaling", found: "standard deviation 0", expected: "above 0") {
      try JSONDecoder().decode(Preprocessing.self, from: Data(json.utf8))
    }
  }

  @Test(arguments: [
    #"{"rows":2,"columns":2,"values":[1]}"#, #"{"rows":-1,"columns":-1,"values":[1]}"#,
    #"{"rows":4611686018427387904,"columns":4,"values":[]}"#,
  ])
  func matricesHaveTheirShape(json: String) throws {
    #expect(throws: InputError.self) { try JSONDecoder().decode(Matrix.self, from: Data(json.utf8)) }
    let matrix = Matrix(rows: 2, columns: 1, values: [0.1, -0.0])
    #expect(try JSONDecoder().decode(Matrix.self, from: JSONEncoder().encode(matrix)) == matrix)
  }
}
