public import CambiumPrediction

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension ModelFile {
  /// The model as the bytes of a file. Throws an `InputError` where a weight is not finite.
  public static func encode(_ model: Model) throws -> [UInt8] {
    func bytes<Kind: Predictor>(_ predictor: Kind) throws -> [UInt8] {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let document = Document(
        format: format, version: version(of: model.predictor), learner: model.learner,
        provenance: model.provenance,
        preprocessing: model.preprocessing, predictor: predictor)
      return try [UInt8](encoder.encode(document)) + [UInt8(ascii: "\n")]
    }
    return try bytes(model.predictor)
  }

  /// The least version that says all of a predictor.
  private static func version(of predictor: any Predictor) -> Int {
    if let network = predictor as? Network { return network.links.isEmpty ? 1 : version }
    return (predictor as? any EnsemblePredictor)?.parts.map(version(of:)).max() ?? 1
  }

  /// Writes the model to `path`, whole or not at all.
  public static func write(_ model: Model, to path: String) throws {
    try FileWriting.write(encode(model), to: path)
  }
}

/// All of a file.
private struct Document<Kind: Predictor>: Encodable {
  let format: String
  let version: Int
  let learner: String
  let provenance: Provenance
  let preprocessing: Preprocessing
  let predictor: Kind
}
