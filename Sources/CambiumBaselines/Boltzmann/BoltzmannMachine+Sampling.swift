public import CambiumCore

/// How the temperature of simulated annealing falls: from `start` to `end`, by the same factor each sweep.
public struct AnnealingSchedule: Sendable, Codable, Equatable {
  /// The first temperature, above 0.
  public var start: Double
  /// The last one, above 0.
  public var end: Double
  /// Sweeps over all units, at least 1.
  public var sweeps: Int

  /// Makes a schedule. At a temperature of 1 units are those of the machine itself.
  public init(start: Double = 10, end: Double = 1, sweeps: Int = 100) {
    precondition(start > 0 && end > 0 && sweeps >= 1, "temperatures above 0, a sweep")
    self.start = start
    self.end = end
    self.sweeps = sweeps
  }

  /// The temperature of each sweep.
  var temperatures: [Double] {
    (0..<sweeps).map { sweep in
      sweeps == 1 ? end : start * power(end / start, Double(sweep) / Double(sweeps - 1))
    }
  }
}

extension BoltzmannMachine {
  /// States after some sweeps of Gibbs sampling: each unit in turn, given all others.
  ///
  /// - Parameters:
  ///   - states: N × n values that N chains start from.
  ///   - sweeps: Turns over all units, at least 0. The more, the closer to draws from p.
  ///   - clampedCount: So many of the first units stay as they are: D for the hidden ones given the visible.
  ///   - random: Where the draws come from.
  /// - Returns: N × n values. O(sweeps · N · n²).
  public func sampled(from states: Matrix, sweeps: Int, clampedCount: Int = 0, random: RandomStream) -> Matrix
  {
    sampled(
      from: states, temperatures: [Double](repeating: 1, count: sweeps), clampedCount: clampedCount,
      random.generator())
  }

  /// The same at temperatures that fall (Kirkpatrick, Gelatt and Vecchi 1983): where they end near 0, states of low energy;
  /// where they end at 1, states that are less likely than after as many plain sweeps to be stuck in one region.
  public func annealed(
    from states: Matrix, by schedule: AnnealingSchedule, clampedCount: Int = 0, random: RandomStream
  ) -> Matrix {
    sampled(
      from: states, temperatures: schedule.temperatures, clampedCount: clampedCount, random.generator())
  }

  /// N states whose units are on or off with equal chance.
  public func randomStates(_ count: Int, random: RandomStream) -> Matrix {
    Matrix(rows: count, columns: unitCount, repeating: 0.5).drawnAsProbabilities(random.generator())
  }

  func sampled(
    from start: Matrix, temperatures: [Double], clampedCount: Int, _ generator: RandomGenerator
  ) -> Matrix {
    precondition(start.columns == unitCount, "\(start.columns) values for \(unitCount) units")
    var states = start
    let columns = (0..<unitCount).map { Matrix(rows: unitCount, columns: 1, values: weights.column($0)) }
    for temperature in temperatures {
      for unit in clampedCount..<max(unitCount, clampedCount) {
        var sums = states.times(columns[unit])
        for i in 0..<states.rows { sums[i, 0] = (sums[i, 0] + biases[unit]) / temperature }
        let drawn = sums.mapped(by: .logistic).drawnAsProbabilities(generator)
        for i in 0..<states.rows { states[i, unit] = drawn[i, 0] }
      }
    }
    return states
  }
}
