// Sums and elementwise arithmetic over the rows of a tile. Sums run in eight fixed lanes: the order of
// additions is the same for every instruction set.

#include <math.h>

#include "cambium_kernels.h"
#include "vectorise.h"

enum { LANES = 8 };

INLINE double total(const double *lanes) {
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

INLINE double dot(size_t count, const double *x, const double *y) {
  double lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (size_t l = 0; l < LANES; l++) lanes[l] += x[i + l] * y[i + l];
  for (size_t l = 0; i < count; i++, l++) lanes[l] += x[i] * y[i];
  return total(lanes);
}

VECTORISED double cambium_dot(size_t count, const double *x, const double *y) { return dot(count, x, y); }

VECTORISED void cambium_clip(size_t count, const double *x, double low, double high, double *out) {
  ELEMENTWISE
  for (size_t i = 0; i < count; i++) {
    const double raised = x[i] < low ? low : x[i];
    out[i] = raised > high ? high : raised;
  }
}

#define DECIMALS(bits)                                                                                        \
  VECTORISED void cambium_decimals_##bits(size_t count, const int##bits##_t *x, double divisor, double *out) { \
    ELEMENTWISE                                                                                               \
    for (size_t i = 0; i < count; i++)                                                                        \
      out[i] = x[i] == INT##bits##_MIN ? (double)NAN : (double)x[i] / divisor;                                \
  }
DECIMALS(16)
DECIMALS(32)

VECTORISED void cambium_encode(size_t count, const double *x, double mean, double deviation, double *out) {
  ELEMENTWISE
  for (size_t i = 0; i < count; i++) {
    const double number = x[i] == x[i] ? x[i] : mean;
    out[i] = (number - mean) / deviation;
  }
}

VECTORISED void cambium_standardise(size_t count, const double *x, double centre, double factor, double *out) {
  ELEMENTWISE
  for (size_t i = 0; i < count; i++) out[i] = factor * (x[i] - centre);
}

VECTORISED void cambium_clip_and_standardise(size_t count, const double *x, double low, double high, double centre,
                                             double factor, double *out) {
  ELEMENTWISE
  for (size_t i = 0; i < count; i++) {
    const double raised = x[i] < low ? low : x[i];
    out[i] = factor * ((raised > high ? high : raised) - centre);
  }
}

VECTORISED void cambium_multiply(size_t count, const double *x, const double *y, double *out) {
  ELEMENTWISE
  for (size_t i = 0; i < count; i++) out[i] = x[i] * y[i];
}

VECTORISED void cambium_multiply_f32(size_t count, const float *x, const float *y, float *out) {
  ELEMENTWISE
  for (size_t i = 0; i < count; i++) out[i] = x[i] * y[i];
}

VECTORISED void cambium_add_product(size_t count, double factor, const double *x, const double *y,
                                    double *out) {
  ELEMENTWISE
  for (size_t i = 0; i < count; i++) out[i] += factor * x[i] * y[i];
}

VECTORISED void cambium_add_scaled(size_t count, double factor, const double *x, double *out) {
  ELEMENTWISE
  for (size_t i = 0; i < count; i++) out[i] += factor * x[i];
}

enum { WIDTH = 8, BLOCKS = 4 };
typedef double block __attribute__((vector_size(WIDTH * sizeof(double)), aligned(sizeof(double))));

// `blocks` blocks of rows, whose sums stay in registers while terms are added.
INLINE void add_to_blocks(size_t blocks, size_t terms, const double *factors, const double *const *columns,
                          size_t start, double *out) {
  block sum[BLOCKS];
  for (size_t b = 0; b < blocks; b++) sum[b] = *(const block *)(out + start + b * WIDTH);
  for (size_t t = 0; t < terms; t++)
    for (size_t b = 0; b < blocks; b++) sum[b] += factors[t] * *(const block *)(columns[t] + start + b * WIDTH);
  for (size_t b = 0; b < blocks; b++) *(block *)(out + start + b * WIDTH) = sum[b];
}

VECTORISED void cambium_add_all_scaled(size_t count, size_t terms, const double *factors,
                                       const double *const *columns, double *out) {
  size_t i = 0;
  for (; i + BLOCKS * WIDTH <= count; i += BLOCKS * WIDTH) add_to_blocks(BLOCKS, terms, factors, columns, i, out);
  for (; i + WIDTH <= count; i += WIDTH) add_to_blocks(1, terms, factors, columns, i, out);
  for (; i < count; i++) {
    double sum = out[i];
    for (size_t t = 0; t < terms; t++) sum += factors[t] * columns[t][i];
    out[i] = sum;
  }
}

VECTORISED void cambium_add_radial(size_t count, double width, double centre, const double *x,
                                   double *out) {
  ELEMENTWISE
  for (size_t i = 0; i < count; i++) {
    const double distance = width * (x[i] - centre);
    out[i] -= distance * distance;
  }
}

VECTORISED void cambium_radial_slopes(size_t count, double width, double centre, const double *x,
                                      const double *delta, double *width_slope,
                                      double *centre_slope, double *source_slope) {
  ELEMENTWISE
  for (size_t i = 0; i < count; i++) {
    const double distance = x[i] - centre;
    width_slope[i] = -2.0 * width * distance * distance * delta[i];
    centre_slope[i] = 2.0 * width * width * distance * delta[i];
  }
  if (source_slope)
    ELEMENTWISE
    for (size_t i = 0; i < count; i++) source_slope[i] -= centre_slope[i];
}
