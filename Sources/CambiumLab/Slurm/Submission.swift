internal import CambiumCore
internal import CambiumExport
internal import Foundation

/// Cells of an experiment that were handed to Slurm, and all that its tasks need to know: what is edited while they wait
/// changes nothing, or is found out.
///
/// Each has a folder of its own, `slurm/NUMBER` in the experiment's folder of results, with this value as `submission.json`, the
/// script, and the logs of its jobs. It is written once, before the first job is submitted.
public struct Submission: Codable, Sendable, Equatable {
  /// Its number, which names its folder.
  public var number: Int
  /// What the names of its jobs begin with; no other submission's do.
  public var jobName: String
  /// The experiment's name.
  var experiment: String
  /// The absolute path of the folder that the experiment's data files are relative to.
  var folder: String
  /// The experiment's spec, each of its keys written out.
  var spec: SpecTree
  /// A hash of each data set's content, by name.
  var data: [String: String]
  /// The commit that records tell.
  var commit: String?
  /// The program's absolute path.
  var program: String
  /// A hash of the program's content.
  var programFingerprint: String
  /// The identities of each task's cells.
  public var tasks: [[String]]
  /// How many tasks an array has; the last may have fewer.
  public var arrayLength: Int
  /// How many cells a task runs at once.
  var jobs: Int
  /// The megabytes of a cell; 0 for no limit but the experiment's.
  var megabytes: Int
  /// Whether the cells' earlier failures do not count.
  var retriesFailures: Bool
  /// Whether a task that was asked to stop queues itself again.
  public var requeues: Bool
  /// Whether the collector makes the report.
  public var makesReport: Bool

  /// How many arrays its tasks are.
  public var arrayCount: Int { (tasks.count + arrayLength - 1) / arrayLength }

  /// The name of an array's job.
  public func jobName(ofArray array: Int) -> String { "\(jobName)-\(array)" }

  /// The names of all its arrays' jobs.
  public var jobNames: [String] { (0..<arrayCount).map(jobName(ofArray:)) }

  /// What a task does; nil where it has ended, or was never submitted.
  public func activity(ofTask task: Int, in queue: SlurmQueue) -> SlurmQueue.Activity? {
    queue.activity(ofTask: task % arrayLength, in: jobName(ofArray: task / arrayLength))
  }
}

extension Submission {
  /// The folder of all submissions in a folder of results.
  static func common(in results: String) -> String { "\(results)/slurm" }

  /// The folder of a submission.
  static func folder(_ number: Int, in results: String) -> String { "\(common(in: results))/\(number)" }

  /// The numbers of the submissions in a folder of results, in order.
  static func numbers(in results: String) -> [Int] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: common(in: results))) ?? []
    return names.compactMap { Int($0) }.sorted()
  }

  /// All submissions in a folder of results, in order.
  ///
  /// - Throws: `InputError` where one cannot be read: its jobs may be at work.
  public static func all(in results: String) throws -> [Submission] {
    try numbers(in: results).compactMap { number in
      let folder = folder(number, in: results)
      // Whoever submits makes the folder first.
      guard FileManager.default.fileExists(atPath: path(in: folder)) else { return nil }
      return try read(from: folder)
    }
  }

  /// The submission in a folder.
  ///
  /// - Throws: `InputError` where it cannot be read, or its parts do not fit.
  public static func read(from folder: String) throws -> Submission {
    let path = path(in: folder)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw InputError(
        .missing, at: .init(file: path), found: "no readable file", expected: "the record of a submission")
    }
    guard let submission = try? JSONDecoder().decode(Submission.self, from: data), submission.isSound else {
      throw InputError(
        .content, at: .init(file: path), found: "something else",
        expected: "the record of a submission; where it was damaged, cancel its jobs and remove \(folder)")
    }
    return submission
  }

  /// Writes the submission, whole or not at all.
  ///
  /// - Throws: `InputError` of kind unwritable.
  func write(to folder: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("a submission can always be encoded")
    }
    try FileWriting.write([UInt8](data), to: Self.path(in: folder))
  }

  private static func path(in folder: String) -> String { "\(folder)/submission.json" }

  private var isSound: Bool {
    number >= 0 && arrayLength >= 1 && !tasks.isEmpty && (1...1024).contains(jobs) && megabytes >= 0
  }
}

extension Submission {
  /// The experiment as it was submitted.
  ///
  /// - Throws: `InputError` where a data set is another than it was.
  public func planned(learners: LearnerCatalogue = .standard) throws -> Experiment {
    let experiment = try Experiment(
      name: experiment, folder: folder, document: SpecDocument(of: spec), cellLimit: .max,
      learners: learners, data: DataCatalogue(folder: "\(folder)/../data"))
    for set in experiment.data where data[set.name] != set.fingerprint {
      throw InputError(
        .content, found: "other content of the data set \(set.name) than when its jobs were submitted",
        expected: "the same; to run with the new content, submit once more")
    }
    return megabytes > 0 ? experiment.limited(toMegabytes: megabytes) : experiment
  }

  /// Checks that a program is the one that submitted.
  ///
  /// - Throws: `InputError` where it is another, or cannot be read.
  public func check(program path: String) throws {
    let found = try Self.fingerprint(ofProgram: path)
    guard found == programFingerprint else {
      throw InputError(
        .content, at: .init(file: path), found: "another program than the one that submitted (\(found))",
        expected: "the same, \(programFingerprint); it was replaced while its jobs waited: submit once more")
    }
  }

  /// A hash of a program's content.
  ///
  /// Cost: 60 ms for a program of 45 MB.
  public static func fingerprint(ofProgram path: String) throws -> String {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) else {
      throw InputError(
        .missing, at: .init(file: path), found: "no readable file", expected: "the program that is running")
    }
    return data.withUnsafeBytes { Fingerprint.of(bytes: $0) }
  }
}
