internal import CambiumCore

/// What a pool's candidates are trained on: J of ``PoolCriterion`` and its gradient, in one sweep over the samples.
///
/// While a tile is in cache, its part of everything is done: z = Φ·W, the responses and their slopes, their sums, the
/// deltas, and Φᵀ·δ; 4·N·p·C operations in products. Deltas need each candidate's best output weights, which are known
/// only after all tiles; the sweep takes those of the sweep before instead, as backpropagation into a candidate and
/// its output weights in turn does. Asked twice for one pool, the second gradient is exact, and so is the first ever,
/// before which the output weights are found by a sweep of their own. J is always exact.
///
/// In float32 products, responses and a tile's sums keep seven digits; tiles are added up in float64. Sums are taken
/// of responses less their mean, as far as it is known, so that the variance of nearly constant ones keeps its digits.
package final class PoolObjective<Scalar: PoolScalar> {
  /// Below this many operations, waking other threads costs more than it saves.
  static var leastSharedWork: Int { 2_000_000 }

  let samples: PoolSamples<Scalar>
  let workers: WorkerPool
  let criterion: PoolCriterion
  /// ΦᵀVΦ, factored, where responses are made orthogonal to Φ.
  private let frame: Cholesky?
  let scratch = ScratchStack<Scalar>()
  var steps: [PoolCriterion.Step] = []

  init(
    samples: PoolSamples<Scalar>, objective: CandidateObjective = .errorReduction,
    frame: Cholesky? = nil, workers: WorkerPool
  ) {
    precondition((frame?.order ?? 0) == samples.frameCount, "the columns that the samples keep")
    self.frame = frame
    self.samples = samples
    self.workers = workers
    criterion = PoolCriterion(
      standardisedOutputs: samples.outputCount, count: samples.count, objective: objective)
  }

  /// J of every candidate, and its gradient in the pool's parameters (zero where the mask is).
  ///
  /// A candidate whose response is constant or not finite has J = 0 and no gradient.
  func evaluate(_ pool: CandidatePool) -> (objectives: [Double], gradient: [Double]) {
    guard samples.hasResidual else {
      return (
        [Double](repeating: 0, count: pool.count), [Double](repeating: 0, count: pool.parameters.count)
      )
    }
    let layout = PoolLayout<Scalar>(pool)
    findSteps(of: pool, layout)
    let (next, sums) = sweep(pool, layout, deltas: Deltas(steps, products: pool.productCount))
    steps = next
    return (next.map { $0.objective }, gradient(of: pool, sums, next))
  }

  /// The same with the gradient exact: a sweep more, of responses alone.
  func evaluateExactly(_ pool: CandidatePool) -> (objectives: [Double], gradient: [Double]) {
    if samples.hasResidual { steps = sweep(pool, PoolLayout<Scalar>(pool), deltas: nil).steps }
    return evaluate(pool)
  }

  /// The gradient by some of the samples, under the output weights that the last sweep over all found: times N over
  /// their number it is on average that by all.
  func gradient(of pool: CandidatePool, overRows rows: [Int]) -> [Double] {
    guard samples.hasResidual, steps.count == pool.count else {
      return [Double](repeating: 0, count: pool.parameters.count)
    }
    let (_, products) = sweep(
      pool, PoolLayout<Scalar>(pool), deltas: Deltas(steps, products: pool.productCount),
      over: samples.selecting(rows))
    return gradient(of: pool, products, steps)
  }

  /// Finds output weights where there are none of a sweep before.
  func findSteps(of pool: CandidatePool, _ layout: PoolLayout<Scalar>) {
    if steps.count != pool.count { steps = sweep(pool, layout, deltas: nil).steps }
  }

  /// J of every candidate.
  func objectives(_ pool: CandidatePool) -> [Double] {
    guard samples.hasResidual else { return [Double](repeating: 0, count: pool.count) }
    return sweep(pool, PoolLayout<Scalar>(pool), deltas: nil).steps.map(\.objective)
  }

  /// The objective of some of the candidates that were asked for last, with what is known of them, over some of the
  /// sources.
  func selecting(_ candidates: [Int], sources: [Int]) -> PoolObjective {
    let isAll = sources.count == samples.sourceCount
    let selected = PoolObjective(
      samples: isAll ? samples : samples.selecting(sources: sources), objective: criterion.objective,
      frame: frame, workers: workers)
    if !steps.isEmpty { selected.steps = candidates.map { steps[$0] } }
    return selected
  }

  /// What turns the responses that belong to each column of slopes into deltas, in the sweep's precision; all 0 where J
  /// is 0.
  private struct Deltas {
    let candidateCount: Int
    var isMoving: [Bool] = []
    /// Columns × outputs.
    var pull: [Scalar] = []
    var push: [Scalar] = []
    var offset: [Scalar] = []
    /// Candidates × columns of Φ.
    var projection: [Scalar]

    init(_ steps: [PoolCriterion.Step], products: Int) {
      candidateCount = steps.count
      let isProjected = steps.contains { !$0.projection.isEmpty }
      let columnCount = steps.count + products
      isMoving.reserveCapacity(columnCount)
      pull.reserveCapacity(columnCount * (steps.first?.pull.count ?? 0))
      push.reserveCapacity(columnCount)
      offset.reserveCapacity(columnCount)
      for column in 0..<columnCount {
        let step = steps[column < steps.count ? column : column - products]
        isMoving.append(step.objective > 0)
        for pull in step.pull { self.pull.append(Scalar(pull)) }
        push.append(Scalar(step.push))
        offset.append(Scalar(step.push * (isProjected ? step.shift : step.mean) - step.pulledMean))
      }
      guard isProjected else {
        projection = []
        return
      }
      let columns = steps.map(\.projection.count).max() ?? 0
      projection = (0..<columns).flatMap { j in
        steps.map { $0.projection.isEmpty ? 0 : Scalar($0.projection[j]) }
      }
    }
    /// The second column of slopes of a candidate that is a product.
    func secondColumn(of candidate: Int) -> Int? {
      let products = push.count - candidateCount
      return candidate < candidateCount - products ? nil : candidate + products
    }
  }

  // MARK: The sweep

  /// All candidates' steps; where deltas are asked for, [Φᵀ δ for all columns of slopes, (Φ∘Φ)ᵀ δ for the radial ones]
  /// behind the sums.
  private func sweep(
    _ pool: CandidatePool, _ layout: PoolLayout<Scalar>, deltas: Deltas?,
    over picked: PoolSamples<Scalar>? = nil
  ) -> (steps: [PoolCriterion.Step], products: ArraySlice<Double>) {
    let samples = picked ?? self.samples
    let p = pool.sourceCount
    let (c, q, columns) = (pool.count, pool.radialCount, layout.slopeCount)
    let shifts = steps.count == c ? steps.map { Double(Scalar($0.mean)) } : nil
    let sumCount = c * criterion.sumCount
    let overlaps = sumCount + (deltas == nil ? 0 : p * (columns + q))
    let size = overlaps + c * samples.frameCount
    let isShared = 4 * samples.count * p * c >= Self.leastSharedWork
    let sums = TileSums(tileCount: samples.tileCount, size: size)
      .run(on: isShared ? workers : nil) { index, sums in
        let tile = samples.tile(index)
        scratch.lend(layout.scratchCount + (frame == nil ? 0 : c * PoolSamples<Scalar>.stride)) { scratch in
          let responses = scratch
          let slopes = scratch + c * PoolSamples<Scalar>.stride
          let squares = slopes + columns * PoolSamples<Scalar>.stride
          layout.respond(
            to: tile, responses: responses, slopes: slopes, slopesAreWanted: deltas != nil, squares: squares
          ) { k in
            Scalar.addSums(
              rows: tile.count, response: responses + k * PoolSamples<Scalar>.stride,
              shift: Scalar(shifts?[k] ?? 0), residual: tile.residual, outputs: samples.outputCount,
              stride: PoolSamples<Scalar>.stride, weights: tile.weights, sums: sums + k * criterion.sumCount)
            if frame == nil, let deltas { set(deltas, of: k, tile, responses, slopes) }
          }
          if frame != nil {
            let shadows = scratch + layout.scratchCount
            addOverlaps(
              tile, responses, shifts, candidates: c, columns: samples.frameCount, room: shadows,
              sums: sums + overlaps)
            if let deltas {
              subtractShadows(
                deltas.projection, tile, responses, candidates: c, columns: samples.frameCount, room: shadows)
              for k in 0..<c { set(deltas, of: k, tile, responses, slopes) }
            }
          }
          guard deltas != nil else { return }
          let products = sums + sumCount
          Scalar.addProductOfTransposed(
            rows: tile.rows, sources: p, candidates: columns, phi: tile.phi,
            stride: PoolSamples<Scalar>.stride,
            delta: slopes, sums: products, next: tile.next)
          guard q > 0 else { return }
          Scalar.addProductOfTransposed(
            rows: tile.rows, sources: p, candidates: q, phi: squares, stride: PoolSamples<Scalar>.stride,
            delta: slopes + pool.ridgeCount * PoolSamples<Scalar>.stride, sums: products + p * columns,
            next: nil)
        }
      }
    guard let frame else {
      return (
        criterion.steps(from: sums[..<sumCount], shifts: shifts, before: steps), sums[sumCount...]
      )
    }
    let found = criterion.steps(
      from: sums[..<sumCount], onto: frame, overlaps: Array(sums[overlaps...]), shifts: shifts)
    return (found, sums[sumCount..<overlaps])
  }

  /// Turns a candidate's slopes over a tile into its deltas.
  @inline(__always)
  private func set(
    _ deltas: Deltas, of candidate: Int, _ tile: PoolSamples<Scalar>.Tile, _ responses: UnsafePointer<Scalar>,
    _ slopes: UnsafeMutablePointer<Scalar>
  ) {
    let response = responses + candidate * PoolSamples<Scalar>.stride
    set(deltas, column: candidate, tile, response, slopes)
    if let second = deltas.secondColumn(of: candidate) { set(deltas, column: second, tile, response, slopes) }
  }

  private func set(
    _ deltas: Deltas, column: Int, _ tile: PoolSamples<Scalar>.Tile, _ response: UnsafePointer<Scalar>,
    _ slopes: UnsafeMutablePointer<Scalar>
  ) {
    let slope = slopes + column * PoolSamples<Scalar>.stride
    guard deltas.isMoving[column] else {
      slope.update(repeating: 0, count: tile.rows)
      return
    }
    deltas.pull.withUnsafeBufferPointer { pull in
      guard let pull = pull.baseAddress else { return }
      Scalar.deltas(
        rows: tile.count, response: response, residual: tile.residual, outputs: samples.outputCount,
        stride: PoolSamples<Scalar>.stride, weights: tile.weights, pull: pull + column * samples.outputCount,
        push: deltas.push[column], offset: deltas.offset[column], slopes: slope)
    }
    (slope + tile.count).update(repeating: 0, count: tile.rows - tile.count)
  }

  // MARK: The gradient

  private func gradient(
    of pool: CandidatePool, _ products: ArraySlice<Double>, _ steps: [PoolCriterion.Step]
  ) -> [Double] {
    let p = pool.sourceCount
    let ridgeSize = p * pool.ridgeCount
    var gradient = [Double](repeating: 0, count: pool.parameters.count)
    products.withUnsafeBufferPointer { sums in
      guard let base = sums.baseAddress else { return }
      gradient.withUnsafeMutableBufferPointer { gradient in
        for candidate in 0..<pool.ridgeCount where steps[candidate].objective > 0 {
          let start = candidate * p
          pool.mask.withUnsafeBufferPointer { mask in
            guard let mask = mask.baseAddress, let gradient = gradient.baseAddress else { return }
            Double.multiply(p, base + start, mask + start, gradient + start)
          }
        }
      }
      for candidate in 0..<pool.radialCount where steps[pool.ridgeCount + candidate].objective > 0 {
        let linear = ridgeSize + candidate * p
        let quadratic = p * (pool.count + pool.productCount) + candidate * p
        let total = sums[linear]
        for source in 1..<p {
          let width = pool.widthsStart + candidate * p + source
          let centre = pool.centresStart + candidate * p + source
          guard pool.mask[width] != 0 else { continue }
          let s = pool.parameters[width]
          let k = pool.parameters[centre]
          // Σ_n δ (φ − k)² and Σ_n δ (φ − k), from the sums over φ² and φ.
          let squared = sums[quadratic + source] - 2 * k * sums[linear + source] + k * k * total
          let plain = sums[linear + source] - k * total
          gradient[width] = -2 * s * squared
          gradient[centre] = 2 * s * s * plain
        }
      }
      let products = pool.count - pool.productCount
      for factor in 0..<2 * pool.productCount
      where steps[products + factor % pool.productCount].objective > 0 {
        for source in 0..<p {
          let index = pool.firstFactorsStart + factor * p + source
          gradient[index] = sums[(products + factor) * p + source] * pool.mask[index]
        }
      }
    }
    return gradient
  }
}
