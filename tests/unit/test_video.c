/* Videos through the real helper, made by ffmpeg: what becomes of them, what is refused and as
 * what. */
#include "picture_fixture.h"

#include "base/hash.h"
#include "helpers/sanitizer.h"
#include "ingest/video.h"
#include "ingest/video_wire.h"

#define FFMPEG     "ffmpeg -hide_banner -loglevel error -y "
#define PICTURES   "-f lavfi -i testsrc2=s=320x180:r=25:d=3 "
#define SOUND      "-f lavfi -i sine=d=3 "
#define H264       "-c:v libx264 -preset ultrafast -g 25 -pix_fmt yuv420p "
#define TOLERANCE  60  /* milliseconds: a frame of sound behind the last picture */
#define FLIPS      200 /* damaged files */
#define FEW_BYTES  3   /* flipped in each */
#define NOT_BLACK  40  /* mean of a channel, of 255 */
#define MAX_OUTPUT 4096

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct nursery *videos;

static void shell(const struct fixture *fixture, const char *command) {
    char *line = xasprintf("cd %s && %s", fixture->folder, command);
    int status = system(line); /* NOLINT(cert-env33-c): what is run is ours */
    if (status != 0)
        print_error("%s\n", line);
    assert_int_equal(status, 0);
    free(line);
}

static char *output_of(const struct fixture *fixture, const char *command) {
    char *line = xasprintf("cd %s && %s", fixture->folder, command);
    char *text = xcalloc(MAX_OUTPUT, 1);
    FILE *pipe = popen(line, "r"); /* NOLINT(cert-env33-c): what is run is ours */
    assert_non_null(pipe);
    assert_true(fread(text, 1, MAX_OUTPUT - 1, pipe) > 0);
    pclose(pipe);
    free(line);
    return text;
}

struct taken {
    struct verdict verdict;
    bool muted;
};

static struct taken prepare_video(struct fixture *fixture, const char *name) {
    const struct video_helpers helpers = {.videos = videos, .pictures = fixture->nursery};
    const struct picture_limits limits = DEFAULT_LIMITS;
    char *path = path_join(fixture->folder, name, NULL);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct taken taken = {.verdict.asset.kind = ASSET_VIDEO, .verdict.reject = REJECT_COUNT};
    assert_true(fd >= 0);
    taken.verdict.taken =
        video_prepare(&helpers, fd, fixture->staging, &limits, &taken.verdict.asset, &taken.muted,
                      &taken.verdict.reject, &taken.verdict.detail);
    close(fd);
    free(path);
    return taken;
}

static int staged_files(const struct fixture *fixture) {
    DIR *dir = opendir(fixture->staging);
    int count = -2; /* "." and ".." */
    while (readdir(dir))
        count++;
    closedir(dir);
    return count;
}

static char *movie_of(const struct fixture *fixture, const struct asset *asset) {
    const struct rendition *movie = asset_rendition(asset, RENDITION_VIDEO, 0);
    assert_non_null(movie);
    return staged_path(fixture, movie);
}

/* The staged file is what the rendition says. */
static void check_movie(const struct fixture *fixture, const struct asset *asset) {
    const struct rendition *movie = asset_rendition(asset, RENDITION_VIDEO, 0);
    char *path = movie_of(fixture, asset), *data = NULL;
    size_t size = 0;
    assert_true(fs_read(path, VIDEO_FILE_BYTES, &data, &size));
    assert_int_equal(size, movie->bytes);
    assert_true(hash_equal(hash_of(data, size), movie->hash));
    assert_true(movie->width == asset->width && movie->height == asset->height);
    free(data);
    free(path);
}

/* ---- what is taken */

