// GSL for Swift. OpenBLAS's CBLAS declarations stand in for GSL's, which clash with them in one file.
#ifndef CAMBIUM_CGSL_SHIM_H
#define CAMBIUM_CGSL_SHIM_H

#include <cblas.h>
#define __GSL_CBLAS_H__

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_qrng.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_rstat.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>

// Swift 6 rejects global C variables as unsafe shared state: each has an accessor.
static inline const gsl_rng_type *cambium_gsl_mt19937(void) { return gsl_rng_mt19937; }
static inline const gsl_qrng_type *cambium_gsl_sobol(void) { return gsl_qrng_sobol; }
static inline const gsl_root_fsolver_type *cambium_gsl_brent(void) { return gsl_root_fsolver_brent; }

#endif
