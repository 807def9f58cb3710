import CambiumCore
import Synchronization
import Testing

@testable import Cambium

/// Keeps the paths of the growth that came last.
private final class PathListener: FitObserver {
  private let collected = Mutex<[WeightPath]>([])
  let wantsWeightPaths: Bool

  init(wantsWeightPaths: Bool = true) { self.wantsWeightPaths = wantsWeightPaths }

  var paths: [WeightPath] { collected.withLock { $0 } }

  func observe(_ event: FitEvent) {
    switch event {
    case .stage: collected.withLock { $0 = [] }
    case .weightPath(let path): collected.withLock { $0.append(path) }
    default: break
    }
  }

  var isInterrupted: Bool { false }
}

@Suite struct WeightPathTests {
  private static func grown(_ spec: GrowthSpec, _ listener: PathListener) throws -> Network {
    let context = FitContext(random: RandomStream(seed: 4), observer: listener)
    let fit = try Grower(spec: spec).fit(Samples.regression(150, noise: 0.1), validation: nil, in: context)
    return try #require(fit.predictor as? Network)
  }

  private static func spec(_ activations: [Activation]) -> GrowthSpec {
    var spec = Samples.quickSpec(units: 4, holdOut: false)
    spec.activations = ActivationSet(activations)
    spec.refinement.every = 0
    spec.pruning.nearZero = 0.5
    return spec
  }

  /// Lines that go on to the last epoch are the unit's connections, those that end were pruned.
  @Test(arguments: [[Activation.tanh, .square], [.radial], [.product]], [1, 2])
  func linesThatEndWerePruned(activations: [Activation], keep: Int) throws {
    var spec = Self.spec(activations)
    spec.selection.keep = keep
    let listener = PathListener()
    let network = try Self.grown(spec, listener)
    let paths = listener.paths
    #expect(paths.map(\.activation) == network.units.map(\.activation) && !paths.isEmpty)
    #expect(network.units.contains { $0.prunedConnections > 0 })
    for (path, unit) in zip(paths, network.units) {
      let ends = path.lines.map(\.weights.count)
      #expect(path.epochs == spec.training.epochs && ends.allSatisfy { (1...path.epochs).contains($0) })
      #expect(
        path.lines.filter { $0.weights.count == path.epochs }.map(\.source) == unit.connections.map(\.source))
      #expect(ends.count { $0 < path.epochs } == unit.prunedConnections)
    }
  }

  @Test func watchingChangesNoBit() throws {
    let spec = Self.spec([.tanh, .gaussian])
    let silent = PathListener(wantsWeightPaths: false)
    let network = try Self.grown(spec, silent)
    #expect(silent.paths.isEmpty)
    #expect(try Self.grown(spec, PathListener()).bytes == network.bytes)
  }
}
