// The loops that Cambium's time goes to: free functions over pointers with sizes. Policy is Swift's.
// Each has a naive twin in the tests.
#ifndef CAMBIUM_KERNELS_H
#define CAMBIUM_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// ---- Nonlinear functions, elementwise over contiguous arrays ----

typedef enum {
  CAMBIUM_LOGISTIC,
  CAMBIUM_TANH,
  CAMBIUM_SIN,
  CAMBIUM_COS,
  CAMBIUM_LOG,
  CAMBIUM_SOFTPLUS,
  CAMBIUM_SQUARE,
  CAMBIUM_CUBE,
  CAMBIUM_GAUSSIAN,
  CAMBIUM_EXPONENTIAL,
  CAMBIUM_RELU,
  CAMBIUM_ARCTAN,
  CAMBIUM_SINC,
  CAMBIUM_LOG_SQUARE,
  CAMBIUM_QUARTIC,
  CAMBIUM_HERMITE1,
  CAMBIUM_MEXICAN_HAT,
  CAMBIUM_HERMITE3,
  CAMBIUM_IDENTITY
} cambium_function;

// value[i] = f(z[i]). value may be z.
void cambium_values(cambium_function function, size_t count, const double *z, double *value);

// value[i] = f(z[i]) and slope[i] = f'(z[i]). value may be z.
void cambium_values_and_slopes(cambium_function function, size_t count, const double *z, double *value,
                               double *slope);

// The same in float32.
void cambium_values_f32(cambium_function function, size_t count, const float *z, float *value);
void cambium_values_and_slopes_f32(cambium_function function, size_t count, const float *z, float *value,
                                   float *slope);

// The softmax of each row of rows × outputs scores, column after column, in place. Adds log Σ_o e^(s_o) of each row to
// logarithms where that is not NULL.
void cambium_softmax(size_t rows, size_t outputs, double *scores, double *logarithms);

// ---- The rows of one tile, for one candidate ----

// cambium_response_sums: sums[0] += Σ v h, sums[1] += Σ v h², sums[2 + o] += Σ v h r_o, with h = g − shift, for
// `outputs` ≥ 1 residual columns of `stride` values each. weights may be NULL: every v is then 1. A shift near the
// mean of g keeps the digits of its variance.
//
// cambium_response_deltas: delta[i] = v slope[i] (Σ_o pull[o] r_io − push g_i + offset), the objective's gradient in
// z, where pull, push and offset follow from such sums. delta may be slope.
void cambium_response_sums(size_t rows, const double *response, double shift, const double *residual, size_t outputs,
                           size_t stride, const double *weights, double *sums);
void cambium_response_deltas(size_t rows, const double *response, const double *slope, const double *residual,
                             size_t outputs, size_t stride, const double *weights, const double *pull, double push,
                             double offset, double *delta);

// The same in float32: 64 lanes are added up in float32, tiles in float64.
void cambium_response_sums_f32(size_t rows, const float *response, float shift, const float *residual, size_t outputs,
                           size_t stride, const float *weights, double *sums);
void cambium_response_deltas_f32(size_t rows, const float *response, const float *slope, const float *residual,
                             size_t outputs, size_t stride, const float *weights, const float *pull, float push,
                             float offset, float *delta);

// ---- Products of a pool of candidates with one tile, float32 ----

// Tiles hold rows in multiples of this; those past the last sample are 0.
#define CAMBIUM_ROW_BLOCK 32

// z[i + c·z_stride] = Σ_j phi[i + j·stride] · weights[c + j·candidates], or += where `adds`. `rows` is a multiple of
// CAMBIUM_ROW_BLOCK.
void cambium_pool_product(size_t rows, size_t sources, size_t candidates, const float *phi, size_t stride,
                          const float *weights, float *z, size_t z_stride, int adds);

// sums[j + c·sources] += Σ_i phi[i + j·stride] · delta[i + c·delta_stride]: a tile's sums in float32, what is
// added up over tiles in float64. `rows` is a multiple of CAMBIUM_ROW_BLOCK. `next` is NULL or the phi of the tile that
// will be asked for next, which meanwhile comes into the cache.
void cambium_pool_product_of_transposed(size_t rows, size_t sources, size_t candidates, const float *phi,
                                        size_t stride, const float *delta, size_t delta_stride, double *sums,
                                        const float *next);

// ---- Elementwise arithmetic ----

// out[i] = x[i] / divisor; not-a-number where x[i] is the least whole number of its width.
void cambium_decimals_16(size_t count, const int16_t *x, double divisor, double *out);
void cambium_decimals_32(size_t count, const int32_t *x, double divisor, double *out);

// out[i] = (x[i] − mean) / deviation, the mean where x[i] is not a number. out may be x.
void cambium_encode(size_t count, const double *x, double mean, double deviation, double *out);

