import CKernels
import CambiumCore
import Testing

/// The products of a pool in float32 against naive twins in float64, with sources and candidates that leave every kind
/// of rest.
@Suite struct PoolProductTests {
  private static let rowCounts = [32, 64, 480, 512]
  private static let counts = [1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 17, 31]

  private static func floats(_ count: Int, _ label: String) -> [Float] {
    KernelSamples.numbers(count, label).map { Float($0) }
  }

  @Test(arguments: rowCounts, [false, true])
  func preactivationsAreSumsOverSources(rows: Int, adding: Bool) {
    let stride = rows + 16
    for sources in Self.counts {
      for candidates in Self.counts {
        let phi = Self.floats(stride * sources, "phi")
        let weights = Self.floats(candidates * sources, "weights")
        let start = Self.floats(stride * candidates, "start")
        var z = start
        cambium_pool_product(rows, sources, candidates, phi, stride, weights, &z, stride, adding ? 1 : 0)
        var worst = 0.0
        for c in 0..<candidates {
          for i in 0..<rows {
            var wanted = adding ? Double(start[i + c * stride]) : 0
            for j in 0..<sources {
              wanted += Double(phi[i + j * stride]) * Double(weights[c + j * candidates])
            }
            worst = max(worst, abs(Double(z[i + c * stride]) - wanted))
          }
          // Nothing is written past the rows.
          for i in rows..<stride where z[i + c * stride] != start[i + c * stride] { worst = .infinity }
        }
        #expect(worst < 1e-5, "\(sources) sources, \(candidates) candidates")
      }
    }
  }

  @Test(arguments: rowCounts)
  func gradientsAreSumsOverRows(rows: Int) {
    let stride = rows + 16
    for sources in Self.counts {
      for candidates in Self.counts {
        let phi = Self.floats(stride * sources, "phi")
        let delta = Self.floats(stride * candidates, "delta")
        var sums = [Double](repeating: 0.25, count: sources * candidates)
        cambium_pool_product_of_transposed(rows, sources, candidates, phi, stride, delta, stride, &sums, phi)
        var worst = 0.0
        for c in 0..<candidates {
          for j in 0..<sources {
            var wanted = 0.25
            for i in 0..<rows { wanted += Double(phi[i + j * stride]) * Double(delta[i + c * stride]) }
            worst = max(worst, abs(sums[j + c * sources] - wanted))
          }
        }
        #expect(worst < 5e-5, "\(sources) sources, \(candidates) candidates")
      }
    }
  }

  @Test func noCandidatesAreNoWork() {
    var z: [Float] = [7]
    cambium_pool_product(32, 0, 0, [0], 32, [0], &z, 32, 0)
    var sums = [7.0]
    cambium_pool_product_of_transposed(32, 0, 0, [0], 32, [0], 32, &sums, nil)
    #expect(z == [7] && sums == [7])
  }
}
