#include "ingest/template.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "library/case.h"

/* In the sample library, which lies with the other resources. */
#define SAMPLE "assets/sample"
#define UNIT   "党建引领"
#define CASE   "楼道里的红色课堂（望川大学）"

#define FILE_BYTES (16u << 20) /* a picture of the sample has less than 1 MiB */

static const char note[] =
    "怎样把案例放到屏幕上\n"
    "====================\n"
    "\n"
    "“示例”文件夹只是样子，里面的内容不会上屏幕。\n"
    "\n"
    "一、在U盘里（“示例”的外面）建四个单元的文件夹，用得上哪个建哪个：\n"
    "    党建引领　三全育人　平安社区　智慧服务\n"
    "\n"
    "二、一个案例一个文件夹，放进所属的单元，名字写成：标题（学校）\n"
    "    例如：党建引领\\楼道里的红色课堂（望川大学）\n"
    "\n"
    "三、案例的文件夹里放：\n"
    "    正文.txt        文字，用记事本写；空一行就是新的一段\n"
    "    01 说明.jpg     照片，按名字前面的数字排列，数字后面的字显示为图片说明\n"
    "                    请用原图，长边1920像素以上；微信发送时勾选“原图”\n"
    "    02 说明.mp4     可以没有：视频，不超过1080p、30分钟、512 MB\n"
    "    二维码.png      可以没有：同学用手机扫的码\n"
    "    信息.txt        可以没有：每行一项，写成“名：值”，见示例\n"
    "                    标题 学校 单元 摘要 阶段（自主展示、推荐、集中展示）\n"
    "                    开始 结束（展示的日期，如 2026-09-01） 日期 链接 编号\n"
    "\n"
    "四、通知不属于单元：放进“通知”文件夹，紧急的放进“紧急通知”。一条通知写成一个文本\n"
    "    就行，名字就是标题；没写“结束”的展示7天。\n"
    "\n"
    "五、把U盘插到屏幕上，按屏幕的提示导入。没有导入的和怎么改，看“风采导入报告”。\n"
    "\n"
    "最快的做法：把“示例”里的“党建引领”复制到U盘里，改文件夹的名字，换掉文字和照片。\n"
    "\n"
    "How to fill a stick: beside this folder make one for each unit (see the four names above), in "
    "it\n"
    "one for each case, named title（school）, with 正文.txt, pictures and videos; a text in 通知, "
    "or in "
    "紧急通知,\n"
    "is a notice. What is in this folder is never shown.\n";

static const char notice[] = "四号楼明天 9:00 至 17:00 停水检修，请同学们提前备水。\n"
                             "\n"
                             "后勤服务中心\n";

/* ---- files */

/* Text for Notepad, the old one too: a BOM, CRLF. */
static void put_text(FILE *to, const char *text) {
    if (!text_starts(text, "\xef\xbb\xbf"))
        fputs("\xef\xbb\xbf", to);
    for (const char *at = text; *at; at++) {
        if (*at == '\n' && (at == text || at[-1] != '\r'))
            putc('\r', to);
        putc(*at, to);
    }
}

static bool write_text(const char *folder, const char *name, const char *text) {
    struct outfile out;
    char *path = path_join(folder, name, NULL);
    bool good = outfile_open(&out, path);
    if (good) {
        put_text(out.stream, text);
        good = outfile_commit(&out, true);
    }
    free(path);
    return good;
}

static bool write_bytes(const char *folder, const char *name, const char *bytes, size_t size) {
    struct outfile out;
    char *path = path_join(folder, name, NULL);
    bool good = outfile_open(&out, path);
    if (good) {
        fwrite(bytes, 1, size, out.stream);
        good = outfile_commit(&out, true);
    }
    free(path);
    return good;
}

static bool copy_file(const char *from, const char *to, const char *name) {
    char *path = path_join(from, name, NULL), *data = NULL;
    size_t size = 0;
    bool good = fs_read(path, FILE_BYTES, &data, &size);
    if (good)
        good = text_ends(name, ".txt") ? write_text(to, name, data)
                                       : write_bytes(to, name, data, size);
    free(data);
    free(path);
    return good;
}

static bool copy_case(const char *from, const char *to) {
    DIR *dir = opendir(from);
    if (!dir) {
        log_error(
            "%s: 找不到示例案例，请重新安装 (the sample case is not there, install again): %s",
            from, strerror(errno));
        return false;
    }
    bool good = fs_make_dirs(to);
    for (const struct dirent *entry; good && (entry = readdir(dir));)
        if (entry->d_name[0] != '.')
            good = copy_file(from, to, entry->d_name);
    closedir(dir);
    return good;
}

/* ---- */

static bool make_units(const char *folder) {
    bool good = true;
    for (int unit = 0; good && unit < UNIT_COUNT; unit++) {
        char *path = path_join(folder, unit_name((enum unit)unit), NULL);
        good = fs_make_dirs(path);
        free(path);
    }
    return good;
}

static bool make_notice(const char *folder) {
    char *own = path_join(folder, level_name(LEVEL_NOTICE), NULL);
    bool good = fs_make_dirs(own) && write_text(own, "四号楼停水检修.txt", notice);
    free(own);
    return good;
}

bool template_write(const struct paths *paths, const char *folder) {
    char *own = path_join(folder, TEMPLATE_FOLDER, NULL);
    char *from = path_join(paths->data, SAMPLE, UNIT, CASE, NULL);
    char *to = path_join(own, UNIT, CASE, NULL);
    bool good = fs_make_dirs(own) && write_text(own, TEMPLATE_NOTE, note) && make_units(own) &&
                make_notice(own) && copy_case(from, to);
    free(to);
    free(from);
    free(own);
    return good;
}
