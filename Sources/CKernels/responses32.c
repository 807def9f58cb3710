// Candidates' responses in float32.

#include "cambium_kernels.h"
#include "vectorise.h"

typedef float real;
enum { WIDTH = 16, LANES = 64, BLOCKS = LANES / WIDTH };
typedef float block __attribute__((vector_size(64)));
typedef float loaded_block __attribute__((vector_size(64), aligned(sizeof(float))));

// The lanes of a block, added in halves.
INLINE double lanes_total(const block *x) {
  typedef float half __attribute__((vector_size(32)));
  typedef float quarter __attribute__((vector_size(16)));
  const half h = __builtin_shufflevector(*x, *x, 0, 1, 2, 3, 4, 5, 6, 7) +
                 __builtin_shufflevector(*x, *x, 8, 9, 10, 11, 12, 13, 14, 15);
  const quarter q = __builtin_shufflevector(h, h, 0, 1, 2, 3) + __builtin_shufflevector(h, h, 4, 5, 6, 7);
  return (q[0] + q[2]) + (q[1] + q[3]);
}

#define ENTRY(name) name##_f32
#include "responses.inc"
