// libcsv, the streaming CSV parser (RFC 4180).
#ifndef CAMBIUM_CCSV_SHIM_H
#define CAMBIUM_CCSV_SHIM_H
#include <csv.h>
#endif
