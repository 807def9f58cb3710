public import CambiumCore

/// How to train a Boltzmann machine: Δw_ij = η (⟨s_i s_j⟩ with the visible units clamped to the data − ⟨s_i s_j⟩ of the
/// machine running freely), Ackley, Hinton and Sejnowski 1985.
public struct BoltzmannMachineTraining: Sendable, Equatable {
  /// Where the two means come from.
  public enum Phases: String, Sendable, CaseIterable {
    /// From all states; of machines of at most 20 units.
    case enumerated
    /// From chains of Gibbs sampling that go on from step to step: one for each sample, and `chains` that run freely.
    case sampled
  }

  /// Where the two means come from. Default `sampled`.
  public var phases = Phases.sampled
  /// Freely running chains, at least 1. Default 200.
  public var chains = 200
  /// Sweeps of all chains for each step, at least 1. Default 2.
  public var sweeps = 2
  /// How chains begin: from random states, cooled down so.
  public var start = AnnealingSchedule(start: 10, end: 1, sweeps: 20)
  /// η. Default 0.2, halved after 500 steps.
  public var rate = LearningRate(initial: 0.2, decay: 0.002)
  /// The share of the last step that is repeated, 0 ≤ momentum < 1. Default 0.5.
  public var momentum = 0.5
  /// λ, at least 0, of the penalty λ · ((1 − a) · ½ Σ w² + a · Σ |w|) on weights. Default 0.
  public var weightDecay = 0.0
  /// a, 0…1. Default 0.
  public var absoluteShare = 0.0
  /// The largest length of what a unit reads, at least 0; 0: no limit. Default 0.
  public var largestNorm = 0.0
  /// Steps, each on all samples, at least 1. Default 1000.
  public var epochs = 1000

  /// A weight beyond this belongs to no machine that learns.
  private static let largestWeight = 1e4

  /// The defaults.
  public init() {}

  /// A machine of so many hidden units, trained on the rows of N × D values from 0 to 1.
  ///
  /// - Throws: `InputError` where a value lies outside 0…1, where there are too many units to enumerate, and where the
  ///   weights run away: with the epoch and the step size.
  public func machine(hiddenCount: Int, on visible: Matrix, in context: FitContext) throws -> BoltzmannMachine
  {
    precondition(
      hiddenCount >= 0 && visible.columns >= 1 && visible.rows >= 1,
      "a machine has a visible unit, and samples")
    if let value = visible.values.first(where: { !(0...1).contains($0) }) {
      throw InputError(
        .content, found: "\(value) for a unit of 0 or 1", expected: "values from 0 to 1; scale them to that")
    }
    var machine = start(visible.columns, hiddenCount, context.random.child("weights").generator())
    var clamped = phases == .sampled ? chains(of: machine, on: visible, context.random.child("clamped")) : nil
    var free =
      phases == .sampled ? chains(of: machine, count: chains, context.random.child("free")) : nil
    var optimizer = GradientDescent(
      count: machine.unitCount * (1 + machine.unitCount), learningRate: 0, momentum: momentum)
    for epoch in 1...max(epochs, 1) {
      let gradient: BoltzmannMoments
      if let seen = clamped, let dreamt = free {
        let generator = context.random.child("epoch", epoch).generator()
        let temperatures = [Double](repeating: 1, count: sweeps)
        let first = machine.sampled(
          from: seen, temperatures: temperatures, clampedCount: machine.visibleCount, generator)
        let second = machine.sampled(from: dreamt, temperatures: temperatures, clampedCount: 0, generator)
        gradient = Self.moments(first).minus(Self.moments(second))
        (clamped, free) = (first, second)
      } else {
        gradient = try machine.logLikelihoodGradient(of: visible)
      }
      optimizer.learningRate = rate.value(after: Double(epoch - 1))
      machine = stepped(machine, by: gradient, &optimizer)
      guard (machine.biases + machine.weights.values).allSatisfy({ abs($0) <= Self.largestWeight }) else {
        throw InputError(
          .content, at: .init(column: "rate.initial"),
          found: "weights that ran away in epoch \(epoch), at a step size of \(optimizer.learningRate)",
          expected: "a smaller one")
      }
      if context.observer.isInterrupted { break }
    }
    return machine
  }

  private func start(_ visibleCount: Int, _ hiddenCount: Int, _ generator: RandomGenerator)
    -> BoltzmannMachine
  {
    let count = visibleCount + hiddenCount
    var weights = Matrix(rows: count, columns: count)
    // Far enough from 0, where nothing that two units do together has a slope in the weights of hidden ones.
    let deviation = 1 / Double(count).squareRoot()
    for i in 0..<count {
      for j in 0..<i {
        weights[i, j] = generator.gaussian(standardDeviation: deviation)
        weights[j, i] = weights[i, j]
      }
    }
    return BoltzmannMachine(unchecked: visibleCount, [Double](repeating: 0, count: count), weights)
  }

  private func chains(of machine: BoltzmannMachine, count: Int, _ random: RandomStream) -> Matrix {
    machine.annealed(
      from: machine.randomStates(count, random: random.child("start")), by: start,
      random: random.child("cooling"))
  }

  /// One chain for each sample, whose visible units are the sample's.
  private func chains(of machine: BoltzmannMachine, on visible: Matrix, _ random: RandomStream) -> Matrix {
    let hidden = machine.randomStates(visible.rows, random: random.child("start"))
    return machine.annealed(
      from: visible.appendingColumns(of: hidden.columns(from: machine.visibleCount)), by: start,
      clampedCount: machine.visibleCount, random: random.child("cooling"))
  }

  private static func moments(_ states: Matrix) -> BoltzmannMoments {
    BoltzmannMoments(of: states, weights: [Double](repeating: 1 / Double(states.rows), count: states.rows))
  }

  private func stepped(
    _ machine: BoltzmannMachine, by gradient: BoltzmannMoments, _ optimizer: inout GradientDescent
  ) -> BoltzmannMachine {
    let penalty = ConnectionPenalty(
      weightDecay: weightDecay, absoluteShare: absoluteShare, largestNorm: largestNorm)
    var parameters = machine.biases + machine.weights.values
    // Downhill for the optimiser is uphill for the likelihood.
    let slopes =
      gradient.first.map { -$0 }
      + zip(gradient.second.values, machine.weights.values).map { penalty.slope($1) - $0 }
    optimizer.step(&parameters, gradient: slopes)
    let count = machine.unitCount
    var weights = Matrix(rows: count, columns: count, values: Array(parameters[count...]))
    penalty.limitUnits(of: &weights)
    return BoltzmannMachine(unchecked: machine.visibleCount, Array(parameters[0..<count]), weights)
  }
}
