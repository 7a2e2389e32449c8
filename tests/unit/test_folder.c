#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "ingest/folder.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define MAX_FILES    16
#define MAX_SECONDS  20 /* for the largest trees here, on a slow machine with sanitizers */

static char *scratch; /* of this run; set once by main */

static char *below(const char *path) {
    return path_join(scratch, path, NULL);
}

static void make_file(const char *path, const char *text) {
    char *slash = strrchr(path, '/');
    char *folder = xstrndup(path, (size_t)(slash - path));
    assert_true(fs_make_dirs(folder));
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    free(folder);
}

/* "path=text", or "path/" for an empty folder. */
static void make_entry(const char *entry) {
    const char *equals = strchr(entry, '=');
    char *name = equals ? xstrndup(entry, (size_t)(equals - entry)) : xstrdup(entry);
    char *path = below(name);
    if (text_ends(entry, "/") && !equals) {
        path[strlen(path) - 1] = '\0';
        assert_true(fs_make_dirs(path));
    } else {
        make_file(path, equals ? equals + 1 : "x");
    }
    free(path);
    free(name);
}

static void clear(void) {
    assert_true(fs_remove_tree(scratch));
    assert_true(fs_make_dirs(scratch));
}

static bool known(void *user, const char *name) {
    (void)user;
    return strcmp(name, "清华") == 0;
}

static void read_path(const char *path, struct manifest *manifest) {
    const struct folder_options options = {
        .site_school = "本站大学", .school_known = known, .tidy = true};
    folder_read(path, &options, manifest);
}

/* One line for each case, "unit|id|title|body|captions" (v: of a video, w: shown whole), and for
 * each reject, "!code path". */
static char *describe(const struct manifest *manifest) {
    struct str out = {0};
    for (size_t i = 0; i < manifest->case_count; i++) {
        const struct manifest_case *c = manifest->cases + i;
        char *body = xstrdup(c->body);
        for (char *at = body; (at = strchr(at, '\n'));)
            *at = '/';
        str_addf(&out, "%s|%s|%s|%s|", c->level ? level_key(c->level) : unit_key(c->unit), c->id,
                 c->title, body);
        for (size_t j = 0; j < c->asset_count; j++)
            str_addf(&out, "%s%s[%s]", c->assets[j].kind == ASSET_VIDEO ? "v" : "",
                     c->assets[j].whole ? "w" : "", c->assets[j].caption);
        if (c->code)
            str_add_char(&out, 'q');
        str_add_char(&out, '\n');
        free(body);
    }
    for (size_t i = 0; i < manifest->rejects.count; i++) {
        const struct reject_entry *entry = manifest->rejects.entries + i;
        bool inside = text_starts(entry->path, scratch);
        const char *path = entry->path + (inside ? strlen(scratch) : 0);
        str_addf(&out, "!%s %s\n", reject_code(entry->reject), *path == '/' ? path + 1 : path);
    }
    return str_take(&out);
}

static void expect(const char *path, const char *what, const char *expected) {
    struct manifest manifest = {0};
    read_path(path, &manifest);
    char *got = describe(&manifest);
    if (strcmp(got, expected) != 0)
        fail_msg("%s:\n%snot\n%s", what, got, expected);
    free(got);
    manifest_finish(&manifest);
}

struct scenario {
    const char *what;
    const char *files[MAX_FILES];
    const char *path; /* given; below the scratch folder */
    const char *expected;
};

