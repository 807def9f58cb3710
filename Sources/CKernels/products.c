// The products of a candidate pool in float32: z = Φ·W and Φᵀ·δ over one tile, while it is in cache.

#include "cambium_kernels.h"
#include "vectorise.h"

#pragma clang fp contract(fast)

// A loop whose count is known where it is inlined: unrolled, its vectors stay in registers.
#define UNROLLED _Pragma("clang loop unroll(full)")

// Registers of four lanes serve where nothing better is known: SSE and NEON, of which there are at least 16.
#define NAME(x) x##_baseline
#define LANES 4
#define PRODUCT_COLUMNS 4
#define SOURCE_BLOCK 4
#include "products.inc"

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define NAME(x) x##_avx2
#define LANES 8
#define PRODUCT_COLUMNS 6
#define SOURCE_BLOCK 4
#include "products.inc"
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)
#define NAME(x) x##_avx512
#define LANES 16
#define PRODUCT_COLUMNS 12
#define SOURCE_BLOCK 8
#include "products.inc"
#pragma clang attribute pop

#endif

#if defined(__x86_64__)
#define DISPATCH(call)                                                                              \
  if (__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&                  \
      __builtin_cpu_supports("avx512bw"))                                                          \
    return call(avx512);                                                                           \
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return call(avx2);          \
  call(baseline)
#else
#define DISPATCH(call) call(baseline)
#endif

void cambium_pool_product(size_t rows, size_t sources, size_t candidates, const float *phi, size_t stride,
                          const float *weights, float *z, size_t z_stride, int adds) {
#define CALL(isa) product_##isa(rows, sources, candidates, phi, stride, weights, z, z_stride, adds)
  DISPATCH(CALL);
#undef CALL
}

void cambium_pool_product_of_transposed(size_t rows, size_t sources, size_t candidates, const float *phi,
                                        size_t stride, const float *delta, size_t delta_stride, double *sums,
                                        const float *next) {
#define CALL(isa) product_of_transposed_##isa(rows, sources, candidates, phi, stride, delta, delta_stride, sums, next)
  DISPATCH(CALL);
#undef CALL
}
