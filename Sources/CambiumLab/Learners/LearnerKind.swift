public import CambiumCore

/// A kind of learner as the catalogue lists it: a name, a spec, and how the spec makes a learner.
public struct LearnerKind: Sendable {
  /// Its name in files and commands.
  public let name: String
  /// What it is, in one line.
  public let summary: String
  /// Every legal key of its spec with its default.
  public let defaults: SpecTree
  /// The type of its models, to decode model files by.
  public let predictorType: any Predictor.Type
  /// The key path of the spec that says which share of the samples the learner itself holds out; nil where it
  /// holds out none.
  public let validationKey: String?
  private let make: @Sendable (SpecDocument) throws -> ConfiguredLearner

  /// A kind of learner.
  ///
  /// - Parameters:
  ///   - name: Its name in files and commands.
  ///   - summary: What it is, in one line.
  ///   - spec: The type of its spec.
  ///   - predictor: The type of its models.
  ///   - validationKey: The key path of the held-out share.
  ///   - learner: Makes a learner of a validated spec.
  public init<LearnerSpec: Spec>(
    name: String, summary: String, spec: LearnerSpec.Type, predictor: any Predictor.Type,
    validationKey: String? = nil, learner: @escaping @Sendable (LearnerSpec) throws -> any Learner
  ) {
    self.name = name
    self.summary = summary
    self.predictorType = predictor
    self.validationKey = validationKey
    // Only a default that is not a finite number could fail to encode.
    self.defaults = (try? SpecTree(encoding: LearnerSpec())) ?? .mapping([:])
    self.make = { document in
      let resolved = try SpecFile.resolve(LearnerSpec.self, from: document)
      let made: any Learner
      do {
        made = try learner(resolved.spec)
      } catch let error as InputError {
        throw resolved.document.located(error)
      }
      return ConfiguredLearner(kind: name, settings: resolved.document.tree, learner: made)
    }
  }

  /// The learner of a spec document: a file and assignments over the defaults.
  ///
  /// - Throws: `InputError` of an unknown key or a value of another kind or out of range, with its place.
  public func configured(by document: SpecDocument) throws -> ConfiguredLearner { try make(document) }
}

/// A learner with everything that was set.
public struct ConfiguredLearner: Sendable {
  /// The name of its kind.
  public let kind: String
  /// Every key of its spec with its effective value.
  public let settings: SpecTree
  /// The learner.
  public let learner: any Learner
}
