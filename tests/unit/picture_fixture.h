/* Pictures through the real helper: what test_picture and test_corpus share. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <SDL_image.h>
#include <cmocka.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/picture.h"

#define DEFAULT_LIMITS ((struct picture_limits){.megapixels = 64, .seconds = 60, .memory_mb = 1024})

struct fixture {
    struct nursery *nursery;
    char folder[32], *staging;
};

/* What picture_prepare said. */
struct verdict {
    bool taken;
    struct asset asset;
    enum reject reject;
    char *detail;
};

static inline int set_up(void **state) {
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/fengcai-picture-XXXXXX");
    if (!mkdtemp(fixture->folder))
        return 1;
    fixture->staging = path_join(fixture->folder, "staging", NULL);
    fixture->nursery = nursery_create(HELPER_DIR "/picture");
    *state = fixture;
    return mkdir(fixture->staging, 0700);
}

static inline int tear_down(void **state) {
    struct fixture *fixture = *state;
    nursery_destroy(fixture->nursery);
    fs_remove_tree(fixture->folder);
    free(fixture->staging);
    free(fixture);
    return 0;
}

static inline void verdict_finish(struct verdict *verdict) {
    asset_finish(&verdict->asset);
    free(verdict->detail);
}

static inline struct verdict prepare_fd(struct fixture *fixture, int fd, enum asset_kind kind,
                                        struct picture_limits limits) {
    struct verdict verdict = {.asset.kind = kind};
    verdict.taken = picture_prepare(fixture->nursery, fd, fixture->staging, &limits, &verdict.asset,
                                    &verdict.reject, &verdict.detail);
    return verdict;
}

static inline struct verdict prepare(struct fixture *fixture, const char *path,
                                     struct picture_limits limits) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    struct verdict verdict = prepare_fd(fixture, fd, ASSET_PICTURE, limits);
    close(fd);
    return verdict;
}

static inline char *staged_path(const struct fixture *fixture, const struct rendition *rendition) {
    char hex[HASH_HEX_SIZE];
    hash_hex(rendition->hash, hex);
    return xasprintf("%s/%s%s", fixture->staging, hex, rendition_suffix(rendition->role));
}

static inline SDL_Surface *load_rendition(const struct fixture *fixture, const struct asset *asset,
                                          enum rendition_role role) {
    const struct rendition *rendition = asset_rendition(asset, role, 0);
    assert_non_null(rendition);
    char *path = staged_path(fixture, rendition);
    SDL_Surface *loaded = IMG_Load(path);
    assert_non_null(loaded);
    SDL_Surface *surface = SDL_ConvertSurfaceFormat(loaded, SDL_PIXELFORMAT_RGB24, 0);
    SDL_FreeSurface(loaded);
    free(path);
    return surface;
}

static inline uint8_t *pixel(SDL_Surface *surface, int x, int y) {
    return (uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch + (ptrdiff_t)x * 3;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