static void test_kinds(void **state) {
    static const struct {
        const char *name, *arguments;
        int width, height, ms;
        bool muted;
        const char *streams; /* as they are in the MP4 */
    } table[] = {
        {"a.mp4", PICTURES SOUND H264 "-c:a aac", 320, 180, 3000, false, "h264,aac"},
        {"a.mkv", PICTURES SOUND H264 "-c:a ac3", 320, 180, 3000, false, "h264,ac3"},
        {"a.ts", PICTURES SOUND H264 "-c:a aac", 320, 180, 3000, false, "h264,aac"},
        {"a.flv", PICTURES SOUND H264 "-c:a libmp3lame", 320, 180, 3000, false, "h264,mp3"},
        {"silent.mp4", PICTURES H264, 320, 180, 3000, false, "h264"},
        {"camera.mov", PICTURES SOUND H264 "-c:a pcm_s16le", 320, 180, 3000, true, "h264"},
        {"old.3gp", PICTURES SOUND "-c:v mpeg4 -c:a aac", 320, 180, 3000, false, "mpeg4,aac"},
        {"divx.avi", PICTURES SOUND "-c:v mpeg4 -bf 2 -c:a libmp3lame", 320, 180, 3000, false,
         "mpeg4,mp3"},
        {"ten.mp4",
         PICTURES "-c:v libx265 -preset ultrafast -x265-params log-level=none "
                  "-pix_fmt yuv420p10le",
         320, 180, 3000, false, "hevc"},
        {"web.webm",
         PICTURES SOUND "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt yuv420p "
                        "-c:a libopus",
         320, 180, 3000, false, "vp9,opus"},
        {"av1.mkv", PICTURES "-c:v libaom-av1 -cpu-used 8 -pix_fmt yuv420p", 320, 180, 3000, false,
         "av1"},
        {"oblong.mp4", PICTURES "-vf setsar=4/3 " H264, 427, 180, 3000, false, "h264"},
        {"one.mp4", PICTURES "-frames:v 1 " H264, 320, 180, 40, false, "h264"},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char *command = xasprintf(FFMPEG "%s %s", table[i].arguments, table[i].name);
        shell(fixture, command);
        struct taken taken = prepare_video(fixture, table[i].name);
        const struct asset *asset = &taken.verdict.asset;
        if (!taken.verdict.taken)
            print_error("%s: %s %s\n", table[i].name, reject_code(taken.verdict.reject),
                        taken.verdict.detail);
        assert_true(taken.verdict.taken);
        assert_true(asset->width == table[i].width && asset->height == table[i].height);
        assert_true(llabs(asset->duration_ms - table[i].ms) <= TOLERANCE);
        assert_int_equal(taken.muted, table[i].muted);
        assert_int_equal(asset->rendition_count, 4);
        check_movie(fixture, asset);
        char *movie = movie_of(fixture, asset);
        char *probe =
            xasprintf("ffprobe -v error -show_entries stream=codec_name -of default=nk=1:nw=1 %s "
                      "| paste -sd,",
                      movie);
        char *streams = output_of(fixture, probe);
        streams[strcspn(streams, "\n")] = '\0';
        assert_string_equal(streams, table[i].streams);
        free(streams);
        free(probe);
        free(movie);
        free(command);
        verdict_finish(&taken.verdict);
    }
}

static void test_same_bytes(void **state) {
    struct fixture *fixture = *state;
    struct hash hashes[2];
    shell(fixture, FFMPEG PICTURES SOUND H264 "-c:a aac a.mp4");
    for (int i = 0; i < 2; i++) {
        struct taken taken = prepare_video(fixture, "a.mp4");
        assert_true(taken.verdict.taken);
        hashes[i] = asset_rendition(&taken.verdict.asset, RENDITION_VIDEO, 0)->hash;
        verdict_finish(&taken.verdict);
    }
    assert_true(hash_equal(hashes[0], hashes[1]));
}

/* Every packet is there, and what comes at a time comes at it in the copy, too. */
static void test_copy_is_whole(void **state) {
    static const char list[] =
        "ffprobe -v error -select_streams v -show_entries packet=pts_time,size "
        "-of csv=p=0 %s | sort | sha256sum";
    struct fixture *fixture = *state;
    shell(fixture, FFMPEG PICTURES SOUND H264 "-bf 2 -c:a aac a.mp4");
    struct taken taken = prepare_video(fixture, "a.mp4");
    assert_true(taken.verdict.taken);
    char *movie = movie_of(fixture, &taken.verdict.asset);
    char *commands[] = {xasprintf(list, "a.mp4"), xasprintf(list, movie)}; /* NOLINT */
    char *lists[] = {output_of(fixture, commands[0]), output_of(fixture, commands[1])};
    assert_string_equal(lists[0], lists[1]);
    char *seek = xasprintf(FFMPEG "-ss 2.5 -i %s -frames:v 1 at.png && test -s at.png", movie);
    shell(fixture, seek);
    free(seek);
    for (int i = 0; i < 2; i++) {
        free(commands[i]);
        free(lists[i]);
    }
    free(movie);
    verdict_finish(&taken.verdict);
}

