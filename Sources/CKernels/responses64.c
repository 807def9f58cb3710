// Candidates' responses in float64.

#include "cambium_kernels.h"
#include "vectorise.h"

typedef double real;
enum { WIDTH = 8, LANES = 8, BLOCKS = LANES / WIDTH };
typedef double block __attribute__((vector_size(64)));
typedef double loaded_block __attribute__((vector_size(64), aligned(sizeof(double))));

// The lanes of a block, added in halves.
INLINE double lanes_total(const block *x) {
  typedef double half __attribute__((vector_size(32)));
  const half h = __builtin_shufflevector(*x, *x, 0, 1, 2, 3) + __builtin_shufflevector(*x, *x, 4, 5, 6, 7);
  return (h[0] + h[2]) + (h[1] + h[3]);
}

#define ENTRY(name) name
#include "responses.inc"
