/* What a taken-over helper for videos may answer, with this program itself as the helper: what it
 * is given to read is what it answers. */
#include "picture_fixture.h"

#include "helpers/serve.h"
#include "ingest/video.h"
#include "ingest/video_wire.h"

#define AS_HELPER "FENGCAI_TEST_VIDEO_LIES"
#define HEAD                                                                                       \
    "\0\0\0\x10"                                                                                   \
    "ftypisom0123456789abcdef"
#define HEAD_SIZE 28
#define MOST      6 /* records of an answer */
#define INVALID   "视频程序的回答无效 (invalid answer of the helper)"
/* So many pieces are more than any muxer writes. */
#define TOO_MANY  (VIDEO_FILE_BYTES / VIDEO_PIECE_BYTES + 8)

/* The answer: `once` bytes of what follows, and what is behind them so many times. */
struct script {
    uint32_t once, times;
};

/* ------------------------------------------------------------------ the helper */

static int answer_part(int source, int answer, off_t at, off_t end) {
    static char piece[1 << 18];
    while (at < end) {
        size_t want = end - at < (off_t)sizeof piece ? (size_t)(end - at) : sizeof piece;
        ssize_t n = pread(source, piece, want, at);
        if (n <= 0 || !write_all(answer, piece, (size_t)n))
            return 1;
        at += n;
    }
    return 0;
}

static int work(const unsigned char request[NURSERY_REQUEST_SIZE], int source, int answer) {
    struct script script;
    (void)request;
    if (pread(source, &script, sizeof script, 0) != (ssize_t)sizeof script)
        return 1;
    off_t first = sizeof script, rest = first + script.once, end = lseek(source, 0, SEEK_END);
    int status = answer_part(source, answer, first, rest);
    for (uint32_t i = 0; status == 0 && i < script.times; i++)
        status = answer_part(source, answer, rest, end);
    return status;
}

/* ------------------------------------------------------------------ its answers */

#define BYTES(at, size, text)                                                                      \
    { .kind = VIDEO_BYTES, .offset = (at), .bytes = (size), .data = (text) }
#define HEAD_BYTES BYTES(0, HEAD_SIZE, HEAD)
#define POSTER                                                                                     \
    { .kind = VIDEO_POSTER, .width = 16, .height = 9, .poster = true }
#define END_OF(w, h, ms)                                                                           \
    { .kind = VIDEO_END, .width = (w), .height = (h), .duration_ms = (ms) }
#define END     END_OF(16, 9, 1000)
#define LONGEST (VIDEO_MAX_SECONDS * INT64_C(1000))

struct told {
    uint32_t kind, bytes;
    int64_t offset, duration_ms;
    int32_t width, height;
    uint32_t reason;
    const char *data; /* as many bytes as it says; NULL: it says so, and sends none */
    bool poster;      /* a picture follows */
    bool none;        /* no more records */
};
#define NO_MORE                                                                                    \
    { .none = true }

struct lie {
    const char *name;
    struct told told[MOST];
    uint32_t again; /* the last record comes so often more */
};

static const struct lie truths[] = {
    {.name = "whole", .told = {HEAD_BYTES, POSTER, END, NO_MORE}},
    {.name = "poster first", .told = {POSTER, HEAD_BYTES, END, NO_MORE}},
    {.name = "patched behind its head",
     .told = {HEAD_BYTES, BYTES(28, 4, "mdat"), BYTES(8, 4, "iso2"), POSTER, END, NO_MORE}},
    {.name = "longest", .told = {HEAD_BYTES, POSTER, END_OF(16, 9, LONGEST), NO_MORE}},
};

