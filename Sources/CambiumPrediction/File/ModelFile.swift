/// The model file: one JSON object, its keys sorted, that reads back to the same predictions bit for bit.
///
/// `{"format": "cambium-model", "version": …, "learner": …, "provenance": …, "preprocessing": …, "predictor": …}`
public enum ModelFile {
  /// What the key `format` says.
  public static let format = "cambium-model"
  /// The newest version that this code reads, and the one that it writes of networks that answer with powers of e
  /// (``Network/links``); of others it writes the first, which says all of them.
  public static let version = 2
  /// The most bytes of a file that is read.
  private static let largestSize = 1 << 30

  /// The type of the model for a learner's name in a file: of grown networks, alone or in a committee; nil of others.
  public static func grown(_ learner: String) -> (any Predictor.Type)? {
    switch learner {
    case "grown": Network.self
    case "committee:grown", "bagged:grown": CommitteeModel<Network>.self
    default: nil
    }
  }

  /// Reads the model at `path`; `predictors` gives the type of the network for a learner's name, nil where the
  /// name is unknown. Throws an `InputError` for everything that is not as it should be.
  public static func read(
    _ path: String, predictors: (String) -> (any Predictor.Type)? = grown
  ) throws -> Model {
    try decode(FileReading.bytes(of: path, atMost: largestSize), file: path, predictors: predictors)
  }

  /// Reads a model from the bytes of a file; `file` is its name in messages.
  public static func decode(
    _ bytes: [UInt8], file: String?, predictors: (String) -> (any Predictor.Type)? = grown
  ) throws -> Model {
    try JSONText.decoding(bytes, file: file) { text in
      let header = try text.decode(Header.self)
      guard let type = predictors(header.learner) else {
        throw InputError(
          .content, at: .init(column: "learner"), found: "\"\(header.learner)\"",
          expected: "a learner that this version knows (cambium list learners)")
      }
      return try model(type, from: text, header: header)
    }
  }

  private static func model<Kind: Predictor>(_ type: Kind.Type, from text: JSONText, header: Header) throws
    -> Model
  {
    let document = try text.decode(Document<Kind>.self)
    let model = Model(
      learner: document.learner, provenance: document.provenance, preprocessing: document.preprocessing,
      predictor: document.predictor)
    try ModelCheck.run(on: model, tasksOfPredictor: header.tasksOfPredictor)
    return model
  }
}

/// The first look into a file: whether it is for us.
private struct Header: Decodable {
  let format: String
  let version: Int
  let learner: String
  /// What the network says that it was fitted to, or the members of a committee; empty where it does not.
  let tasksOfPredictor: [Task]

  private enum CodingKeys: String, CodingKey { case format, version, learner, provenance, predictor }
  private struct Fitted: Decodable {
    let task: Task?
    let members: [Member]?
    struct Member: Decodable { let task: Task? }
  }
  private struct Writer: Decodable { let version: String }

  /// Reads format and version first, so that a newer file with other keys is still called newer.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    format = try container.decode(String.self, forKey: .format)
    guard format == ModelFile.format else {
      throw InputError(
        .content, at: .init(column: "format"), found: "\"\(format)\"", expected: "\"\(ModelFile.format)\"")
    }
    version = try container.whole(.version, from: 0)
    guard (1...ModelFile.version).contains(version) else {
      let writer = (try? container.decode(Writer.self, forKey: .provenance))?.version
      let remedy = version < 1 ? "" : "; it takes Cambium \(writer ?? "of a later version") to read this file"
      throw InputError(
        .content, at: .init(column: "version"), found: "\(version)",
        expected: "version 1 to \(ModelFile.version), which Cambium \(Release.version) reads" + remedy)
    }
    learner = try container.decode(String.self, forKey: .learner)
    let fitted = try? container.decode(Fitted.self, forKey: .predictor)
    tasksOfPredictor = ([fitted?.task] + (fitted?.members ?? []).map(\.task)).compactMap { $0 }
  }
}

/// What a file holds of the model itself.
private struct Document<Kind: Predictor>: Decodable {
  let learner: String
  let provenance: Provenance
  let preprocessing: Preprocessing
  let predictor: Kind
}
