internal import CGSL

/// A generator that belongs to one call: GSL's Mersenne Twister, at its beginning for its seed.
///
/// The same seed gives the same numbers on every machine; of a seed the lower 32 bits count.
final class SeededGenerator {
  private let state: UnsafeMutablePointer<gsl_rng>

  init(seed: UInt64) {
    guard let state = gsl_rng_alloc(cambium_gsl_mt19937()) else {
      preconditionFailure("no memory for a random generator")
    }
    self.state = state
    gsl_rng_set(state, UInt(seed & 0xFFFF_FFFF))
  }

  deinit { gsl_rng_free(state) }

  /// A whole number evenly drawn from 0 ..< `count`.
  func index(below count: Int) -> Int { Int(gsl_rng_uniform_int(state, UInt(count))) }

  /// A number of the gamma distribution of that shape and scale 1.
  func gamma(shape: Double) -> Double { gsl_ran_gamma(state, shape, 1) }

  /// A number of the exponential distribution of mean 1, which is the gamma distribution of shape 1.
  func exponential() -> Double { gsl_ran_exponential(state, 1) }
}
