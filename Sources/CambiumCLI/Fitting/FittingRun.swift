import Cambium
import CambiumCore
import CambiumExport
import CambiumLab
import Foundation

/// `grow` and `fit`: from the words of the call to the saved model.
struct FittingRun {
  /// The learner's name; a committee of it is made where the options ask for one.
  let learner: String
  let options: FitOptions
  /// The model whose growth goes on; nil where a new one is fitted.
  let continuation: Continuation?
  /// Whether what growth needs to go on later is kept beside the model in any case.
  let keepsGrowth: Bool
  /// Whether each round is kept when it has ended; nil where it is not.
  let checkpoint: CheckpointUse?
  /// The processes that grow the network together; nil where this one is alone.
  let team: (any Team)?

  init(
    learner: String, options: FitOptions, continuing model: String? = nil, keepsGrowth: Bool = false,
    checkpoint: CheckpointUse? = nil, team: (any Team)? = nil
  ) throws {
    self.team = team
    continuation = try model.map(Continuation.init)
    self.learner = learner
    self.options = try continuation?.completed(options) ?? options
    self.keepsGrowth = keepsGrowth
    self.checkpoint = checkpoint
    guard options.out?.hasSuffix(".json") != true else { return }
    guard let option = keepsGrowth ? "--keep-growth" : checkpoint?.option else { return }
    throw InputError(.usage, found: option, expected: "--out MODEL.json, to keep it beside")
  }

  /// Does it all. Nothing is written before everything has gone well.
  func run() throws {
    let console = Console(isQuiet: options.quiet || !isLeader)
    if let out = options.out, isLeader {
      try FileWriting.check(out, reading: [options.data] + (options.spec.map { [$0] } ?? []))
    }
    let workers = WorkerPool(threads: options.threadCount, team: team)
    let (configured, data) = try onEachProcess {
      let configured = try configuredLearner()
      let data = try FittingData(options, workers: workers)
      try continuation?.check(data, in: options.data)
      return (configured, data)
    }
    try checkProcesses(configured, data)
    for note in data.notes + [continuation?.note].compactMap({ $0 }) { console.note(note) }

    let fitted = try fit(configured, to: data, workers: workers, console: console)
    guard isLeader else { return }
    if let account = ProcessTeam.account(of: fitted.seconds) { console.note(account) }
    if let out = options.out {
      try ModelFile.write(fitted.model, to: out)
      try keepGrowth(of: fitted, besideModel: out, console)
      if !fitted.wasInterrupted { fitted.checkpoint?.remove() }
    }
    let summary = fitted.summary(options: options, notes: data.notes)
    if options.json {
      console.note("Ended by \(summary.stopReason.words).")
      try JSONOutput.write(summary)
    } else {
      if !options.quiet { console.write(SummaryText.lines(of: summary)) }
    }
    if fitted.wasInterrupted { throw ExitStatus.interrupted }
  }

  /// Whether this process speaks and writes for all.
  private var isLeader: Bool { team?.rank ?? 0 == 0 }

  private func onEachProcess<Value>(_ body: () throws -> Value) throws -> Value {
    try team?.agreed(body) ?? body()
  }

  /// Throws where the processes would not grow the same network.
  private func checkProcesses(_ configured: ConfiguredLearner, _ data: FittingData) throws {
    guard let team else { return }
    let program = try team.agreed { try Submission.fingerprint(ofProgram: thisProgram()) }
    try team.requireSame("program", "\(Release.version), \(program)")
    try team.requireSame("data", data.fingerprint)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let settings = try encoder.encode(JSONValue(encoding: configured.settings))
    try team.requireSame("spec", String(decoding: settings, as: UTF8.self))
    // Targets, ignored columns and the split show in how the data are encoded, and in the rows of each part.
    let sizes = [data.train, data.validation, data.test].map { $0?.sampleCount ?? 0 }
    try team.requireSame("encoding of the data", fingerprint(try encoder.encode(data.preprocessing)))
    try team.requireSame(
      "split of the rows", fingerprint(try encoder.encode([sizes, data.rowNumbers ?? []])))
    try team.requireSame("growth to go on from", fingerprint(try encoder.encode(continuation?.state)))
    try team.requireSame("seed", "\(options.seed)")
    try team.requireSame("number of threads", "\(options.threadCount)")
  }

  private func fingerprint(_ data: Data) -> String { data.withUnsafeBytes { Fingerprint.of(bytes: $0) } }

  /// Keeps where growth ended, where it was asked for or there is more to grow.
  private func keepGrowth(of fitted: FittedModel, besideModel path: String, _ console: Console) throws {
    guard let state = fitted.fit.state as? GrowthState, fitted.model.predictor is Network,
      path.hasSuffix(".json"),  // beside a terminal or a pipe nothing can lie
      keepsGrowth || fitted.fit.report.stopReason.leavesMoreToGrow
    else { return }
    try GrowthStateFile.write(state, of: fitted.model, besideModel: path)
    console.note(
      "\(GrowthStateFile.path(besideModel: path)) holds what grow --continue \(path) goes on from.")
  }

