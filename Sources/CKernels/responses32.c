// Candidates' responses in float32.

#include "cambium_kernels.h"
#include "vectorise.h"

typedef float real;
enum { LANES = 64 };
#define ENTRY(name) name##_f32
#include "responses.inc"
