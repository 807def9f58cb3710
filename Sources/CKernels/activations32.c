// Units' functions in float32. Relative errors are below 4e-7; the tests state and check the bound.

#include "cambium_kernels.h"
#include "elementary32.h"

#define ENTRY(name) name##_f32
#include "functions.inc"
