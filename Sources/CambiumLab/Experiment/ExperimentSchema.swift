/// The JSON Schema of experiment files, `docs/experiment.schema.json`.
public struct ExperimentSchema: Sendable {
  /// The schema as a tree.
  public let tree: SpecTree

  /// The schema of experiments whose learners are those of a catalogue.
  public init(learners catalogue: LearnerCatalogue = .standard) {
    guard case .mapping(var properties)? = SpecSchema.mapping(of: ExperimentSpec())[["properties"]] else {
      preconditionFailure("the spec of experiments is a mapping")
    }
    properties["learners"] = SpecSchema.list(
      of: SpecSchema.either(SpecSchema.kind("string"), SpecSchema.reference("learner")))
    properties["data"] = SpecSchema.list(
      of: SpecSchema.either(
        SpecSchema.kind("string"), SpecSchema.mapping(of: DataChoice(name: ""))))
    let definitions = Dictionary(uniqueKeysWithValues: catalogue.kinds.map { ($0.name, $0.schema) })
      .merging(["learner": Self.learner(catalogue)]) { first, _ in first }
    let root = SpecSchema.object(properties, required: ["learners", "data"])
    tree = root.laying(
      .mapping([
        "$schema": .text("https://json-schema.org/draft/2020-12/schema"),
        "title": .text("Cambium experiment"), "$defs": .mapping(definitions),
      ]))
  }

  /// As indented JSON, its keys sorted.
  public var json: String { tree.indentedJSON + "\n" }

  /// A learner of an experiment; its settings are those of the kind that `learner` names, or else `name`.
  private static func learner(_ catalogue: LearnerCatalogue) -> SpecTree {
    let settings = SpecSchema.kind("object")
    let level = SpecSchema.object(
      ["name": SpecSchema.kind("string"), "settings": settings], required: ["name"])
    let scalar = SpecTree.mapping(["not": SpecSchema.kind("object")])
    let range = SpecSchema.object(
      [
        "from": SpecSchema.kind("number"), "to": SpecSchema.kind("number"),
        "scale": .mapping(["enum": .list(SearchScale.allCases.map { .text($0.rawValue) })]),
        "whole": SpecSchema.kind("boolean"),
      ], required: ["from", "to"])
    func keyed(_ value: SpecTree) -> SpecTree {
      .mapping(["type": .text("object"), "additionalProperties": value])
    }
    let search = SpecSchema.mapping(of: SearchSpec()).laying(
      .mapping([
        "properties": .mapping([
          "space": keyed(SpecSchema.either(SpecSchema.list(of: .mapping([:])), range)), "settings": settings,
        ])
      ]))
    let shape = SpecSchema.object([
      "name": SpecSchema.kind("string"), "learner": SpecSchema.kind("string"), "settings": settings,
      "data": SpecSchema.list(of: SpecSchema.kind("string")),
      "factors": keyed(SpecSchema.list(of: SpecSchema.either(level, scalar))),
      "combine": .mapping(["enum": .list(FactorDesign.allCases.map { .text($0.rawValue) })]),
      "search": search,
    ])
    let conditions = catalogue.kinds.map { kind -> SpecTree in
      let isNamed = SpecTree.mapping(["const": .text(kind.name)])
      func having(_ key: String) -> SpecTree {
        .mapping(["properties": .mapping([key: isNamed]), "required": .list([.text(key)])])
      }
      let byName = having("name").laying(
        .mapping(["not": .mapping(["required": .list([.text("learner")])])]))
      return .mapping([
        "if": SpecSchema.either(having("learner"), byName),
        "then": .mapping(["properties": .mapping(["settings": SpecSchema.reference(kind.name)])]),
      ])
    }
    return shape.laying(.mapping(["allOf": .list(conditions)]))
  }
}