static const struct lie lies[] = {
    {.name = "no kind", .told = {HEAD_BYTES, {.kind = 77}, NO_MORE}},
    {.name = "not an MP4", .told = {BYTES(0, 8, "\x89PNG\r\n\x1a\n"), NO_MORE}},
    {.name = "too short to tell", .told = {BYTES(0, 7, HEAD), NO_MORE}},
    {.name = "nothing", .told = {BYTES(0, 0, ""), NO_MORE}},
    {.name = "a gap at the start", .told = {BYTES(1, 8, HEAD), NO_MORE}},
    {.name = "a gap", .told = {HEAD_BYTES, BYTES(HEAD_SIZE + 1, 4, "mdat"), NO_MORE}},
    {.name = "before the start", .told = {HEAD_BYTES, BYTES(-1, 4, "mdat"), NO_MORE}},
    {.name = "far before the start", .told = {HEAD_BYTES, BYTES(INT64_MIN, 4, "mdat"), NO_MORE}},
    {.name = "far behind", .told = {HEAD_BYTES, BYTES(INT64_MAX, 4, "mdat"), NO_MORE}},
    {.name = "another head", .told = {HEAD_BYTES, BYTES(0, 8, "\x89PNG\r\n\x1a\n"), NO_MORE}},
    {.name = "the same head again", .told = {HEAD_BYTES, HEAD_BYTES, NO_MORE}},
    {.name = "into the head", .told = {HEAD_BYTES, BYTES(4, 4, "evil"), POSTER, END, NO_MORE}},
    {.name = "into its end", .told = {HEAD_BYTES, BYTES(7, 1, "e"), POSTER, END, NO_MORE}},
    {.name = "a piece too large",
     .told = {HEAD_BYTES, BYTES(HEAD_SIZE, VIDEO_PIECE_BYTES + 1, NULL), NO_MORE}},
    {.name = "a huge piece", .told = {HEAD_BYTES, BYTES(HEAD_SIZE, UINT32_MAX, NULL), NO_MORE}},
    {.name = "two posters", .told = {HEAD_BYTES, POSTER, POSTER, END, NO_MORE}},
    {.name = "an empty poster",
     .told = {HEAD_BYTES, {.kind = VIDEO_POSTER, .width = 16, .height = 9}, NO_MORE}},
    {.name = "a huge poster",
     .told = {{.kind = VIDEO_POSTER, .bytes = VIDEO_POSTER_BYTES + 1, .width = 16, .height = 9},
              NO_MORE}},
    {.name = "a poster of no width",
     .told = {{.kind = VIDEO_POSTER, .width = 0, .height = 9, .poster = true}, NO_MORE}},
    {.name = "a poster of less",
     .told = {{.kind = VIDEO_POSTER, .width = 16, .height = -9, .poster = true}, NO_MORE}},
    {.name = "a wide poster",
     .told = {{.kind = VIDEO_POSTER, .width = VIDEO_POSTER_SIDE + 1, .height = 9, .poster = true},
              NO_MORE}},
    {.name = "no poster", .told = {HEAD_BYTES, END, NO_MORE}},
    {.name = "no movie", .told = {POSTER, END, NO_MORE}},
    {.name = "nothing but an end", .told = {END, NO_MORE}},
    {.name = "no length", .told = {HEAD_BYTES, POSTER, END_OF(16, 9, 0), NO_MORE}},
    {.name = "a length below nothing", .told = {HEAD_BYTES, POSTER, END_OF(16, 9, -1), NO_MORE}},
    {.name = "too long", .told = {HEAD_BYTES, POSTER, END_OF(16, 9, LONGEST + 1), NO_MORE}},
    {.name = "for ever", .told = {HEAD_BYTES, POSTER, END_OF(16, 9, INT64_MAX), NO_MORE}},
    {.name = "no height", .told = {HEAD_BYTES, POSTER, END_OF(16, 0, 1000), NO_MORE}},
    {.name = "too high",
     .told = {HEAD_BYTES, POSTER, END_OF(16, VIDEO_POSTER_SIDE + 1, 1000), NO_MORE}},
    {.name = "no reason", .told = {{.kind = VIDEO_REFUSED, .reason = 77}, NO_MORE}},
    {.name = "over and over",
     .told = {HEAD_BYTES, BYTES(8, VIDEO_PIECE_BYTES, NULL), NO_MORE},
     .again = TOO_MANY},
};

