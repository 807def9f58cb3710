// Products with few columns, where packing, as a BLAS does it, takes longer than the product. Column-major. The order of
// additions depends on shapes alone.

#include "cambium_kernels.h"
#include "vectorise.h"

enum { LANES = 8, ROWS = 2, COLUMNS = 4 };
typedef double lanes __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double))));

#define AT(x) (*(const lanes *)(x))

INLINE double total(const lanes *sum) {
  const lanes x = *sum;
  return ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
}

// `blocks` blocks of rows of C, at most two, in `columns` of its columns.
INLINE void add_rows(size_t columns, size_t blocks, size_t k, const double *a, size_t lda, const double *b, size_t ldb,
                     double *c, size_t ldc, int adding) {
  lanes sum[COLUMNS][2];
  for (size_t j = 0; j < columns; j++)
    for (size_t r = 0; r < blocks; r++) sum[j][r] = adding ? AT(c + j * ldc + r * LANES) : (lanes){0};
  for (size_t t = 0; t < k; t++)
    for (size_t r = 0; r < blocks; r++) {
      const lanes x = AT(a + t * lda + r * LANES);
      for (size_t j = 0; j < columns; j++) sum[j][r] += x * b[t + j * ldb];
    }
  for (size_t j = 0; j < columns; j++)
    for (size_t r = 0; r < blocks; r++) *(lanes *)(c + j * ldc + r * LANES) = sum[j][r];
}

INLINE void columns_of_product(size_t columns, size_t m, size_t k, const double *a, size_t lda, const double *b,
                               size_t ldb, double *c, size_t ldc, int adding) {
  size_t i = 0;
  for (; i + 2 * LANES <= m; i += 2 * LANES) add_rows(columns, 2, k, a + i, lda, b, ldb, c + i, ldc, adding);
  for (; i + LANES <= m; i += LANES) add_rows(columns, 1, k, a + i, lda, b, ldb, c + i, ldc, adding);
  for (; i < m; i++)
    for (size_t j = 0; j < columns; j++) {
      double sum = adding ? c[i + j * ldc] : 0;
      for (size_t t = 0; t < k; t++) sum += a[i + t * lda] * b[t + j * ldb];
      c[i + j * ldc] = sum;
    }
}

VECTORISED void cambium_narrow_product(size_t m, size_t n, size_t k, const double *a, size_t lda, const double *b,
                                       size_t ldb, double *c, size_t ldc, int adding) {
  size_t j = 0;
  for (; j + 4 <= n; j += 4) columns_of_product(4, m, k, a, lda, b + j * ldb, ldb, c + j * ldc, ldc, adding);
  if (n - j == 3) columns_of_product(3, m, k, a, lda, b + j * ldb, ldb, c + j * ldc, ldc, adding);
  if (n - j == 2) columns_of_product(2, m, k, a, lda, b + j * ldb, ldb, c + j * ldc, ldc, adding);
  if (n - j == 1) columns_of_product(1, m, k, a, lda, b + j * ldb, ldb, c + j * ldc, ldc, adding);
}

// `rows` × `columns` inner products of length k, at most two times four.
INLINE void inner(size_t rows, size_t columns, size_t k, const double *a, size_t lda, const double *b, size_t ldb,
                  double *c, size_t ldc, int adding) {
  lanes sum[ROWS][COLUMNS];
  double rest[ROWS][COLUMNS];
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++) sum[i][j] = (lanes){0}, rest[i][j] = 0;
  size_t t = 0;
  for (; t + LANES <= k; t += LANES)
    for (size_t i = 0; i < rows; i++) {
      const lanes x = AT(a + i * lda + t);
      for (size_t j = 0; j < columns; j++) sum[i][j] += x * AT(b + j * ldb + t);
    }
  for (; t < k; t++)
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j < columns; j++) rest[i][j] += a[i * lda + t] * b[j * ldb + t];
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++) {
      const double found = total(&sum[i][j]) + rest[i][j];
      c[i + j * ldc] = adding ? c[i + j * ldc] + found : found;
    }
}

INLINE void inner_columns(size_t columns, size_t m, size_t k, const double *a, size_t lda, const double *b, size_t ldb,
                          double *c, size_t ldc, int adding) {
  size_t i = 0;
  for (; i + 2 <= m; i += 2) inner(2, columns, k, a + i * lda, lda, b, ldb, c + i, ldc, adding);
  if (i < m) inner(1, columns, k, a + i * lda, lda, b, ldb, c + i, ldc, adding);
}

VECTORISED void cambium_narrow_product_of_transposed(size_t m, size_t n, size_t k, const double *a, size_t lda,
                                                     const double *b, size_t ldb, double *c, size_t ldc, int adding) {
  size_t j = 0;
  for (; j + 3 <= n; j += 3) inner_columns(3, m, k, a, lda, b + j * ldb, ldb, c + j * ldc, ldc, adding);
  if (n - j == 2) inner_columns(2, m, k, a, lda, b + j * ldb, ldb, c + j * ldc, ldc, adding);
  if (n - j == 1) inner_columns(1, m, k, a, lda, b + j * ldb, ldb, c + j * ldc, ldc, adding);
}

VECTORISED void cambium_narrow_gram(size_t n, size_t k, const double *a, size_t lda, double *c) {
  size_t j = 0;
  for (; j + 2 <= n; j += 2) {
    const double *b = a + j * lda;
    size_t i = 0;
    for (; i < j; i += 2) inner(2, 2, k, a + i * lda, lda, b, lda, c + i + j * n, n, 1);
    inner(1, 2, k, b, lda, b, lda, c + j + j * n, n, 1);
    inner(1, 1, k, b + lda, lda, b + lda, lda, c + j + 1 + (j + 1) * n, n, 1);
  }
  if (j < n) {
    size_t i = 0;
    for (; i + 2 <= n; i += 2) inner(2, 1, k, a + i * lda, lda, a + j * lda, lda, c + i + j * n, n, 1);
    if (i < n) inner(1, 1, k, a + i * lda, lda, a + j * lda, lda, c + i + j * n, n, 1);
  }
}

VECTORISED void cambium_solve_factored(size_t order, const double *r, double *x) {
  for (size_t j = 0; j < order; j++) {
    double sum = 0;
    inner(1, 1, j, r + j * order, 1, x, 1, &sum, 1, 0);
    x[j] = (x[j] - sum) / r[j + j * order];
  }
  for (size_t j = order; j-- > 0;) {
    const double *column = r + j * order;
    const double found = x[j] / column[j];
    x[j] = found;
    size_t i = 0;
    for (; i + LANES <= j; i += LANES) *(lanes *)(x + i) = AT(x + i) - found * AT(column + i);
    for (; i < j; i++) x[i] -= found * column[i];
  }
}
