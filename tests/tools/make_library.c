/* make_library: a library of invented cases, written through the same door as a real one
 *
 * usage: make_library [--each K] [--prose] STATE N [PICTURE.jpg...]
 * Case 0 comes in last, alone, as the featured case of the first unit: it opens the loop. Each case
 * has one to three of the pictures (in turn), which stand for all their renditions. With --each a
 * case has K pictures, none of which is another's: a copy with its number in a comment. With
 * --prose the texts have the characters and pairs of the sample library, and rarer ones among them,
 * as what is searched has (no sense); there are 1,500 schools. The same arguments give the same
 * library. */
#include <dirent.h>
#include <iconv.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/paths.h"
#include "base/str.h"
#include "ingest/twin.h"
#include "library/library.h"
#include "library/media.h"

#define MAX_CASES    1000000       /* ten times the largest library that is measured */
#define MAX_PICTURES 1000          /* of one command line */
#define MAX_EACH     100           /* pictures of a case */
#define COMMENT_SIZE 20            /* marker, length and 16 digits */
#define MAX_PICTURE  (32u << 20)   /* a rendition of 2560 pixels is under 4 MiB */
#define PUBLISHED_MS 1791417600000 /* 2026-10-08 */
#define MAX_SAMPLE   (1u << 20)    /* the sample's texts are 30 KB */
#define RARER        3755          /* characters of GB 2312's first level */
#define JUMP         6             /* one character in so many does not follow from the last */
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const places[] = {"松湖", "青禾", "望川", "明山", "星河", "南屿",
                                     "云岭", "海棠", "临江", "北辰", "桂园", "石桥",
                                     "长汀", "白鹭", "金穗", "远山"};
static const char *const kinds[] = {"师范大学", "农业大学", "理工学院", "职业技术学院", "大学"};
static const char *const subjects[] = {
    "宿舍自习室", "楼栋读书会", "防诈骗小分队", "消防疏散演练", "报修二维码", "一站式服务大厅",
    "劳动周菜地", "楼道美术馆", "党员先锋岗",   "心理驿站",     "夜跑互助队", "旧物交换站"};
static const char *const verbs[] = {"把服务送到门口", "让每层楼都有灯光", "从一次小事开始",
                                    "三年走过四十栋楼", "与同学一起写下的约定"};
static const char *const sentences[] = {
    "每天晚上九点，值班的同学会在一楼大厅摆好桌椅，等着大家把当天的问题带过来。",
    "最初只有六个人报名，后来整栋楼的寝室长都加入了进来，排班表也从一页变成了四页。",
    "辅导员老师说，真正难的不是把活动办起来，而是在期末最忙的那两个星期里也不停下来。",
    "大家把意见写在便签上，贴在电梯旁边的白板上，三天之内一定会有人来回答。",
    "这个学期一共收到一百二十七条建议，其中九十四条已经办完，其余的也写明了原因。",
    "物业的师傅起初有些担心，后来反而是他们提出，要把值班电话印到每一层的公告栏上。",
    "活动结束以后，同学们自己动手收拾场地，把借来的椅子一把一把送回原处。",
    "有人问为什么要坚持做这些小事，负责人想了想，说住在一起的人总要互相照应。"};

struct picture {
    struct hash hash;
    int width, height;
    int64_t bytes;
    char *data; /* owned */
};

struct maker {
    struct paths paths;
    struct library *library;
    struct picture *pictures;
    size_t picture_count;
    size_t each;         /* 0: the pictures are shared */
    struct prose *prose; /* NULL: sentences from a list */
};

/* Text to draw from: each character follows one that it follows in the sample. */
struct prose {
    struct pair {
        uint32_t first, then;
    } * pairs; /* of the sample's texts, sorted */
    size_t count;
    uint32_t rarer[RARER];
    uint64_t seed;
};

static int word(const unsigned char *at) {
    return at[0] << 8 | at[1];
}

/* The size in a JPEG's frame header (ITU-T T.81, B.2.2). */
static bool jpeg_size(const unsigned char *bytes, size_t size, int *width, int *height) {
    for (size_t at = 2; at + 9 <= size && bytes[at] == 0xFF;) {
        int marker = bytes[at + 1];
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 &&
            marker != 0xCC) {
            *height = word(bytes + at + 5);
            *width = word(bytes + at + 7);
            return true;
        }
        at += 2 + (size_t)word(bytes + at + 2);
    }
    return false;
}

