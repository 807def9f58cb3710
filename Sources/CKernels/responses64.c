// Candidates' responses in float64.

#include "cambium_kernels.h"
#include "vectorise.h"

typedef double real;
enum { LANES = 8 };
#define ENTRY(name) name
#include "responses.inc"
