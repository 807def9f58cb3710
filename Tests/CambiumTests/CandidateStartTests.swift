import CambiumCore
import Testing

@testable import Cambium

@Suite struct CandidateStartTests {
  private static let rows = 50
  private static let features = Samples.matrix(rows, 4)
  private static let design = DesignMatrix(features: features)

  private static func pool(
    _ start: CandidateStart, residual: Matrix = Samples.matrix(rows, 2, "residual"), weights: [Double]? = nil,
    field: (Int) -> [Int]? = { _ in nil }
  ) -> CandidatePool {
    CandidatePool(
      activations: Activation.allCases, restarts: 4, sourceCount: 5, design: design, start: start,
      samples: StartSamples((design, residual, weights)),
      random: RandomStream(seed: 1), field: field)
  }

  /// The weights of all sums, bias first: one for each ridge candidate, two for each product.
  private static func sums(_ pool: CandidatePool) -> [[Double]] {
    (0..<pool.count).filter { pool.activation(of: $0).form != .radial }
      .flatMap { pool.parameterRanges(of: $0).map { Array(pool.parameters[$0]) } }
  }

  /// Two samples between which a sum starts: it is as far below zero at one as above at the other, and its weights
  /// are their difference, times a number.
  private static func ends(of weights: [Double]) -> (Int, Int)? {
    func sum(_ i: Int) -> Double { (0..<4).reduce(weights[0]) { $0 + weights[$1 + 1] * features[i, $1] } }
    let norm = (1...4).reduce(0) { $0 + weights[$1] * weights[$1] }.squareRoot()
    for a in 0..<rows {
      for b in 0..<rows where a != b && isClose(sum(a), -sum(b), 1e-9) {
        let difference = (0..<4).map { features[b, $0] - features[a, $0] }
        let length = difference.reduce(0) { $0 + $1 * $1 }.squareRoot()
        if (0..<4).allSatisfy({ isClose(weights[$0 + 1] / norm, difference[$0] / length, 1e-9) }) {
          return (a, b)
        }
      }
    }
    return nil
  }

  @Test func sumsStartMidwayBetweenTwoSamplesWhereTheResidualChanges() throws {
    // It changes at one place alone, that a random direction would cross by chance.
    var residual = Matrix(rows: Self.rows, columns: 2)
    for i in 0..<Self.rows { residual[i, 1] = Self.features[i, 2] > 0 ? 1 : -0.5 }
    let sums = Self.sums(Self.pool(.residual, residual: residual))
    #expect(sums.count > 40)
    for weights in sums {
      let (a, b) = try #require(Self.ends(of: weights))
      #expect(residual[a, 1] != residual[b, 1])
    }
    #expect(Self.sums(Self.pool(.sobol, residual: residual)).allSatisfy { Self.ends(of: $0) == nil })
  }

  @Test func steepChangesAreDrawnMoreOften() throws {
    func length(_ start: Matrix) throws -> Double {
      try Self.sums(Self.pool(.residual, residual: start)).reduce(0) { sum, weights in
        let (a, b) = try #require(Self.ends(of: weights))
        return sum
          + (0..<4).reduce(0) {
            $0 + (Self.features[a, $1] - Self.features[b, $1]) * (Self.features[a, $1] - Self.features[b, $1])
          }
      }
    }
    // Of a residual that jumps anywhere, near samples have the steepest change; of one that is linear, none.
    var (linear, noise) = (Matrix(rows: Self.rows, columns: 1), Matrix(rows: Self.rows, columns: 1))
    for i in 0..<Self.rows {
      linear[i, 0] = (0..<4).reduce(0) { $0 + Self.features[i, $1] }
      noise[i, 0] = i % 2 == 0 ? 1 : -1
    }
    #expect(try length(noise) < 0.9 * length(linear))
  }

