/// A fitted model with all that prediction from raw data needs, and where it came from. What a model file holds.
public struct Model: Sendable {
  /// The learner's name, as `cambium list learners` gives it; it tells how to read the predictor.
  public let learner: String
  /// Which data, spec and seed it came from.
  public let provenance: Provenance
  /// How raw columns become inputs, and outputs become answers.
  public let preprocessing: Preprocessing
  /// The network.
  public let predictor: any Predictor

  /// Puts a model together.
  public init(
    learner: String, provenance: Provenance, preprocessing: Preprocessing, predictor: any Predictor
  ) {
    self.learner = learner
    self.provenance = provenance
    self.preprocessing = preprocessing
    self.predictor = predictor
  }

  /// What the model says about the rows of a table; its target columns need not exist.
  public func predictions(for table: Table, workers: WorkerPool) throws -> Predictions {
    let features = try preprocessing.features(from: table)
    return preprocessing.predictions(from: predictor.outputs(for: features, workers: workers))
  }
}

/// Where a model came from. It holds no times, so that the same data, spec and seed give the same bytes.
public struct Provenance: Codable, Sendable, Equatable {
  /// The version of Cambium that fitted the model.
  public var version: String
  /// The data file's name, without its folder.
  public var data: String
  /// A fingerprint of the data's content.
  public var fingerprint: String
  /// The rows that the model was fitted to, held-out ones included where growth was repeated on all.
  public var rows: Int
  /// The seed of all randomness.
  public var seed: UInt64
  /// The learner's whole spec, defaults filled in.
  public var spec: JSONValue
  /// Regression: within how many standard deviations of its target an output counts as right.
  public var tolerance: Double
  /// What ended the fit; nil in files of versions that did not say.
  public var stopReason: StopReason?

  /// Makes a record of origin.
  public init(
    version: String = Release.version, data: String, fingerprint: String, rows: Int, seed: UInt64,
    spec: JSONValue, tolerance: Double, stopReason: StopReason? = nil
  ) {
    self.version = version
    self.data = data
    self.fingerprint = fingerprint
    self.rows = rows
    self.seed = seed
    self.spec = spec
    self.tolerance = tolerance
    self.stopReason = stopReason
  }

  private enum CodingKeys: String, CodingKey {
    case version, data, fingerprint, rows, seed, spec, tolerance, stopReason
  }

  /// Reads a record of origin and checks its counts.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    version = try container.decode(String.self, forKey: .version)
    data = try container.decode(String.self, forKey: .data)
    fingerprint = try container.decode(String.self, forKey: .fingerprint)
    rows = try container.whole(.rows, from: 1)
    seed = try container.whole(.seed, from: 0)
    spec = try container.decode(JSONValue.self, forKey: .spec)
    tolerance = try container.decode(Double.self, forKey: .tolerance)
    stopReason = try container.decodeIfPresent(StopReason.self, forKey: .stopReason)
  }
}