  private func configuredLearner() throws -> ConfiguredLearner {
    var kind = try LearnerCatalogue.standard.kind(named: learner)
    if let continuation {
      return try kind.configured(by: continuation.document(setting: options.assignments))
    }
    var assignments = options.assignments
    if let committee = options.committeeAssignments {
      kind = kind.committee ?? kind  // a committee's learner is named as such already
      assignments += committee
    }
    if let fraction = options.validation {
      guard let key = kind.validationKey else {
        throw InputError(
          .usage, found: "--validation", expected: "no such option: \(learner) holds out no rows")
      }
      assignments.append("\(key)=\(fraction)")
    }
    return try kind.configured(by: SpecDocument(reading: options.spec, setting: assignments))
  }

  private func fit(
    _ configured: ConfiguredLearner, to data: FittingData, workers: WorkerPool, console: Console
  ) throws -> FittedModel {
    Interruption.listen()
    let display = ProgressDisplay(console: console)
    let settings = try JSONValue(encoding: configured.settings)
    var provenance = Provenance(
      data: data.name, fingerprint: data.fingerprint, rows: data.train.sampleCount, seed: options.seed,
      spec: settings, tolerance: CoverageTolerance.of(settings))
    let kept = try onEachProcess { isLeader ? try openedCheckpoint(of: provenance, data) : nil }
    let learner = try learner(configured, keptIn: kept)
    let start = secondsNow()
    let context = FitContext(
      random: RandomStream(seed: options.seed), workers: workers,
      observer: FileWatch(observer: display, file: data.tileFile), memory: options.memory?.left)
    let fit = try learner.fit(data.train, validation: data.validation, in: context)
    let seconds = secondsNow() - start
    display.finish()
    try onEachProcess { if let trouble = data.tileFile?.trouble { throw trouble } }
    if let trouble = kept?.firstTrouble { console.error("\(trouble); growth went on without") }
    if let tolerance = fit.report.tolerance { provenance.tolerance = tolerance }
    provenance.stopReason = fit.report.stopReason
    let model = Model(
      learner: configured.modelKind, provenance: provenance, preprocessing: data.preprocessing,
      predictor: fit.predictor)
    return FittedModel(
      model: model, fit: fit, data: data, seconds: seconds, workers: workers, checkpoint: kept)
  }

  private func openedCheckpoint(of provenance: Provenance, _ data: FittingData) throws -> GrowthCheckpoint? {
    guard let checkpoint, let out = options.out else { return nil }
    let origin = GrowthCheckpoint.Origin(
      provenance: provenance, preprocessing: data.preprocessing, heldOut: data.validation?.sampleCount ?? 0)
    return try GrowthCheckpoint(
      GrowthCheckpoint.path(besideModel: out), of: origin, resuming: checkpoint == .resumed)
  }

  /// The learner as it was configured; a growth that was begun before goes on, and tells of its steps.
  private func learner(_ configured: ConfiguredLearner, keptIn checkpoint: GrowthCheckpoint?) throws
    -> any Learner
  {
    guard let grower = configured.learner as? Grower else {
      guard let option = self.checkpoint?.option else { return configured.learner }
      throw InputError(.usage, found: "\(option) with a committee", expected: "a single grown network")
    }
    var steps = checkpoint?.steps ?? []
    if let team {
      steps = try JSONDecoder().decode(
        [GrowthStep].self, from: Data(team.broadcast(Array(JSONEncoder().encode(steps)), from: 0)))
    }
    let state = GrowthState(steps, from: continuation?.state)
    return try Grower(spec: grower.spec, continuing: state, onStep: checkpoint.map { $0.keep })
  }
}

/// Ends a fit whose data cannot be read any more: what it would learn from then is worth nothing.
private struct FileWatch: FitObserver {
  let observer: any FitObserver
  let file: TileFile?

  func observe(_ event: FitEvent) { observer.observe(event) }
  var isInterrupted: Bool { observer.isInterrupted || file?.trouble != nil }
  var wantsWeightPaths: Bool { observer.wantsWeightPaths }
}

/// Whether a growth is kept from its beginning, or from where it was kept before.
enum CheckpointUse {
  case new, resumed

  /// The option that asks for it.
  var option: String { self == .new ? "--checkpoint" : "--resume" }
}

/// Within how many standard deviations of its target an output counts as right.
enum CoverageTolerance {
  /// What the learner's spec says, or 0.1, as grown networks have it, where it says nothing.
  static func of(_ settings: JSONValue) -> Double {
    guard case .object(let members) = settings, case .object(let selection)? = members["selection"] else {
      return 0.1
    }
    switch selection["tolerance"] {
    case .number(let tolerance): return tolerance
    case .integer(let tolerance): return Double(tolerance)
    default: return 0.1
    }
  }
}