static void compare_corners(const struct fixture *fixture, const struct asset *asset,
                            const char *reference) {
    SDL_Surface *poster = load_rendition(fixture, asset, RENDITION_LARGE);
    char *path = path_join(fixture->folder, reference, NULL);
    SDL_Surface *loaded = IMG_Load(path);
    assert_non_null(loaded);
    SDL_Surface *other = SDL_ConvertSurfaceFormat(loaded, SDL_PIXELFORMAT_RGB24, 0);
    assert_true(poster->w == other->w && poster->h == other->h);
    const int x[] = {10, poster->w - 10}, y[] = {10, poster->h - 10};
    for (int i = 0; i < 4; i++)
        for (int c = 0; c < 3; c++)
            assert_true(abs(pixel(poster, x[i & 1], y[i >> 1])[c] -
                            pixel(other, x[i & 1], y[i >> 1])[c]) < 24);
    SDL_FreeSurface(other);
    SDL_FreeSurface(loaded);
    SDL_FreeSurface(poster);
    free(path);
}

/* As a phone held upright records: turned by its matrix, and with the place where it was. */
static void test_phone(void **state) {
    struct fixture *fixture = *state;
    static const int turns[] = {90, 180, 270};
    shell(fixture, FFMPEG PICTURES SOUND H264 "-c:a aac a.mp4");
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        char *make = xasprintf(
            FFMPEG "-i a.mp4 -c copy -metadata:s:v rotate=%d -metadata location=+30.5928+114.3055/ "
                   "-metadata title=secret -metadata com.apple.quicktime.make=Phone "
                   "-movflags use_metadata_tags p.mov && grep -q 30.5928 p.mov && " FFMPEG
                   "-i p.mov -frames:v 1 upright.png",
            turns[i]);
        shell(fixture, make);
        struct taken taken = prepare_video(fixture, "p.mov");
        assert_true(taken.verdict.taken);
        const struct asset *asset = &taken.verdict.asset;
        bool upright = turns[i] != 180;
        assert_true(asset->width == (upright ? 180 : 320) &&
                    asset->height == (upright ? 320 : 180));
        compare_corners(fixture, asset, "upright.png");
        char *movie = movie_of(fixture, asset);
        char *look = xasprintf("! grep -qE '30.5928|secret|Phone' %s && ffprobe -v error "
                               "-show_entries stream_side_data=rotation %s | grep -q rotation=",
                               movie, movie);
        shell(fixture, look);
        free(look);
        free(movie);
        free(make);
        verdict_finish(&taken.verdict);
    }
}

static int mean_of(SDL_Surface *surface) {
    int64_t sum = 0;
    for (int y = 0; y < surface->h; y++)
        for (int x = 0; x < surface->w * 3; x++)
            sum += pixel(surface, 0, y)[x];
    return (int)(sum / ((int64_t)surface->w * surface->h * 3));
}

/* Black, and then out of it, with one key picture for all of it; and black with key pictures. */
static void test_poster_is_not_black(void **state) {
    static const char *const films[] = {
        FFMPEG "-f lavfi -i testsrc2=s=320x180:r=25:d=15,fade=in:st=2:d=2 " H264 "-g 1000 f.mp4",
        FFMPEG
        "-f lavfi -i color=black:s=320x180:r=25:d=14 -f lavfi -i testsrc2=s=320x180:r=25:d=46 "
        "-filter_complex '[0:v][1:v]concat=n=2' " H264 "f.mp4"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof films / sizeof *films; i++) {
        shell(fixture, films[i]);
        struct taken taken = prepare_video(fixture, "f.mp4");
        assert_true(taken.verdict.taken);
        SDL_Surface *poster = load_rendition(fixture, &taken.verdict.asset, RENDITION_THUMB);
        assert_true(mean_of(poster) > NOT_BLACK);
        SDL_FreeSurface(poster);
        verdict_finish(&taken.verdict);
    }
}

