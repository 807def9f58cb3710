public import Cambium
public import CambiumPrediction
internal import CambiumCore
internal import Synchronization

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A file that a growth is kept in while it goes on: `model.checkpoint.jsonl` beside `model.json`. One line of JSON says
/// where the growth comes from, and each further one is a step of it.
///
/// A step is appended when its round has ended, and is on disk before growth goes on. A line that was not written to its end
/// is as if it were not there, so whatever ends the program, no more than the rounds that it was in are lost.
public final class GrowthCheckpoint: Sendable {
  /// What the key `format` of the first line says.
  public static let format = "cambium-checkpoint"
  /// The version that this code writes and reads.
  public static let version = 1
  private static let largestSize = 1 << 32

  /// What growth a checkpoint is of.
  public struct Origin: Codable, Sendable {
    let format: String
    let version: Int
    let provenance: Provenance
    let preprocessing: Preprocessing
    /// The samples that the caller holds out; 0 where growth itself does.
    let heldOut: Int

    /// The origin of a growth of data with this provenance.
    public init(provenance: Provenance, preprocessing: Preprocessing, heldOut: Int) {
      (format, version) = (GrowthCheckpoint.format, GrowthCheckpoint.version)
      (self.provenance, self.preprocessing, self.heldOut) = (provenance, preprocessing, heldOut)
    }

    /// Whether growth from here would come by what growth from there came by, but for its budgets.
    func isSame(as other: Origin) -> Bool {
      provenance.isOfSameGrowth(as: other.provenance) && preprocessing == other.preprocessing
        && heldOut == other.heldOut
    }
  }

  /// The file.
  public let path: String
  /// The steps that were in the file when it was opened.
  public let steps: [GrowthStep]
  private let descriptor: Int32
  private let trouble = Mutex<InputError?>(nil)

  /// The path of the file that belongs to a model's.
  public static func path(besideModel path: String) -> String {
    (path.hasSuffix(".json") ? String(path.dropLast(5)) : path) + ".checkpoint.jsonl"
  }

  /// Opens the checkpoint of a growth: a new one; or, where growth resumes and there is one, that, to be appended to.
  ///
  /// - Throws: `InputError` where the file cannot be written, or is to be resumed and is no checkpoint or that of another
  ///   growth.
  public init(_ path: String, of origin: Origin, resuming: Bool) throws {
    self.path = path
    let found = resuming ? try Self.read(path, of: origin) : nil
    steps = found?.steps ?? []
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (found == nil ? O_TRUNC : 0), 0o666)
    guard descriptor >= 0 else { throw Self.unwritable(path) }
    // What was not written to its end goes.
    guard ftruncate(descriptor, off_t(found?.length ?? 0)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
      throw Self.unwritable(path)
    }
    if found == nil { try append(origin) }
  }

  deinit { close(descriptor) }

  /// Keeps a step. Where that fails growth may go on, and ``firstTrouble`` says why; nothing is written any more then.
  public func keep(_ step: GrowthStep) {
    do { try append(step) } catch let error as InputError { note(error) } catch {
      note(Self.unwritable(path))
    }
  }

  /// Why a step could not be kept, the first time that happened; nil where all were.
  public var firstTrouble: InputError? { trouble.withLock { $0 } }

  /// Removes the file: the growth has ended, and its model is kept.
  public func remove() { unlink(path) }

  private func note(_ error: InputError) { trouble.withLock { $0 = $0 ?? error } }

  private func append(_ line: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    let bytes = try [UInt8](encoder.encode(line)) + [0x0A]
    try trouble.withLock { trouble in
      guard trouble == nil else { return }
      guard FileWriting.writeAll(bytes, to: descriptor), fsync(descriptor) == 0 else {
        throw Self.unwritable(path)
      }
    }
  }

  /// The steps in a file and the bytes of all whole lines; nil where there is none, or not even its first line.
  private static func read(_ path: String, of origin: Origin) throws -> (steps: [GrowthStep], length: Int)? {
    let bytes: [UInt8]
    do {
      bytes = try FileReading.bytes(of: path, atMost: largestSize)
    } catch let error as InputError where error.kind == .missing && access(path, F_OK) != 0 {
      return nil
    }
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    lines.removeLast()
    guard let first = lines.first else { return nil }
    let its: Origin = try decode(first, file: path)
    guard its.format == format, its.version == version else {
      throw InputError(
        .content, at: .init(file: path, column: "format"), found: "\"\(its.format)\" \(its.version)",
        expected: "\"\(format)\" \(version)")
    }
    guard its.isSame(as: origin) else {
      throw InputError(
        .content, at: .init(file: path), found: "the checkpoint of another growth",
        expected: "one of the same data, settings but for budgets, seed and version")
    }
    let steps: [GrowthStep] = try lines.dropFirst().map { try decode($0, file: path) }
    return (steps, lines.reduce(0) { $0 + $1.count + 1 })
  }

  private static func decode<Line: Decodable>(_ line: ArraySlice<UInt8>, file: String) throws -> Line {
    try JSONText.decode(Line.self, from: Array(line), file: file, readsNamedNumbers: true)
  }

  private static func unwritable(_ path: String) -> InputError {
    InputError(
      .unwritable, at: .init(file: path), found: String(cString: strerror(errno)).lowercased(),
      expected: "a file that can be written")
  }
}
