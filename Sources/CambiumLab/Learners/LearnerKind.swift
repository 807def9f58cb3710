public import CambiumCore

/// A kind of learner as the catalogue lists it: a name, a spec, and how the spec makes a learner.
public struct LearnerKind: Sendable {
  /// Its name in files and commands.
  public let name: String
  /// What it is, in one line.
  public let summary: String
  /// Every legal key of its spec with its default. Made anew each time, as is the schema: a command that fits one learner
  /// has no need of all kinds'.
  public var defaults: SpecTree { makeDefaults() }
  /// The JSON Schema of its settings.
  var schema: SpecTree { makeSchema() }
  private let makeDefaults: @Sendable () -> SpecTree
  private let makeSchema: @Sendable () -> SpecTree
  /// The type of its models, to decode model files by.
  public let predictorType: any Predictor.Type
  /// The key path of the spec that says which share of the samples the learner itself holds out; nil where it
  /// holds out none.
  public let validationKey: String?
  /// For each quantity that the learner itself can keep below a bound, the key path of its spec that holds the bound.
  public let budgetKeys: [BudgetQuantity: String]
  private let make: @Sendable (SpecDocument) throws -> ConfiguredLearner
  private let makeCommittee: (@Sendable () -> LearnerKind)?
  /// The key path of the spec that holds the sides of a picture; nil where the learner reads none.
  let gridKey: String?
  /// Values that stand where a document says nothing, in place of the spec's defaults.
  private var ground: SpecTree

  /// A kind of learner.
  ///
  /// - Parameters:
  ///   - name: Its name in files and commands.
  ///   - summary: What it is, in one line.
  ///   - spec: The type of its spec.
  ///   - predictor: The type of its models.
  ///   - validationKey: The key path of the held-out share.
  ///   - budgetKeys: The key paths of bounds that the learner keeps to.
  ///   - gridKey: The key path of the sides of a picture.
  ///   - ground: Values that stand where a document says nothing, in place of the spec's defaults.
  ///   - learner: Makes a learner of a validated spec.
  public init<LearnerSpec: Spec>(
    name: String, summary: String, spec: LearnerSpec.Type, predictor: any Predictor.Type,
    validationKey: String? = nil, budgetKeys: [BudgetQuantity: String] = [:], gridKey: String? = nil,
    ground: SpecTree = .mapping([:]), learner: @escaping @Sendable (LearnerSpec) throws -> any Learner
  ) {
    self.init(
      name: name, summary: summary, predictor: predictor, validationKey: validationKey,
      budgetKeys: budgetKeys, gridKey: gridKey, ground: ground,
      committee: {
        LearnerKind(
          name: LearnerCatalogue.committeePrefix + name, summary: "a committee: \(summary)",
          predictor: Self.committeeType(of: predictor), validationKey: validationKey, gridKey: gridKey,
          ground: ground,
          modelKind: { (spec: CommitteeLearnerSpec<LearnerSpec>) in spec.committee.condense ? name : nil },
          learner: { try Committee(spec: $0.committee, of: learner($0.learner)) })
      },
      learner: learner)
  }

  /// A kind of learner whose models may be of another kind, and whose settings may say more than its document.
  ///
  /// - Parameters:
  ///   - committee: The kind of committees of it.
  ///   - modelKind: The name of the kind that models are of; nil for `name`.
  ///   - completed: The settings with what the spec says of other learners written out in full.
  init<LearnerSpec: Spec>(
    name: String, summary: String, predictor: any Predictor.Type, validationKey: String?,
    budgetKeys: [BudgetQuantity: String] = [:], gridKey: String?, ground: SpecTree,
    committee: (@Sendable () -> LearnerKind)? = nil,
    modelKind: @escaping @Sendable (LearnerSpec) -> String? = { _ in nil },
    completed: @escaping @Sendable (LearnerSpec, SpecTree) throws -> SpecTree = { $1 },
    learner: @escaping @Sendable (LearnerSpec) throws -> any Learner
  ) {
    self.name = name
    self.summary = summary
    self.predictorType = predictor
    self.validationKey = validationKey
    self.budgetKeys = budgetKeys
    self.gridKey = gridKey
    self.ground = ground
    self.makeCommittee = committee
    // Only a default that is not a finite number could fail to encode.
    self.makeDefaults = { ((try? SpecTree(encoding: LearnerSpec())) ?? .mapping([:])).laying(ground) }
    self.makeSchema = { SpecSchema.mapping(of: LearnerSpec()) }
    self.make = { document in
      let resolved = try SpecFile.resolve(LearnerSpec.self, from: document)
      let made: any Learner
      let settings: SpecTree
      do {
        made = try learner(resolved.spec)
        settings = try completed(resolved.spec, resolved.document.tree)
      } catch let error as InputError {
        throw resolved.document.located(error)
      }
      return ConfiguredLearner(
        kind: name, modelKind: modelKind(resolved.spec) ?? name, settings: settings,
        own: resolved.document.tree, learner: made)
    }
  }

  /// The kind whose learners are committees of this one's; nil where it is such a kind.
  public var committee: LearnerKind? { makeCommittee?() }

  /// A kind of committees whose members differ in this, unless a document says otherwise.
  func differing(in kind: CommitteeKind) -> LearnerKind {
    var other = self
    other.ground = ground.laying(.mapping(["committee": .mapping(["kind": .text(kind.rawValue)])]))
    return other
  }

  private static func committeeType<Member: Predictor>(of type: Member.Type) -> any Predictor.Type {
    CommitteeModel<Member>.self
  }

  /// The learner of a spec document: a file and assignments over the defaults.
  ///
  /// - Throws: `InputError` of an unknown key or a value of another kind or out of range, with its place.
  public func configured(by document: SpecDocument) throws -> ConfiguredLearner {
    var grounded = document
    grounded.tree = ground.laying(document.tree)
    if let gridKey { grounded.assignments = try grounded.assignments.map { try $0.readingGrid(at: gridKey) } }
    return try make(grounded)
  }
}

/// A learner with everything that was set.
public struct ConfiguredLearner: Sendable {
  /// The name of its kind.
  public let kind: String
  /// The name of the kind that its models are of: another than ``kind`` where a committee is condensed to one model.
  public let modelKind: String
  /// Every key of its spec with its effective value, those of learners that it is made of among them.
  public let settings: SpecTree
  /// The same without what other learners' defaults say: what runs are known by.
  let own: SpecTree
  /// The learner.
  public let learner: any Learner
}
