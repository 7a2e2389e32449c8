/* clones.h: one loop compiled twice, for AVX2 and for the baseline; the processor's own is run
 *
 * target_clones would say the same, but clang 14 does not take it in C. On other machines than
 * x86-64 the baseline has vectors already (NEON). The files that use it are compiled with -O3,
 * without which gcc 12 does not vectorise (CMakeLists.txt). No FMA: it would round differently,
 * and a slide shall come out alike everywhere. */
#pragma once

#if defined(__x86_64__)
/* Makes name(parameters), which runs name_body(arguments); that is to be `static inline
 * CLONE_BODY`. */
#define CLONES(name, parameters, arguments)                                                        \
    __attribute__((target("avx2"))) static void name##_avx2 parameters {                           \
        name##_body arguments;                                                                     \
    }                                                                                              \
    static void name##_baseline parameters {                                                       \
        name##_body arguments;                                                                     \
    }                                                                                              \
    static void name parameters {                                                                  \
        if (__builtin_cpu_supports("avx2"))                                                        \
            name##_avx2 arguments;                                                                 \
        else                                                                                       \
            name##_baseline arguments;                                                             \
    }
#else
#define CLONES(name, parameters, arguments)                                                        \
    static void name parameters {                                                                  \
        name##_body arguments;                                                                     \
    }
#endif

#define CLONE_BODY __attribute__((always_inline))

/* Before a loop whose arrays are either the same or apart: no check for overlaps at run time. */
#if defined(__clang__)
#define VECTOR_LOOP _Pragma("clang loop vectorize(assume_safety)")
#else
#define VECTOR_LOOP _Pragma("GCC ivdep")
#endif