static bool stage(const char *path, const char *data, size_t size) {
    struct outfile out;
    if (!outfile_open(&out, path))
        return false;
    out.failed = fwrite(data, 1, size, out.stream) != size;
    return outfile_commit(&out, true);
}

static bool admit(const struct maker *maker, const struct picture *picture) {
    char *staged = path_join(maker->paths.staging, "make_library.jpg", NULL);
    bool good = stage(staged, picture->data, (size_t)picture->bytes) &&
                media_admit(maker->paths.media, staged, picture->hash);
    free(staged);
    return good;
}

static bool load(struct maker *maker, const char *path) {
    char *data = NULL;
    size_t size = 0;
    if (!fs_read(path, MAX_PICTURE, &data, &size))
        return false;
    struct picture *picture = maker->pictures + maker->picture_count++;
    *picture = (struct picture){.hash = hash_of(data, size), .bytes = (int64_t)size, .data = data};
    if (jpeg_size((const unsigned char *)data, size, &picture->width, &picture->height))
        return maker->each || admit(maker, picture);
    fprintf(stderr, "%s: not a JPEG\n", path);
    return false;
}

/* A copy of its own, in the library: behind the first marker a comment (ITU-T T.81, B.2.4.5). */
static struct picture admit_copy(const struct maker *maker, const struct picture *from,
                                 size_t number) {
    struct picture copy = *from;
    char comment[COMMENT_SIZE + 1] = "\xFF\xFE"; /* then the length's two bytes, high and low */
    comment[3] = COMMENT_SIZE - 2;
    snprintf(comment + 4, sizeof comment - 4, "%016zu", number);
    copy.bytes += COMMENT_SIZE;
    copy.data = xmalloc((size_t)copy.bytes);
    memcpy(copy.data, from->data, 2);
    memcpy(copy.data + 2, comment, COMMENT_SIZE);
    memcpy(copy.data + 2 + COMMENT_SIZE, from->data + 2, (size_t)from->bytes - 2);
    copy.hash = hash_of(copy.data, (size_t)copy.bytes);
    if (!admit(maker, &copy))
        exit(1);
    free(copy.data);
    copy.data = NULL;
    return copy;
}

/* Small numbers that look drawn, the same each time. */
static size_t draw(size_t number, size_t salt, size_t below) {
    uint64_t x = (number + 1) * 0x9E3779B97F4A7C15u + salt * 0xBF58476D1CE4E5B9u;
    x ^= x >> 31;
    x *= 0x94D049BB133111EBu;
    x ^= x >> 29;
    return (size_t)(x % below);
}

static size_t roll(struct prose *prose, size_t below) {
    prose->seed = prose->seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)((prose->seed >> 33) % below);
}

/* By Zipf's law, over the first level of GB 2312 in an order of its own. */
static uint32_t rare_letter(struct prose *prose) {
    double u = ((double)roll(prose, 1u << 30) + 1) / (1u << 30);
    size_t rank = (size_t)(exp(u * log(RARER)) - 1);
    return prose->rarer[rank * 1609 % RARER];
}