static const struct scenario scenarios[] = {
    {"the tree of the design",
     {"党建引领/楼道课堂（望川大学）/正文.txt=一\n\n　　二",
      "党建引领/楼道课堂（望川大学）/10 尾声.jpg", "党建引领/楼道课堂（望川大学）/2 海报.jpg",
      "党建引领/楼道课堂（望川大学）/封面.png", "2.智慧服务/晾衣房/正文.md=# 晾衣房\n\n**好**"},
     "",
     "service|本站大学/晾衣房|晾衣房|好|\n"
     "party|望川大学/楼道课堂|楼道课堂|一/二|[]w[海报][尾声]\n"},
    {"far above the units",
     {"优秀案例/2026/党建引领/甲/1.txt=一", "优秀案例/2026/平安社区/乙/1.txt=二"},
     "",
     "party|本站大学/甲|甲|一|\nsafety|本站大学/乙|乙|二|\n"},
    {"a unit's folder", {"平安社区/甲（清华）/正文.txt=一"}, "平安社区", "safety|清华/甲|甲|一|\n"},
    {"a case's folder",
     {"平安社区/甲/正文.txt=一", "平安社区/甲/图片/1.jpg"},
     "平安社区/甲",
     "safety|本站大学/甲|甲|一|[]\n"},
    {"the nearest unit above",
     {"党建/平安社区/甲/正文.txt=一"},
     "党建/平安社区/甲",
     "safety|本站大学/甲|甲|一|\n"},
    {"a single text",
     {"平安社区/甲（望川大学）终稿.txt=一"},
     "平安社区/甲（望川大学）终稿.txt",
     "safety|望川大学/甲|甲|一|\n"},
    {"a single picture", {"平安社区/甲.jpg"}, "平安社区/甲.jpg", "safety|本站大学/甲|甲||[]\n"},
    {"a single file of no unit", {"其他/甲.txt=一"}, "其他/甲.txt", "!unit_unknown 其他/甲.txt\n"},
    {"a title that holds the name of a unit",
     {"三全育人/智慧服务进公寓/正文.txt=一", "三全育人/党建/正文.txt=二"},
     "",
     "education|本站大学/党建|党建|二|\neducation|本站大学/智慧服务进公寓|智慧服务进公寓|一|\n"},
    {"unit inside unit", {"三全育人/平安社区/甲/正文.txt=一"}, "", "safety|本站大学/甲|甲|一|\n"},
    {"folders that only group",
     {"党建引领/2026/甲/正文.txt=一", "党建引领/2026/乙/正文.txt=二"},
     "",
     "party|本站大学/乙|乙|二|\nparty|本站大学/甲|甲|一|\n"},
    {"sub-folders of a case",
     {"党建引领/甲/文字/正文.txt=一", "党建引领/甲/照片/b/2.jpg", "党建引领/甲/照片/开场.jpg",
      "党建引领/乙/正文.txt=二", "党建引领/乙/其他/说明.txt=三", "党建引领/乙/尾.jpg",
      "党建引领/乙/1/头.jpg"},
     "",
     "party|本站大学/乙|乙|二/三|[尾][头]\nparty|本站大学/甲|甲|一|[开场][]\n"},
    {"under no unit",
     {"其他/甲/正文.txt=一", "其他/甲/图片/1.jpg", "党建引领/乙/正文.txt=二"},
     "",
     "party|本站大学/乙|乙|二|\n!unit_unknown 其他/甲\n"},
    {"信息.txt names the unit",
     {"其他/甲/正文.txt=一", "其他/甲/信息.txt=单元：平安社区", "其他/甲/图片/1.jpg"},
     "",
     "safety|本站大学/甲|甲|一|[]\n"},
    {"信息.txt wins",
     {"党建引领/甲（望川大学）/正文.txt=一",
      "党建引领/甲（望川大学）/案例信息.txt=学校：临溪大学\n标题：乙\n单元：智慧服务\n错行",
      "党建引领/丙/info.TXT=编号：x/1", "党建引领/丙/1.jpg"},
     "",
     "party|x/1|丙||[]\nservice|临溪大学/乙|乙|一|\n"
     "!info_line 党建引领/甲（望川大学）/案例信息.txt\n"},
    {"texts directly in a unit",
     {"党建引领/附件1 甲（望川大学）.txt=一", "党建引领/乙.txt=二", "党建引领/乙1.jpg",
      "党建引领/乙-开场.jpg", "党建引领/丁.jpg"},
     "",
     "party|本站大学/乙|乙|二|[][开场]\nparty|望川大学/甲|甲|一|\n"
     "party|本站大学/党建引领|党建引领||[丁]\n"},
    {"one text with all the pictures",
     {"党建引领/甲.txt=一", "党建引领/IMG_1.jpg", "党建引领/图片/开场.jpg"},
     "",
     "party|本站大学/甲|甲|一|[][开场]\n"},
    {"pictures directly in a unit",
     {"1.党建引领/02 乙.jpg", "1.党建引领/01 甲.jpg"},
     "",
     "party|本站大学/党建引领|党建引领||[甲][乙]\n"},
    {"a unit used as a case",
     {"党建引领/正文.txt=一", "党建引领/信息.txt=标题：甲", "党建引领/1.jpg"},
     "",
     "party|本站大学/甲|甲|一|[]\n"},
    {"notices",
     {"通知/停水（清华）/正文.txt=一", "通知/停水（清华）/海报.jpg", "紧急通知/防诈骗预警.txt=二",
      "紧急通知/停电.txt=三", "05 通知/", "党建引领/甲/正文.txt=四", "党建引领/通知/放假.txt=五"},
     "",
     "party|本站大学/甲|甲|四|\nnotice|通知/放假|放假|五|\nurgent|通知/停电|停电|三|\n"
     "urgent|通知/防诈骗预警|防诈骗预警|二|\nnotice|通知/清华/停水|停水|一|w[海报]\n"},
    {"no case is a notice",
     {"党建引领/公告/正文.txt=一", "党建引领/停水/正文.txt=二",
      "党建引领/停水/信息.txt=学校：通知"},
     "",
     "party|本机:通知/停水|停水|二|\nparty|本站大学/公告|公告|一|\n"},
    {"a notice's own id",
     {"通知/停水/正文.txt=一", "通知/停水/信息.txt=编号：2026-7", "通知/停电/正文.txt=二",
      "通知/停电/信息.txt=编号：通知/8"},
     "",
     "notice|通知/2026-7|停水|一|\nnotice|通知/8|停电|二|\n"},
    {"a notice has no unit",
     {"通知/停水/正文.txt=一", "通知/停水/信息.txt=单元：平安社区"},
     "",
     "notice|通知/停水|停水|一|\n"},
    {"the same notice, urgent and not",
     {"通知/停水.txt=一", "紧急通知/停水.txt=二"},
     "",
     "urgent|通知/停水|停水|二|\n!duplicate 通知/停水.txt\n"},
    {"a notice given", {"通知/停水/正文.txt=一"}, "通知/停水", "notice|通知/停水|停水|一|\n"},
    {"notices given", {"通知/停水.txt=一"}, "通知", "notice|通知/停水|停水|一|\n"},
    {"no text of a notice", {"通知/停水.txt="}, "", "!case_empty 通知/停水.txt\n"},
    {"what is refused",
     {"党建引领/甲/正文.txt=一", "党建引领/甲/短片.RMVB", "党建引领/甲/正文.docx",
      "党建引领/甲/表.xlsx", "党建引领/甲/a.exe", "党建引领/甲/无扩展名", "党建引领/甲/图.bmp"},
     "",
     "party|本站大学/甲|甲|一|\n!file_type 党建引领/甲/a.exe\n!picture_format 党建引领/甲/图.bmp\n"
     "!file_type 党建引领/甲/无扩展名\n!video_format 党建引领/甲/短片.RMVB\n"
     "!sheet 党建引领/甲/表.xlsx\n!document 党建引领/甲/正文.docx\n"},
    {"videos among pictures",
     {"党建引领/甲/正文.txt=一", "党建引领/甲/2 合影.jpg", "党建引领/甲/1 海报短片.MP4",
      "党建引领/甲/10 花絮.mov", "党建引领/甲/视频/VID_20260512_101112.3gp",
      "党建引领/甲/lv_0_20260512101112.m2ts"},
     "",
     "party|本站大学/甲|甲|一|v[海报短片][合影]v[花絮]v[]v[]\n"},
    {"a video alone",
     {"平安社区/消防演练/短片.webm"},
     "",
     "safety|本站大学/消防演练|消防演练||v[短片]\n"},
    {"too many videos",
     {"党建引领/甲/1.mp4", "党建引领/甲/2.mp4", "党建引领/甲/3.mp4", "党建引领/甲/4.mp4",
      "党建引领/甲/5.mp4", "党建引领/甲/6.mp4", "党建引领/甲/7.mp4", "党建引领/甲/8.mp4",
      "党建引领/甲/9.mp4", "党建引领/甲/合影.jpg"},
     "",
     "party|本站大学/甲|甲||v[]v[]v[]v[]v[]v[]v[]v[][合影]\n!too_many_files 党建引领/甲\n"},
    {"other people's programs",
     {"党建引领/甲/正文.txt=一", "党建引领/甲/a.doc", "党建引领/甲/b.WPS", "党建引领/甲/c.pdf",
      "党建引领/甲/d.pptx", "党建引领/甲/e.rar", "党建引领/甲/f.zip"},
     "",
     "party|本站大学/甲|甲|一|\n!document_old 党建引领/甲/a.doc\n"
     "!document_old 党建引领/甲/b.WPS\n!pages 党建引领/甲/c.pdf\n!pages 党建引领/甲/d.pptx\n"
     "!archive 党建引领/甲/e.rar\n!archive 党建引领/甲/f.zip\n"},
    {"what is passed over",
     {"党建引领/甲/正文.txt=一", "党建引领/甲/._1.jpg", "党建引领/甲/Thumbs.db",
      "党建引领/甲/~$正文.docx", "党建引领/甲/.DS_Store", "党建引领/甲/Desktop.ini",
      "$RECYCLE.BIN/a.txt", "System Volume Information/b.txt", "__MACOSX/党建引领/c.txt",
      "lost+found/"},
     "",
     "party|本站大学/甲|甲|一|\n"},
    {"a name of what cannot be seen",
     {"党建引领/\u200B.txt=一", "党建引领/\u2060/正文.txt=二", "党建引领/\u00AD/正文.txt=三",
      "党建引领/\u00AD/信息.txt=标题：有"},
     "党建引领",
     "party|本站大学/有|有|三|\n!name_invalid 党建引领/\\u{200B}.txt\n"
     "!name_invalid 党建引领/\\u{2060}\n"},
    {"nothing but its title",
     {"党建引领/标题/正文.txt=标 题\n\n", "党建引领/另一题/正文.txt=另一题\n文字"},
     "党建引领",
     "party|本站大学/另一题|另一题|文字|\n!case_empty 党建引领/标题\n"},
    {"empty cases",
     {"党建引领/甲/", "党建引领/乙/信息.txt=学校：x", "党建引领/丙/正文.txt= \n"},
     "",
     "!case_empty 党建引领/丙\n!case_empty 党建引领/乙\n!case_empty 党建引领/甲\n"},
    {"the same id twice",
     {"党建引领/01 甲/正文.txt=一", "党建引领/02 甲/正文.txt=二"},
     "",
     "party|本站大学/甲|甲|一|\n!duplicate 党建引领/02 甲\n"},
    {"texts of a case",
     {"党建引领/甲/2.txt=二", "党建引领/甲/10.txt=十", "党建引领/甲/正文.txt=甲\n正",
      "党建引领/甲/README.md=- r"},
     "",
     "party|本站大学/甲|甲|正/二/十/· r|\n"},
    {"an unknown encoding",
     {"党建引领/甲/正文.txt=\xB5\xB3\xBD", "党建引领/甲/1.jpg"},
     "",
     "party|本站大学/甲|甲||[]\n!text_encoding 党建引领/甲/正文.txt\n"},
    {"GBK", {"党建引领/甲/正文.txt=\xB5\xB3\xBD\xA8"}, "", "party|本站大学/甲|甲|党建|\n"},
    {"the names of macOS",
     {"党建引领/cafe\xCC\x81/1 cafe\xCC\x81 夜.jpg"},
     "",
     "party|本站大学/café|café||[café 夜]\n"},
    {"a name that is no text",
     {"党建引领/甲/\xB5\xB3.jpg", "党建引领/甲/1.jpg"},
     "",
     "party|本站大学/甲|甲||[]\n!name_invalid 党建引领/甲/\\xB5\\xB3.jpg\n"},
    {"odd names",
     {"党建引领/a\nb/大\n厅.jpg", "党建引领/🎓/🎓🎓.jpg", "党建引领/a\nb/c\n.exe"},
     "",
     "party|本站大学/a b|a b||[大厅]\nparty|本站大学/🎓|🎓||[]\n"
     "!file_type 党建引领/a\\u{A}b/c\\u{A}.exe\n"},
    {"codes",
     {"党建引领/甲/正文.txt=一", "党建引领/甲/二维码.png", "党建引领/甲/公众号二维码.jpg",
      "党建引领/甲/1 宿舍门口的二维码.jpg", "党建引领/乙.txt=二", "党建引领/乙二维码.jpg",
      "党建引领/丙/qrcode.png"},
     "",
     "party|本站大学/乙|乙|二|q\nparty|本站大学/甲|甲|一|w[宿舍门口的二维码]q\n"
     "!case_empty 党建引领/丙\n!code_twice 党建引领/甲/公众号二维码.jpg\n"},
    {"nothing", {"空/"}, "", "!nothing_found \n"},
    {"nothing there", {NULL}, "没有", "!not_found 没有\n"},
};

