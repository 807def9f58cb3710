internal import CambiumCore

/// What a growth does, counted: how often each kind of step is taken. A kind takes about as long each time on one machine,
/// whatever the shape of the data.
struct GrowthWork {
  /// A kind of step.
  enum Kind: String, CaseIterable, Codable, Sendable {
    /// A product of a candidate's training: a source of a candidate for a sample of an epoch.
    case training
    /// The same where a pool is ranked.
    case ranking
    /// A column of Φ for a sample that a candidate is judged on.
    case judging
    /// A column of Φ for a sample that a round looks at, of large data.
    case looking
    /// An input that is encoded as it is read.
    case reading
    /// A column of Φ in a pass over all rows of large data.
    case passing
    /// A connection of a unit whose responses are not kept, in such a pass.
    case computing
    /// A column of Φ in a pass over all rows of data that are not large.
    case refitting
    /// A product of two columns of Φ for a row.
    case gram
    /// A product of two weights' derivatives for a sample of a tuning, in double and in single precision.
    case tuning, tuningSingle
    /// A product of three weights: solving for a step of a tuning.
    case solving
    /// A round.
    case round
  }

  /// How often each kind is done, in the order of the kinds.
  private(set) var amounts = [Double](repeating: 0, count: Kind.allCases.count)

  subscript(kind: Kind) -> Double {
    get { amounts[Kind.allCases.firstIndex(of: kind) ?? 0] }
    set { amounts[Kind.allCases.firstIndex(of: kind) ?? 0] = newValue }
  }

  static func += (a: inout GrowthWork, b: GrowthWork) {
    for place in a.amounts.indices { a.amounts[place] += b.amounts[place] }
  }
}

/// One network that is grown for a plan: on which shape, with which topology, to which size.
struct PlannedLoop {
  let spec: GrowthSpec
  let shape: GrowthShape
  /// The inputs are encoded anew whenever they are read.
  let isEncoded: Bool
  /// Responses of units are kept.
  let keepsUnits: Bool
  let topology: Topology
  let units: Int
  /// Held-out samples say how far to grow.
  let isHeldOut: Bool
  /// The share of their connections that pruning leaves to units, in order; to further ones that of the last.
  let keptShares: [Double]

  private var isStreamed: Bool { shape.rows > spec.selection.mostSeen }
  private var candidates: Double { Double(spec.activations.functions.count * spec.restarts) }

  /// p: what a unit reads that comes behind so many others, the bias among it.
  private func sources(after units: Int) -> Double {
    Double(1 + shape.inputs + (topology == .flat ? 0 : units))
  }

  /// The connections of so many units.
  private func connections(ofUnits count: Int) -> Double {
    (0..<count).reduce(0) { sum, index in
      sum + (index < keptShares.count ? keptShares[index] : keptShares.last ?? 1) * sources(after: index)
    }
  }

  /// The weights of so many units and the readout.
  func weights(ofUnits count: Int) -> Double {
    connections(ofUnits: count) + Double((1 + shape.inputs + count) * shape.outputs)
  }

  /// What comes before the first round.
  var start: GrowthWork {
    var work = GrowthWork()
    let (n, q) = (Double(shape.rows), Double(1 + shape.inputs))
    work[.gram] = n * q * q
    if isEncoded { work[.reading] = 2 * n * q }
    work[isStreamed ? .passing : .refitting] = n * q
    return work
  }

  /// What the round does that installs a unit behind so many others.
  func round(after units: Int) -> GrowthWork {
    var work = GrowthWork()
    let n = Double(shape.rows)
    let (p, q) = (sources(after: units), Double(1 + shape.inputs + units))
    let seen = Double(min(shape.rows, spec.selection.mostSeen))
    let trained = Double(spec.training.sampleCount(of: shape.rows, isForAll: !isHeldOut))
    work[.training] = Double(spec.training.epochs) * min(trained, seen) * p * candidates
    work[.ranking] = seen * p * candidates
    work[.judging] =
      Double(min(shape.rows, spec.selection.sampleLimit)) * q
      * min(candidates, Double(spec.selection.shortlist))
    if isStreamed { work[.looking] = seen * q }
    if isEncoded { work[.reading] = (isStreamed ? 2 : 4) * n * Double(1 + shape.inputs) }
    work[isStreamed ? .passing : .refitting] = n * (q + 1)
    if !keepsUnits {
      work[.computing] = n * (2 * connections(ofUnits: units) + connections(ofUnits: units + 1))
    }
    work[.round] = 1
    if isTuned(units + 1) { work += tuning(ofUnits: units + 1) }
    return work
  }

  /// Whether all weights are tuned once there are so many units.
  func isTuned(_ count: Int) -> Bool {
    spec.refinement.every > 0 && (count.isMultiple(of: spec.refinement.every) || count == units)
      && weights(ofUnits: count) <= Double(spec.refinement.largestWeightCount)
  }

  private func tuning(ofUnits count: Int) -> GrowthWork {
    var work = GrowthWork()
    let w = weights(ofUnits: count)
    let steps = Double(spec.refinement.steps)
    let (n, q) = (Double(shape.rows), Double(1 + shape.inputs + count))
    let isSampled = shape.rows > spec.refinement.sampleLimit
    let samples = isSampled ? Double(spec.refinement.sampleCount(forWeights: Int(w))) : n
    work[isSampled ? .tuningSingle : .tuning] = steps * samples * w * w * Double(shape.outputs)
    work[.solving] = steps * w * w * w
    work[.gram] = n * q * q
    if isEncoded { work[.reading] = 3 * n * Double(1 + shape.inputs) }
    work[isStreamed ? .passing : .refitting] = n * q * 2
    if !keepsUnits { work[.computing] = 2 * n * connections(ofUnits: count) }
    return work
  }

  /// All rounds and what comes before them.
  var whole: GrowthWork {
    var work = start
    for count in 0..<units { work += round(after: count) }
    return work
  }
}
