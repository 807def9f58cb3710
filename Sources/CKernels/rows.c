// Sums and elementwise arithmetic over the rows of a tile. Sums run in eight fixed lanes: the order of
// additions is the same for every instruction set.

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

INLINE double dot3(size_t count, const double *x, const double *y, const double *v) {
  double lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (size_t l = 0; l < LANES; l++) lanes[l] += v[i + l] * x[i + l] * y[i + l];
  for (size_t l = 0; i < count; i++, l++) lanes[l] += v[i] * x[i] * y[i];
  return total(lanes);
}

INLINE double sum(size_t count, const double *x) {
  double lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (size_t l = 0; l < LANES; l++) lanes[l] += x[i + l];
  for (size_t l = 0; i < count; i++, l++) lanes[l] += x[i];
  return total(lanes);
}

VECTORISED double cambium_dot(size_t count, const double *x, const double *y) { return dot(count, x, y); }

VECTORISED void cambium_response_sums(size_t rows, const double *response, const double *residual,
                                      size_t outputs, size_t stride, const double *weights, double *sums) {
  if (weights) {
    sums[0] += dot(rows, weights, response);
    sums[1] += dot3(rows, response, response, weights);
    for (size_t o = 0; o < outputs; o++)
      sums[2 + o] += dot3(rows, response, residual + o * stride, weights);
  } else {
    sums[0] += sum(rows, response);
    sums[1] += dot(rows, response, response);
    for (size_t o = 0; o < outputs; o++) sums[2 + o] += dot(rows, response, residual + o * stride);
  }
}

VECTORISED void cambium_response_deltas(size_t rows, const double *response, const double *slope,
                                        const double *residual, size_t outputs, size_t stride,
                                        const double *weights, const double *pull, double push, double offset,
                                        double *delta) {
  enum { BLOCK = 256 };
  double along[BLOCK];
  for (size_t start = 0; start < rows; start += BLOCK) {
    const size_t count = rows - start < BLOCK ? rows - start : BLOCK;
    for (size_t i = 0; i < count; i++) along[i] = offset - push * response[start + i];
    for (size_t o = 0; o < outputs; o++) {
      const double *r = residual + o * stride + start;
      const double factor = pull[o];
      for (size_t i = 0; i < count; i++) along[i] += factor * r[i];
    }
    if (weights)
      for (size_t i = 0; i < count; i++) along[i] *= weights[start + i];
    for (size_t i = 0; i < count; i++) delta[start + i] = slope[start + i] * along[i];
  }
}

VECTORISED void cambium_clip(size_t count, const double *x, double low, double high, double *out) {
  for (size_t i = 0; i < count; i++) {
    const double raised = x[i] < low ? low : x[i];
    out[i] = raised > high ? high : raised;
  }
}

VECTORISED void cambium_standardise(size_t count, const double *x, double centre, double factor, double *out) {
  for (size_t i = 0; i < count; i++) out[i] = factor * (x[i] - centre);
}

VECTORISED void cambium_multiply(size_t count, const double *x, const double *y, double *out) {
  for (size_t i = 0; i < count; i++) out[i] = x[i] * y[i];
}

VECTORISED void cambium_add_product(size_t count, double factor, const double *x, const double *y,
                                    double *restrict out) {
  for (size_t i = 0; i < count; i++) out[i] += factor * x[i] * y[i];
}

VECTORISED void cambium_add_scaled(size_t count, double factor, const double *x, double *restrict out) {
  for (size_t i = 0; i < count; i++) out[i] += factor * x[i];
}

VECTORISED void cambium_add_radial(size_t count, double width, double centre, const double *x,
                                   double *restrict out) {
  for (size_t i = 0; i < count; i++) {
    const double distance = width * (x[i] - centre);
    out[i] -= distance * distance;
  }
}

VECTORISED void cambium_radial_slopes(size_t count, double width, double centre, const double *x,
                                      const double *delta, double *restrict width_slope,
                                      double *restrict centre_slope, double *restrict source_slope) {
  for (size_t i = 0; i < count; i++) {
    const double distance = x[i] - centre;
    width_slope[i] = -2.0 * width * distance * distance * delta[i];
    centre_slope[i] = 2.0 * width * width * distance * delta[i];
  }
  if (source_slope)
    for (size_t i = 0; i < count; i++) source_slope[i] -= centre_slope[i];
}
