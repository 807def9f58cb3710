import CambiumCore
import FileMutation
import Foundation
import Testing

/// Files of models that were changed at random. `make fuzz` reads a million of them.
@Suite struct MutatedFileTests {
  private static let names = ((try? FuzzSeeds.files()) ?? []).map(\.name)
  /// How many files are made of each seed.
  private static let count = {
    let asked = ProcessInfo.processInfo.environment["CAMBIUM_MUTATIONS"].flatMap { Int($0) }
    return (asked ?? 12_000) / max(1, names.count)
  }()

  @Test func everySeedIsReadAndUsed() throws {
    let probe = try FileProbe(seeds: FuzzSeeds.folder)
    let files = try FuzzSeeds.files()
    #expect(files.count == 30)
    for (name, bytes) in files { #expect(try probe.probe(bytes), "\(name)") }
  }

  /// Should one of them crash, it lies in the temporary folder, as `cambium-mutated-NAME`.
  @Test(arguments: names) func noChangedFileDoesHarm(_ name: String) throws {
    let probe = try FileProbe(seeds: FuzzSeeds.folder)
    let files = try FuzzSeeds.files()
    let seed = try #require(files.first { $0.name == name }).bytes
    let last = FileManager.default.temporaryDirectory.appending(path: "cambium-mutated-\(name)")
    var readable = 0
    for mutation in 0..<Self.count {
      let stream = RandomStream(seed: 1).child(name, mutation)
      let mutated = FileMutation(stream).mutated(seed, mixing: files[mutation % files.count].bytes)
      try Data(mutated).write(to: last)
      if try probe.probe(mutated) { readable += 1 }
    }
    try FileManager.default.removeItem(at: last)
    // Both outcomes are looked at.
    #expect((Self.count / 50..<Self.count * 4 / 5).contains(readable), "\(readable) of \(Self.count)")
  }
}
