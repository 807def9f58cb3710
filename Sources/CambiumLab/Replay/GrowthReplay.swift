public import CambiumCore

/// How a network grew, small enough to be kept beside its record and shown again: its units, and after each round its
/// figures and what it answered.
///
/// Numbers have four significant digits. It is read from files that anybody may have changed: ``isSound`` tells whether its
/// parts fit together.
public struct GrowthReplay: Codable, Sendable, Equatable {
  /// A unit in the order of installation.
  public struct Unit: Codable, Sendable, Equatable {
    /// Its nonlinear function.
    public var activation: Activation
    /// What it reads: 0 is the constant 1, 1…d the inputs, then the units before it.
    public var sources: [Int]
    /// The weight of each source; of a radial unit the inverse width.
    public var weights: [Double]
    /// How many connections were pruned from it.
    public var pruned: Int
    /// What it contributes to each output.
    public var readout: [Double]
  }

  /// The network after a round.
  public struct Stage: Codable, Sendable, Equatable {
    /// How many units it had.
    public var units: Int
    /// The share of the training rows that it represented, 0…1; nil where that was not noted.
    public var coverage: Double?
    /// The training error: root mean square in units of the targets' standard deviation, or error rate.
    public var trainError: Double
    /// The same on the samples that were held out to choose the size by.
    public var heldOutError: Double?
    /// The same on the test rows; nil where the network of this round was not kept.
    public var testError: Double?
    /// What it answered; nil where the network of this round was not kept.
    public var picture: ReplayPicture?
    /// Whether this is the finished network, tuned or averaged after the last round.
    public var isFinished: Bool
  }

  /// The most units and the most connections of a network whose units are kept.
  static let mostUnits = 100
  static let mostConnections = 3000
  /// The most rounds that are kept; of more, some in between are left out.
  static let mostStages = 61

  /// The inputs' names.
  public var inputs: [String]
  /// The units; empty where the network is too large.
  public var units: [Unit]
  /// How the weights of the first units came about in their training; nil where that was not noted.
  public var paths: [WeightPath]?
  /// What the pictures of the stages are drawn on.
  public var scene: ReplayScene
  /// The network before the first unit, after each round, and as it was finished.
  public var stages: [Stage]

  /// Whether the parts fit together, so that everything can be drawn.
  var isSound: Bool {
    guard !stages.isEmpty, !inputs.isEmpty, stages.count <= Self.mostStages + 1,
      units.count <= Self.mostUnits, scene.isSound
    else { return false }
    for (index, unit) in units.enumerated() {
      guard unit.sources.count == unit.weights.count, !unit.readout.isEmpty,
        unit.readout.count == units[0].readout.count,
        unit.sources.allSatisfy({ (0...inputs.count + index).contains($0) })
      else { return false }
    }
    let areSound = (paths ?? []).allSatisfy { path in
      (1...1_000_000).contains(path.epochs)
        && path.lines.allSatisfy { line in
          line.source >= 0 && !line.weights.isEmpty && line.weights.count <= path.epochs
        }
    }
    return areSound
      && stages.allSatisfy { stage in
        (0...1_000_000).contains(stage.units) && (units.isEmpty || stage.units <= units.count)
          && stage.picture.map(scene.fits) ?? true
      }
  }
}
