internal import CambiumCore

/// What growing a network will take: seconds, memory, and what processes tell each other. A model, not a promise: the work is
/// counted (``GrowthShape``, the spec), and each kind of it multiplied by what it took on the machine that was measured.
///
/// Regression, grown to its largest size on the targets as they are; networks that end early take less. Where logarithms of
/// the targets do so well at first that they are tried on all hold-outs (``TargetScale``), choosing takes twice as long.
public struct GrowthPlan: Sendable {
  /// A part of a growth.
  public struct Part: Sendable, Codable {
    /// What it is: a phrase.
    public let name: String
    /// The seconds that it takes.
    public let seconds: Double
  }

  /// What lies between processes.
  public struct Interconnect: Sendable {
    /// Seconds that a message takes beside its bytes.
    public var latency: Double
    /// Bytes a second.
    public var bandwidth: Double

    /// Makes one; by default that of processes on one machine.
    public init(latency: Double = 2e-6, bandwidth: Double = 4e9) {
      (self.latency, self.bandwidth) = (latency, bandwidth)
    }
  }

  /// The parts, in the order in which they come.
  public let parts: [Part]
  /// The seconds of growing alone by kind of work, the most first; what processes tell each other among it.
  public let kinds: [Part]
  /// Bytes of memory that each process takes for it.
  public let memory: Double
  /// Bytes that each process sends and receives.
  public let exchanged: Double
  /// The seconds that this takes.
  public let exchangeSeconds: Double

  /// Seconds of growing, as `cambium grow` tells them: without reading the data and finding their encoding.
  public var growthSeconds: Double { parts.dropFirst().reduce(0) { $0 + $1.seconds } }
  /// All seconds, but those of reading a file.
  public var seconds: Double { parts.reduce(0) { $0 + $1.seconds } }

  /// The plan of a growth by so many processes, each with the threads of the costs.
  public init(
    of spec: GrowthSpec, shape: GrowthShape, costs: GrowthCosts, processes: Int = 1,
    interconnect: Interconnect = Interconnect()
  ) {
    let holdOuts =
      spec.stopping.validationFraction > 0 && spec.stopping.rule == .heldOut
      ? (spec.stopping.folds > 1 ? spec.stopping.folds : spec.stopping.holdOutCount(samples: shape.rows)) : 0
    let units = spec.stopping.largestSize(samples: shape.rows)
    let isTeam = processes > 1
    func loop(_ shape: GrowthShape, _ topology: Topology) -> PlannedLoop {
      PlannedLoop(
        spec: spec, shape: shape, isEncoded: shape.isEncoded, keepsUnits: true, topology: topology,
        units: units, isHeldOut: holdOuts > 0, keptShares: costs.keptShares)
    }
    var trial = shape
    trial.rows = Int(
      Double(min(shape.rows, spec.stopping.sampleLimit)) * (1 - spec.stopping.validationFraction))
    let trials =
      holdOuts == 0
      ? []
      : spec.topology.alternatives.flatMap { topology in
        [PlannedLoop](repeating: loop(trial, topology), count: holdOuts)
      }
    var learned = shape
    learned.rows = spec.distillation.rows(samples: shape.rows, holdOuts: holdOuts, task: .regression)
    let isByCriterion = spec.stopping.rule == .bic
    let last =
      (holdOuts > 0 || isByCriterion
      ? spec.topology.alternatives : [spec.topology == .automatic ? .cascade : spec.topology])
      .map { loop(learned, $0) }
    func seconds(_ loop: PlannedLoop, isOnOne: Bool) -> [GrowthWork.Kind: Double] {
      costs.seconds(of: loop.whole, isOnOne: isOnOne)
        .reduce(into: [:]) { $0[$1.key] = $1.value / ($1.key.isShared ? Double(processes) : 1) }
    }
    var kinds: [GrowthWork.Kind: Double] = [:]
    var exchange = Exchange(processes: processes)
    func total(_ loops: [PlannedLoop], isOnOne: Bool, share: Double) -> Double {
      loops.reduce(0) { sum, loop in
        let found = seconds(loop, isOnOne: isOnOne)
        for (kind, value) in found { kinds[kind, default: 0] += value * share }
        return sum + found.values.reduce(0, +) * share
      }
    }
    // One network to choose by on each thread; the processes of a team share the sums of one after another.
    let isParallel = !isTeam && trials.count > 1 && costs.threads > 1
    let waves = Double((trials.count + costs.threads - 1) / costs.threads)
    let share = isParallel ? waves / Double(max(trials.count, 1)) : 1
    let choosing = total(trials, isOnOne: isParallel, share: share)
    let dearest = last.max {
      seconds($0, isOnOne: false).values.reduce(0, +) < seconds($1, isOnOne: false).values.reduce(0, +)
    }
    // The information criterion wants every topology; else which will be chosen is not known, and the dearest is planned for.
    let grown = isByCriterion ? last : dearest.map { [$0] } ?? []
    let growing = total(grown, isOnOne: false, share: 1)
    for loop in trials + grown { exchange.add(loop) }
    exchanged = exchange.bytes
    exchangeSeconds =
      isTeam ? exchange.bytes / interconnect.bandwidth + exchange.messages * interconnect.latency : 0
    let encoded = Double(min(shape.rows, Preprocessing.mostRowsLookedAt) * (shape.inputs + shape.outputs))
    parts = [
      Part(name: "finding the encoding", seconds: encoded * costs.encoding),
      Part(name: "choosing the size", seconds: choosing),
      Part(name: "growing on all samples", seconds: growing),
      Part(name: "exchange", seconds: exchangeSeconds),
    ].filter { $0.seconds > 0 || $0.name == "finding the encoding" }
    self.kinds =
      (kinds.map { Part(name: $0.key.words, seconds: $0.value) }
      + (isTeam ? [Part(name: "exchange between processes", seconds: exchangeSeconds)] : []))
      .filter { $0.seconds > 0 }
      .sorted { ($0.seconds, $1.name) > ($1.seconds, $0.name) }
    memory =
      MemoryNeed(
        of: spec, shape: shape, holdOuts: holdOuts,
        unitColumns: isTeam && shape.isEncoded && shape.rows > spec.selection.mostSeen ? .ofOwnRows : .kept,
        processes: processes
      ).bytes
  }
}

