import CambiumCore
import Testing

@testable import CambiumLab

/// Settings of grown networks as files hold them.
@Suite struct GrowthSettingsTests {
  private func settings(_ text: String) throws -> SpecTree {
    try LearnerCatalogue.standard.kind(named: "grown")
      .configured(by: SpecDocument(text: text, file: "s.yaml")).settings
  }

  @Test func receptiveFieldsAreReadAsTheyAreWritten() throws {
    let settings = try settings("fields:\n  kind: groups\n  groups: [[age, 2], ['3']]\n")
    #expect(
      settings[["fields", "groups"]] == .list([.list([.text("age"), .integer(2)]), .list([.text("3")])]))
    let grid = try self.settings("topology: mixed\nfields: {kind: nearest, shape: [8, 8], window: [3, 3]}\n")
    #expect(grid[["fields", "window"]] == .list([.integer(3), .integer(3)]))
  }

  @Test(arguments: [
    ("fields: {kind: nearest, shape: [8, 8], window: [3]}", "fields.window"),
    ("fields: {kind: nearest, shape: [8, 8], window: [9, 1]}", "fields.window"),
    ("fields: {kind: nearest, shape: [a]}", "fields.shape.0"),
    ("fields: {kind: near}", "fields.kind"),
    ("fields: {groups: [[1.5]]}", "fields.groups.0.0"),
    ("fields: {groups: [[a: 1]]}", "fields.groups.0.0"),
    ("fields: {kind: groups}", "fields.groups"),
    ("fields: {kind: random}", "fields.fanIn"),
    ("topology: ring", "topology"),
  ])
  func aWrongFieldIsToldWithItsKey(text: String, key: String) throws {
    let error = try #require(throws: InputError.self) { try settings(text) }
    #expect(error.location.column == key && error.location.line == 1, "\(error)")
  }
}
