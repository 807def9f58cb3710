internal import CambiumStatistics
internal import Foundation
internal import Synchronization

/// How long runs will take, judged by the runs that have records: those of the same learner on the same data, else of the same
/// learner, else of the same data, else all.
public struct TimeEstimate: Sendable {
  private let means: [[Int?]: Double]

  /// The estimate from an experiment's records, and from records of other experiments' cells with the same names.
  public init(of experiment: Experiment, from contents: RecordStore.Contents) {
    let learners = Dictionary(
      zip(experiment.spec.learners.map(\.name), 0...), uniquingKeysWith: { first, _ in first })
    let data = Dictionary(zip(experiment.data.map(\.name), 0...), uniquingKeysWith: { first, _ in first })
    var seconds: [[Int?]: [Double]] = [:]
    for record in contents.records.values where record.result != nil {
      let learner = learners[record.learner]
      let set = data[record.data]
      let own = record.seconds + record.predictionSeconds
      seconds[[nil, nil], default: []].append(own)
      if let learner { seconds[[learner, nil], default: []].append(own) }
      if let set { seconds[[nil, set], default: []].append(own) }
      if let learner, let set { seconds[[learner, set], default: []].append(own) }
    }
    means = seconds.compactMapValues { Summary(of: $0)?.mean }
  }

  /// The seconds that a cell will take about; nil where there is no record to judge by.
  public func seconds(of cell: ExperimentCell) -> Double? {
    means[[cell.learner, cell.data]] ?? means[[cell.learner, nil]] ?? means[[nil, cell.data]]
      ?? means[[nil, nil]]
  }

  /// How many runs there are to make, and how long they will take about.
  public func summary(of cells: [ExperimentCell], jobs: Int) -> String {
    let known = cells.compactMap(seconds)
    let count = cells.count == 1 ? "1 run" : "\(cells.count) runs"
    guard known.count == cells.count, !cells.isEmpty else {
      return cells.isEmpty ? "Nothing is missing." : "\(count); no record tells how long they take."
    }
    let total = known.reduce(0, +) / Double(max(1, min(jobs, cells.count)))
    return "\(count), about \(Self.text(ofSeconds: total)) with \(jobs == 1 ? "1 job" : "\(jobs) jobs")."
  }

  /// Seconds, minutes or hours, whichever suits.
  public static func text(ofSeconds seconds: Double) -> String {
    switch seconds {
    case ..<90: "\(Int(max(1, seconds).rounded(.up))) s"
    case ..<5400: "\(Int((seconds / 60).rounded())) min"
    default: "\(NumberFormat.fixed(seconds / 3600, decimals: 1)) h"
    }
  }
}

/// How long a run of an experiment will still take, while it goes on.
public final class RemainingTime: Sendable {
  private struct State {
    var learnt: [[String]: (count: Int, seconds: Double)] = [:]
    var waiting: [[String]: (count: Int, expected: Double?)] = [:]
  }

  private let jobs: Int
  private let state = Mutex(State())

  /// The time that missing cells take with so many jobs.
  public init(estimate: TimeEstimate, of experiment: Experiment, missing: [ExperimentCell], jobs: Int) {
    self.jobs = max(1, jobs)
    state.withLock { state in
      for cell in missing {
        let key = [experiment.spec.learners[cell.learner].name, experiment.data[cell.data].name]
        state.waiting[key, default: (0, estimate.seconds(of: cell))].count += 1
      }
    }
  }

  /// The seconds left once a record is there; nil as long as nothing tells.
  public func seconds(after record: RunRecord) -> Double? {
    let key = [record.learner, record.data]
    return state.withLock { state in
      state.waiting[key]?.count -= 1
      var known = state.learnt[key] ?? (0, 0)
      known.count += 1
      known.seconds += record.seconds + record.predictionSeconds
      state.learnt[key] = known
      let all = state.learnt.values.reduce((count: 0, seconds: 0.0)) {
        ($0.count + $1.count, $0.seconds + $1.seconds)
      }
      let mean = all.seconds / Double(all.count)
      return state.waiting.reduce(0) { sum, waiting in
        let own = state.learnt[waiting.key].map { $0.seconds / Double($0.count) }
        return sum + Double(max(0, waiting.value.count)) * (own ?? waiting.value.expected ?? mean)
      } / Double(jobs)
    }
  }
}
