/* Pictures through the real helper: sizes, orientation, what is refused and as what. */
#include <sys/mman.h>

#include "picture_fixture.h"

#include "helpers/sanitizer.h"
#include "ingest/code_check.h"
#include "ingest/jpeg_check.h"

#define TOLERANCE 10 /* a channel's mean after two JPEGs and a resampling */

static struct verdict prepare_bytes(struct fixture *fixture, const void *bytes, size_t size) {
    char path[] = "/tmp/fengcai-picture-XXXXXX";
    int fd = mkostemp(path, O_CLOEXEC);
    unlink(path);
    assert_true(write_all(fd, bytes, size));
    struct verdict verdict = prepare_fd(fixture, fd, ASSET_PICTURE, DEFAULT_LIMITS);
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

/* The staged file is what the rendition says, whole and without metadata. */
static void check_file(const struct fixture *fixture, const struct rendition *rendition) {
    char *path = staged_path(fixture, rendition), *data = NULL;
    size_t size = 0;
    assert_true(fs_read(path, 64u << 20, &data, &size));
    assert_int_equal(size, rendition->bytes);
    assert_true(hash_equal(hash_of(data, size), rendition->hash));
    assert_true(jpeg_check((unsigned char *)data, size, rendition->width, rendition->height));
    free(data);
    free(path);
}

static SDL_Surface *new_surface(int width, int height) {
    SDL_Surface *surface =
        SDL_CreateRGBSurfaceWithFormat(0, width, height, 24, SDL_PIXELFORMAT_RGB24);
    assert_non_null(surface);
    return surface;
}

static void fill(SDL_Surface *surface, SDL_Rect rect, uint32_t rgb) {
    SDL_FillRect(
        surface, &rect,
        SDL_MapRGB(surface->format, (uint8_t)(rgb >> 16), (uint8_t)(rgb >> 8), (uint8_t)rgb));
}

/* Soft hills with a little noise, by `seed`: nothing even, nothing sharp. */
static SDL_Surface *draw_photo(int width, int height, unsigned seed) {
    SDL_Surface *surface = new_surface(width, height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            for (int band = 0; band < 3; band++) {
                seed = seed * 1664525u + 1013904223u;
                int wave = (x * (band + 2) / 7 + y * (4 - band) / 5) % 400;
                pixel(surface, x, y)[band] =
                    (uint8_t)(20 + (wave < 200 ? wave : 400 - wave) + (int)(seed >> 28));
            }
    return surface;
}

/* Lines of words of little bars: what text is to a block of eight pixels. */
static void draw_text(SDL_Surface *surface, SDL_Rect area, uint32_t rgb) {
    for (int y = area.y; y + 22 <= area.y + area.h; y += 44)
        for (int x = area.x, n = 0; x + 20 <= area.x + area.w; x += n++ % 5 == 4 ? 50 : 26) {
            fill(surface, (SDL_Rect){x, y, 20, 3}, rgb);
            fill(surface, (SDL_Rect){x, y + 9, 20, 3}, rgb);
            fill(surface, (SDL_Rect){x + 8, y, 3, 22}, rgb);
        }
}

static char *save(struct fixture *fixture, const char *name, SDL_Surface *surface) {
    char *path = path_join(fixture->folder, name, NULL);
    int failed =
        text_ends(name, ".png") ? IMG_SavePNG(surface, path) : IMG_SaveJPG(surface, path, 85);
    assert_int_equal(failed, 0);
    SDL_FreeSurface(surface);
    return path;
}

/* A file's bytes; the file is removed. */
static char *take_bytes(char *path, size_t *size) {
    char *data = NULL;
    assert_true(fs_read(path, 64u << 20, &data, size));
    unlink(path);
    free(path);
    return data;
}

static void expect_size(const struct asset *asset, enum rendition_role role, int tile, int width,
                        int height) {
    const struct rendition *rendition = asset_rendition(asset, role, tile);
    assert_non_null(rendition);
    assert_int_equal(rendition->width, width);
    assert_int_equal(rendition->height, height);
}

static void test_sizes(void **state) {
    static const struct {
        int width, height;
        int large[2], screen[2], thumb[2];
        int tiles, last[2]; /* and the size of the last tile */
    } cases[] = {
        {1, 1, {1, 1}, {1, 1}, {1, 1}, 0, {0, 0}},
        {100, 60, {100, 60}, {100, 60}, {100, 60}, 0, {0, 0}},
        {481, 300, {481, 300}, {481, 300}, {480, 299}, 0, {0, 0}},
        {1920, 1080, {1920, 1080}, {1920, 1080}, {480, 270}, 0, {0, 0}},
        {3000, 2000, {2560, 1707}, {1920, 1280}, {480, 320}, 0, {0, 0}},
        {2000, 3000, {1707, 2560}, {1280, 1920}, {320, 480}, 0, {0, 0}},
        {5120, 2560, {2560, 1280}, {1920, 960}, {480, 240}, 0, {0, 0}},
        {1000, 2500, {1000, 2500}, {768, 1920}, {192, 480}, 0, {0, 0}},
        {1000, 2501, {1000, 2501}, {768, 1920}, {192, 480}, 2, {1000, 453}},
        {1080, 5000, {553, 2560}, {415, 1920}, {104, 480}, 3, {1080, 904}},
        {5000, 1200, {2560, 614}, {1920, 461}, {480, 115}, 3, {404, 1080}},
        {2, 3000, {2, 2560}, {1, 1920}, {1, 480}, 2, {2, 952}},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *path =
            save(fixture, "size.png", draw_photo(cases[i].width, cases[i].height, (unsigned)i));
        struct verdict verdict = prepare(fixture, path, DEFAULT_LIMITS);
        assert_true(verdict.taken);
        const struct asset *asset = &verdict.asset;
        assert_int_equal(asset->width, cases[i].width);
        assert_int_equal(asset->height, cases[i].height);
        expect_size(asset, RENDITION_LARGE, 0, cases[i].large[0], cases[i].large[1]);
        expect_size(asset, RENDITION_SCREEN, 0, cases[i].screen[0], cases[i].screen[1]);
        expect_size(asset, RENDITION_THUMB, 0, cases[i].thumb[0], cases[i].thumb[1]);
        assert_int_equal(asset_tiles(asset), cases[i].tiles);
        if (cases[i].tiles)
            expect_size(asset, RENDITION_TILE, cases[i].tiles - 1, cases[i].last[0],
                        cases[i].last[1]);
        for (size_t k = 0; k < asset->rendition_count; k++)
            check_file(fixture, asset->renditions + k);
        verdict_finish(&verdict);
        free(path);
    }
}

/* Four quarters of different colour; upright: red, green over blue, white. */
static const uint32_t quarters[4] = {0xd02020, 0x20a040, 0x2040c0, 0xf0f0f0};

/* Where a pixel of the upright picture lies in one that is stored with an orientation (Exif 2.3,
 * 4.6.4 A). */
static void stored_place(int orientation, int x, int y, int width, int height, int *to_x,
                         int *to_y) {
    bool mirrored = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    bool flipped = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    bool turned = orientation >= 5;
    int across = turned ? y : x, down = turned ? x : y;
    int most_x = (turned ? height : width) - 1, most_y = (turned ? width : height) - 1;
    *to_x = mirrored ? most_x - across : across;
    *to_y = flipped ? most_y - down : down;
}

/* Exif with nothing but an orientation, and a place: "Exif\0\0", a TIFF structure. */
static char *with_exif(const char *jpeg, size_t size, int orientation, size_t *result_size) {
    unsigned char app1[] = {0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,    'M', 'M',
                            0,    42,   0, 0,  0,   8,   0,   1,   1, 0x12, 0,   3,
                            0,    0,    0, 1,  0,   0,   0,   0,   0, 0,    0,   0};
    app1[29] = (unsigned char)orientation;
    char *result = xmalloc(size + sizeof app1);
    memcpy(result, jpeg, 2);
    memcpy(result + 2, app1, sizeof app1);
    memcpy(result + 2 + sizeof app1, jpeg + 2, size - 2);
    *result_size = size + sizeof app1;
    return result;
}

static void check_quarters(SDL_Surface *surface) {
    for (int i = 0; i < 4; i++) {
        const uint8_t *at =
            pixel(surface, surface->w * (i % 2 * 2 + 1) / 4, surface->h * (i / 2 * 2 + 1) / 4);
        for (int band = 0; band < 3; band++)
            assert_in_range(at[band] + TOLERANCE - (int)(quarters[i] >> (16 - 8 * band) & 255), 0,
                            2 * TOLERANCE);
    }
}

enum { QUARTERS_WIDTH = 240, QUARTERS_HEIGHT = 160 };

/* The quarters as a JPEG that is stored with an orientation; the caller's. */
static char *store_quarters(struct fixture *fixture, int orientation, size_t *size) {
    bool turned = orientation >= 5;
    SDL_Surface *stored = new_surface(turned ? QUARTERS_HEIGHT : QUARTERS_WIDTH,
                                      turned ? QUARTERS_WIDTH : QUARTERS_HEIGHT);
    for (int y = 0; y < QUARTERS_HEIGHT; y++)
        for (int x = 0; x < QUARTERS_WIDTH; x++) {
            int to_x = 0, to_y = 0;
            stored_place(orientation, x, y, QUARTERS_WIDTH, QUARTERS_HEIGHT, &to_x, &to_y);
            uint32_t rgb = quarters[(x >= QUARTERS_WIDTH / 2) + 2 * (y >= QUARTERS_HEIGHT / 2)];
            for (int band = 0; band < 3; band++)
                pixel(stored, to_x, to_y)[band] = (uint8_t)(rgb >> (16 - 8 * band));
        }
    size_t plain_size = 0;
    char *plain = take_bytes(save(fixture, "plain.jpg", stored), &plain_size);
    char *jpeg = with_exif(plain, plain_size, orientation, size);
    free(plain);
    return jpeg;
}

static void test_orientation(void **state) {
    struct fixture *fixture = *state;
    for (int orientation = 1; orientation <= 8; orientation++) {
        size_t size = 0;
        char *jpeg = store_quarters(fixture, orientation, &size);
        struct verdict verdict = prepare_bytes(fixture, jpeg, size);
        assert_true(verdict.taken);
        assert_int_equal(verdict.asset.width, QUARTERS_WIDTH);
        assert_int_equal(verdict.asset.height, QUARTERS_HEIGHT);
        SDL_Surface *upright = load_rendition(fixture, &verdict.asset, RENDITION_LARGE);
        check_quarters(upright);
        SDL_FreeSurface(upright);
        verdict_finish(&verdict);
        free(jpeg);
    }
}

static void check_all(SDL_Surface *surface, uint32_t rgb) {
    for (int i = 0; i < 4; i++) {
        const uint8_t *at =
            pixel(surface, surface->w * (i % 2 * 8 + 1) / 10, surface->h * (i / 2 * 8 + 1) / 10);
        for (int band = 0; band < 3; band++)
            assert_in_range(at[band] + TOLERANCE - (int)(rgb >> (16 - 8 * band) & 255), 0,
                            2 * TOLERANCE);
    }
}

/* What a document cuts off, it cuts off the upright picture: one quarter is left, and of that not
 * all. */
static void test_crop(void **state) {
    static const struct {
        int32_t crop[4];
        int width, height;
        size_t quarter;
    } cuts[] = {
        {{0, 0, 50000, 50000}, 120, 80, 0},
        {{50000, 10000, 0, 50000}, 120, 64, 1},
        {{10000, 50000, 50000, 0}, 96, 80, 2},
        {{75000, 50000, 0, 25000}, 60, 40, 3},
    };
    struct fixture *fixture = *state;
    for (int orientation = 1; orientation <= 8; orientation++)
        for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
            size_t size = 0;
            char *jpeg = store_quarters(fixture, orientation, &size);
            struct picture_limits limits = DEFAULT_LIMITS;
            limits.crop = cuts[i].crop;
            int fd = memfd_create("crop", MFD_CLOEXEC);
            assert_true(write_all(fd, jpeg, size) && lseek(fd, 0, SEEK_SET) == 0);
            struct verdict verdict = prepare_fd(fixture, fd, ASSET_PICTURE, limits);
            close(fd);
            assert_true(verdict.taken);
            assert_int_equal(verdict.asset.width, cuts[i].width);
            assert_int_equal(verdict.asset.height, cuts[i].height);
            SDL_Surface *upright = load_rendition(fixture, &verdict.asset, RENDITION_LARGE);
            check_all(upright, quarters[cuts[i].quarter]);
            SDL_FreeSurface(upright);
            verdict_finish(&verdict);
            free(jpeg);
        }
}

static void test_alpha_on_white(void **state) {
    struct fixture *fixture = *state;
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormat(0, 64, 64, 32, SDL_PIXELFORMAT_RGBA32);
    SDL_FillRect(surface, NULL, SDL_MapRGBA(surface->format, 0, 0, 0, 0));
    char *path = save(fixture, "alpha.png", surface);
    struct verdict verdict = prepare(fixture, path, DEFAULT_LIMITS);
    assert_true(verdict.taken);
    SDL_Surface *shown = load_rendition(fixture, &verdict.asset, RENDITION_THUMB);
    for (int band = 0; band < 3; band++)
        assert_in_range(pixel(shown, 32, 32)[band], 253, 255);
    SDL_FreeSurface(shown);
    verdict_finish(&verdict);
    free(path);
}

static void expect_reject(struct fixture *fixture, struct verdict *verdict, enum reject reject,
                          const char *what) {
    if (verdict->taken || verdict->reject != reject)
        fail_msg("%s: %s", what, verdict->taken ? "taken" : reject_code(verdict->reject));
    assert_null(verdict->asset.renditions);
    assert_int_equal(staged_files(fixture), 0);
    verdict_finish(verdict);
}

static void test_formats(void **state) {
    static const struct {
        const char *what;
        size_t size;
        const char *bytes;
        enum reject reject;
    } cases[] = {
        {"nothing", 0, "", REJECT_PICTURE_FORMAT},
        {"one byte", 1, "\xff", REJECT_PICTURE_FORMAT},
        {"text", 11, "hello world", REJECT_PICTURE_FORMAT},
        {"pdf", 16, "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", REJECT_PICTURE_FORMAT},
        {"svg", 45, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>    ", REJECT_PICTURE_FORMAT},
        {"bmp", 20, "BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\1\0", REJECT_PICTURE_FORMAT},
        {"mp4", 24,
         "\0\0\0\x18"
         "ftypmp42\0\0\0\0mp42isom",
         REJECT_PICTURE_FORMAT},
        {"jpeg's beginning", 4, "\xff\xd8\xff\xe0", REJECT_PICTURE_BROKEN},
        {"png's beginning", 8, "\x89PNG\r\n\x1a\n", REJECT_PICTURE_BROKEN},
        {"webp's beginning", 12, "RIFF\x10\0\0\0WEBP", REJECT_PICTURE_BROKEN},
        {"gif's beginning", 6, "GIF89a", REJECT_PICTURE_BROKEN},
        {"tiff's beginning", 8, "II*\0\x08\0\0\0", REJECT_PICTURE_BROKEN},
        {"heic's beginning", 24,
         "\0\0\0\x18"
         "ftypheic\0\0\0\0mif1heic",
         REJECT_PICTURE_BROKEN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct verdict verdict = prepare_bytes(*state, cases[i].bytes, cases[i].size);
        expect_reject(*state, &verdict, cases[i].reject, cases[i].what);
    }
}

/* The smallest of kinds that SDL_image does not write. */
static void test_small_files(void **state) {
    static const unsigned char gif[] = {'G', 'I', 'F', '8', '9', 'a', 1, 0,    1, 0, 0x80, 0,
                                        0,   200, 30,  30,  0,   0,   0, ',',  0, 0, 0,    0,
                                        1,   0,   1,   0,   0,   2,   2, 0x44, 1, 0, ';'};
    static const unsigned char tiff[] = {
        'I', 'I', 42, 0,  8,  0, 0, 0, 9, 0, /* nine entries: size, depth, kind, one strip */
        0,   1,   3,  0,  1,  0, 0, 0, 1, 0, 0, 0, 1, 1, 3,  0,  1, 0, 0, 0, 1,  0, 0,
        0,   2,   1,  3,  0,  1, 0, 0, 0, 8, 0, 0, 0, 3, 1,  3,  0, 1, 0, 0, 0,  1, 0,
        0,   0,   6,  1,  3,  0, 1, 0, 0, 0, 1, 0, 0, 0, 17, 1,  4, 0, 1, 0, 0,  0, 122,
        0,   0,   0,  21, 1,  3, 0, 1, 0, 0, 0, 1, 0, 0, 0,  22, 1, 3, 0, 1, 0,  0, 0,
        1,   0,   0,  0,  23, 1, 4, 0, 1, 0, 0, 0, 1, 0, 0,  0,  0, 0, 0, 0, 128};
    const struct {
        const char *what;
        const unsigned char *bytes;
        size_t size;
    } cases[] = {{"gif", gif, sizeof gif}, {"tiff", tiff, sizeof tiff}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct verdict verdict = prepare_bytes(*state, cases[i].bytes, cases[i].size);
        if (!verdict.taken)
            fail_msg("%s: %s", cases[i].what, verdict.detail ? verdict.detail : "");
        assert_int_equal(verdict.asset.width, 1);
        verdict_finish(&verdict);
    }
}

static void test_truncated(void **state) {
    static const char *const names[] = {"whole.jpg", "whole.png"};
    static const int percents[] = {2, 10, 50, 90, 99};
    for (size_t i = 0; i < 2; i++) {
        size_t size = 0;
        char *data = take_bytes(save(*state, names[i], draw_photo(300, 200, 5)), &size);
        for (size_t k = 0; k < sizeof percents / sizeof *percents; k++) {
            struct verdict verdict = prepare_bytes(*state, data, size * (size_t)percents[k] / 100);
            expect_reject(*state, &verdict, REJECT_PICTURE_BROKEN, names[i]);
        }
        free(data);
    }
}

static uint32_t png_sum(const unsigned char *bytes, size_t size) {
    uint32_t sum = ~0u;
    for (size_t i = 0; i < size; i++) {
        sum ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ (sum & 1 ? 0xedb88320u : 0);
    }
    return ~sum;
}

static void put32(unsigned char *at, uint32_t value) {
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (24 - 8 * i));
}

static void test_damaged_png(void **state) {
    size_t size = 0;
    char *data = take_bytes(save(*state, "whole.png", draw_photo(40, 30, 5)), &size);
    unsigned char *bytes = (unsigned char *)data;
    bytes[size / 2] ^= 1; /* in the picture's data: its checksum is wrong */
    struct verdict verdict = prepare_bytes(*state, data, size);
    expect_reject(*state, &verdict, REJECT_PICTURE_BROKEN, "checksum");
    bytes[size / 2] ^= 1;
    bytes[24] = 3; /* a bit depth that does not exist, with the right checksum */
    put32(bytes + 29, png_sum(bytes + 12, 17));
    verdict = prepare_bytes(*state, data, size);
    expect_reject(*state, &verdict, REJECT_PICTURE_BROKEN, "bit depth");
    free(data);
}

/* A header alone must do: the pixels are never asked for. */
static void test_too_large(void **state) {
    size_t size = 0;
    char *data = take_bytes(save(*state, "bomb.png", draw_photo(40, 30, 5)), &size);
    put32((unsigned char *)data + 16, 12000);
    put32((unsigned char *)data + 20, 9000);
    put32((unsigned char *)data + 29, png_sum((unsigned char *)data + 12, 17));
    struct verdict verdict = prepare_bytes(*state, data, size);
    assert_string_equal(verdict.detail, "12000×9000");
    expect_reject(*state, &verdict, REJECT_PICTURE_TOO_LARGE, "bomb");
    free(data);

    struct picture_limits one = DEFAULT_LIMITS;
    one.megapixels = 1;
    char *path = save(*state, "just.png", draw_photo(1000, 1000, 1));
    verdict = prepare(*state, path, one);
    assert_true(verdict.taken);
    verdict_finish(&verdict);
    free(path);
    path = save(*state, "over.png", draw_photo(1001, 1000, 1));
    verdict = prepare(*state, path, one);
    assert_false(verdict.taken);
    assert_int_equal(verdict.reject, REJECT_PICTURE_TOO_LARGE);
    assert_string_equal(verdict.detail, "1001×1000");
    verdict_finish(&verdict);
    free(path);
}

/* A sanitizer's allocator ends the child in its own way. */
static void test_too_much_memory(void **state) {
    if (SANITIZED)
        skip();
    struct picture_limits little = DEFAULT_LIMITS;
    little.memory_mb = 16;
    char *path = save(*state, "large.jpg", draw_photo(4000, 2500, 1));
    struct verdict verdict = prepare(*state, path, little);
    expect_reject(*state, &verdict, REJECT_PICTURE_TOO_MUCH_MEMORY, "16 MiB");
    free(path);
}

static void test_no_helper(void **state) {
    struct fixture *fixture = *state;
    struct nursery *real = fixture->nursery;
    fixture->nursery = nursery_create(HELPER_DIR "/no-such-helper");
    struct verdict verdict = prepare_bytes(fixture, "GIF89a", 6);
    expect_reject(fixture, &verdict, REJECT_HELPER, "no helper");
    nursery_destroy(fixture->nursery);
    fixture->nursery = real;
}

static bool is_whole(struct fixture *fixture, const char *name, SDL_Surface *surface) {
    char *path = save(fixture, name, surface);
    struct verdict verdict = prepare(fixture, path, DEFAULT_LIMITS);
    assert_true(verdict.taken);
    bool whole = verdict.asset.whole;
    verdict_finish(&verdict);
    free(path);
    return whole;
}

static void test_whole(void **state) {
    static const char *const names[] = {"drawn.png", "drawn.jpg"};
    for (size_t i = 0; i < 2; i++) {
        SDL_Surface *page = new_surface(900, 1200);
        fill(page, (SDL_Rect){0, 0, 900, 1200}, 0xffffff);
        draw_text(page, (SDL_Rect){80, 80, 740, 1000}, 0x222222);
        assert_true(is_whole(*state, names[i], page));

        SDL_Surface *slide = new_surface(1280, 720); /* text on a gradient */
        for (int y = 0; y < 720; y++)
            fill(slide, (SDL_Rect){0, y, 1280, 1}, 0x0b2a6bu + (uint32_t)(y / 8));
        draw_text(slide, (SDL_Rect){80, 60, 1100, 300}, 0xffffff);
        assert_true(is_whole(*state, names[i], slide));

        SDL_Surface *sky = new_surface(1280, 720); /* a gradient with one hill */
        for (int y = 0; y < 720; y++)
            fill(sky, (SDL_Rect){0, y, 1280, 1}, (uint32_t)(80 + y / 5) * 0x010101u + 0x28);
        for (int x = 0; x < 1280; x++)
            fill(sky, (SDL_Rect){x, 500 - x / 8, 1, 720}, 0x205020u + (uint32_t)(x / 40) * 0x0100u);
        assert_false(is_whole(*state, names[i], sky));

        assert_false(is_whole(*state, names[i], draw_photo(1280, 720, 9)));
    }
}

/* Even ground with one strange thing on it, upright and lying. */
static void test_focus(void **state) {
    static const struct {
        int x, y; /* thousandths */
    } places[] = {{150, 150}, {850, 200}, {500, 500}, {200, 800}, {800, 850}};
    enum { WIDTH = 900, HEIGHT = 600, SIDE = 90, NEAR = 100 };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        for (int turned = 0; turned < 2; turned++) {
            int x = WIDTH * places[i].x / 1000, y = HEIGHT * places[i].y / 1000;
            SDL_Surface *stored = turned ? new_surface(HEIGHT, WIDTH) : new_surface(WIDTH, HEIGHT);
            fill(stored, (SDL_Rect){0, 0, stored->w, stored->h}, 0x707478);
            SDL_Rect thing = {x - SIDE / 2, y - SIDE / 2, SIDE, SIDE};
            if (turned) /* orientation 6: to be turned clockwise */
                thing = (SDL_Rect){y - SIDE / 2, WIDTH - x - SIDE / 2, SIDE, SIDE};
            fill(stored, thing, 0xe8a080);
            size_t plain_size = 0, size = 0;
            char *plain = take_bytes(save(*state, "plain.jpg", stored), &plain_size);
            char *jpeg = with_exif(plain, plain_size, turned ? 6 : 1, &size);
            struct verdict verdict = prepare_bytes(*state, jpeg, size);
            assert_true(verdict.taken);
            assert_int_equal(verdict.asset.width, WIDTH);
            if (abs(verdict.asset.focus_x - places[i].x) > NEAR ||
                abs(verdict.asset.focus_y - places[i].y) > NEAR)
                fail_msg("place %zu, turned %d: %d, %d", i, turned, verdict.asset.focus_x,
                         verdict.asset.focus_y);
            verdict_finish(&verdict);
            free(jpeg);
            free(plain);
        }
}

static void test_no_focus(void **state) {
    SDL_Surface *even = new_surface(300, 200);
    fill(even, (SDL_Rect){0, 0, 300, 200}, 0x707478);
    char *path = save(*state, "even.png", even);
    struct verdict verdict = prepare(*state, path, DEFAULT_LIMITS);
    assert_true(verdict.taken);
    assert_true(verdict.asset.focus_x == FOCUS_X && verdict.asset.focus_y == FOCUS_Y);
    verdict_finish(&verdict);
    free(path);
}

static struct verdict prepare_code(struct fixture *fixture, const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    struct verdict verdict = prepare_fd(fixture, fd, ASSET_CODE, DEFAULT_LIMITS);
    close(fd);
    return verdict;
}

/* The staged PNG of a code, checked as a file. */
static char *code_bytes(const struct fixture *fixture, const struct asset *asset, size_t *size) {
    assert_int_equal(asset->rendition_count, 1);
    const struct rendition *code = asset_rendition(asset, RENDITION_CODE, 0);
    assert_non_null(code);
    char *path = staged_path(fixture, code), *data = NULL;
    assert_true(fs_read(path, 64u << 20, &data, size));
    assert_int_equal(*size, code->bytes);
    assert_true(hash_equal(hash_of(data, *size), code->hash));
    free(path);
    return data;
}

/* Black and white squares, `module` pixels each, as a code has them. */
static SDL_Surface *draw_code(int modules, int module) {
    SDL_Surface *surface = new_surface(modules * module, modules * module);
    for (int y = 0; y < modules; y++)
        for (int x = 0; x < modules; x++)
            fill(surface, (SDL_Rect){x * module, y * module, module, module},
                 (x * 7 + y * 5 + x * y) % 3 ? 0xffffff : 0);
    return surface;
}

/* Not a bit is lost, nothing is scaled that need not be, and a large one is still sharp. */
static void test_code(void **state) {
    static const struct {
        int modules, module, side;
    } rows[] = {{21, 1, 21}, {29, 10, 290}, {33, 31, 1023}, {32, 64, 1024}};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        SDL_Surface *drawn = draw_code(rows[i].modules, rows[i].module);
        drawn->refcount++; /* save frees it */
        char *path = save(fixture, "code.png", drawn);
        struct verdict verdict = prepare_code(fixture, path);
        assert_true(verdict.taken && verdict.asset.whole);
        assert_int_equal(verdict.asset.width, rows[i].modules * rows[i].module);
        size_t size = 0;
        char *data = code_bytes(fixture, &verdict.asset, &size);
        assert_true(code_check((unsigned char *)data, size, rows[i].side, rows[i].side));
        SDL_Surface *got = load_rendition(fixture, &verdict.asset, RENDITION_CODE);
        assert_int_equal(got->w, rows[i].side);
        for (int y = 0; y < rows[i].modules; y++)
            for (int x = 0; x < rows[i].modules; x++) {
                int from = rows[i].module * (2 * x + 1) / 2,
                    down = rows[i].module * (2 * y + 1) / 2;
                int to = rows[i].side * (2 * x + 1) / (2 * rows[i].modules);
                int below = rows[i].side * (2 * y + 1) / (2 * rows[i].modules);
                assert_int_equal(*pixel(got, to, below), *pixel(drawn, from, down));
            }
        SDL_FreeSurface(got);
        SDL_FreeSurface(drawn);
        verdict_finish(&verdict);
        free(data);
        free(path);
    }
}

/* A photo of a code: upright, and without what Exif says. */
static void test_code_photo(void **state) {
    struct fixture *fixture = *state;
    size_t plain_size = 0, size = 0;
    char *plain = take_bytes(save(fixture, "plain.jpg", draw_photo(1600, 1200, 3)), &plain_size);
    char *jpeg = with_exif(plain, plain_size, 6, &size);
    char *path = path_join(fixture->folder, "photo.jpg", NULL);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(write_all(fd, jpeg, size));
    close(fd);
    struct verdict verdict = prepare_code(fixture, path);
    assert_true(verdict.taken);
    assert_int_equal(verdict.asset.width, 1200);
    expect_size(&verdict.asset, RENDITION_CODE, 0, 768, 1024);
    char *data = code_bytes(fixture, &verdict.asset, &size);
    assert_null(memmem(data, size, "Exif", 4));
    verdict_finish(&verdict);
    free(data);
    free(path);
    free(jpeg);
    free(plain);
}

/* Each byte of a small PNG's frame in turn is another one: only what the check looks at counts, but
 * it never reads beyond the end and takes no other size. */
static void test_code_check(void **state) {
    struct fixture *fixture = *state;
    char *path = save(fixture, "code.png", draw_code(21, 1));
    struct verdict verdict = prepare_code(fixture, path);
    size_t size = 0;
    char *data = code_bytes(fixture, &verdict.asset, &size);
    assert_true(code_check((unsigned char *)data, size, 21, 21));
    assert_false(code_check((unsigned char *)data, size, 21, 22));
    for (size_t cut = 0; cut < size; cut++) {
        unsigned char *part = xmalloc(cut ? cut : 1);
        memcpy(part, data, cut);
        assert_false(code_check(part, cut, 21, 21));
        free(part);
    }
    for (size_t at = 0; at < 8 + 8 + 13; at++) {
        data[at] ^= 1;
        assert_false(code_check((unsigned char *)data, size, 21, 21));
        data[at] ^= 1;
    }
    char *text = memmem(data, size, "pHYs", 4); /* a chunk that could say anything */
    assert_non_null(text);
    memcpy(text, "tEXt", 4);
    assert_false(code_check((unsigned char *)data, size, 21, 21));
    verdict_finish(&verdict);
    free(data);
    free(path);
}

static int open_descriptors(void) {
    DIR *dir = opendir("/proc/self/fd");
    int count = 0;
    while (readdir(dir))
        count++;
    closedir(dir);
    return count;
}

/* Bytes are flipped here and there in small files: every verdict is a clean one, and nothing is
 * left behind, neither files nor descriptors. FENGCAI_FUZZ=N makes it N rounds a file. */
static void test_flipped_bytes(void **state) {
    static const char *const names[] = {"fuzz.jpg", "fuzz.png"};
    const char *wanted = getenv("FENGCAI_FUZZ");
    long rounds = wanted ? strtol(wanted, NULL, 10) : 150;
    struct fixture *fixture = *state;
    unsigned seed = 1;
    struct verdict first = prepare_bytes(fixture, "text", 4);
    verdict_finish(&first);
    int before = open_descriptors(), files = 0;
    for (size_t i = 0; i < 2; i++) {
        size_t size = 0;
        char *data = take_bytes(save(fixture, names[i], draw_photo(48, 32, 5)), &size);
        for (long round = 0; round < rounds; round++) {
            char *copy = xmalloc(size);
            memcpy(copy, data, size);
            for (int flips = 0; flips < 1 + round % 8; flips++) {
                seed = seed * 1664525u + 1013904223u;
                copy[(seed >> 8) % size] = (char)(seed >> 24);
            }
            struct verdict verdict = prepare_bytes(fixture, copy, size);
            if (!verdict.taken && verdict.reject == REJECT_PICTURE_CRASHED)
                fail_msg("%s, round %ld: %s", names[i], round, verdict.detail);
            if (!verdict.taken)
                assert_int_equal(staged_files(fixture), files);
            files = staged_files(fixture);
            verdict_finish(&verdict);
            free(copy);
        }
        free(data);
    }
    assert_int_equal(open_descriptors(), before);
}

/* Measured: the size that it will have, upright, what is refused is refused, nothing is written. */
static void test_measure(void **state) {
    struct fixture *fixture = *state;
    const struct picture_limits limits = DEFAULT_LIMITS;
    size_t plain_size = 0, size = 0;
    char *plain = take_bytes(save(fixture, "plain.jpg", draw_photo(240, 160, 1)), &plain_size);
    char *jpeg = with_exif(plain, plain_size, 6, &size), *detail = NULL;
    const struct {
        const char *bytes;
        size_t size;
        int width, height; /* 0: refused as follows */
        enum reject reject;
    } rows[] = {{plain, plain_size, 240, 160, REJECT_COUNT},
                {jpeg, size, 160, 240, REJECT_COUNT},
                {plain, 100, 0, 0, REJECT_PICTURE_BROKEN},
                {"no picture", 10, 0, 0, REJECT_PICTURE_FORMAT}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum reject reject = REJECT_COUNT;
        int width = -1, height = -1, fd = memfd_create("picture", MFD_CLOEXEC);
        assert_true(write_all(fd, rows[i].bytes, rows[i].size) && lseek(fd, 0, SEEK_SET) == 0);
        assert_int_equal(
            picture_measure(fixture->nursery, fd, &limits, &width, &height, &reject, &detail),
            rows[i].width > 0);
        assert_int_equal(reject, rows[i].reject);
        assert_int_equal(width, rows[i].width);
        assert_int_equal(height, rows[i].height);
        free(detail);
        close(fd);
    }
    assert_int_equal(staged_files(fixture), 0);
    free(jpeg);
    free(plain);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_sizes),       TEST(test_orientation),   TEST(test_alpha_on_white),
        TEST(test_formats),     TEST(test_small_files),   TEST(test_truncated),
        TEST(test_damaged_png), TEST(test_too_large),     TEST(test_too_much_memory),
        TEST(test_no_helper),   TEST(test_whole),         TEST(test_focus),
        TEST(test_code),        TEST(test_code_photo),    TEST(test_code_check),
        TEST(test_no_focus),    TEST(test_flipped_bytes), TEST(test_measure),
        TEST(test_crop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
