internal import Foundation

/// Who appends to a shard of records; nobody else does.
enum ShardOwner: Equatable, Sendable {
  /// A process of a machine.
  case process(host: String, identifier: Int32)
  /// A task of a submission, both by number, in all of its starts.
  case task(submission: Int, number: Int)

  /// This process.
  static var thisProcess: ShardOwner {
    .process(host: host, identifier: ProcessInfo.processInfo.processIdentifier)
  }

  /// The machine's name, without the dots that part a shard's name.
  private static let host = ProcessInfo.processInfo.hostName.filter {
    $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")
  }

  /// The owner as a part of a file's name.
  var name: String {
    switch self {
    case .process(let host, let identifier): "\(host).\(identifier)"
    case .task(let submission, let number): "task-\(submission)-\(number)"
    }
  }

  /// The owner that has this name; nil where none can have it.
  init?(name: some StringProtocol) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 2, let identifier = Int32(parts[1]) {
      self = .process(host: String(parts[0]), identifier: identifier)
      return
    }
    let words = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 1, words.count == 3, words[0] == "task", let submission = Int(words[1]),
      let number = Int(words[2])
    else { return nil }
    self = .task(submission: submission, number: number)
  }

  /// Whether it is a process of this machine that has ended. What tasks do, only their cluster knows.
  var isEndedProcess: Bool {
    guard case .process(Self.host, let process) = self else { return false }
    return kill(process, 0) != 0 && errno == ESRCH
  }
}
