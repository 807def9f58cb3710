#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// tanh x.
func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }
/// The angle in −π/2…π/2 whose sine is x.
func arcsine(_ x: Double) -> Double { asin(x) }
/// The angle in 0…π whose cosine is x.
func arccosine(_ x: Double) -> Double { acos(x) }
/// The angle in −π/2…π/2 whose tangent is x.
func arctangent(_ x: Double) -> Double { atan(x) }
