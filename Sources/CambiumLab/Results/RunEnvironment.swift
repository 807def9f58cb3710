internal import CambiumCore
internal import CambiumExport
internal import Foundation

/// With what and where a run was made; it decides no result, but tells where to look when results differ.
public struct RunEnvironment: Codable, Sendable, Equatable {
  /// The version of Cambium.
  public var version: String
  /// The commit of the repository that the experiment lies in, `-dirty` after it where files of the experiment's own folder had
  /// been changed since; nil where there is none. Changes elsewhere do not count: records themselves are such.
  public var commit: String?
  /// The name of the machine.
  public var host: String
  /// Its processor, as the system calls it, and its widest vector instructions, by which the last bit of a sum may differ.
  public var processor: String
  /// How many processors the system has.
  public var processorCount: Int
  /// The operating system and its architecture.
  public var system: String

  /// The environment of an experiment that is run from here.
  ///
  /// Cost: two calls of `git`.
  public init(experimentIn folder: String) { self.init(commit: Self.commit(of: folder)) }

  /// The environment of an experiment whose commit is known.
  init(commit: String?) {
    version = Release.version
    self.commit = commit
    let process = ProcessInfo.processInfo
    host = process.hostName
    processor = Self.processorName ?? "unknown"
    processorCount = process.processorCount
    system = "\(process.operatingSystemVersionString), \(Self.architecture)"
  }

  private static func commit(of folder: String) -> String? {
    guard let commit = git("rev-parse", "--short=12", "HEAD", in: folder) else { return nil }
    let isChanged = git("status", "--porcelain", "--untracked-files=no", "--", ".", in: folder) != nil
    return isChanged ? "\(commit)-dirty" : commit
  }

  /// The first line that git says; nil where it says nothing.
  private static func git(_ words: String..., in folder: String) -> String? {
    guard let git = try? ChildProcess(["/usr/bin/env", "git", "-C", folder] + words),
      case .line(let word) = git.answer(until: secondsNow() + 10, isWanted: { true })
    else { return nil }
    return word
  }

  /// As Linux tells it.
  private static var processorName: String? {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else { return nil }
    func entry(_ name: String) -> String? {
      text.split(separator: "\n").first { $0.hasPrefix(name) }?.split(separator: ":", maxSplits: 1).last.map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
    let flags = Set((entry("flags") ?? "").split(separator: " "))
    let widest = [("avx512f", "AVX-512"), ("avx2", "AVX2")].first { flags.contains($0.0[...]) }
    return entry("model name").map { name in widest.map { "\(name), \($0.1)" } ?? name }
  }

  private static var architecture: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "arm64"
    #else
      "another architecture"
    #endif
  }
}
