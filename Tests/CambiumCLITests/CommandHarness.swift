import Foundation
import Testing

/// What came of running a command.
struct Outcome {
  var status: Int32
  var output: String
  var errors: String

  /// The object that the command printed as JSON.
  func json() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
  }
}

/// A folder of its own for each test, in which the built `cambium` is run as users run it.
final class Workplace {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "cambium-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes a file and gives its name.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: folder.appending(path: name))
    return name
  }

  /// The bytes of a file; nil where there is none.
  func read(_ name: String) -> Data? { try? Data(contentsOf: folder.appending(path: name)) }

  /// What lies in the folder, but for what commands printed.
  func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path())
      .filter { !$0.hasPrefix("printed-") }.sorted()
  }

  /// Runs `cambium` to its end.
  func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

  /// Runs `cambium` to its end.
  func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
    try start(arguments, environment: environment).finish()
  }

  /// The built program: it lies beside the tests' own bundle.
  static func executable() throws -> URL {
    var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    for _ in 0..<5 {
      let program = folder.appending(path: "cambium")
      if FileManager.default.isExecutableFile(atPath: program.path()) { return program }
      folder = folder.deletingLastPathComponent()
    }
    throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: "cambium"])
  }

  /// Starts `cambium`.
  func start(_ arguments: [String], environment: [String: String] = [:]) throws -> RunningCommand {
    try RunningCommand(arguments, in: folder, environment: environment)
  }
}

/// A command that runs; what it prints goes to files, so that no pipe fills up.
final class RunningCommand {
  let process = Process()
  private let output: URL
  private let errors: URL

  init(_ arguments: [String], in folder: URL, environment: [String: String]) throws {
    let name = "printed-\(UUID().uuidString)"
    output = folder.appending(path: name + ".out")
    errors = folder.appending(path: name + ".err")
    for file in [output, errors] { try Data().write(to: file) }
    process.executableURL = try Workplace.executable()
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
  }

  /// What it has written to standard error so far.
  func errorsSoFar() -> String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }

  /// Waits for the end.
  func finish() throws -> Outcome {
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }
}
