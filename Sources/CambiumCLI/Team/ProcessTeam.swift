import ArgumentParser
import CambiumCore
import CambiumExport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The processes of one call of `mpirun` or `srun`.
enum ProcessTeam {
  /// Joins the processes that a launcher started beside this one; nil where there are none.
  ///
  /// - Throws: `InputError` where there are others, and this program is built without MPI.
  static func start() throws -> (any Team)? {
    guard isLaunched else { return nil }
    #if MPI
      guard let team = MessagePassingTeam(onLoss: { Console().error("the other processes are gone: \($0)") })
      else { throw InputError(.missing, found: "no MPI that starts", expected: "one, as mpirun has it") }
      started = team
      return team.count > 1 ? team : nil
    #else
      guard let count = launchedCount, count > 1 else { return nil }
      throw InputError(
        .usage, found: "\(count) processes for one growth",
        expected: "one, or a cambium that is built with MPI: swift build -c release --traits MPI")
    #endif
  }

  /// What the processes told each other so far, as this one sees it, of so many seconds; nil where it is alone.
  static func account(of seconds: Double) -> String? {
    #if MPI
      return started.map { team in
        let megabytes = (Double(team.byteCount) / 1e5).rounded() / 10
        let share = (team.seconds / max(seconds, 1e-9) * 1000).rounded() / 10
        return "\(team.count) processes: \(megabytes) MB were exchanged in \(share) % of the time."
      }
    #else
      return nil
    #endif
  }

  /// Leaves the others where all go well, or all know what went wrong.
  static func finish() {
    #if MPI
      started?.finish()
      started = nil
    #endif
  }

  /// Ends the others where this process alone knows what went wrong.
  static func abort(status: ExitCode) {
    #if MPI
      started?.abort(status: status.rawValue)
    #endif
  }

  #if MPI
    private nonisolated(unsafe) static var started: MessagePassingTeam?
  #endif

  /// How many processes Open MPI, or a launcher that speaks PMI, says that it started.
  private static var launchedCount: Int? {
    for name in ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE"] {
      if let value = getenv(name).flatMap({ Int(String(cString: $0)) }) { return value }
    }
    return nil
  }

  private static var isLaunched: Bool { launchedCount != nil || getenv("PMIX_RANK") != nil }
}

/// What went wrong on some process of a team, as all of them know: one of them says so.
struct TeamError: Error {
  /// Which process it was; nil where none is to blame alone.
  let rank: Int?
  let kind: InputError.Kind
  let words: String
  /// Whether this process is to say so.
  let isToSay: Bool

  /// In words.
  var description: String { rank.map { "process \($0): \(words)" } ?? words }
}

extension Team {
  /// The value that each process found for itself, where all did; else what went wrong on the first that did not.
  func agreed<Value>(_ body: () throws -> Value) throws -> Value {
    let result = Result { try body() }
    var failure: InputError?
    if case .failure(let error) = result {
      guard let error = error as? InputError else { throw error }
      failure = error
    }
    let words = gathered(Array((failure?.description ?? "").utf8))
    guard let first = words.firstIndex(where: { !$0.isEmpty }) else { return try result.get() }
    let isEverywhere = words.allSatisfy { $0 == words[first] }
    let codes = gathered(
      failure.map { [UInt8(truncatingIfNeeded: ExitStatus.code(for: $0.kind).rawValue)] } ?? [0])
    let kinds: [InputError.Kind] = [.usage, .content, .missing, .unwritable]
    let kind = kinds.first { UInt8(truncatingIfNeeded: ExitStatus.code(for: $0).rawValue) == codes[first][0] }
    throw TeamError(
      rank: isEverywhere ? nil : first, kind: kind ?? .content,
      words: String(decoding: words[first], as: UTF8.self),
      isToSay: rank == 0)
  }

  /// Throws on all processes where they do not have the same of something.
  func requireSame(_ name: String, _ value: String) throws {
    let values = gathered(Array(value.utf8)).map { String(decoding: $0, as: UTF8.self) }
    guard let other = values.firstIndex(where: { $0 != values[0] }) else { return }
    throw TeamError(
      rank: nil, kind: .content,
      words: "process \(other) has another \(name) than process 0: \(values[other]) instead of \(values[0])",
      isToSay: rank == 0)
  }
}
