internal import CambiumCore
internal import Foundation

/// The replays of an experiment: the folder `replays` in its folder of results, a file for each by its cell's identity.
public struct ReplayStore: Sendable {
  /// The folder.
  public let folder: String

  /// The store in a folder of results.
  public init(folder: String) { self.folder = "\(folder)/replays" }

  /// The file of a cell.
  public func path(of identity: String) -> String { "\(folder)/\(identity).json" }

  /// Writes a replay whole or not at all.
  ///
  /// One that cannot be written is lost without a word: it is no reason to lose a run, and where the disk is full or the
  /// folder closed the run's record, which lies beside it, tells so.
  func save(_ replay: GrowthReplay, as identity: String) {
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try? Data(Self.text(of: replay).utf8).write(
      to: URL(fileURLWithPath: path(of: identity)), options: .atomic)
  }

  /// The replay of a cell; nil where there is none, or its file is not in order.
  public func replay(of identity: String) -> GrowthReplay? {
    guard let data = FileManager.default.contents(atPath: path(of: identity)),
      let replay = try? JSONDecoder().decode(GrowthReplay.self, from: data), replay.isSound
    else { return nil }
    return replay
  }

  /// A value as JSON, the same for equal values.
  static func text(of value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else {
      preconditionFailure("a replay's numbers are finite")
    }
    return String(decoding: data, as: UTF8.self)
  }
}

extension Experiment {
  /// Whether a cell's growth is kept for a replay: of each learner on each data set the first split with the first seed.
  func isReplayed(_ cell: ExperimentCell) -> Bool { cell.split == 0 && cell.seed == spec.seeds.first }
}
