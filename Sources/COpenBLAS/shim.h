// OpenBLAS, and the few LAPACK routines that Cambium calls (Fortran symbols, all arguments by pointer).
#ifndef CAMBIUM_COPENBLAS_SHIM_H
#define CAMBIUM_COPENBLAS_SHIM_H

#include <cblas.h>
#include <stdlib.h>
#include <string.h>

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

// Absent from an OpenBLAS that was built for one processor.
extern void gotoblas_dynamic_quit(void) __attribute__((weak));
extern void gotoblas_dynamic_init(void) __attribute__((weak));

// Has OpenBLAS choose again where it did not know the processor, which is younger than it is, and took its kernels for
// "Prescott", of 2004: those for AVX-512 or AVX2 are five times as fast. What the environment asks for stays.
static inline void cambium_choose_blas_kernels(void) {
#if defined(__x86_64__)
  if (!gotoblas_dynamic_quit || !gotoblas_dynamic_init || getenv("OPENBLAS_CORETYPE")) return;
  const int has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const int has_avx512 = __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
                         __builtin_cpu_supports("avx512bw");
  if (!has_avx2 || strcmp(openblas_get_corename(), "Prescott") != 0) return;
  setenv("OPENBLAS_CORETYPE", has_avx512 ? "SkylakeX" : "Haswell", 1);
  gotoblas_dynamic_quit();
  gotoblas_dynamic_init();
  unsetenv("OPENBLAS_CORETYPE");
#endif
}

#endif
