internal import CambiumCore
internal import Foundation
internal import Synchronization

/// A program that runs beside this one, and talks with it line by line.
///
/// It is in a process group of its own, so that a Ctrl-C reaches this process alone. Its standard input ends with this
/// process, however that ends.
final class ChildProcess {
  private let process: pid_t
  private let input: Int32
  private let output: Int32
  private let errors: Int32
  private var received: [UInt8] = []
  private(set) var errorText = ""
  private var hasErrorsEnded = false
  private var hasEnded = false

  /// How a process ended.
  struct Ending: Equatable {
    enum Cause: Equatable {
      case exit(Int32)
      case signal(Int32)
    }
    var cause: Cause
    /// The most memory that it held at once.
    var megabytes: Int
  }

  /// One process is started at a time: another, started between the making of a pipe and its marking, would inherit the pipe
  /// and keep it open.
  private static let starting = Mutex(())

  /// Starts a program.
  ///
  /// - Throws: `InputError` where the system does not let it start.
  convenience init(_ words: [String]) throws {
    let started = try Self.starting.withLock { _ in try Self.start(words) }
    self.init(process: started.process, pipes: started.pipes)
  }

  private init(process: pid_t, pipes: [[Int32]]) {
    self.process = process
    input = pipes[0][1]
    output = pipes[1][0]
    errors = pipes[2][0]
  }

  private static func start(_ words: [String]) throws -> (process: pid_t, pipes: [[Int32]]) {
    var pipes: [[Int32]] = []
    for _ in 0..<3 {
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else { throw trouble(errno) }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      pipes.append(ends)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, pipes[0][0], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, pipes[1][1], STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, pipes[2][1], STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    let arguments = words.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var process: pid_t = 0
    // Traces tell addresses, which differ each time, and take longer than a crash should.
    let variables = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    let environment = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { environment.forEach { free($0) } }
    let status = posix_spawn(&process, words[0], &actions, &attributes, arguments, environment)
    for (index, pipe) in pipes.enumerated() { close(pipe[index == 0 ? 0 : 1]) }
    guard status == 0 else {
      for (index, pipe) in pipes.enumerated() { close(pipe[index == 0 ? 1 : 0]) }
      throw trouble(status)
    }
    return (process, pipes)
  }

  deinit {
    if !hasEnded { _ = end() }
    for descriptor in [input, output, errors] { close(descriptor) }
  }

  /// Sends a line; a process that has ended is found out by what it answers.
  func send(_ line: String) {
    let bytes = [UInt8]((line + "\n").utf8)
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      start += count
    }
  }

  /// What waiting for a line comes to.
  enum Answer {
    case line(String)
    /// The process said no more, and has ended.
    case end
    /// The time is over, or the wait was to end.
    case none
  }

  /// Waits for a line, until a time, and as long as it is wanted.
  func answer(until deadline: Double, isWanted: () -> Bool) -> Answer {
    while true {
      if let newline = received.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: received[..<newline], as: UTF8.self)
        received.removeSubrange(...newline)
        return .line(line)
      }
      let left = deadline - secondsNow()
      guard left > 0, isWanted() else { return .none }
      var polled = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        // A descriptor below 0 is passed over: at its end, standard error would be ready for ever.
        pollfd(fd: hasErrorsEnded ? -1 : errors, events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&polled, 2, Int32(min(0.1, left) * 1000) + 1)
      if polled[1].revents != 0 { hasErrorsEnded = !readErrors() }
      guard polled[0].revents != 0 else { continue }
      let bytes = Self.read(output)
      guard !bytes.isEmpty else {
        // What it said last tells why it ended.
        while readErrors() {}
        return .end
      }
      received += bytes
    }
  }

  /// Ends the process where it still runs, and says how it ended.
  func end() -> Ending {
    if !hasEnded { kill(process, SIGKILL) }
    return ending()
  }

  /// Waits for the process to end by itself.
  func ending() -> Ending {
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
    hasEnded = true
    let signal = status & 0x7F
    #if os(Linux)
      let megabytes = usage.ru_maxrss >> 10
    #else
      let megabytes = usage.ru_maxrss >> 20
    #endif
    return Ending(
      cause: signal == 0 ? .exit((status >> 8) & 0xFF) : .signal(signal), megabytes: Int(megabytes))
  }

  /// Keeps the beginning of what the process says on standard error; false at its end.
  @discardableResult private func readErrors() -> Bool {
    let bytes = Self.read(errors)
    errorText = String((errorText + String(decoding: bytes, as: UTF8.self)).prefix(4000))
    return !bytes.isEmpty
  }

  private static func read(_ descriptor: Int32) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      return Array(buffer.prefix(max(0, count)))
    }
  }

  private static func trouble(_ code: Int32) -> InputError {
    InputError(
      .unwritable, found: "a process that cannot be started (\(String(cString: strerror(code))))",
      expected: "room for one process for each job")
  }
}