/* Answers to who asks only what the file says. */
static const struct lie bare_lies[] = {
    {.name = "bytes", .told = {HEAD_BYTES, END, NO_MORE}},
    {.name = "a poster", .told = {POSTER, END, NO_MORE}},
    {.name = "a length below nothing", .told = {END_OF(16, 9, -1), NO_MORE}},
    {.name = "too long", .told = {END_OF(16, 9, LONGEST + 1), NO_MORE}},
    {.name = "no width", .told = {END_OF(0, 9, 1000), NO_MORE}},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct studio {
    struct fixture *fixture;
    struct nursery *liar;
    char *poster; /* a PNG */
    size_t poster_size;
};

static void put(FILE *to, const struct studio *studio, const struct told *told) {
    struct video_record record = {.kind = told->kind,
                                  .bytes = told->bytes,
                                  .offset = told->offset,
                                  .duration_ms = told->duration_ms,
                                  .width = told->width,
                                  .height = told->height,
                                  .reason = told->reason};
    if (told->poster)
        record.bytes = (uint32_t)studio->poster_size;
    memcpy(record.text, "4k\x1b[2J", sizeof "4k\x1b[2J");
    fwrite(&record, sizeof record, 1, to);
    if (told->poster)
        fwrite(studio->poster, 1, studio->poster_size, to);
    else if (told->data)
        fwrite(told->data, 1, told->bytes, to);
}

/* A file that makes the helper say this, open for reading. */
static int script_of(const struct studio *studio, const struct lie *lie) {
    char *path = path_join(studio->fixture->folder, "script", NULL);
    FILE *to = fopen(path, "we");
    struct script script = {.times = lie->again};
    assert_non_null(to);
    fwrite(&script, sizeof script, 1, to);
    for (size_t i = 0; i < MOST && !lie->told[i].none; i++) {
        bool last = i + 1 == MOST || lie->told[i + 1].none;
        if (last && lie->again) {
            static const char piece[VIDEO_PIECE_BYTES];
            script.once = (uint32_t)ftell(to) - (uint32_t)sizeof script;
            put(to, studio, lie->told + i);
            fwrite(piece, 1, sizeof piece, to);
        } else {
            put(to, studio, lie->told + i);
        }
    }
    if (!lie->again)
        script.once = (uint32_t)ftell(to) - (uint32_t)sizeof script;
    rewind(to);
    fwrite(&script, sizeof script, 1, to);
    assert_int_equal(fclose(to), 0);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    free(path);
    return fd;
}

static struct verdict take(const struct studio *studio, const struct lie *lie) {
    const struct video_helpers helpers = {.videos = studio->liar,
                                          .pictures = studio->fixture->nursery};
    const struct picture_limits limits = DEFAULT_LIMITS;
    struct verdict verdict = {.asset.kind = ASSET_VIDEO, .reject = REJECT_COUNT};
    bool muted = false;
    int fd = script_of(studio, lie);
    verdict.taken = video_prepare(&helpers, fd, studio->fixture->staging, &limits, &verdict.asset,
                                  &muted, &verdict.reject, &verdict.detail);
    close(fd);
    return verdict;
}

static struct verdict look(const struct studio *studio, const struct lie *lie) {
    struct verdict verdict = {.reject = REJECT_COUNT};
    int fd = script_of(studio, lie);
    verdict.taken = video_measure(studio->liar, fd, &verdict.reject, &verdict.detail);
    close(fd);
    return verdict;
}

static int staged_files(const struct fixture *fixture) {
    DIR *dir = opendir(fixture->staging);
    int count = -2; /* "." and ".." */
    while (readdir(dir))
        count++;
    closedir(dir);
    return count;
}

static void expect(const struct studio *studio, const char *name, struct verdict verdict,
                   enum reject reject, const char *detail) {
    bool same = !detail ? !verdict.detail : verdict.detail && strcmp(verdict.detail, detail) == 0;
    if (verdict.taken || verdict.reject != reject || !same)
        print_error("%s: %s, %s\n", name, verdict.taken ? "taken" : reject_code(verdict.reject),
                    verdict.detail ? verdict.detail : "");
    assert_false(verdict.taken);
    assert_int_equal(verdict.reject, reject);
    assert_true(same);
    assert_int_equal(verdict.asset.rendition_count, 0);
    assert_int_equal(staged_files(studio->fixture), 0);
    verdict_finish(&verdict);
}

/* ------------------------------------------------------------------ */

static int studio_set_up(void **state) {
    struct studio *studio = xcalloc(1, sizeof *studio);
    void *fixture = NULL;
    if (set_up(&fixture) != 0)
        return 1;
    studio->fixture = fixture;
    studio->liar = nursery_create("/proc/self/exe");
    char *path = path_join(studio->fixture->folder, "poster.png", NULL);
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, 16, 9, 24, SDL_PIXELFORMAT_RGB24);
    bool good = surface && IMG_SavePNG(surface, path) == 0 &&
                fs_read(path, VIDEO_POSTER_BYTES, &studio->poster, &studio->poster_size);
    SDL_FreeSurface(surface);
    free(path);
    *state = studio;
    return good ? 0 : 1;
}

