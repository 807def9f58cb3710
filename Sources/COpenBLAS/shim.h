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

// Absent from an OpenBLAS that was built without threads.
extern int blas_thread_shutdown_(void) __attribute__((weak));

// Ends the threads that OpenBLAS starts as it is loaded, and that wait for work spinning: in a command that takes a
// tenth of a second they take a core from it for much of that.
static inline void cambium_end_blas_threads(void) {
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}

#endif
