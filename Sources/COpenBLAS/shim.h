// OpenBLAS, and the few LAPACK routines that Cambium calls (Fortran symbols, all arguments by pointer).
#ifndef CAMBIUM_COPENBLAS_SHIM_H
#define CAMBIUM_COPENBLAS_SHIM_H

#include <cblas.h>

// Cholesky factor of a symmetric positive definite matrix; its solve; its inverse.
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info);
void dpotrs_(const char *uplo, const int *n, const int *nrhs, const double *a, const int *lda,
             double *b, const int *ldb, int *info);
void dpotri_(const char *uplo, const int *n, double *a, const int *lda, int *info);
// Eigenvalues, rising, and eigenvectors of a symmetric matrix.
void dsyev_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w, double *work,
            const int *lwork, int *info);

#endif
