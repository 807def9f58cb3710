internal import CGSL

/// A source of randomness with a name.
///
/// A stream is a value that draws nothing by itself: ``child(_:_:)`` splits it by label, so no draw depends on
/// the order of calls, and ``generator()`` starts a generator at its beginning. The same seed and labels give
/// the same numbers on every machine.
public struct RandomStream: Sendable, Hashable, Codable {
  /// What identifies the stream.
  public let key: UInt64

  /// The root stream of a seed.
  public init(seed: UInt64) { self.key = mixed(seed &+ 0x9E37_79B9_7F4A_7C15) }

  private init(key: UInt64) { self.key = key }

  /// The stream that belongs to a label, and to an index where there are many alike.
  public func child(_ label: String, _ index: Int = 0) -> RandomStream {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a over the label's bytes
    for byte in label.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return RandomStream(key: mixed(mixed(key ^ hash) &+ UInt64(bitPattern: Int64(index))))
  }

  /// A generator at the stream's beginning.
  public func generator() -> RandomGenerator { RandomGenerator(key: key) }
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014): a bijection that spreads every bit.
private func mixed(_ value: UInt64) -> UInt64 {
  var z = value
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}

/// Draws numbers: GSL's Mersenne Twister, seeded with the lower 32 bits of a stream's key.
public final class RandomGenerator {
  private let state: OpaquePointer

  fileprivate init(key: UInt64) {
    guard let state = gsl_rng_alloc(cambium_gsl_mt19937()) else {
      preconditionFailure("no memory for a random generator")
    }
    self.state = OpaquePointer(state)
    // Seed 0 would mean GSL's own default.
    gsl_rng_set(state, UInt(max(key & 0xFFFF_FFFF, 1)))
  }

  deinit { gsl_rng_free(pointer) }

  private var pointer: UnsafeMutablePointer<gsl_rng> { UnsafeMutablePointer(state) }

  /// A number evenly drawn from 0 ≤ u < 1.
  public func uniform() -> Double { gsl_rng_uniform(pointer) }

  /// A number evenly drawn from `low` ≤ u < `high`.
  public func uniform(from low: Double, to high: Double) -> Double { gsl_ran_flat(pointer, low, high) }

  /// A whole number evenly drawn from 0 ..< `count`.
  public func index(below count: Int) -> Int { Int(gsl_rng_uniform_int(pointer, UInt(count))) }

  /// A normal number of mean 0.
  public func gaussian(standardDeviation: Double = 1) -> Double {
    gsl_ran_gaussian_ziggurat(pointer, standardDeviation)
  }

  /// 0 ..< `count` in a random order.
  public func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    guard count > 1 else { return order }  // GSL's loop counts down from count - 1 without a sign
    order.withUnsafeMutableBytes { bytes in
      gsl_ran_shuffle(pointer, bytes.baseAddress, count, MemoryLayout<Int>.stride)
    }
    return order
  }

  /// So many of 0 ..< `all`, or all where there are no more, drawn at random and rising.
  ///
  /// Of more than 65 536, by Floyd's algorithm (Bentley and Floyd 1987, *A sample of brilliance*): O(count) in memory.
  public func sample(_ count: Int, of all: Int) -> [Int] {
    guard all > Self.mostPermuted, count < all else { return permutation(all).prefix(count).sorted() }
    var picked: Set<Int> = []
    for bound in all - count..<all {
      let candidate = index(below: bound + 1)
      picked.insert(picked.contains(candidate) ? bound : candidate)
    }
    return picked.sorted()
  }

  private static let mostPermuted = 1 << 16
}

/// Sobol's quasi-random points, which fill the unit cube evenly (Bratley and Fox 1988, as in GSL).
public final class SobolSequence {
  /// The most dimensions that GSL's Sobol points have.
  public static let largestDimension = 40

  private let state: OpaquePointer
  private let dimension: Int

  /// The sequence in `dimension` dimensions, 1…40.
  public init(dimension: Int) {
    precondition((1...Self.largestDimension).contains(dimension), "Sobol dimension")
    guard let state = gsl_qrng_alloc(cambium_gsl_sobol(), UInt32(dimension)) else {
      preconditionFailure("no memory for a Sobol sequence")
    }
    self.state = OpaquePointer(state)
    self.dimension = dimension
  }

  deinit { gsl_qrng_free(UnsafeMutablePointer(state)) }

  /// The next point, each coordinate in 0 ≤ u < 1.
  public func next() -> [Double] {
    var point = [Double](repeating: 0, count: dimension)
    gsl_qrng_get(UnsafeMutablePointer(state), &point)
    return point
  }
}
