package import CambiumCore

extension CandidatePool {
  /// A pool of `restarts` candidates of each activation over the first `sourceCount` columns of `design`.
  ///
  /// The weights of sums start at Sobol points, shifted at random and scaled so that a sum has a standard deviation
  /// between ½ and 4 over those standardised sources that it reads; radial centres start at random samples. Sines
  /// from the second restart on start as interactions of the sources with two values, where there are several.
  ///
  /// - Parameter field: The columns that a candidate may read beside the bias; nil for all of the first.
  package init(
    activations: [Activation], restarts: Int, sourceCount: Int, design: DesignMatrix, random: RandomStream,
    field: (Int) -> [Int]? = { _ in nil }
  ) {
    self.init(
      activations: activations, restarts: restarts, sourceCount: sourceCount, design: design, start: .sobol,
      samples: nil, random: random, field: field)
  }

  /// The same with those restarts beginning where the network errs that a start says.
  init(
    activations: [Activation], restarts: Int, sourceCount: Int, design: DesignMatrix, start: CandidateStart,
    samples: StartSamples?, random: RandomStream, field: (Int) -> [Int]?
  ) {
    let ridge = activations.filter { $0.form == .ridge }
    self.init(
      sourceCount: sourceCount,
      ridgeActivations: ridge.flatMap { Array(repeating: $0, count: restarts) },
      radialCount: activations.contains(.radial) ? restarts : 0,
      productCount: activations.contains(.product) ? restarts : 0)
    let fields = (0..<count).map(field)
    for (candidate, field) in fields.enumerated() {
      if let field { restrict(candidate, to: field) }
    }
    self.field = mask
    startSums(ridgeCount, from: 0, random: random.child("ridge"))
    startRadialUnits(design: design, random: random.child("radial"))
    startSums(2 * productCount, from: firstFactorsStart, random: random.child("product"))
    if let samples {
      startAtResidual(by: samples, random.child("residual")) { start.isAtResidual(restart: $0 % restarts) }
    }
    startInteractions(restarts: restarts, design: design, random: random.child("interaction"))
  }

  /// Starts those candidates of each kind, counted within it, where the network errs.
  private mutating func startAtResidual(
    by samples: StartSamples, _ random: RandomStream, _ isWanted: (Int) -> Bool
  ) {
    let sums = (0..<ridgeCount).filter(isWanted).map { $0 * sourceCount }
    let factors = (0..<2 * productCount).filter { isWanted($0 % max(productCount, 1)) }
      .map { firstFactorsStart + $0 * sourceCount }
    startSums(at: sums + factors, by: samples, random: random.child("sums"))
    startRadialCentres((0..<radialCount).filter(isWanted), by: samples, random: random.child("centres"))
  }

  private init(sourceCount: Int, ridgeActivations: [Activation], radialCount: Int, productCount: Int) {
    self.sourceCount = sourceCount
    self.ridgeActivations = ridgeActivations
    self.radialCount = radialCount
    self.productCount = productCount
    let size = sourceCount * (ridgeActivations.count + 2 * (radialCount + productCount))
    parameters = [Double](repeating: 0, count: size)
    mask = [Double](repeating: 1, count: size)
    // A radial unit has no use for the constant source.
    for candidate in 0..<radialCount {
      mask[widthsStart + candidate * sourceCount] = 0
      mask[centresStart + candidate * sourceCount] = 0
    }
  }

  /// Masks all sources of a candidate but those of a field and the bias.
  private mutating func restrict(_ candidate: Int, to field: [Int]) {
    var isRead = [Bool](repeating: false, count: sourceCount)
    for source in field { isRead[source] = true }
    for range in parameterRanges(of: candidate) {
      for source in 1..<max(sourceCount, 1) where !isRead[source] { mask[range.lowerBound + source] = 0 }
    }
  }

  /// Starts `count` columns of weights, which begin at an index of `parameters`.
  private mutating func startSums(_ count: Int, from firstColumn: Int, random: RandomStream) {
    guard count > 0 else { return }
    let generator = random.generator()
    let sobolCount = min(sourceCount + 1, SobolSequence.largestDimension)
    let sobol = SobolSequence(dimension: sobolCount)
    let shift = (0..<sobolCount).map { _ in generator.uniform() }
    for column in 0..<count {
      // The last coordinate sets the scale; sources past Sobol's dimensions are drawn at random.
      let point = zip(sobol.next(), shift).map { ($0 + $1).truncatingRemainder(dividingBy: 1) }
      let start = firstColumn + column * sourceCount
      var energy = 0.0
      for source in 0..<sourceCount {
        let unit = source < sobolCount - 1 ? point[source] : generator.uniform()
        parameters[start + source] = (2 * unit - 1) * mask[start + source]
        if source > 0 { energy += parameters[start + source] * parameters[start + source] }
      }
      let deviation = 0.5 * power(8, point[sobolCount - 1])
      let factor = deviation / max(energy, 1e-12).squareRoot()
      for source in 1..<max(sourceCount, 1) { parameters[start + source] *= factor }
      parameters[start] *= max(1, deviation)
    }
  }

  /// Starts sines, but the first, as Walsh functions: products of several sources that have two values each.
  ///
  /// A step from one value to the other moves the sum by π and turns the sign of sin(w·φ + b). With all of n such
  /// sources that is their parity, which no Sobol point comes near: of n weights of random sizes, a sine's overlap
  /// with parity, a product of n sines of them, vanishes as n grows. The second restart reads all of them, later ones
  /// each with a probability of one half; other sources start at zero, and the bias where the sine answers with ±1.
  private mutating func startInteractions(restarts: Int, design: DesignMatrix, random: RandomStream) {
    let columns = ridgeActivations.indices.filter { $0 % restarts > 0 && ridgeActivations[$0] == .sin }
    guard !columns.isEmpty else { return }
    let twoValued = (1..<max(sourceCount, 1)).compactMap { source in
      design.gapOfTwoValues(inColumn: source).map { (source: source, gap: $0) }
    }
    let generator = random.generator()
    for column in columns {
      let start = column * sourceCount
      let readsAll = column % restarts == 1
      let read = twoValued.filter { mask[start + $0.source] != 0 && (readsAll || generator.uniform() < 0.5) }
      guard read.count > 1 else { continue }
      for source in 0..<sourceCount { parameters[start + source] = 0 }
      var phase = Double.pi / 2
      for (source, gap) in read {
        let weight = (generator.uniform() < 0.5 ? -1 : 1) * Double.pi / gap
        parameters[start + source] = weight
        phase -= weight * design.column(source, rows: [0])[0]
      }
      parameters[start] = phase.remainder(dividingBy: 2 * .pi)
    }
  }

  private mutating func startRadialUnits(design: DesignMatrix, random: RandomStream) {
    guard radialCount > 0 else { return }
    let generator = random.generator()
    let samples = (0..<radialCount).map { _ in generator.index(below: design.rowCount) }
    for source in 1..<max(sourceCount, 1) {
      let values = design.column(source, rows: samples)
      for candidate in 0..<radialCount {
        let index = centresStart + candidate * sourceCount + source
        parameters[index] = values[candidate] * mask[index]
      }
    }
    for candidate in 0..<radialCount {
      // Two samples lie √(2p) apart in p sources on average: the exponent of a typical one is then between −½ and −4.
      let widths = widthsStart + candidate * sourceCount..<widthsStart + (candidate + 1) * sourceCount
      let readCount = widths.count { mask[$0] != 0 }
      let width = (0.25 * power(8, generator.uniform()) / Double(max(readCount, 1))).squareRoot()
      for index in widths { parameters[index] = width * mask[index] }
    }
  }
}
