import CambiumCore
import CambiumExport
import CambiumPrediction
import Foundation

/// The files that `scripts/fuzz-seeds` writes: a small model of each kind.
public enum FuzzSeeds {
  /// Where they lie.
  public static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "FuzzSeeds").path()

  /// Their names and contents, in alphabetical order.
  public static func files() throws -> [(name: String, bytes: [UInt8])] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }.sorted().map
    { name in
      (name, try FileReading.bytes(of: folder + "/" + name, atMost: 1 << 20))
    }
  }
}