/* Ten hours by the head of a file that holds three seconds: believed is what is there. */
static void test_claims(void **state) {
    struct fixture *fixture = *state;
    shell(fixture, FFMPEG PICTURES H264
          "a.mp4 && python3 -c \"b=open('a.mp4','rb').read(); i=b.find(b'mvhd')+20; "
          "j=b.find(b'mdhd')+20; open('hours.mp4','wb').write(b[:i]+(36000000).to_bytes(4,'big')"
          "+b[i+4:j]+(12800*36000).to_bytes(4,'big')+b[j+4:])\"");
    struct taken taken = prepare_video(fixture, "hours.mp4");
    assert_true(taken.verdict.taken);
    assert_true(llabs(taken.verdict.asset.duration_ms - 3000) <= TOLERANCE);
    verdict_finish(&taken.verdict);
}

/* Cut without being encoded again, as phones do it: what lies before the cut is still in the file,
 * and not shown. */
static void test_trimmed(void **state) {
    static const char *const names[] = {"trim.mp4", "trim.mov"};
    struct fixture *fixture = *state;
    shell(fixture, FFMPEG "-f lavfi -i testsrc2=s=320x180:r=25:d=6 -f lavfi -i sine=d=6 " H264
                          "-g 1000 -c:a aac base.mp4");
    for (size_t i = 0; i < COUNT(names); i++) {
        char *make = xasprintf(FFMPEG "-ss 3.1 -i base.mp4 -c copy %s", names[i]);
        shell(fixture, make);
        struct taken taken = prepare_video(fixture, names[i]);
        assert_true(taken.verdict.taken);
        assert_true(llabs(taken.verdict.asset.duration_ms - 2900) <= TOLERANCE);
        char *movie = movie_of(fixture, &taken.verdict.asset);
        char *count = xasprintf("ffprobe -v error -select_streams v -count_frames -show_entries "
                                "stream=nb_read_frames -of default=nk=1:nw=1 %s",
                                movie);
        char *frames = output_of(fixture, count);
        assert_true(labs(strtol(frames, NULL, 10) - 72) <= 2);
        free(frames);
        free(count);
        free(movie);
        free(make);
        verdict_finish(&taken.verdict);
    }
}

/* ---- what is refused */

static void expect_refused(struct fixture *fixture, const char *name, enum reject reject) {
    struct taken taken = prepare_video(fixture, name);
    if (taken.verdict.taken || taken.verdict.reject != reject)
        print_error("%s: %s, not %s: %s\n", name,
                    taken.verdict.taken ? "taken" : reject_code(taken.verdict.reject),
                    reject_code(reject), taken.verdict.detail ? taken.verdict.detail : "");
    assert_false(taken.verdict.taken);
    assert_int_equal(taken.verdict.reject, reject);
    assert_int_equal(taken.verdict.asset.rendition_count, 0);
    assert_int_equal(staged_files(fixture), 0);
    verdict_finish(&taken.verdict);
}

