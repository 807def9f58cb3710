// Elementary functions in float64, as branch-free polynomials that compilers turn into vector code. `real` is
// the type of the functions that are built on them.
#ifndef CAMBIUM_ELEMENTARY64_H
#define CAMBIUM_ELEMENTARY64_H

#include "vectorise.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

typedef double real;

INLINE uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

INLINE double double_of(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

// Adding and subtracting this rounds to a whole number, which then stands in the low bits of the sum.
static const double rounder = 0x1.8p52;

// Where e^(−z²) is 0 but for rounding, and x at which e^x is nearly as small and nearly as large as normal numbers are.
static const double widest_bell = 26.6;
static const double least_exponent = -708.0, largest_exponent = 709.0;

INLINE double clamped(double x, double low, double high) {
  x = x < low ? low : x;
  return x > high ? high : x;
}

// e^x = scale · (1 + minus_one): x = k ln 2 + r, |r| ≤ ln 2 / 2, scale = 2^k, and a Taylor polynomial of degree 13 in r.
// k comes with the exponent's bias of 1023.
INLINE void exponential_parts(double x, double *scale, double *minus_one) {
  const double biased_rounder = rounder + 1023.0;
  const double shifted = x * 0x1.71547652b82fep+0 + biased_rounder;
  const double k = shifted - biased_rounder;
  const double r = (x - k * 0x1.62e42fefa38p-1) - k * 0x1.ef35793c7673p-45;
  double p = 1.0 / 6227020800.0;
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  *minus_one = r + r * r * p;
  *scale = double_of(bits_of(shifted) << 52);
}

// e^x for x in [least_exponent, largest_exponent].
INLINE double exponential_in_range(double x) {
  double scale, minus_one;
  exponential_parts(x, &scale, &minus_one);
  return scale + scale * minus_one;
}

INLINE double exponential(double x) {
  return exponential_in_range(clamped(x, least_exponent, largest_exponent));
}

// e^x and e^x − 1 for x ≤ 0.
INLINE double exponential_of_negative(double x) {
  return exponential_in_range(x < least_exponent ? least_exponent : x);
}

INLINE double exponential_of_negative_minus_one(double x) {
  double scale, minus_one;
  exponential_parts(x < least_exponent ? least_exponent : x, &scale, &minus_one);
  return (scale - 1.0) + scale * minus_one;
}

// log u for normal u > 0: u = 2^k m, m in [√½, √2), log m = 2 artanh((m − 1)/(m + 1)).
INLINE double logarithm(double u) {
  const uint64_t bits = bits_of(u);
  const uint64_t offset = bits - 0x3FE6A09E667F3BCDull;  // bits of √½
  const double k = (double)((int32_t)((uint32_t)(offset >> 52) << 20) >> 20);
  const double m = double_of(bits - (offset & 0xFFF0000000000000ull));
  const double s = (m - 1.0) / (m + 1.0);
  const double t = s * s;
  double p = 2.0 / 21.0;
  p = p * t + 2.0 / 19.0;
  p = p * t + 2.0 / 17.0;
  p = p * t + 2.0 / 15.0;
  p = p * t + 2.0 / 13.0;
  p = p * t + 2.0 / 11.0;
  p = p * t + 2.0 / 9.0;
  p = p * t + 2.0 / 7.0;
  p = p * t + 2.0 / 5.0;
  p = p * t + 2.0 / 3.0;
  return k * 0x1.62e42fefa38p-1 + (2.0 * s + (s * t * p + k * 0x1.ef35793c7673p-45));
}

// log(1 + a) for a ≥ 0: what 1 + a rounds away is put back to first order. Infinity and NaN pass through.
INLINE double logarithm_of_one_plus(double a) {
  const double u = 1.0 + a;
  const double value = logarithm(u) + (a - (u - 1.0)) * (1.0 / u);
  return a <= DBL_MAX ? value : a;
}

// log(1 + e) and 1 / (1 + e) for e in [0, 1].
INLINE void logarithm_and_reciprocal_of_one_plus(double e, double *value, double *reciprocal) {
  *value = logarithm_of_one_plus(e);
  *reciprocal = 1.0 / (1.0 + e);
}

INLINE double absolute(double x) { return double_of(bits_of(x) & 0x7FFFFFFFFFFFFFFFull); }

INLINE double with_sign_of(double magnitude, double x) {
  return double_of(bits_of(magnitude) | (bits_of(x) & 0x8000000000000000ull));
}

// arctan x: |x| is turned by π/4 or π/2 to |u| ≤ tan(π/8), and arctan u = u + u³ P(u²), P interpolated at Chebyshev's
// points.
INLINE double arctangent(double x) {
  const double a = absolute(x);
  const int is_large = a > 0x1.3504f333f9de6p+1, is_middle = a > 0x1.a827999fcef32p-2;
  const double numerator = is_large ? -1.0 : is_middle ? a - 1.0 : a;
  const double denominator = is_large ? a : is_middle ? a + 1.0 : 1.0;
  const double turn = is_large ? 0x1.921fb54442d18p+0 : is_middle ? 0x1.921fb54442d18p-1 : 0.0;
  const double rest = is_large ? 0x1.1a62633145c07p-54 : is_middle ? 0x1.1a62633145c07p-55 : 0.0;
  const double u = numerator / denominator;
  const double t = u * u;
  double p = -0x1.3a31b1c0fd3b7p-6;
  p = p * t + 0x1.4162c02b1dda3p-5;
  p = p * t - 0x1.a0999c632b6edp-5;
  p = p * t + 0x1.dfe6497e96323p-5;
  p = p * t - 0x1.10fa77b1a6d57p-4;
  p = p * t + 0x1.3b1263064f6b9p-4;
  p = p * t - 0x1.745d0b28a7e37p-4;
  p = p * t + 0x1.c71c71853d7fap-4;
  p = p * t - 0x1.2492492436201p-3;
  p = p * t + 0x1.999999999934cp-3;
  p = p * t - 0x1.5555555555555p-2;
  return with_sign_of(turn + (u + (u * t * p + rest)), x);
}

// Beyond this, the reduction below has too few digits and the C library serves.
static const double largest_angle = 4e4;

// sin x and cos x for |x| ≤ largest_angle: x = k π/2 + r in three steps (Cody and Waite 1980), |r| ≤ π/4.
INLINE void sine_and_cosine(double x, double *sine, double *cosine) {
  const double shifted = x * 0x1.45f306dc9c883p-1 + rounder;
  const double k = shifted - rounder;
  const double r = ((x - k * 0x1.921fb544p+0) - k * 0x1.0b4611a4p-34) - k * 0x1.13198a2e03707p-69;
  const double t = r * r;
  double s = -1.0 / 1307674368000.0;
  s = s * t + 1.0 / 6227020800.0;
  s = s * t - 1.0 / 39916800.0;
  s = s * t + 1.0 / 362880.0;
  s = s * t - 1.0 / 5040.0;
  s = s * t + 1.0 / 120.0;
  s = s * t - 1.0 / 6.0;
  s = r + r * t * s;
  double c = 1.0 / 20922789888000.0;
  c = c * t - 1.0 / 87178291200.0;
  c = c * t + 1.0 / 479001600.0;
  c = c * t - 1.0 / 3628800.0;
  c = c * t + 1.0 / 40320.0;
  c = c * t - 1.0 / 720.0;
  c = c * t + 1.0 / 24.0;
  c = (1.0 - 0.5 * t) + t * t * c;
  const uint64_t quadrant = bits_of(shifted);
  const uint64_t swaps = -(quadrant & 1);
  const uint64_t sine_bits = (bits_of(s) & ~swaps) | (bits_of(c) & swaps);
  const uint64_t cosine_bits = (bits_of(c) & ~swaps) | (bits_of(s) & swaps);
  *sine = double_of(sine_bits ^ ((quadrant & 2) << 62));
  *cosine = double_of(cosine_bits ^ (((quadrant + 1) & 2) << 62));
}

// sin and cos of any angle, by the C library.
INLINE double slow_sine(double x) { return sin(x); }
INLINE double slow_cosine(double x) { return cos(x); }

#endif
