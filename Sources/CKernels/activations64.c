// Units' functions in float64. Relative errors are below 4e-16 · (a few) of the C library's; the tests state and
// check the bound.

#include "cambium_kernels.h"
#include "elementary64.h"

#define ENTRY(name) name
#include "functions.inc"

enum { BLOCK = 256 };

// log Σ_o e^(s_o) and the softmax of up to BLOCK rows. Without the largest score, no exponential overflows and
// their sum is at least 1.
VECTORISED static void softmax_block(size_t rows, size_t outputs, size_t stride, double *scores,
                                     double *logarithms) {
  double largest[BLOCK], sum[BLOCK];
  for (size_t i = 0; i < rows; i++) largest[i] = scores[i];
  for (size_t o = 1; o < outputs; o++) {
    const double *column = scores + o * stride;
    for (size_t i = 0; i < rows; i++) largest[i] = column[i] > largest[i] ? column[i] : largest[i];
  }
  for (size_t i = 0; i < rows; i++) sum[i] = 0;
  for (size_t o = 0; o < outputs; o++) {
    double *column = scores + o * stride;
    ELEMENTWISE
    for (size_t i = 0; i < rows; i++) column[i] = exponential(column[i] - largest[i]);
    for (size_t i = 0; i < rows; i++) sum[i] += column[i];
  }
  if (logarithms)
    for (size_t i = 0; i < rows; i++) logarithms[i] += largest[i] + logarithm(sum[i]);
  for (size_t i = 0; i < rows; i++) sum[i] = 1 / sum[i];
  for (size_t o = 0; o < outputs; o++) {
    double *column = scores + o * stride;
    for (size_t i = 0; i < rows; i++) column[i] *= sum[i];
  }
}

void cambium_softmax(size_t rows, size_t outputs, double *scores, double *logarithms) {
  for (size_t start = 0; start < rows; start += BLOCK) {
    const size_t count = rows - start < BLOCK ? rows - start : BLOCK;
    softmax_block(count, outputs, rows, scores + start, logarithms ? logarithms + start : NULL);
  }
}
