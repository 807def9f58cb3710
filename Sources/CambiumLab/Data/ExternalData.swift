internal import CambiumCore
internal import Foundation

/// The folder of data sets that may not be copied into a project, so that each user brings their own copy.
public struct ExternalData: Sendable, Equatable {
  /// The variable of the environment that names the folder.
  public static let variable = "CAMBIUM_DATA"

  /// The folder; nil where none is named.
  public let folder: String?

  /// The folder of a path.
  public init(folder: String?) { self.folder = folder }

  /// The folder that the environment names.
  public static var ofEnvironment: ExternalData {
    let value = ProcessInfo.processInfo.environment[variable] ?? ""
    return ExternalData(folder: value.isEmpty ? nil : value)
  }

  /// The path of a file in the folder.
  ///
  /// - Throws: `InputError` of kind missing that says what to put where.
  func path(of file: String) throws -> String {
    guard let folder else {
      throw InputError(
        .missing, found: "no folder of external data",
        expected: "\(Self.variable) in the environment: a folder that holds \(file)")
    }
    let path = "\(folder)/\(file)"
    guard FileManager.default.fileExists(atPath: path) else {
      throw InputError(
        .missing, at: .init(file: path), found: "no such file",
        expected: "the external data set \(file) in \(Self.variable), which is \(folder)")
    }
    return path
  }
}