static void test_scenarios(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(scenarios); i++) {
        clear();
        for (size_t j = 0; j < MAX_FILES && scenarios[i].files[j]; j++)
            make_entry(scenarios[i].files[j]);
        char *path = *scenarios[i].path ? below(scenarios[i].path) : xstrdup(scratch);
        expect(path, scenarios[i].what, scenarios[i].expected);
        free(path);
    }
}

/* All texts but the school are put right, or none; the id is made of what was typed. */
static void test_tidy(void **state) {
    (void)state;
    static const struct {
        bool tidy;
        const char *expected, *summary;
        size_t counts[TIDY_KIND_COUNT];
    } rows[] = {
        {true,
         "party|望川 大学/楼道--课 堂(一)|楼道——课堂（一）|甲，乙/丙。/丁, 戊,己,庚|[大厅]\n",
         "好，好",
         {1, 1, 2, 4, 0, 1, 1}},
        {false,
         "party|望川 大学/楼道--课 堂(一)|楼道--课 堂(一)|甲,乙//　　丙。/丁, 戊,己,庚|[⼤ 厅]\n",
         "好,好",
         {0}},
    };
    clear();
    make_entry("党建引领/楼道--课 堂(一)（望川 大学）/正文.txt=甲,乙\n\n　　丙。\n");
    make_entry("党建引领/楼道--课 堂(一)（望川 大学）/续.md=丁, `戊,己`,庚");
    make_entry("党建引领/楼道--课 堂(一)（望川 大学）/信息.txt=摘要：好,好");
    make_entry("党建引领/楼道--课 堂(一)（望川 大学）/1 ⼤ 厅.jpg");
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct folder_options options = {.site_school = "本站大学", .tidy = rows[i].tidy};
        struct manifest manifest = {0};
        folder_read(scratch, &options, &manifest);
        char *got = describe(&manifest);
        assert_string_equal(got, rows[i].expected);
        assert_string_equal(manifest.cases[0].summary, rows[i].summary);
        for (int kind = 0; kind < TIDY_KIND_COUNT; kind++)
            assert_int_equal(manifest.cases[0].tidied.counts[kind], rows[i].counts[kind]);
        free(got);
        manifest_finish(&manifest);
    }
}