static size_t first_pair(const struct prose *prose, uint32_t c) {
    size_t low = 0, high = prose->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (prose->pairs[middle].first < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint32_t letter_after(struct prose *prose, uint32_t c) {
    size_t from = first_pair(prose, c), to = first_pair(prose, c + 1);
    if (from == to || roll(prose, JUMP) == 0)
        return rare_letter(prose);
    return prose->pairs[from + roll(prose, to - from)].then;
}

static bool is_mark(uint32_t c) {
    return c < 0x3400 || c > 0x9FFF;
}

static char *make_prose(struct prose *prose, size_t size, bool marks) {
    struct str text = {0};
    uint32_t c = rare_letter(prose);
    for (size_t i = 0; i < size; i++) {
        if (marks || !is_mark(c))
            str_add_codepoint(&text, c);
        c = letter_after(prose, c);
    }
    return str_take(&text);
}

static char *make_school(struct prose *prose) {
    struct str name = {0};
    size_t place = roll(prose, 300);
    str_add_codepoint(&name, prose->rarer[place * 7 % RARER]);
    str_add_codepoint(&name, prose->rarer[place * 11 % RARER]);
    str_add(&name, kinds[roll(prose, COUNT(kinds))]);
    return str_take(&name);
}

static void make_texts(struct prose *prose, size_t number, struct case_record *record) {
    free(record->school);
    free(record->title);
    free(record->summary);
    free(record->body);
    prose->seed = number * 7919 + 1;
    record->school = make_school(prose);
    char *title = make_prose(prose, 8 + roll(prose, 16), false);
    record->title = xasprintf("%s%zu", title, number);
    free(title);
    record->summary = make_prose(prose, 30 + roll(prose, 50), true);
    record->body = make_prose(prose, 200 + roll(prose, 600), true);
}

static bool add_sample(struct prose *prose, const char *path) {
    char *data = NULL;
    size_t size = 0;
    if (!fs_read(path, MAX_SAMPLE, &data, &size))
        return false;
    prose->pairs = xrealloc(prose->pairs, prose->count + size, sizeof *prose->pairs);
    const char *at = data;
    for (uint32_t last = utf8_next(&at); *at; last = prose->pairs[prose->count++].then)
        prose->pairs[prose->count] = (struct pair){last, utf8_next(&at)};
    free(data);
    return true;
}

static bool add_samples(struct prose *prose, const char *folder) {
    DIR *dir = opendir(folder);
    bool good = dir != NULL;
    for (struct dirent *entry; good && (entry = readdir(dir));) {
        char *path = path_join(folder, entry->d_name, NULL);
        if (entry->d_name[0] != '.' && fs_is_dir(path))
            good = add_samples(prose, path);
        else if (text_ends(path, "正文.txt"))
            good = add_sample(prose, path);
        free(path);
    }
    if (dir)
        closedir(dir);
    return good;
}

static int by_letters(const void *a, const void *b) {
    const struct pair *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->then < y->then ? -1 : x->then > y->then;
}

static bool load_prose(struct maker *maker) {
    struct prose *prose = maker->prose = xcalloc(1, sizeof *maker->prose);
    iconv_t cd = iconv_open("UCS-4LE", "GB2312");
    bool good = cd != (iconv_t)-1;
    for (size_t i = 0; good && i < RARER; i++) {
        char in[2] = {(char)(0xB0 + i / 94), (char)(0xA1 + i % 94)};
        char *from = in, *to = (char *)(prose->rarer + i);
        size_t left = sizeof in, room = sizeof *prose->rarer;
        good = iconv(cd, &from, &left, &to, &room) == 0;
    }
    if (cd != (iconv_t)-1)
        iconv_close(cd);
    good = good && add_samples(prose, SOURCE_DIR "/assets/sample");
    qsort(prose->pairs, prose->count, sizeof *prose->pairs, by_letters);
    return good;
}

/* 200 to 800 characters in paragraphs. */
static char *make_body(size_t number) {
    struct str body = {0};
    size_t count = 6 + draw(number, 5, 16);
    for (size_t i = 0; i < count; i++) {
        str_add(&body, sentences[draw(number, 10 + i, COUNT(sentences))]);
        if (i % 4 == 3 && i + 1 < count)
            str_add_char(&body, '\n');
    }
    return str_take(&body);
}

static void make_asset(const struct maker *maker, size_t number, size_t i, struct asset *asset) {
    struct picture picture = maker->pictures[(number + i) % maker->picture_count];
    if (maker->each)
        picture = admit_copy(maker, &picture, number * MAX_EACH + i);
    char *name = xasprintf("make_library/%zu/%zu", number, i);
    *asset = (struct asset){.kind = ASSET_PICTURE,
                            .caption = xasprintf("活动现场%zu", i + 1),
                            .width = picture.width,
                            .height = picture.height,
                            .focus_x = FOCUS_X,
                            .focus_y = FOCUS_Y,
                            .source = hash_of(name, strlen(name)),
                            .renditions = xcalloc(3, sizeof *asset->renditions),
                            .rendition_count = 3};
    for (int role = RENDITION_LARGE; role <= RENDITION_THUMB; role++)
        asset->renditions[role] = (struct rendition){.role = (enum rendition_role)role,
                                                     .width = picture.width,
                                                     .height = picture.height,
                                                     .bytes = picture.bytes,
                                                     .hash = picture.hash};
    free(name);
}

static struct case_record make_case(const struct maker *maker, size_t number) {
    struct case_record record = {.unit = (enum unit)(number % UNIT_COUNT),
                                 .phase = number == 0 ? PHASE_FEATURED : PHASE_SELF,
                                 .school = xasprintf("%s%s", places[draw(number, 1, COUNT(places))],
                                                     kinds[draw(number, 2, COUNT(kinds))]),
                                 .title = xasprintf("%s：%s（%zu）",
                                                    subjects[draw(number, 3, COUNT(subjects))],
                                                    verbs[draw(number, 4, COUNT(verbs))], number),
                                 .summary = xstrdup(sentences[draw(number, 6, COUNT(sentences))]),
                                 .body = make_body(number),
                                 .url = xstrdup(""),
                                 .published_ms = PUBLISHED_MS,
                                 .weight = 1,
                                 .asset_count = !maker->picture_count ? 0
                                                : maker->each         ? maker->each
                                                                      : 1 + draw(number, 7, 3)};
    if (maker->prose)
        make_texts(maker->prose, number, &record);
    record.id = xasprintf("%s/%s", record.school, record.title);
    record.twin = twin_of(record.school, record.title);
    record.assets = xcalloc(record.asset_count, sizeof *record.assets);
    for (size_t i = 0; i < record.asset_count; i++)
        make_asset(maker, number, i, record.assets + i);
    return record;
}

/* Cases [from, to) as one generation. */
static bool write_cases(struct maker *maker, size_t from, size_t to) {
    bool changed = false, good = library_begin(maker->library);
    for (size_t i = from; good && i < to; i++) {
        struct case_record record = make_case(maker, i);
        enum change change;
        good = library_put(maker->library, &record, &change);
        case_finish(&record);
    }
    if (good && library_commit(maker->library, "make_library", &changed))
        return true;
    library_abort(maker->library);
    return false;
}

static bool make(struct maker *maker, size_t count, char **pictures, size_t picture_count) {
    maker->pictures = xcalloc(picture_count, sizeof *maker->pictures);
    for (size_t i = 0; i < picture_count; i++)
        if (!load(maker, pictures[i]))
            return false;
    maker->library = library_open(&maker->paths, NULL);
    return maker->library && write_cases(maker, 1, count) && write_cases(maker, 0, count != 0);
}

/* False: not a number of at most limit. */
static bool parse_count(const char *text, unsigned long limit, size_t *count) {
    char *end = NULL;
    unsigned long value = strtoul(text, &end, 10);
    *count = value;
    return end != text && !*end && value <= limit;
}

int main(int argc, char **argv) {
    struct maker maker = {0};
    size_t count = 0;
    bool each = argc > 2 && strcmp(argv[1], "--each") == 0;
    bool right = !each || parse_count(argv[2], MAX_EACH, &maker.each);
    argc -= each ? 2 : 0;
    argv += each ? 2 : 0;
    bool prose = argc > 1 && strcmp(argv[1], "--prose") == 0;
    argc -= prose;
    argv += prose;
    if (!right || argc < 3 || !parse_count(argv[2], MAX_CASES, &count) || argc - 3 > MAX_PICTURES) {
        fputs("usage: make_library [--each K] [--prose] STATE N [PICTURE.jpg...]\n", stderr);
        return 2;
    }
    bool good = paths_init(&maker.paths, argv[1], NULL) && paths_make(&maker.paths) &&
                (!prose || load_prose(&maker)) && make(&maker, count, argv + 3, (size_t)argc - 3);
    library_close(maker.library);
    for (size_t i = 0; i < maker.picture_count; i++)
        free(maker.pictures[i].data);
    free(maker.pictures);
    free(maker.prose ? maker.prose->pairs : NULL);
    free(maker.prose);
    paths_finish(&maker.paths);
    return good ? 0 : 1;
}
