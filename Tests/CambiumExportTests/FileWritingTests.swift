import CambiumCore
import Foundation
import Testing

@testable import CambiumExport

/// A folder that goes away with the test.
private final class Folder {
  let url = FileManager.default.temporaryDirectory.appending(path: "cambium-write-\(UUID().uuidString)")
  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: url) }
  func path(_ name: String) -> String { url.appending(path: name).path() }
}

@Test func aFileIsReplacedAsAWhole() throws {
  let folder = try Folder()
  let path = folder.path("model.json")
  try FileWriting.write(Array("first, and longer".utf8), to: path)
  try FileWriting.write(Array("second".utf8), to: path)
  #expect(try String(contentsOfFile: path, encoding: .utf8) == "second")
  #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()) == ["model.json"])
}

@Test func aLinkStaysALink() throws {
  let folder = try Folder()
  try FileWriting.write(Array("old".utf8), to: folder.path("real.json"))
  try FileManager.default.createSymbolicLink(
    atPath: folder.path("link.json"), withDestinationPath: folder.path("real.json"))
  try FileWriting.write(Array("new".utf8), to: folder.path("link.json"))
  #expect(try String(contentsOfFile: folder.path("real.json"), encoding: .utf8) == "new")
}

@Test func whatCannotBeWrittenIsSaidBeforeAndAtTheWriting() throws {
  let folder = try Folder()
  for path in [folder.path("none/model.json"), folder.url.path(), ""] {
    let before = #expect(throws: InputError.self, "\(path)") { try FileWriting.check(path) }
    let after = #expect(throws: InputError.self, "\(path)") { try FileWriting.write([1], to: path) }
    #expect(before?.kind == .unwritable && after?.kind == .unwritable)
  }
}