/* Several paths into one manifest: ids are one set. */
static void test_several_paths(void **state) {
    (void)state;
    clear();
    make_entry("a/党建引领/甲/正文.txt=一");
    make_entry("b/党建引领/甲/正文.txt=二");
    make_entry("b/党建引领/乙/正文.txt=三");
    struct manifest manifest = {0};
    char *a = below("a/"), *b = below("b");
    read_path(a, &manifest);
    read_path(b, &manifest);
    char *got = describe(&manifest);
    assert_string_equal(got, "party|本站大学/甲|甲|一|\nparty|本站大学/乙|乙|三|\n"
                             "!duplicate b/党建引领/甲\n");
    free(got);
    free(a);
    free(b);
    manifest_finish(&manifest);
}

static void link_to(const char *target, const char *name) {
    char *from = *target == '/' ? xstrdup(target) : below(target), *path = below(name);
    assert_int_equal(symlink(from, path), 0);
    free(from);
    free(path);
}

/* Links to pictures beside and a link as the path are fine; links that lead out of it, links to
 * folders and specials are never opened. */
static void test_links_and_specials(void **state) {
    (void)state;
    clear();
    make_entry("别处/照片.jpg");
    make_entry("树/党建引领/甲/正文.txt=一");
    make_entry("树/素材/照片.bin");
    make_entry("树二/密.txt=不可看");
    link_to("树/素材/照片.bin", "树/党建引领/甲/01 大厅.jpg");
    link_to("别处/照片.jpg", "树/党建引领/甲/02 外.jpg");
    link_to("树二/密.txt", "树/党建引领/甲/密.txt");
    link_to("别处", "树/党建引领/甲/夹");
    link_to("/", "树/党建引领/根");
    link_to("没有", "树/党建引领/甲/断.jpg");
    link_to("/dev/zero", "树/党建引领/甲/零.txt");
    link_to("树", "入口");
    char *fifo = below("树/党建引领/甲/管道.txt"), *path = below("入口");
    assert_int_equal(mkfifo(fifo, 0600), 0);
    expect(path, "links",
           "party|本站大学/甲|甲|一|[大厅]\n!unreadable 入口/党建引领/根\n"
           "!unreadable 入口/党建引领/甲/02 外.jpg\n"
           "!unreadable 入口/党建引领/甲/夹\n!unreadable 入口/党建引领/甲/密.txt\n!unreadable "
           "入口/党建引领/甲/断.jpg\n"
           "!file_type 入口/党建引领/甲/管道.txt\n!unreadable 入口/党建引领/甲/零.txt\n"
           "!file_type 入口/素材/照片.bin\n");
    expect(fifo, "a FIFO given", "!file_type 树/党建引领/甲/管道.txt\n");
    free(fifo);
    free(path);
}

