internal import CGSL

/// The studentised range at infinite degrees of freedom: the range of `count` independent standard normal numbers.
///
/// Tukey's and Nemenyi's tests compare the largest of many differences with it. Its upper tail is
///
///     P(Q > q) = k ∫ φ(z) ((1 − Φ(z))ᵏ⁻¹ − (Φ(z + q) − Φ(z))ᵏ⁻¹) dz,
///
/// where z is the least of the k numbers: what it is for the others to lie anywhere above, less what it is for them to lie
/// within q.
public struct StudentizedRange: Sendable, Equatable {
  /// How many numbers there are, k ≥ 2.
  public let count: Int

  /// The range of `count` ≥ 2 numbers.
  public init(count: Int) {
    precondition(count >= 2, "a range is of two numbers or more")
    self.count = count
  }

  /// The probability of a range above `value`; it keeps its digits where it is small.
  ///
  /// Cost: one sum of 256 terms.
  public func upperTail(_ value: Double) -> Double {
    guard value > 0 else { return 1 }
    var integrand = Integrand(others: UInt32(count - 1), value: value)
    let integral = withUnsafeMutablePointer(to: &integrand) { parameters in
      var function = gsl_function(
        function: { z, parameters in
          parameters.map { $0.assumingMemoryBound(to: Integrand.self).pointee(z) } ?? 0
        }, params: parameters)
      // Beyond ±12 lies less than 1e-32 of the normal distribution; Gauss and Legendre's rule is exact to rounding here.
      let rule = gsl_integration_glfixed_table_alloc(256)
      defer { gsl_integration_glfixed_table_free(rule) }
      return gsl_integration_glfixed(&function, -12, 12, rule)
    }
    return min(1, Double(count) * integral)
  }

  /// The range that is exceeded with probability `tail`, 0 < tail < 1, to about ten digits.
  ///
  /// Cost: some tens of upper tails.
  public func quantile(upperTail tail: Double) -> Double {
    precondition(tail > 0 && tail < 1, "a probability lies between 0 and 1")
    var upper = 1.0
    while upperTail(upper) > tail { upper *= 2 }
    var excess = Excess(range: self, tail: tail)
    return withUnsafeMutablePointer(to: &excess) { parameters in
      var function = gsl_function(
        function: { value, parameters in
          parameters.map { $0.assumingMemoryBound(to: Excess.self).pointee(value) } ?? 0
        }, params: parameters)
      let solver = gsl_root_fsolver_alloc(cambium_gsl_brent())
      defer { gsl_root_fsolver_free(solver) }
      gsl_root_fsolver_set(solver, &function, 0, upper)
      for _ in 0..<200 {
        gsl_root_fsolver_iterate(solver)
        let width = gsl_root_fsolver_x_upper(solver) - gsl_root_fsolver_x_lower(solver)
        if width <= 1e-13 * gsl_root_fsolver_x_upper(solver) { break }
      }
      return gsl_root_fsolver_root(solver)
    }
  }
}

/// φ(z) times the difference of both powers.
private struct Integrand {
  let others: UInt32
  let value: Double

  func callAsFunction(_ z: Double) -> Double {
    let above = gsl_cdf_ugaussian_Q(z)
    let beyond = gsl_cdf_ugaussian_Q(z + value)
    // aᵐ − bᵐ = −aᵐ (e^(m log(b/a)) − 1), so that close powers lose no digits.
    let logRatio = beyond < above ? gsl_log1p(-beyond / above) : -Double.infinity
    return gsl_ran_ugaussian_pdf(z) * gsl_pow_uint(above, others) * -gsl_expm1(Double(others) * logRatio)
  }
}

/// By how much the upper tail of a value exceeds the wanted one.
private struct Excess {
  let range: StudentizedRange
  let tail: Double

  func callAsFunction(_ value: Double) -> Double { range.upperTail(value) - tail }
}
