import CambiumCore
import FileMutation
import Foundation
import Testing

/// `make fuzz` goes on from here: a million files, and a search that is led by what code they reach.
@Suite struct MutatedFileTests {
  /// How many files are made of each seed.
  private static let count = 400

  @Test func everySeedIsReadAndUsed() throws {
    let probe = try FileProbe(seeds: FuzzSeeds.folder)
    let files = try FuzzSeeds.files()
    #expect(files.count == 29)
    for (name, bytes) in files { #expect(try probe.probe(bytes), "\(name)") }
  }

  /// Should one of them crash, it lies in the temporary folder, as `cambium-mutated.json`.
  @Test func noChangedFileDoesHarm() throws {
    let probe = try FileProbe(seeds: FuzzSeeds.folder)
    let files = try FuzzSeeds.files()
    let last = FileManager.default.temporaryDirectory.appending(path: "cambium-mutated.json")
    var readable = 0
    for (index, (name, bytes)) in files.enumerated() {
      for mutation in 0..<Self.count {
        let stream = RandomStream(seed: 1).child(name, mutation)
        let mutated = FileMutation(stream).mutated(
          bytes, mixing: files[(index + mutation) % files.count].bytes)
        try Data(mutated).write(to: last)
        if try probe.probe(mutated) { readable += 1 }
      }
    }
    try FileManager.default.removeItem(at: last)
    // Both outcomes are looked at.
    #expect((files.count * Self.count / 20..<files.count * Self.count / 2).contains(readable), "\(readable)")
  }
}