  @Test func radialCentresStartAtSamplesThatAreBadlyRepresented() {
    var residual = Matrix(rows: Self.rows, columns: 2)
    (residual[7, 0], residual[31, 1], residual[40, 0]) = (-2, 1, 9)
    var weights = [Double](repeating: 1, count: Self.rows)
    weights[40] = 0
    let pool = Self.pool(.residual, residual: residual, weights: weights)
    var drawn: Set<Int> = []
    for candidate in 0..<pool.count where pool.activation(of: candidate) == .radial {
      let centres = pool.connections(of: candidate).map(\.centre)
      for row in [7, 31] where centres == (0..<4).map({ Self.features[row, $0] }) { drawn.insert(row) }
      #expect(pool.connections(of: candidate).allSatisfy { $0.weight > 0 && $0.weight.isFinite })
      #expect([7, 31].contains { row in centres == (0..<4).map { Self.features[row, $0] } })
    }
    #expect(!drawn.isEmpty)
  }

  @Test func mixedPoolsStartEverySecondRestartWhereTheNetworkErrs() {
    let (sobol, mixed) = (Self.pool(.sobol), Self.pool(.mixed))
    for candidate in 0..<sobol.count {
      let isAtResidual = candidate % 2 == 1
      for range in sobol.parameterRanges(of: candidate) {
        let isSame = sobol.parameters[range] == mixed.parameters[range]
        // The widths of radial units are drawn alike.
        let areWidths = (sobol.widthsStart..<sobol.centresStart).contains(range.lowerBound)
        #expect(isSame == (areWidths || !isAtResidual), "candidate \(candidate)")
      }
    }
  }

  @Test func fieldsAreKept() {
    let pool = Self.pool(.residual) { [1 + $0 % 4] }
    for k in pool.parameters.indices where pool.mask[k] == 0 { #expect(pool.parameters[k] == 0) }
    #expect(pool.parameters.areFinite && Self.sums(pool).allSatisfy { $0.contains { $0 != 0 } })
  }

  /// Nothing to learn, all samples alike, or a single one.
  @Test func startsAreFiniteWhereNothingErrsOrDiffers() {
    #expect(Self.pool(.residual, residual: Matrix(rows: Self.rows, columns: 2)).parameters.areFinite)
    for rows in [1, 3] {
      let design = DesignMatrix(features: Matrix(rows: rows, columns: 4))
      var residual = Matrix(rows: rows, columns: 1)
      residual[0, 0] = 1
      let pool = CandidatePool(
        activations: Activation.allCases, restarts: 2, sourceCount: 5, design: design, start: .residual,
        samples: StartSamples((design, residual, nil)),
        random: RandomStream(seed: 1),
        field: { _ in nil })
      #expect(pool.parameters.areFinite)
    }
  }

  /// Samples that candidates are judged by say nothing of where they start.
  @Test func noCandidateStartsAtASampleThatIsSetAside() {
    var spec = Samples.quickSpec(holdOut: false)
    (spec.activations, spec.restarts, spec.start) = (ActivationSet([.tanh, .radial]), 20, .residual)
    let data = Dataset(
      features: Self.features, targets: Samples.matrix(Self.rows, 1, "targets"), task: .regression)
    let loop = GrowthLoop(
      spec: spec, topology: .flat, data: data, heldOut: nil, largestSize: 0, ridge: 1e-6,
      leastSizeAtFullCoverage: nil, context: FitContext(random: RandomStream(seed: 9)))
    let network = loop.run().last
    func samples(setAside: [Int]) -> Set<Int> {
      let pool = loop.pool(over: network, round: 0, setAside: setAside, random: RandomStream(seed: 1))
      let ends = Self.sums(pool).compactMap(Self.ends).flatMap { [$0.0, $0.1] }
      let centres = (0..<pool.count).filter { pool.activation(of: $0) == .radial }.compactMap { candidate in
        (0..<Self.rows).first { row in
          pool.connections(of: candidate).map(\.centre) == (0..<4).map { Self.features[row, $0] }
        }
      }
      #expect(ends.count == 40 && centres.count == 20)
      return Set(ends + centres)
    }
    let apart = Array(0..<Self.rows / 2)
    #expect(!samples(setAside: []).isDisjoint(with: apart))
    #expect(samples(setAside: apart).isDisjoint(with: apart))
  }
}
