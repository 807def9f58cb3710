public import CambiumCore

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The model file: one JSON object, its keys sorted, that reads back to the same predictions bit for bit.
///
/// `{"format": "cambium-model", "version": 1, "learner": …, "provenance": …, "preprocessing": …, "predictor": …}`
public enum ModelFile {
  /// What the key `format` says.
  public static let format = "cambium-model"
  /// The version that this code writes, and the newest that it reads.
  public static let version = 1
  /// The most bytes of a file that is read.
  private static let largestSize = 1 << 30

  /// The model as the bytes of a file. Throws an `InputError` where a weight is not finite.
  public static func encode(_ model: Model) throws -> [UInt8] {
    func bytes<Kind: Predictor>(_ predictor: Kind) throws -> [UInt8] {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let document = Document(
        format: format, version: version, learner: model.learner, provenance: model.provenance,
        preprocessing: model.preprocessing, predictor: predictor)
      return try [UInt8](encoder.encode(document)) + [UInt8(ascii: "\n")]
    }
    return try bytes(model.predictor)
  }

  /// Writes the model to `path`, whole or not at all.
  public static func write(_ model: Model, to path: String) throws {
    try FileWriting.write(encode(model), to: path)
  }

  /// Reads the model at `path`; `predictors` gives the type of the network for a learner's name, nil where the
  /// name is unknown. Throws an `InputError` for everything that is not as it should be.
  public static func read(_ path: String, predictors: (String) -> (any Predictor.Type)?) throws -> Model {
    try decode(FileReading.bytes(of: path, atMost: largestSize), file: path, predictors: predictors)
  }

  /// Reads a model from the bytes of a file; `file` is its name in messages.
  public static func decode(
    _ bytes: [UInt8], file: String?, predictors: (String) -> (any Predictor.Type)?
  ) throws -> Model {
    let data = Data(bytes)
    do {
      let header = try JSONDecoder().decode(Header.self, from: data)
      guard let type = predictors(header.learner) else {
        throw InputError(
          .content, at: .init(column: "learner"), found: "\"\(header.learner)\"",
          expected: "a learner that this version knows (cambium list learners)")
      }
      return try model(type, from: data, header: header)
    } catch let error as InputError {
      throw file.map { error.inFile($0) } ?? error
    } catch let error as DecodingError {
      throw InputError(describing: error, in: bytes, file: file)
    }
  }

  private static func model<Kind: Predictor>(_ type: Kind.Type, from data: Data, header: Header) throws
    -> Model
  {
    let document = try JSONDecoder().decode(Document<Kind>.self, from: data)
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
        expected: "version \(ModelFile.version), which Cambium \(Release.version) reads" + remedy)
    }
    learner = try container.decode(String.self, forKey: .learner)
    let fitted = try? container.decode(Fitted.self, forKey: .predictor)
    tasksOfPredictor = ([fitted?.task] + (fitted?.members ?? []).map(\.task)).compactMap { $0 }
  }
}

/// All of a file.
private struct Document<Kind: Predictor>: Codable {
  let format: String
  let version: Int
  let learner: String
  let provenance: Provenance
  let preprocessing: Preprocessing
  let predictor: Kind
}
