import CambiumCore
import Testing

@Suite struct SolverTests {
  /// A = MᵀM + I/10 and its upper triangle, the rest being nonsense that must not be read.
  private static func system(_ n: Int) -> (full: Matrix, upper: [Double]) {
    let m = KernelSamples.matrix(n + 2, n, "system")
    var full = Matrix(rows: n, columns: n)
    for i in 0..<n {
      for j in 0..<n {
        full[i, j] = (0..<n + 2).reduce(i == j ? 0.1 : 0) { $0 + m[$1, i] * m[$1, j] }
      }
    }
    var upper = full
    for i in 0..<n { for j in 0..<i { upper[i, j] = 1e9 } }
    return (full, upper.values)
  }

  @Test(arguments: [1, 2, 5, 40], [1, 3, 5])
  func solutionsSolve(order: Int, columns: Int) throws {
    let (a, upper) = Self.system(order)
    let factor = try #require(Cholesky(upper, order: order))
    let b = KernelSamples.matrix(order, columns, "right side")
    let x = factor.solve(b.values, columns: columns)
    for i in 0..<order {
      for o in 0..<columns {
        let product = (0..<order).reduce(0) { $0 + a[i, $1] * x[$1 + o * order] }
        #expect(isClose(product, b[i, o], 1e-9))
      }
    }
  }

  @Test(arguments: [1, 2, 5, 40])
  func theInverseDiagonalIsThatOfTheColumnsOfTheInverse(order: Int) throws {
    let factor = try #require(Cholesky(Self.system(order).upper, order: order))
    let diagonal = factor.inverseDiagonal()
    for i in 0..<order {
      var unit = [Double](repeating: 0, count: order)
      unit[i] = 1
      #expect(isClose(diagonal[i], factor.solve(unit)[i], 1e-9))
    }
  }

  @Test func whatIsNotPositiveDefiniteIsRefused() {
    #expect(Cholesky([1, 0, 2, 1], order: 2) == nil)
    #expect(Cholesky([0], order: 1) == nil)
    #expect(Cholesky([-1], order: 1) == nil)
    #expect(Cholesky([.nan], order: 1) == nil)
    #expect(Cholesky([.infinity], order: 1) == nil)
    #expect(Cholesky([1, 0, .nan, 1], order: 2) == nil)
  }

  @Test func anEmptySystemHasAnEmptySolution() throws {
    let factor = try #require(Cholesky([], order: 0))
    #expect(factor.solve([]).isEmpty)
  }
}
