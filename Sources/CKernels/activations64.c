// Units' functions in float64. Relative errors are below 4e-16 · (a few) of the C library's; the tests state and
// check the bound.

#include "cambium_kernels.h"
#include "elementary64.h"

#define ENTRY(name) name
#include "functions.inc"
