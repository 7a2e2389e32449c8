/* Pictures that nobody here made, through the real helper: ../shared/corpus or $FENGCAI_CORPUS.
 * Skipped where there are none. */
#include "picture_fixture.h"

static char *corpus_folder(const char *name) {
    const char *corpus = getenv("FENGCAI_CORPUS");
    char *folder = path_join(corpus ? corpus : SOURCE_DIR "/../shared/corpus", name, NULL);
    if (!fs_is_dir(folder)) {
        free(folder);
        return NULL;
    }
    return folder;
}

/* Calls `check` for each file of a folder; skips the test where there is none. */
static void each_file(struct fixture *fixture, const char *name,
                      void (*check)(struct fixture *fixture, const char *file,
                                    struct verdict *verdict)) {
    char *folder = corpus_folder(name);
    if (!folder) {
        skip();
        return;
    }
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (const struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        char *path = path_join(folder, entry->d_name, NULL);
        struct verdict verdict = prepare(fixture, path, DEFAULT_LIMITS);
        check(fixture, entry->d_name, &verdict);
        verdict_finish(&verdict);
        free(path);
    }
    closedir(dir);
    free(folder);
}

static void check_taken(struct fixture *fixture, const char *file, struct verdict *verdict) {
    (void)fixture;
    if (!verdict->taken)
        fail_msg("%s: %s: %s", file, reject_code(verdict->reject),
                 verdict->detail ? verdict->detail : "");
}

static void check_png(struct fixture *fixture, const char *file, struct verdict *verdict) {
    if (!text_ends(file, ".png"))
        return;
    if (file[0] != 'x')
        check_taken(fixture, file, verdict);
    else if (verdict->taken ||
             (verdict->reject != REJECT_PICTURE_BROKEN && verdict->reject != REJECT_PICTURE_FORMAT))
        fail_msg("%s: not refused", file);
}

static void check_clean(struct fixture *fixture, const char *file, struct verdict *verdict) {
    (void)fixture;
    if (!verdict->taken && verdict->reject != REJECT_PICTURE_BROKEN &&
        verdict->reject != REJECT_PICTURE_FORMAT && verdict->reject != REJECT_PICTURE_TOO_LARGE)
        fail_msg("%s: %s", file, reject_code(verdict->reject));
}

static void test_corpus_pictures(void **state) {
    each_file(*state, "pictures", check_taken);
}

static void test_corpus_pngsuite(void **state) {
    each_file(*state, "pngsuite", check_png);
}

static void test_corpus_broken(void **state) {
    each_file(*state, "broken", check_clean);
}

/* The mean difference of two pictures of one size, in 256ths of white. */
static double difference(SDL_Surface *a, SDL_Surface *b) {
    assert_int_equal(a->w, b->w);
    assert_int_equal(a->h, b->h);
    double sum = 0;
    for (int y = 0; y < a->h; y++)
        for (int x = 0; x < a->w; x++)
            for (int band = 0; band < 3; band++)
                sum += abs(pixel(a, x, y)[band] - pixel(b, x, y)[band]);
    return sum / (3.0 * a->w * a->h);
}

/* All nine are one photo, saved as JPEG nine times: alike up to that. Turned any other way it
 * differs from itself by more than 30. */
static void test_corpus_orientation(void **state) {
    struct fixture *fixture = *state;
    char *folder = corpus_folder("orientation");
    if (!folder) {
        skip();
        return;
    }
    SDL_Surface *first = NULL;
    for (int i = 0; i <= 8; i++) {
        char *path = xasprintf("%s/Landscape_%d.jpg", folder, i);
        struct verdict verdict = prepare(fixture, path, DEFAULT_LIMITS);
        assert_true(verdict.taken);
        SDL_Surface *thumb = load_rendition(fixture, &verdict.asset, RENDITION_THUMB);
        first = first ? first : thumb;
        if (difference(first, thumb) > 5)
            fail_msg("Landscape_%d.jpg differs by %.1f", i, difference(first, thumb));
        if (thumb != first)
            SDL_FreeSurface(thumb);
        verdict_finish(&verdict);
        free(path);
    }
    assert_non_null(first);
    SDL_FreeSurface(first);
    free(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_corpus_pictures),
        TEST(test_corpus_pngsuite),
        TEST(test_corpus_broken),
        TEST(test_corpus_orientation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