/// What processes send and receive, each of them, while networks are grown.
private struct Exchange {
  let processes: Int
  private(set) var bytes = 0.0
  private(set) var messages = 0.0

  init(processes: Int) { self.processes = processes }

  mutating func add(_ loop: PlannedLoop) {
    guard processes > 1 else { return }
    let spec = loop.spec
    let candidates = Double(spec.activations.functions.count * spec.restarts)
    let n = Double(loop.shape.rows)
    let seen = Double(min(loop.shape.rows, spec.selection.mostSeen))
    for count in 0..<loop.units {
      let q = Double(1 + loop.shape.inputs + count)
      sum(q * candidates, times: Double(spec.training.epochs))
      sum(q * q, times: 2)
      sum(q, times: 3)
      if loop.isEncoded { spread(8 * seen * Double(loop.shape.inputs)) }
      // Which samples are represented, and of data in memory a unit's column.
      spread(n + (loop.isEncoded ? 0 : 8 * n))
      let w = loop.weights(ofUnits: count + 1)
      // Of a symmetric matrix a triangle.
      if loop.isTuned(count + 1) { sum(w * (w + 1) / 2, times: Double(spec.refinement.steps)) }
    }
  }

  /// A sum goes from one process to the next, and its total back to all.
  private mutating func sum(_ size: Double, times: Double) {
    bytes += 3 * 8 * size * times
    messages += times * (Double(processes) + Double(processes.bitWidth - processes.leadingZeroBitCount))
  }

  /// Each process hands its part to all.
  private mutating func spread(_ size: Double) {
    bytes += size
    messages += Double(processes)
  }
}

extension GrowthWork.Kind {
  /// Whether the processes of a team share it.
  fileprivate var isShared: Bool {
    switch self {
    case .training, .ranking, .reading, .passing, .computing, .gram, .tuning, .tuningSingle: true
    case .judging, .looking, .refitting, .solving, .round: false
    }
  }

  /// What it is, in words.
  fileprivate var words: String {
    switch self {
    case .training: "training candidates"
    case .ranking: "ranking them"
    case .judging: "judging the best of them"
    case .looking: "picking the samples that a round looks at"
    case .reading: "reading and encoding inputs"
    case .passing: "passing over all rows"
    case .computing: "computing the units' responses anew"
    case .refitting: "columns and readouts of data in memory"
    case .gram: "products of all columns"
    case .tuning, .tuningSingle: "tuning: products of derivatives"
    case .solving: "tuning: solving for steps"
    case .round: "what each round takes beside"
    }
  }
}
