#include "cambium_kernels.h"

#ifdef __linux__
#include <malloc.h>
#endif

void cambium_keep_freed_memory(void) {
#ifdef __GLIBC__
  const int most = 256 << 20;
  mallopt(M_MMAP_THRESHOLD, most);
  mallopt(M_TRIM_THRESHOLD, most);
#endif
}

void cambium_give_back_freed_memory(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}
