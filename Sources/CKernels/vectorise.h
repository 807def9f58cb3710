// One source, several instruction sets: the dynamic linker picks the best clone that the processor runs.
// (ARM's baseline has its vector instructions: nothing is to be picked there.)
#ifndef CAMBIUM_VECTORISE_H
#define CAMBIUM_VECTORISE_H

// (The thread sanitizer is not ready when the linker asks for the pick.)
#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer)
#define VECTORISED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define VECTORISED
#endif

// Before a loop whose turns touch nothing but their own elements: results may then replace arguments, and the
// compiler, which can't know that, still makes vector code.
#define ELEMENTWISE _Pragma("clang loop vectorize(assume_safety)")

#define INLINE static inline __attribute__((always_inline))

#endif