static void test_refused(void **state) {
    static const struct {
        const char *name, *command;
        enum reject reject;
    } table[] = {
        {"w.wmv", FFMPEG PICTURES SOUND "-c:v wmv2 -c:a wmav2 w.wmv", REJECT_VIDEO_FORMAT},
        {"m.mpg", FFMPEG PICTURES "-c:v mpeg2video m.mpg", REJECT_VIDEO_FORMAT},
        {"j.avi", FFMPEG PICTURES "-c:v mjpeg j.avi", REJECT_VIDEO_FORMAT},
        {"p.mov", FFMPEG PICTURES "-c:v prores p.mov", REJECT_VIDEO_FORMAT},
        {"c444.mp4", FFMPEG PICTURES "-c:v libx264 -pix_fmt yuv444p c444.mp4", REJECT_VIDEO_FORMAT},
        {"text.mp4", "echo 正文 >text.mp4", REJECT_VIDEO_FORMAT},
        {"sound.mp4", FFMPEG SOUND "-f mp3 sound.mp4", REJECT_VIDEO_FORMAT},
        {"song.mp4", FFMPEG SOUND "-c:a aac song.mp4", REJECT_VIDEO_FORMAT},
        {"picture.mp4", FFMPEG PICTURES "-frames:v 1 -c:v mjpeg -f image2 picture.mp4",
         REJECT_VIDEO_FORMAT},
        {"list.mp4",
         "printf '#EXTM3U\\n#EXT-X-TARGETDURATION:1\\n#EXTINF:1,\\nfile:///etc/passwd\\n"
         "#EXT-X-ENDLIST\\n' >list.mp4",
         REJECT_VIDEO_FORMAT},
        {"concat.mp4", "printf 'ffconcat version 1.0\\nfile a.mp4\\n' >concat.mp4",
         REJECT_VIDEO_FORMAT},
        {"4k.mp4", FFMPEG "-f lavfi -i testsrc2=s=3840x2160:r=2:d=1 " H264 "4k.mp4",
         REJECT_VIDEO_TOO_LARGE},
        {"wide.mp4", FFMPEG "-f lavfi -i testsrc2=s=1200x1200:r=2:d=1 " H264 "wide.mp4",
         REJECT_VIDEO_TOO_LARGE},
        {"fast.mp4", FFMPEG "-f lavfi -i testsrc2=s=320x180:r=120:d=1 " H264 "fast.mp4",
         REJECT_VIDEO_TOO_LARGE},
        {"long.mp4", FFMPEG "-f lavfi -i testsrc2=s=32x32:r=1:d=1830 " H264 "long.mp4",
         REJECT_VIDEO_TOO_LONG},
        {"zero.mp4", ": >zero.mp4", REJECT_VIDEO_BROKEN},
        {"headless.mp4", FFMPEG PICTURES H264 "a.mp4 && head -c 60000 a.mp4 >headless.mp4",
         REJECT_VIDEO_BROKEN},
        {"cut.mp4",
         FFMPEG PICTURES H264 "-movflags faststart a.mp4 && head -c 100000 a.mp4 >cut.mp4",
         REJECT_VIDEO_BROKEN},
        {"cut.mkv",
         FFMPEG "-f lavfi -i testsrc2=s=320x180:r=25:d=9 " H264 "a.mkv && "
                "head -c 100000 a.mkv >cut.mkv",
         REJECT_VIDEO_BROKEN},
        {"cut.avi",
         FFMPEG "-f lavfi -i testsrc2=s=320x180:r=25:d=9 -c:v mpeg4 a.avi && "
                "head -c 100000 a.avi >cut.avi",
         REJECT_VIDEO_BROKEN},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        shell(fixture, table[i].command);
        expect_refused(fixture, table[i].name, table[i].reject);
    }
}

/* By its head it has sixty million pictures; with a sanitizer there is no limit. */
static void test_memory(void **state) {
    struct fixture *fixture = *state;
    if (SANITIZED)
        skip();
    shell(fixture, FFMPEG PICTURES H264
          "a.mp4 && python3 -c \"b=open('a.mp4','rb').read(); i=b.find(b'stsz')+12; "
          "open('memory.mp4','wb').write(b[:i]+(67100000).to_bytes(4,'big')+b[i+4:])\"");
    expect_refused(fixture, "memory.mp4", REJECT_VIDEO_TOO_MUCH_MEMORY);
}

/* Whatever a damaged file does to the decoders: a verdict, no crash and nothing that the jail
 * forbids, and the next one is read. */
static void test_damaged(void **state) {
    static const char *const names[] = {"a.mp4", "a.mkv", "a.ts", "a.avi"};
    struct fixture *fixture = *state;
    uint64_t seed = 20260512;
    int taken_count = 0;
    shell(fixture, FFMPEG PICTURES SOUND H264
          "-c:a aac a.mp4 && " FFMPEG "-i a.mp4 -c copy a.mkv && " FFMPEG
          "-i a.mp4 -c copy a.ts && " FFMPEG PICTURES SOUND "-c:v mpeg4 -c:a libmp3lame a.avi");
    for (int i = 0; i < FLIPS; i++) {
        char *from = path_join(fixture->folder, names[i % 4], NULL);
        char *to = path_join(fixture->folder, "damaged", NULL), *data = NULL;
        size_t size = 0;
        assert_true(fs_read(from, VIDEO_FILE_BYTES, &data, &size));
        for (int k = 0; k < FEW_BYTES; k++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            /* half of them in the head, where the structure is */
            size_t range = k % 2 ? size : 2000 < size ? 2000 : size;
            data[(seed >> 33) % range] ^= (char)(1 + ((seed >> 20) & 0x7f));
        }
        int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        assert_true(fd >= 0 && write_all(fd, data, size));
        close(fd);
        struct taken taken = prepare_video(fixture, "damaged");
        taken_count += taken.verdict.taken;
        bool ours = taken.verdict.reject >= REJECT_VIDEO_FORMAT &&
                    taken.verdict.reject < REJECT_VIDEO_CRASHED;
        if (!taken.verdict.taken && !ours)
            print_error("%d: %s %s\n", i, reject_code(taken.verdict.reject),
                        taken.verdict.detail ? taken.verdict.detail : "");
        assert_true(taken.verdict.taken || ours);
        verdict_finish(&taken.verdict);
        free(data);
        free(from);
        free(to);
    }
    assert_true(taken_count > 0 && taken_count < FLIPS);
    shell(fixture, "rm -rf staging && mkdir staging");
    struct taken taken = prepare_video(fixture, "a.mp4");
    assert_true(taken.verdict.taken);
    verdict_finish(&taken.verdict);
}

