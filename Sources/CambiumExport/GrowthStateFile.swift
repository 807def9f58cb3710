public import Cambium
internal import CambiumCore

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A file beside a model file that holds where its growth ended, so that it can go on: `model.growth.json` beside
/// `model.json`. One JSON object with where it came from and the state; larger than the model, since it holds the networks
/// that were grown to choose by as well.
public enum GrowthStateFile {
  /// What the key `format` says.
  public static let format = "cambium-growth"
  /// The version that this code writes and reads.
  public static let version = 1
  private static let largestSize = 1 << 30

  private struct Document: Codable {
    let format: String
    let version: Int
    let provenance: Provenance
    let state: GrowthState
  }

  /// The path of the file that belongs to a model's.
  public static func path(besideModel path: String) -> String {
    (path.hasSuffix(".json") ? String(path.dropLast(5)) : path) + ".growth.json"
  }

  /// Writes where the growth of a model ended, whole or not at all.
  public static func write(_ state: GrowthState, of model: Model, besideModel path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // A held-out loss may be infinite.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    let document = Document(format: format, version: version, provenance: model.provenance, state: state)
    try FileWriting.write([UInt8](encoder.encode(document)), to: self.path(besideModel: path))
  }

  /// Reads where the growth of a model ended; nil where no such file is there, or where it is of other data, another seed
  /// or another version: only of the same is it sure that growth would have come by.
  ///
  /// - Throws: `InputError` where what is there is no such file.
  public static func read(for model: Model, besideModel path: String) throws -> GrowthState? {
    let path = self.path(besideModel: path)
    let bytes: [UInt8]
    do {
      bytes = try FileReading.bytes(of: path, atMost: largestSize)
    } catch let error as InputError where error.kind == .missing {
      return nil
    }
    let (its, state) = try decode(bytes, file: path)
    return its.isOfSameGrowth(as: model.provenance) ? state : nil
  }

  /// Where a growth ended, and whose it is, from the bytes of a file.
  package static func decode(_ bytes: [UInt8], file: String) throws -> (
    provenance: Provenance, state: GrowthState
  ) {
    let document = try JSONText.decode(Document.self, from: bytes, file: file, readsNamedNumbers: true)
    guard document.format == format, document.version == version else {
      throw InputError(
        .content, at: .init(file: file, column: "format"),
        found: "\"\(document.format)\" \(document.version)",
        expected: "\"\(format)\" \(version)")
    }
    return (document.provenance, document.state)
  }
}

extension Provenance {
  /// Whether both are of one growth, but for its budgets, by this version.
  func isOfSameGrowth(as other: Provenance) -> Bool {
    fingerprint == other.fingerprint && seed == other.seed && rows == other.rows
      && version == Release.version && other.version == Release.version
      && spec.withoutBudgets == other.spec.withoutBudgets
  }
}

extension JSONValue {
  /// A growth's spec without what bounds its size and time.
  fileprivate var withoutBudgets: JSONValue {
    guard case .object(var members) = self, case .object(var stopping)? = members["stopping"] else {
      return self
    }
    for key in GrowthStateFile.budgets { stopping[key] = nil }
    members["stopping"] = .object(stopping)
    return .object(members)
  }
}

extension GrowthStateFile {
  /// The keys of `stopping` in a growth's spec that may be other ones when growth goes on.
  public static let budgets = ["maximumUnits", "connections", "seconds"]
}
