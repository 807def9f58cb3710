// Elementary functions in float32; see elementary64.h. Polynomials are shorter: what they leave out is below 1e-8.
#ifndef CAMBIUM_ELEMENTARY32_H
#define CAMBIUM_ELEMENTARY32_H

#include "vectorise.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

typedef float real;

INLINE uint32_t bits_of(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

INLINE float float_of(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

// Adding and subtracting this rounds to a whole number, which then stands in the low bits of the sum.
static const float rounder = 0x1.8p23f;

// Where e^(−z²) is 0 but for rounding, and x at which e^x is nearly as small and nearly as large as normal numbers are.
static const float widest_bell = 9.3f;
static const float least_exponent = -87.0f, largest_exponent = 88.0f;

INLINE float clamped(float x, float low, float high) {
  x = x < low ? low : x;
  return x > high ? high : x;
}

// e^x = scale · (1 + minus_one): x = k ln 2 + r, |r| ≤ ln 2 / 2, scale = 2^k, and e^r = 1 + r + r² P(r), P interpolated at
// Chebyshev's points. k comes with the exponent's bias of 127.
INLINE void exponential_parts(float x, float *scale, float *minus_one) {
  const float biased_rounder = rounder + 127.0f;
  const float shifted = x * 0x1.715476p+0f + biased_rounder;
  const float k = shifted - biased_rounder;
  const float r = (x - k * 0x1.62ep-1f) - k * 0x1.0bfbe8p-15f;
  float p = 0.0013926184f;
  p = p * r + 0.00836317893f;
  p = p * r + 0.0416665561f;
  p = p * r + 0.166665763f;
  p = p * r + 0.5f;
  *minus_one = r + r * r * p;
  *scale = float_of(bits_of(shifted) << 23);
}

// e^x for x in [least_exponent, largest_exponent].
INLINE float exponential_in_range(float x) {
  float scale, minus_one;
  exponential_parts(x, &scale, &minus_one);
  return scale + scale * minus_one;
}

INLINE float exponential(float x) {
  return exponential_in_range(clamped(x, least_exponent, largest_exponent));
}

// e^x and e^x − 1 for x ≤ 0.
INLINE float exponential_of_negative(float x) {
  return exponential_in_range(x < least_exponent ? least_exponent : x);
}

INLINE float exponential_of_negative_minus_one(float x) {
  float scale, minus_one;
  exponential_parts(x < least_exponent ? least_exponent : x, &scale, &minus_one);
  return (scale - 1.0f) + scale * minus_one;
}

// log u for normal u > 0: u = 2^k (1 + x), 1 + x in [√½, √2), log(1 + x) = x − x²/2 + x³ P(x), P interpolated at
// Chebyshev's points.
INLINE float logarithm(float u) {
  const uint32_t bits = bits_of(u);
  const uint32_t offset = bits - 0x3F3504F3u;  // bits of √½
  const float k = (float)((int32_t)offset >> 23);
  const float x = float_of(bits - (offset & 0xFF800000u)) - 1.0f;
  float p = 0.0697161257f;
  p = p * x - 0.114797354f;
  p = p * x + 0.116854206f;
  p = p * x - 0.124256872f;
  p = p * x + 0.142490581f;
  p = p * x - 0.166678026f;
  p = p * x + 0.200007156f;
  p = p * x - 0.24999997f;
  p = p * x + 0.333333313f;
  return k * 0x1.62ep-1f + (x + (x * x * (x * p - 0.5f) + k * 0x1.0bfbe8p-15f));
}

// log(1 + a) for a ≥ 0: what 1 + a rounds away is put back to first order. Infinity and NaN pass through.
INLINE float logarithm_of_one_plus(float a) {
  const float u = 1.0f + a;
  const float value = logarithm(u) + (a - (u - 1.0f)) * (1.0f / u);
  return a <= FLT_MAX ? value : a;
}

// log(1 + e) and 1 / (1 + e) for e in [0, 1], by one division: log(1 + e) = 2 artanh s, s = e / (2 + e), as a polynomial
// in s² interpolated at Chebyshev's points.
INLINE void logarithm_and_reciprocal_of_one_plus(float e, float *value, float *reciprocal) {
  const float both = 1.0f / ((1.0f + e) * (2.0f + e));
  const float s = e * ((1.0f + e) * both);
  const float t = s * s;
  float p = 0.268520266f;
  p = p * t + 0.282365471f;
  p = p * t + 0.400075644f;
  p = p * t + 0.666666389f;
  *value = 2.0f * s + s * t * p;
  *reciprocal = (2.0f + e) * both;
}

INLINE float absolute(float x) { return float_of(bits_of(x) & 0x7FFFFFFFu); }

INLINE float with_sign_of(float magnitude, float x) {
  return float_of(bits_of(magnitude) | (bits_of(x) & 0x80000000u));
}

// arctan x: |x| is turned by π/4 or π/2 to |u| ≤ tan(π/8), and arctan u = u + u³ P(u²), P interpolated at Chebyshev's
// points.
INLINE float arctangent(float x) {
  const float a = absolute(x);
  const int is_large = a > 0x1.3504f4p+1f, is_middle = a > 0x1.a8279ap-2f;
  const float numerator = is_large ? -1.0f : is_middle ? a - 1.0f : a;
  const float denominator = is_large ? a : is_middle ? a + 1.0f : 1.0f;
  const float turn = is_large ? 0x1.921fb6p+0f : is_middle ? 0x1.921fb6p-1f : 0.0f;
  const float rest = is_large ? -0x1.777a5cp-25f : is_middle ? -0x1.777a5cp-26f : 0.0f;
  const float u = numerator / denominator;
  const float t = u * u;
  float p = -0.0645192821f;
  p = p * t + 0.107437315f;
  p = p * t - 0.142639556f;
  p = p * t + 0.199995405f;
  p = p * t - 0.333333318f;
  return with_sign_of(turn + (u + (u * t * p + rest)), x);
}

// Beyond this, the reduction below has too few digits and the C library serves.
static const float largest_angle = 4096.0f;

// sin x and cos x for |x| ≤ largest_angle: x = k π/2 + r in three steps (Cody and Waite 1980), |r| ≤ π/4, and polynomials
// in r² interpolated at Chebyshev's points.
INLINE void sine_and_cosine(float x, float *sine, float *cosine) {
  const float shifted = x * 0x1.45f306p-1f + rounder;
  const float k = shifted - rounder;
  const float r = ((x - k * 0x1.92p+0f) - k * 0x1.fb4p-12f) - k * 0x1.4442d2p-24f;
  const float t = r * r;
  float s = -0.000195877656f;
  s = s * t + 0.00833274797f;
  s = s * t - 0.166666642f;
  s = r + r * t * s;
  float c = 2.45478168e-05f;
  c = c * t - 0.00138883025f;
  c = c * t + 0.0416666642f;
  c = (1.0f - 0.5f * t) + t * t * c;
  const uint32_t quadrant = bits_of(shifted);
  const uint32_t swaps = -(quadrant & 1);
  const uint32_t sine_bits = (bits_of(s) & ~swaps) | (bits_of(c) & swaps);
  const uint32_t cosine_bits = (bits_of(c) & ~swaps) | (bits_of(s) & swaps);
  *sine = float_of(sine_bits ^ ((quadrant & 2) << 30));
  *cosine = float_of(cosine_bits ^ (((quadrant + 1) & 2) << 30));
}

// sin and cos of any angle, by the C library.
INLINE float slow_sine(float x) { return sinf(x); }
INLINE float slow_cosine(float x) { return cosf(x); }

#endif
