internal import CambiumCore
internal import Foundation

/// Where an experiment lies: its name, its folder, its spec file.
public struct ExperimentPlace: Sendable, Equatable {
  /// The folder that holds a project's experiments, relative to where commands are called.
  public static let commonFolder = "experiments"

  /// The experiment's name: that of its folder, or of a spec file that is not called `experiment.yaml`.
  public let name: String
  /// Its folder, to which the paths in its spec are relative.
  public let folder: String
  /// Its spec file.
  public let file: String

  /// Finds an experiment by its folder, its spec file, or its name in ``commonFolder``.
  ///
  /// - Throws: `InputError` of kind missing that names the near misses.
  public init(_ path: String) throws {
    let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    for candidate in [trimmed, "\(Self.commonFolder)/\(trimmed)"] {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder) else { continue }
      if !isFolder.boolValue {
        self.init(specFile: candidate)
        return
      }
      if FileManager.default.fileExists(atPath: "\(candidate)/experiment.yaml") {
        self.init(specFile: "\(candidate)/experiment.yaml")
        return
      }
    }
    let last = trimmed.split(separator: "/").last.map(String.init) ?? trimmed
    throw InputError(
      .missing, at: .init(file: path), found: "no such experiment",
      expected: NearMiss.expectation(
        "a folder with an experiment.yaml, or a spec file", for: last, among: Self.names()))
  }

  /// The names of the experiments in a folder, sorted.
  public static func names(in folder: String = commonFolder) -> [String] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return entries.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/experiment.yaml") }
      .sorted()
  }

  private init(specFile file: String) {
    let url = URL(fileURLWithPath: file)
    let stem = url.deletingPathExtension().lastPathComponent
    let slash = file.lastIndex(of: "/")
    self.file = file
    folder = slash.map { String(file[..<$0]) } ?? "."
    // A relative path such as `experiment.yaml` still tells the folder's name.
    name = stem == "experiment" ? url.deletingLastPathComponent().lastPathComponent : stem
  }
}
