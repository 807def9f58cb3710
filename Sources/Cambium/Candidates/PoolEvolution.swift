internal import CambiumCore

/// A pool that evolves; see ``EvolutionSpec``.
struct PoolEvolution {
  let spec: EvolutionSpec
  let random: RandomStream

  /// The pool after all generations.
  func evolved(_ pool: CandidatePool, on objective: TrainingObjective) -> CandidatePool {
    guard spec.generations > 0 else { return pool }
    var parents = pool
    var values = objective.objectives(parents)
    var steps = [Double](repeating: spec.step, count: pool.count)
    for generation in 0..<spec.generations {
      let generator = random.child("generation", generation).generator()
      var children = parents
      for candidate in 0..<pool.count {
        inherit(candidate, &children, from: parents, values, generator)
        changeField(of: candidate, &children, generator)
        move(candidate, &children, by: steps[candidate], generator)
      }
      let found = objective.objectives(children)
      for candidate in 0..<pool.count {
        let succeeds = found[candidate] > values[candidate]
        steps[candidate] = min(max(steps[candidate] * (succeeds ? 1.5 : 0.904), 1e-6), 100)
        guard succeeds else { continue }
        values[candidate] = found[candidate]
        for range in parents.parameterRanges(of: candidate) {
          parents.parameters.replaceSubrange(range, with: children.parameters[range])
          parents.mask.replaceSubrange(range, with: children.mask[range])
        }
      }
    }
    return parents
  }

  private func inherit(
    _ candidate: Int, _ children: inout CandidatePool, from parents: CandidatePool, _ values: [Double],
    _ generator: RandomGenerator
  ) {
    let own = parents.activation(of: candidate)
    let (crosses, changes) = (generator.uniform() < spec.crossover, generator.uniform() < spec.functions)
    func mate(_ isOne: (Activation) -> Bool) -> Int? {
      let mates = (0..<parents.count).filter { $0 != candidate && isOne(parents.activation(of: $0)) }
      guard !mates.isEmpty else { return nil }
      let pair = (0..<2).map { _ in mates[generator.index(below: mates.count)] }
      return values[pair[1]] > values[pair[0]] ? pair[1] : pair[0]
    }
    let from: Int?
    let isWhole = changes && own.form == .ridge
    if isWhole {
      from = mate { $0.form == .ridge && $0 != own }
    } else {
      from = crosses ? mate { $0 == own } : nil
    }
    guard let from else { return }
    for source in 0..<parents.sourceCount where isWhole || generator.uniform() < 0.5 {
      for (to, from) in zip(parents.parameterRanges(of: candidate), parents.parameterRanges(of: from))
      where parents.isInField(to.lowerBound + source) {
        children.parameters[to.lowerBound + source] = parents.parameters[from.lowerBound + source]
        children.mask[to.lowerBound + source] = parents.mask[from.lowerBound + source]
      }
    }
  }

  /// Cuts or restores connections of the receptive field; one at least stays, of each factor of a product.
  private func changeField(
    of candidate: Int, _ children: inout CandidatePool, _ generator: RandomGenerator
  ) {
    let scale = magnitude(of: candidate, in: children)
    for range in children.prunableRanges(of: candidate) {
      let indices = range.filter(children.isInField)
      let chance = spec.fields / Double(max(indices.count, 1))
      for index in indices where generator.uniform() < chance {
        if children.mask[index] != 0 {
          if indices.count(where: { children.mask[$0] != 0 }) > 1 { children.prune(index) }
        } else {
          children.restore(index, weight: scale * generator.gaussian(), centre: generator.gaussian())
        }
      }
      // Crossover may have left none.
      if !indices.isEmpty, indices.allSatisfy({ children.mask[$0] == 0 }) {
        let index = indices[generator.index(below: indices.count)]
        children.restore(index, weight: max(scale, 0.1) * generator.gaussian(), centre: 0)
      }
    }
  }

  private func move(
    _ candidate: Int, _ children: inout CandidatePool, by step: Double, _ generator: RandomGenerator
  ) {
    let scale = step * max(magnitude(of: candidate, in: children), 1e-3)
    for (part, range) in children.parameterRanges(of: candidate).enumerated() {
      // Centres are in units of the standardised sources.
      let deviation = part == 0 || children.activation(of: candidate).form == .product ? scale : step
      for index in range where children.mask[index] != 0 {
        children.parameters[index] += deviation * generator.gaussian()
      }
    }
  }

  /// The root mean square of a candidate's living weights, or widths.
  private func magnitude(of candidate: Int, in pool: CandidatePool) -> Double {
    let living = pool.prunableRanges(of: candidate).joined().filter { pool.mask[$0] != 0 }
    let square = living.reduce(0.0) { $0 + pool.parameters[$1] * pool.parameters[$1] }
    return (square / Double(max(living.count, 1))).squareRoot()
  }
}

extension CandidatePool {
  /// Connects at an index that `prunableRanges` gave; only a radial unit has a centre.
  fileprivate mutating func restore(_ index: Int, weight: Double, centre value: Double) {
    mask[index] = 1
    parameters[index] = weight
    guard (widthsStart..<centresStart).contains(index) else { return }
    let centre = index - widthsStart + centresStart
    mask[centre] = 1
    parameters[centre] = value
  }
}
