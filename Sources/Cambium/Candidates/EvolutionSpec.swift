internal import CambiumCore

/// Evolution of a pool before its candidates climb (Yao 1999, *Evolving artificial neural networks*).
///
/// In every generation each candidate has one child, which takes its place where its objective is larger, so none ever
/// falls. A child inherits, in this order: each source's connection from its parent or, by crossover, from a mate of the
/// same function; by a change of function, all connections from a candidate of another ridge function, which it then has
/// with its own; cut or restored connections, all of these within its receptive field; and weights moved by normal steps, whose size follows the successes
/// (Rechenberg 1973: larger after one, smaller after none, steady where one in five succeeds). Mates are the better of two
/// drawn.
///
/// A generation costs a pass of responses alone, two fifths of one of training. With `training.epochs: 1` it stands alone.
public struct EvolutionSpec: Codable, Sendable, Equatable {
  /// Generations, 0…100 000. Default 0: no evolution.
  public var generations = 0
  /// The share of children by crossover, 0…1, where there are mates: `restarts` ≥ 2. Default 0.5.
  public var crossover = 0.5
  /// The share of children that try a ridge function on another's connections, 0…1. Default 0.1.
  public var functions = 0.1
  /// How many of its connections a child has cut or restored on average, ≥ 0, at most 1000. Default 0.5.
  public var fields = 0.5
  /// The first standard deviation of a weight's step, in root mean squares of its candidate's weights, above 0 and at most
  /// 100. Default 0.3.
  public var step = 0.3

  /// The defaults.
  public init() {}

  func validate() throws {
    try require(generations, in: 0...100_000, "training.evolution.generations")
    try require(crossover, in: 0...1, "training.evolution.crossover")
    try require(functions, in: 0...1, "training.evolution.functions")
    try require(fields, in: 0...1000, "training.evolution.fields")
    try require(step, in: 1e-9...100, "training.evolution.step")
  }
}
