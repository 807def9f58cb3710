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

  /// A folder with one experiment, `small`.
  convenience init(experiment: String) throws {
    try self.init()
    try FileManager.default.createDirectory(
      at: folder.appending(path: "experiments/small"), withIntermediateDirectories: true)
    try write("experiments/small/experiment.yaml", experiment)
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
///
/// It is started and waited for by the system's own calls: Foundation's `Process` now and then never hears of the end of a
/// process that started others.
final class RunningCommand {
  let processIdentifier: pid_t
  private let output: URL
  private let errors: URL
  private var status: Int32?

  init(_ arguments: [String], in folder: URL, environment: [String: String]) throws {
    let name = "printed-\(UUID().uuidString)"
    output = folder.appending(path: name + ".out")
    errors = folder.appending(path: name + ".err")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    for (descriptor, file) in [(STDOUT_FILENO, output), (STDERR_FILENO, errors)] {
      posix_spawn_file_actions_addopen(&actions, descriptor, file.path(), O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    }
    // `env -C` changes the folder and becomes the command.
    let words = ["/usr/bin/env", "-C", folder.path(), try Workplace.executable().path()] + arguments
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }.map {
      "\($0.key)=\($0.value)"
    }
    let pointers = [words, variables].map { $0.map { strdup($0) } + [nil] }
    defer { pointers.joined().forEach { free($0) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, words[0], &actions, nil, pointers[0], pointers[1])
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
    processIdentifier = process
  }

  /// What it has written to standard error so far.
  func errorsSoFar() -> String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }

  /// Whether it has not ended yet.
  var isRunning: Bool {
    if status == nil {
      var found: Int32 = 0
      if waitpid(processIdentifier, &found, WNOHANG) == processIdentifier { status = found }
    }
    return status == nil
  }

  /// Waits for the end; the status is the exit code, or the signal that ended it below 0.
  func finish() throws -> Outcome {
    while isRunning { Thread.sleep(forTimeInterval: 0.002) }
    let status = status ?? 0
    let signal = status & 0x7F
    return Outcome(
      status: signal == 0 ? (status >> 8) & 0xFF : -signal,
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }
}