/* 300 levels: refused where it becomes too deep, and what lies beside is taken. */
static void test_deep(void **state) {
    (void)state;
    clear();
    make_entry("党建引领/甲/正文.txt=一");
    char *start = below("党建引领/甲");
    int fd = open(start, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (int i = 0; i < 300; i++) {
        assert_int_equal(mkdirat(fd, "深", 0700), 0);
        int inner = openat(fd, "深", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        assert_true(inner >= 0);
        close(fd);
        fd = inner;
    }
    close(fd);
    struct manifest manifest = {0};
    read_path(start, &manifest);
    assert_int_equal(manifest.case_count, 1);
    assert_int_equal(manifest.rejects.count, 1);
    assert_int_equal(manifest.rejects.entries[0].reject, REJECT_TOO_DEEP);
    manifest_finish(&manifest);
    free(start);
}

/* A folder with far more entries than any import has is cut off, quickly. */
static void test_many(void **state) {
    (void)state;
    clear();
    make_entry("党建引领/0/信息.txt=标题：甲");
    make_entry("党建引领/1/正文.txt=二");
    char *folder = below("党建引领/0");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (int i = 0; i < 110000; i++) {
        char name[32];
        snprintf(name, sizeof name, "%d.jpg", i);
        int file = openat(fd, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        assert_true(file >= 0);
        close(file);
    }
    close(fd);
    struct manifest manifest = {0};
    int64_t before_us = time_monotonic_us();
    read_path(scratch, &manifest);
    assert_true(time_monotonic_us() - before_us < MAX_SECONDS * 1000000LL);
    assert_int_equal(manifest.case_count, 2); /* what lies behind it, too */
    assert_int_equal(manifest.cases[0].asset_count, 200);
    assert_string_equal(manifest.cases[1].body, "二");
    assert_int_equal(manifest.rejects.count, 2); /* of the folder, and of the case */
    assert_int_equal(manifest.rejects.entries[0].reject, REJECT_TOO_MANY_FILES);
    free(folder);
    manifest_finish(&manifest);
}

/* Pictures and videos share what a case may have, in the order of their names: what is left of
 * either is said. */
static void test_many_seen(void **state) {
    static const struct {
        int pictures;
        const char *videos[10];
        const char *details[2];
    } table[] = {
        {198, {"a", "b"}, {NULL}},
        {200, {"a", "b"}, {"2 个视频，都没有取 (2 videos, none is taken)"}},
        {199, {"a", "b"}, {"2 个视频，只取前 1 (2 videos, only the first 1)"}},
        {200, {"0"}, {"200 张图片，只取前 199 (200 pictures, only the first 199)"}},
        {200,
         {"0", "a"},
         {"2 个视频，只取前 1 (2 videos, only the first 1)",
          "200 张图片，只取前 199 (200 pictures, only the first 199)"}},
        {9,
         {"a", "b", "c", "d", "e", "f", "g", "h", "i"},
         {"9 个视频，只取前 8 (9 videos, only the first 8)"}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        struct manifest manifest = {0};
        char entry[64];
        clear();
        for (int k = 0; k < table[i].pictures; k++) {
            snprintf(entry, sizeof entry, "党建引领/甲/%d.png", k + 1);
            make_entry(entry);
        }
        for (size_t k = 0; table[i].videos[k]; k++) {
            snprintf(entry, sizeof entry, "党建引领/甲/%s.mp4", table[i].videos[k]);
            make_entry(entry);
        }
        read_path(scratch, &manifest);
        size_t told = 0;
        for (; told < 2 && table[i].details[told]; told++) {
            assert_true(told < manifest.rejects.count);
            assert_int_equal(manifest.rejects.entries[told].reject, REJECT_TOO_MANY_FILES);
            assert_string_equal(manifest.rejects.entries[told].detail, table[i].details[told]);
        }
        assert_int_equal(manifest.rejects.count, told);
        manifest_finish(&manifest);
    }
}

static void test_large_text(void **state) {
    (void)state;
    clear();
    make_entry("党建引领/甲/1.jpg");
    struct str text = {0};
    while (text.size <= 1u << 20)
        str_add(&text, "很长的一段话，");
    char *path = below("党建引领/甲/正文.txt");
    make_file(path, text.data);
    expect(scratch, "a text of over a mebibyte",
           "party|本站大学/甲|甲||[]\n!text_too_large 党建引领/甲/正文.txt\n");
    free(path);
    str_finish(&text);
}

/* The longest name a file system holds, as case and as picture. */
static void test_long_names(void **state) {
    (void)state;
    clear();
    char name[256] = "";
    for (int i = 0; i < 83; i++)
        memcpy(name + strlen(name), "长", sizeof "长");
    char *path = xasprintf("%s/党建引领/%s/%s.jpg", scratch, name, name);
    make_file(path, "x");
    struct manifest manifest = {0};
    read_path(scratch, &manifest);
    assert_int_equal(manifest.case_count, 1);
    assert_string_equal(manifest.cases[0].title, name);
    assert_string_equal(manifest.cases[0].assets[0].path, path);
    free(path);
    manifest_finish(&manifest);
}

static void test_sample_library(void **state) {
    (void)state;
    struct manifest manifest = {0};
    size_t units[UNIT_COUNT] = {0};
    read_path(SOURCE_DIR "/assets/sample", &manifest);
    assert_int_equal(manifest.case_count, 12);
    assert_int_equal(manifest.rejects.count, 0);
    for (size_t i = 0; i < manifest.case_count; i++) {
        const struct manifest_case *c = manifest.cases + i;
        char *name = xasprintf("%s（%s）", c->title, c->school);
        assert_string_equal(path_name(c->path), name);
        assert_true(text_ends(c->school, "大学") || text_ends(c->school, "学院"));
        assert_true(utf8_length(c->body) >= 200 && *c->summary && c->published_ms);
        units[c->unit]++;
        free(name);
    }
    for (int i = 0; i < UNIT_COUNT; i++)
        assert_int_equal(units[i], 3);
    manifest_finish(&manifest);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scenarios),     cmocka_unit_test(test_tidy),
        cmocka_unit_test(test_several_paths), cmocka_unit_test(test_links_and_specials),
        cmocka_unit_test(test_deep),          cmocka_unit_test(test_many),
        cmocka_unit_test(test_many_seen),     cmocka_unit_test(test_large_text),
        cmocka_unit_test(test_long_names),    cmocka_unit_test(test_sample_library),
    };
    char template[] = "/tmp/fengcai-folder-XXXXXX";
    scratch = mkdtemp(template);
    if (!scratch)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fs_remove_tree(scratch);
    return failed;
}
