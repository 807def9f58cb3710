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

@Test func aLinkToNothingIsFollowed() throws {
  let folder = try Folder()
  try FileManager.default.createDirectory(atPath: folder.path("deep"), withIntermediateDirectories: true)
  try FileManager.default.createSymbolicLink(
    atPath: folder.path("deep/link"), withDestinationPath: "../real.json")
  try FileManager.default.createSymbolicLink(
    atPath: folder.path("astray"), withDestinationPath: "none/real.json")
  try FileWriting.write(Array("new".utf8), to: folder.path("deep/link"))
  #expect(try String(contentsOfFile: folder.path("real.json"), encoding: .utf8) == "new")
  #expect(throws: InputError.self) { try FileWriting.check(folder.path("astray")) }
}

@Test func permissionsAreKept() throws {
  let folder = try Folder()
  let path = folder.path("model.json")
  func permissions() throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }
  try FileWriting.write(Array("old".utf8), to: path)
  try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  try FileWriting.write(Array("new".utf8), to: path)
  #expect(try permissions() == 0o600)
  try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
  for write in [{ try FileWriting.check(path) }, { try FileWriting.write([], to: path) }] {
    #expect(throws: InputError.self) { try write() }
  }
  #expect(try permissions() == 0o444)
  #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
}

@Test func namesMayBeAsLongAsTheSystemLetsThem() throws {
  let folder = try Folder()
  let longest = folder.path(String(repeating: "m", count: 255))
  try FileWriting.write(Array("new".utf8), to: longest)
  #expect(try String(contentsOfFile: longest, encoding: .utf8) == "new")
  #expect(throws: InputError.self) { try FileWriting.check(longest + "m") }
}

@Test func whatIsReadIsNotReplaced() throws {
  let folder = try Folder()
  for name in ["data.csv", "other.csv"] { try FileWriting.write([1], to: folder.path(name)) }
  try FileManager.default.createSymbolicLink(
    atPath: folder.path("link.csv"), withDestinationPath: "data.csv")
  let read = [folder.path("other.csv"), folder.path("data.csv")]
  for name in ["data.csv", "link.csv", "../\(folder.url.lastPathComponent)/data.csv"] {
    let error = #expect(throws: InputError.self) { try FileWriting.check(folder.path(name), reading: read) }
    #expect(error?.kind == .usage)
  }
  try FileWriting.check(folder.path("new.csv"), reading: read)
}
