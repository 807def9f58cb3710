import Cambium
import CambiumCore
import Foundation
import Testing

@testable import CambiumExport

/// The published schema of model files, and as much of JSON Schema as it uses.
private struct ModelSchema {
  let root: [String: Any]

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../docs/model.schema.json")
    root = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
  }

  func troubles(in value: Any) -> [String] { troubles(value, by: root, at: "$") }

  private func troubles(_ value: Any, by schema: [String: Any], at path: String) -> [String] {
    var found: [String] = []
    if let reference = schema["$ref"] as? String {
      found += troubles(value, by: definition(reference), at: path)
    }
    if let constant = schema["const"], !isEqual(value, constant) { found.append("\(path): not \(constant)") }
    if let choices = schema["enum"] as? [Any], !choices.contains(where: { isEqual(value, $0) }) {
      found.append("\(path): not one of \(choices)")
    }
    if let type = schema["type"], !types(of: type).contains(where: { isOf($0, value) }) {
      found.append("\(path): not of type \(type)")
    }
    found += numberTroubles(value, schema, path)
    if let list = value as? [Any] { found += listTroubles(list, schema, path) }
    if let object = value as? [String: Any] { found += objectTroubles(object, schema, path) }
    for part in schema["allOf"] as? [[String: Any]] ?? [] { found += troubles(value, by: part, at: path) }
    if let choices = schema["oneOf"] as? [[String: Any]] {
      let fitting = choices.count { troubles(value, by: $0, at: path).isEmpty }
      if fitting != 1 { found.append("\(path): fits \(fitting) of \(choices.count) forms") }
    }
    if let condition = schema["if"] as? [String: Any], let then = schema["then"] as? [String: Any],
      troubles(value, by: condition, at: path).isEmpty
    {
      found += troubles(value, by: then, at: path)
    }
    return found
  }

  private func numberTroubles(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    guard isOf("number", value), let number = value as? NSNumber else { return [] }
    let isLow = (schema["minimum"] as? Double).map { number.doubleValue < $0 } ?? false
    let isAtBound = (schema["exclusiveMinimum"] as? Double).map { number.doubleValue <= $0 } ?? false
    return isLow || isAtBound ? ["\(path): too small"] : []
  }

  private func listTroubles(_ list: [Any], _ schema: [String: Any], _ path: String) -> [String] {
    var found: [String] = []
    if let least = schema["minItems"] as? Int, list.count < least { found.append("\(path): too short") }
    if let most = schema["maxItems"] as? Int, list.count > most { found.append("\(path): too long") }
    guard let items = schema["items"] as? [String: Any] else { return found }
    return found + list.enumerated().flatMap { troubles($1, by: items, at: "\(path)[\($0)]") }
  }

  private func objectTroubles(_ object: [String: Any], _ schema: [String: Any], _ path: String) -> [String] {
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    var found = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }
      .map { "\(path): no \($0)" }
    for (key, value) in object {
      if let property = properties[key] {
        found += troubles(value, by: property, at: "\(path).\(key)")
      } else if schema["additionalProperties"] as? Bool == false {
        found.append("\(path): unknown \(key)")
      }
    }
    return found
  }

  private func definition(_ reference: String) -> [String: Any] {
    let name = reference.split(separator: "/").last.map(String.init) ?? ""
    return (root["$defs"] as? [String: [String: Any]])?[name] ?? ["enum": [Any]()]
  }

  private func types(of type: Any) -> [String] { type as? [String] ?? [type as? String ?? ""] }

  private func isOf(_ type: String, _ value: Any) -> Bool {
    switch type {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "null": value is NSNull
    case "integer": (value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } ?? false
    case "number": value is NSNumber
    default: false
    }
  }

  private func isEqual(_ a: Any, _ b: Any) -> Bool { (a as? NSObject) == (b as? NSObject) }
}

@Suite struct ModelSchemaTests {
  private static func document(_ model: Model) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(ModelFile.encode(model)))
    return try #require(object as? [String: Any])
  }

  @Test func writtenModelsFitTheSchema() throws {
    let schema = try ModelSchema()
    for model in [
      try SampleModel.make(), try ExportSamples.everything(), try ExportSamples.classes(2),
      try ExportSamples.classes(4), try ExportSamples.committee(), try ExportSamples.logarithms(),
    ] {
      #expect(schema.troubles(in: try Self.document(model)) == [])
    }
  }

  @Test(arguments: [
    ("\"version\":1}", "\"version\":3}"), ("\"kind\":\"numeric\"", "\"kind\":\"numbers\""),
    ("\"activation\":\"tanh\"", "\"activation\":\"step\""), ("\"rows\":4", "\"rows\":0"),
    ("\"inputCount\":2", "\"inputCount\":-1"), ("\"source\":3", "\"source\":0.5"),
    ("\"offset\":0.05,", ""), ("\"learner\":\"grown\"", "\"learner\":\"grown\",\"note\":1"),
  ])
  func othersDoNot(_ was: String, _ becomes: String) throws {
    let text = try SampleModel.text()
    try #require(text.contains(was), "\(text)")
    let changed = Data(text.replacing(was, with: becomes).utf8)
    let object = try JSONSerialization.jsonObject(with: changed)
    #expect(try !ModelSchema().troubles(in: object).isEmpty)
  }

  @Test func theSchemaKnowsEveryActivation() throws {
    let root = try ModelSchema().root
    let definitions = try #require(root["$defs"] as? [String: [String: Any]])
    let properties = try #require(definitions["unit"]?["properties"] as? [String: [String: Any]])
    let names = try #require(properties["activation"]?["enum"] as? [String])
    #expect(Set(names) == Set(Activation.allCases.map(\.rawValue)))
  }
}
