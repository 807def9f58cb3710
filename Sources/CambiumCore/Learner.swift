/// Something that learns: a spec that turns samples into a model.
///
/// Every kind of network has this shape, so experiments, committees and transforms know nothing more of it.
public protocol Learner: Sendable {
  /// Learns from `data`.
  ///
  /// - Parameters:
  ///   - data: The training samples.
  ///   - validation: Samples to choose by, where the caller keeps some apart; else the learner's spec says
  ///     how it holds out some of `data`.
  ///   - context: Randomness, threads, and who listens.
  func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit
}

/// What a fit may use beside the data: randomness, threads, and who listens.
public struct FitContext: Sendable {
  /// The stream that every random choice of the fit comes from.
  public var random: RandomStream
  /// The threads; their number changes no bit of the result.
  public var workers: WorkerPool
  /// Hears of each round and may end the fit early.
  public var observer: any FitObserver
  /// Bytes of memory that the fit may take beside the data; nil for what the machine has.
  public var memory: Double?

  /// Makes a context.
  public init(
    random: RandomStream, workers: WorkerPool = .init(threads: 1),
    observer: any FitObserver = SilentObserver(), memory: Double? = nil
  ) {
    self.memory = memory
    self.random = random
    self.workers = workers
    self.observer = observer
  }

  /// The same threads and observer with the stream of a label.
  package func child(_ label: String, _ index: Int = 0) -> FitContext {
    FitContext(random: random.child(label, index), workers: workers, observer: observer, memory: memory)
  }
}

/// The outcome of a fit: the model, and how it came about.
public struct Fit: Sendable {
  /// The model.
  public var predictor: any Predictor
  /// How it came about.
  public var report: FitReport
  /// How the learner did on samples that it held out to choose by, before it learned those too; nil where it
  /// held out none.
  public var heldOut: HeldOutResult?
  /// The model as it stood before the first round and after each of the report's, where these rounds were the last thing
  /// that the fit did; else empty.
  public var stages: [any Predictor]
  /// Of a grown network: which samples it came to represent first with which unit; nil of others.
  public var firstCoverage: FirstCoverage?
  /// What the learner needs to go on where it ended; nil where it cannot.
  public var state: (any Codable & Sendable)?

  /// Makes an outcome.
  public init(
    predictor: any Predictor, report: FitReport, heldOut: HeldOutResult? = nil, stages: [any Predictor] = [],
    firstCoverage: FirstCoverage? = nil, state: (any Codable & Sendable)? = nil
  ) {
    self.predictor = predictor
    self.report = report
    self.heldOut = heldOut
    self.stages = stages
    self.firstCoverage = firstCoverage
    self.state = state
  }
}

/// Held-out samples, and the outputs for them of a model that had not learned them.
public struct HeldOutResult: Sendable {
  /// The samples.
  public var data: Dataset
  /// N × m outputs for them.
  public var outputs: Matrix

  /// Makes a result.
  public init(data: Dataset, outputs: Matrix) {
    self.data = data
    self.outputs = outputs
  }
}

/// How a fit came about.
public struct FitReport: Sendable, Codable, Equatable {
  /// Why it ended.
  public var stopReason: StopReason
  /// Passes over the training samples, summed over everything that was trained.
  public var epochs: Int
  /// The rounds that the model kept, in order; empty for learners that do not grow.
  public var rounds: [RoundRecord]
  /// Choices that the learner made by itself, in the order made, each a short sentence.
  public var decisions: [String]
  /// Regression: within how many standard deviations of its target an output counted as right, where the fit found that
  /// out from the data; nil where its spec says it.
  public var tolerance: Double?
  /// Of networks trained by backpropagation, where their spec asks for it: how much some epochs of the training that counted
  /// moved each layer. Nil of others.
  public var layerUpdates: [LayerUpdates]?

  /// Makes a report.
  public init(
    stopReason: StopReason, epochs: Int, rounds: [RoundRecord] = [], decisions: [String] = [],
    tolerance: Double? = nil, layerUpdates: [LayerUpdates]? = nil
  ) {
    self.stopReason = stopReason
    self.epochs = epochs
    self.rounds = rounds
    self.decisions = decisions
    self.tolerance = tolerance
    self.layerUpdates = layerUpdates
  }
}

/// One round of growth.
public struct RoundRecord: Sendable, Codable, Equatable {
  /// A unit that the round kept.
  public struct Kept: Sendable, Codable, Equatable {
    /// Its nonlinear function.
    public var activation: Activation
    /// The connections that it has left.
    public var connections: Int
    /// The connections that were pruned from it.
    public var pruned: Int
    /// How many samples the network represented with it and never before; nil in records of earlier versions.
    public var coveredFirst: Int?

    /// Makes a record of a kept unit.
    public init(activation: Activation, connections: Int, pruned: Int, coveredFirst: Int? = nil) {
      self.activation = activation
      self.connections = connections
      self.pruned = pruned
      self.coveredFirst = coveredFirst
    }
  }
  /// The round, counted from 1.
  public var index: Int
  /// How many candidates were trained.
  public var candidates: Int
  /// The units that were kept.
  public var kept: [Kept]
  /// The share of the training samples that the network then represented, 0…1.
  public var coverage: Double
  /// The training error then: root mean square in units of the targets' standard deviation, or error rate.
  public var trainError: Double
  /// The same on held-out samples; nil without them.
  public var validationError: Double?
  /// Seconds that the round took.
  public var seconds: Double

  /// Makes a record.
  public init(
    index: Int, candidates: Int, kept: [Kept], coverage: Double, trainError: Double,
    validationError: Double?, seconds: Double
  ) {
    self.index = index
    self.candidates = candidates
    self.kept = kept
    self.coverage = coverage
    self.trainError = trainError
    self.validationError = validationError
    self.seconds = seconds
  }
}

/// Listens to a fit.
public protocol FitObserver: Sendable {
  /// Hears of an event, on any of the threads of the fit.
  func observe(_ event: FitEvent)
  /// True once the fit should end after the step it is in, keeping the best so far.
  var isInterrupted: Bool { get }
  /// Whether growth is to tell the ``WeightPath`` of each unit, which takes some memory. By default not.
  var wantsWeightPaths: Bool { get }
}

extension FitObserver {
  /// False.
  public var wantsWeightPaths: Bool { false }
}

/// What a fit tells its observer.
public enum FitEvent: Sendable {
  /// A stage began: for example growing on held-in samples, or growing again on all.
  case stage(String)
  /// A round of growth ended.
  case round(RoundRecord)
  /// A round ended of a network that is grown only to choose by; several are grown at once, on any threads.
  case trialRound(of: String, RoundRecord)
  /// An epoch of a fixed network ended: its index from 1, training loss, held-out loss.
  case epoch(index: Int, trainLoss: Double, validationLoss: Double?)
  /// A unit was kept whose candidate's training the observer wanted to see; its round's event follows.
  case weightPath(WeightPath)
  /// The learner chose something by itself.
  case decision(String)
}

/// Hears everything and does nothing.
public struct SilentObserver: FitObserver {
  /// Makes one.
  public init() {}
  /// Ignores the event.
  public func observe(_ event: FitEvent) {}
  /// Never.
  public var isInterrupted: Bool { false }
}
