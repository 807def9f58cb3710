internal import CambiumCore

/// What the steps of a growth take on a machine, measured: see ``GrowthPlan``.
public struct GrowthCosts: Codable, Sendable {
  /// Threads that the growth had whose steps were timed; networks to choose by have one each.
  public let threads: Int
  /// Seconds of each kind of step, on one thread and on all.
  let onOne: [String: Double]
  let onAll: [String: Double]
  /// The share of their connections that pruning leaves to the first unit, the second, and so on: later ones keep more, as
  /// they learn what all sources have a part in.
  let keptShares: [Double]
  /// Seconds to find the encoding of a cell of a column of numbers, on all threads.
  let encoding: Double
  /// By how much the rounds that were measured differ from what these costs say of them, root mean square: a share.
  public let residual: Double

  /// Seconds of some work.
  func seconds(of work: GrowthWork, isOnOne: Bool) -> [GrowthWork.Kind: Double] {
    let costs = isOnOne ? onOne : onAll
    return Dictionary(
      uniqueKeysWithValues: GrowthWork.Kind.allCases.map { ($0, work[$0] * (costs[$0.rawValue] ?? 0)) })
  }

  /// Measures them: growths of made-up data of several shapes, about a minute.
  public static func measured(threads: Int) throws -> GrowthCosts {
    let one = try CostMeasurement(threads: 1)
    let all = threads == 1 ? one : try CostMeasurement(threads: threads)
    return GrowthCosts(
      threads: threads, onOne: one.costs, onAll: all.costs, keptShares: one.keptShares,
      encoding: all.encoding,
      residual: max(one.residual, all.residual))
  }
}

/// Growths of made-up data, and the costs that explain their seconds best.
struct CostMeasurement {
  private(set) var costs: [String: Double] = [:]
  private(set) var keptShares: [Double] = []
  private(set) var encoding = 0.0
  private(set) var residual = 0.0

  /// What is kept of data.
  private enum Keeping { case matrix, units, nothing }
  /// Rows, inputs, units, restarts, topology, and what is kept.
  private static let shapes: [(Int, Int, Int, Int, Topology, Keeping)] = [
    (800, 8, 12, 2, .cascade, .matrix), (4_000, 30, 20, 1, .flat, .matrix),
    (12_000, 12, 20, 2, .flat, .matrix),
    (20_000, 60, 20, 1, .flat, .matrix), (50_000, 10, 20, 2, .flat, .matrix),
    (80_000, 40, 20, 1, .flat, .units),
    (150_000, 20, 20, 1, .cascade, .units), (300_000, 12, 10, 2, .flat, .units),
    (40_000, 60, 20, 1, .flat, .units), (200_000, 16, 20, 1, .flat, .nothing),
  ]

  init(threads: Int) throws {
    let workers = WorkerPool(threads: threads)
    var samples: [(work: GrowthWork, seconds: Double)] = []
    var (kept, all) = ([Double](), [Double]())
    var encodings: [Double] = []
    for (rows, inputs, units, restarts, topology, keeping) in Self.shapes {
      let isEncoded = keeping != .matrix
      let table = Self.table(rows: rows, inputs: inputs)
      let begin = secondsNow()
      let preprocessing = try Preprocessing.fit(to: table, task: .regression, workers: workers).preprocessing
      encodings.append((secondsNow() - begin) / Double(rows * (inputs + 1)))
      let plain = try preprocessing.dataset(from: table)
      let data = Dataset(
        inputs: try preprocessing.inputs(from: table, largestMatrixCount: isEncoded ? 0 : .max),
        targets: plain.targets, task: .regression, columns: plain.columns)
      var spec = GrowthSpec()
      spec.restarts = restarts
      spec.topology = topology
      spec.stopping.validationFraction = 0
      spec.stopping.maximumUnits = units
      let needs = [UnitColumns.computed, .kept].map {
        MemoryNeed(of: spec, data: data, holdOuts: 0, unitColumns: $0).bytes
      }
      let start = secondsNow()
      let fit = try Grower(spec: spec).fit(
        data, validation: nil,
        in: FitContext(
          random: RandomStream(seed: 1), workers: workers,
          memory: keeping == .nothing ? 0.5 * (needs[0] + needs[1]) : .infinity))
      let seconds = secondsNow() - start
      let rounds = fit.report.rounds
      let found = rounds.flatMap(\.kept)
      for (index, unit) in found.enumerated() {
        if index == kept.count { (kept, all) = (kept + [0], all + [0]) }
        kept[index] += Double(unit.connections)
        all[index] += Double(unit.connections + unit.pruned)
      }
      let shares = found.map { Double($0.connections) / Double(max($0.connections + $0.pruned, 1)) }
      let loop = PlannedLoop(
        spec: spec, shape: GrowthShape(rows: rows, inputs: inputs), isEncoded: isEncoded,
        keepsUnits: keeping != .nothing, topology: topology, units: units, isHeldOut: false,
        keptShares: shares)
      for (index, round) in rounds.enumerated() { samples.append((loop.round(after: index), round.seconds)) }
      samples.append((loop.start, seconds - rounds.reduce(0) { $0 + $1.seconds }))
    }
    keptShares = zip(kept, all).map { $0 / max($1, 1) }
    encoding = encodings.sorted()[encodings.count / 2]
    fit(samples.filter { $0.seconds > 1e-4 })
  }

  /// Friedman's first function, with noise and inputs that say nothing, of three decimals.
  private static func table(rows: Int, inputs: Int) -> Table {
    let generator = RandomStream(seed: 1).child("costs").generator()
    let columns = (0..<inputs).map { _ in
      (0..<rows).map { _ in (generator.uniform() * 1000).rounded() / 1000 }
    }
    let target = (0..<rows).map { row in
      let value = FriedmanFunction.first((0..<5).map { columns[$0][row] }) + generator.gaussian()
      return (value * 1000).rounded() / 1000
    }
    return Table(
      columns: (columns + [target]).enumerated().map { index, column in
        .init(name: "x\(index)", values: .numbers(NumberColumn(column)))
      })
  }

  /// The costs, none below 0, under which the relative errors of the samples' seconds have the least squares: by descent
  /// in one cost after another.
  private mutating func fit(_ samples: [(work: GrowthWork, seconds: Double)]) {
    let kinds = GrowthWork.Kind.allCases
    let rows = samples.map { sample in sample.work.amounts.map { $0 / sample.seconds } }
    var found = [Double](repeating: 0, count: kinds.count)
    var left = [Double](repeating: 1, count: rows.count)
    let squares = kinds.indices.map { kind in rows.reduce(0) { $0 + $1[kind] * $1[kind] } }
    for _ in 0..<20_000 {
      for kind in kinds.indices where squares[kind] > 0 {
        let pull = rows.indices.reduce(0) { $0 + rows[$1][kind] * left[$1] }
        let next = max(0, found[kind] + pull / squares[kind])
        let change = next - found[kind]
        guard change != 0 else { continue }
        found[kind] = next
        for row in rows.indices { left[row] -= rows[row][kind] * change }
      }
    }
    for (kind, cost) in zip(kinds, found) { costs[kind.rawValue] = cost }
    residual = (left.reduce(0) { $0 + $1 * $1 } / Double(max(left.count, 1))).squareRoot()
  }
}