/* What is told of a file before it is taken, by its head. */
static void test_measured(void **state) {
    static const struct {
        const char *name, *command;
        enum reject reject; /* REJECT_COUNT: none */
    } table[] = {
        {"a.mp4", FFMPEG PICTURES SOUND H264 "-c:a aac a.mp4", REJECT_COUNT},
        {"a.mkv", FFMPEG "-i a.mp4 -c copy a.mkv", REJECT_COUNT},
        {"one.mp4", FFMPEG PICTURES "-frames:v 1 " H264 "one.mp4", REJECT_COUNT},
        {"one.ts", FFMPEG PICTURES "-frames:v 1 " H264 "one.ts", REJECT_COUNT}, /* no rate */
        {"w.wmv", FFMPEG PICTURES "-c:v wmv2 w.wmv", REJECT_VIDEO_FORMAT},
        {"text.mp4", "echo 正文 >text.mp4", REJECT_VIDEO_FORMAT},
        {"4k.mp4", FFMPEG "-f lavfi -i testsrc2=s=3840x2160:r=2:d=1 " H264 "4k.mp4",
         REJECT_VIDEO_TOO_LARGE},
        {"fast.mp4", FFMPEG "-f lavfi -i testsrc2=s=320x180:r=120:d=1 " H264 "fast.mp4",
         REJECT_VIDEO_TOO_LARGE},
        {"long.mp4", FFMPEG "-f lavfi -i testsrc2=s=32x32:r=1:d=1830 " H264 "long.mp4",
         REJECT_VIDEO_TOO_LONG},
        {"headless.mp4", "head -c 60000 a.mp4 >headless.mp4", REJECT_VIDEO_BROKEN},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        shell(fixture, table[i].command);
        char *path = path_join(fixture->folder, table[i].name, NULL), *detail = NULL;
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        enum reject reject = REJECT_COUNT;
        bool good = video_measure(videos, fd, &reject, &detail);
        if (good != (table[i].reject == REJECT_COUNT) || reject != table[i].reject)
            print_error("%s: %s\n", table[i].name,
                        reject == REJECT_COUNT ? "" : reject_code(reject));
        assert_int_equal(reject, table[i].reject);
        assert_true(good == (reject == REJECT_COUNT));
        assert_int_equal(staged_files(fixture), 0);
        free(detail);
        free(path);
        close(fd);
    }
}

static void test_no_helper(void **state) {
    struct fixture *fixture = *state;
    struct nursery *good = videos;
    shell(fixture, FFMPEG PICTURES H264 "a.mp4");
    videos = nursery_create("/nonexistent/video");
    expect_refused(fixture, "a.mp4", REJECT_HELPER);
    nursery_destroy(videos);
    videos = good;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_kinds),
        TEST(test_same_bytes),
        TEST(test_copy_is_whole),
        TEST(test_phone),
        TEST(test_poster_is_not_black),
        TEST(test_claims),
        TEST(test_trimmed),
        TEST(test_refused),
        TEST(test_memory),
        TEST(test_damaged),
        TEST(test_measured),
        TEST(test_no_helper),
    };
    if (system("command -v ffmpeg ffprobe >/dev/null") != 0) /* NOLINT(cert-env33-c) */
        return 77;
    videos = nursery_create(HELPER_DIR "/video");
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    nursery_destroy(videos);
    return failed;
}