// out[i] = min(max(x[i], low), high). out may be x. NaN stays NaN.
void cambium_clip(size_t count, const double *x, double low, double high, double *out);

// out[i] = factor · (x[i] − centre). out may be x.
void cambium_standardise(size_t count, const double *x, double centre, double factor, double *out);

// out[i] = factor · (min(max(x[i], low), high) − centre): both of the above in one. out may be x.
void cambium_clip_and_standardise(size_t count, const double *x, double low, double high, double centre, double factor,
                                  double *out);

// out[i] = x[i] · y[i]. out may be either.
void cambium_multiply(size_t count, const double *x, const double *y, double *out);
void cambium_multiply_f32(size_t count, const float *x, const float *y, float *out);

// out[i] += factor · x[i] · y[i].
void cambium_add_product(size_t count, double factor, const double *x, const double *y, double *out);

// out[i] += factor · x[i].
void cambium_add_scaled(size_t count, double factor, const double *x, double *out);

// The same for each of `terms` factors and columns, one after another: to the bit what as many calls of the above would do,
// with `out` read and written once.
void cambium_add_all_scaled(size_t count, size_t terms, const double *factors, const double *const *columns, double *out);

// out[i] −= width² · (x[i] − centre)²: one source's part of a radial unit's exponent.
void cambium_add_radial(size_t count, double width, double centre, const double *x, double *out);

// The slopes of one source's part −s²(x − c)² of a radial exponent, times delta: in s, in c, and added to the
// slope in x where that is not NULL.
void cambium_radial_slopes(size_t count, double width, double centre, const double *x, const double *delta,
                           double *width_slope, double *centre_slope, double *source_slope);

// ---- One row through a network ----

// A connection from a source to the sum that it is part of.
typedef struct {
  double weight;
  uint32_t sum;
} cambium_connection;

// A radial unit's connection: its sum is −Σ width² (φ − centre)².
typedef struct {
  double width, centre;
  uint32_t sum;
} cambium_radial_connection;

// A unit: function(sums[first]), or of sums[first] · sums[second] where second is not first, clipped and standardised.
typedef struct {
  double low, high, centre, factor;
  uint32_t first, second;
  cambium_function function;
} cambium_unit;

// A network's connections by the source that they come from: those of source j are the ones from starts[j] up to
// starts[j + 1]. Sources are the constant 1, the inputs and the units; the outputs' sums are the last.
typedef struct {
  size_t inputs, units, sums;
  const uint32_t *starts, *radial_starts;
  const cambium_connection *connections;
  const cambium_radial_connection *radial_connections;
  const cambium_unit *unit;
} cambium_fan_out;

// Fills all `sums` for one row, whose input j is inputs[j · stride], at most `largest` in size. Each sum is added up in the
// order of its sources, as a column of sums over many rows is: the same to the bit. But here a source is added to all its sums
// at once, so that no addition waits for the one before.
void cambium_answer_row(const cambium_fan_out *network, const double *inputs, size_t stride, double largest, double *sums);

// sum of x[i] · y[i], in eight fixed lanes.
double cambium_dot(size_t count, const double *x, const double *y);

// Products with few columns, column-major with leading dimensions; added to C where `adding`. C (m × n) = A (m × k) · B (k × n).
void cambium_narrow_product(size_t m, size_t n, size_t k, const double *a, size_t lda, const double *b, size_t ldb,
                            double *c, size_t ldc, int adding);

// C (m × n) = Aᵀ · B for A (k × m) and B (k × n).
void cambium_narrow_product_of_transposed(size_t m, size_t n, size_t k, const double *a, size_t lda, const double *b,
                                          size_t ldb, double *c, size_t ldc, int adding);

// The upper triangle of C (n × n) += Aᵀ · A for A (k × n).
void cambium_narrow_gram(size_t n, size_t k, const double *a, size_t lda, double *c);

// x = (RᵀR)⁻¹ x for the upper triangle R (order × order, column-major).
void cambium_solve_factored(size_t order, const double *r, double *x);

// ---- A pool of threads ----

typedef struct cambium_pool cambium_pool;
typedef void (*cambium_job)(void *context, size_t index);

// A pool of `threads` threads, the caller's among them; NULL if they cannot be started.
cambium_pool *cambium_pool_create(size_t threads);

// Calls job(context, i) once for each i in 0 ..< count, on any thread, and returns when all are done.
// Called from inside a job, it runs them on the caller's thread.
void cambium_pool_run(cambium_pool *pool, size_t count, cambium_job job, void *context);

// Whether the calling thread is in the middle of a job of any pool that has several threads.
int cambium_pool_is_inside_job(void);

void cambium_pool_destroy(cambium_pool *pool);

// ---- Memory ----

// Has the C library keep up to 256 MiB of freed memory for the next use, where it lets itself be told.
void cambium_keep_freed_memory(void);

// Has it give back what it keeps now.
void cambium_give_back_freed_memory(void);

#endif