static int studio_tear_down(void **state) {
    struct studio *studio = *state;
    void *fixture = studio->fixture;
    nursery_destroy(studio->liar);
    free(studio->poster);
    free(studio);
    return tear_down(&fixture);
}

static void test_truths(void **state) {
    const struct studio *studio = *state;
    for (size_t i = 0; i < COUNT(truths); i++) {
        struct verdict verdict = take(studio, truths + i);
        if (!verdict.taken)
            print_error("%s: %s %s\n", truths[i].name, reject_code(verdict.reject), verdict.detail);
        assert_true(verdict.taken);
        assert_true(verdict.asset.width == 16 && verdict.asset.height == 9);
        assert_non_null(asset_rendition(&verdict.asset, RENDITION_VIDEO, 0));
        verdict_finish(&verdict);
    }
}

static void test_lies(void **state) {
    const struct studio *studio = *state;
    for (size_t i = 0; i < COUNT(lies); i++)
        expect(studio, lies[i].name, take(studio, lies + i), REJECT_VIDEO_CRASHED, INVALID);
}

static void test_bare_lies(void **state) {
    const struct studio *studio = *state;
    for (size_t i = 0; i < COUNT(bare_lies); i++)
        expect(studio, bare_lies[i].name, look(studio, bare_lies + i), REJECT_VIDEO_CRASHED,
               INVALID);
}

/* It ends in the middle of what it says. */
static void test_cut_short(void **state) {
    static const struct lie cuts[] = {
        {.name = "at once", .told = {NO_MORE}},
        {.name = "before its bytes", .told = {HEAD_BYTES, BYTES(HEAD_SIZE, 4, NULL), NO_MORE}},
        {.name = "in its poster",
         .told = {HEAD_BYTES,
                  {.kind = VIDEO_POSTER, .bytes = 9, .width = 16, .height = 9},
                  NO_MORE}},
        {.name = "before its end", .told = {HEAD_BYTES, POSTER, NO_MORE}},
    };
    const struct studio *studio = *state;
    for (size_t i = 0; i < COUNT(cuts); i++)
        expect(studio, cuts[i].name, take(studio, cuts + i), REJECT_VIDEO_CRASHED, NULL);
}

/* What it says of a file is shown to people, but not what steers their terminals. */
static void test_text(void **state) {
    static const struct lie refusal = {
        .told = {{.kind = VIDEO_REFUSED, .reason = VIDEO_REASON_FORMAT}, NO_MORE}};
    const struct studio *studio = *state;
    expect(studio, "text", take(studio, &refusal), REJECT_VIDEO_FORMAT, "4k");
}

#define STUDIO_TEST(name) cmocka_unit_test_setup_teardown(name, studio_set_up, studio_tear_down)

int main(void) {
    if (getenv(AS_HELPER))
        return serve(work, false);
    setenv(AS_HELPER, "1", 1);
    const struct CMUnitTest tests[] = {
        STUDIO_TEST(test_truths),    STUDIO_TEST(test_lies), STUDIO_TEST(test_bare_lies),
        STUDIO_TEST(test_cut_short), STUDIO_TEST(test_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
