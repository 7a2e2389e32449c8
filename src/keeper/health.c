#include "keeper/health.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/str.h"
#include "keeper/health_check.h"

/* In this order they are mended too: folders before what lies in them, databases before media. */
static const struct row {
    const char *name;
    const char *what_zh, *what;
    health_check *check;
    const char *cure_zh, *cure;
    health_cure *mend; /* NULL: it takes a human */
} rows[] = {
    {"permissions", "数据目录的文件夹、属主和权限", "folders of the state, their owner and modes",
     check_permissions, "补建文件夹，去掉其他用户的写权限；属主请用 chown 改正",
     "make missing folders, take away others' right to write; the owner is for chown",
     cure_permissions},
    {"databases", "案例库、回执库、播放记录是否完好，回执链是否连续",
     "whether library, ledger and station are whole, and the ledger's chain unbroken",
     check_databases, "案例库用备份恢复；回执库、播放记录移到一旁另建新的",
     "restore the library from its copy; move ledger and station aside and begin them anew",
     cure_databases},
    {"media", "当前与上一版本的每个图片文件：在不在、大小、校验值",
     "each file of the current and the previous generation: there, its size, its SHA-256",
     check_media, "删除损坏的文件；然后重新导入上面的案例，图片会重新处理",
     "remove broken files; then import these cases again, which prepares their pictures anew",
     cure_media},
    {"orphans", "没有登记的图片文件、暂存的残留、没有做完的请求",
     "files without a row, what is left in staging, requests that were not finished", check_orphans,
     "清扫（后台启动后也会自动清扫）", "sweep them (as the keeper does after its start)",
     cure_orphans},
    {"clock", "时钟是否可信、是否同步", "whether the clock is believed and synchronised",
     check_clock, "请联网校时（systemd-timesyncd 或 chrony）",
     "have it set by systemd-timesyncd or chrony", NULL},
    {"sources", "每个源：最近一次成功、还有没有没取完的、上次的问题、公钥能否读取",
     "each source: its last success, whether it is still being taken, its fault, its key",
     check_sources, "请按各行的办法处理；网络恢复后会自动再试，立即再试用 fengcai sync --once",
     "do what the lines say; it is tried again by itself, or at once by fengcai sync --once", NULL},
    {"fonts", "自带字体能否打开、覆盖常用汉字",
     "whether the bundled fonts open and have the common characters", check_fonts, "请重新安装",
     "install again", NULL},
    {"disk", "剩余空间和案例库的空间上限", "free space, and the library's share of it", check_disk,
     "请清理磁盘，或删去不再需要的案例", "free some space, or remove cases", NULL},
    {"helpers", "图片和视频处理程序能否在隔离中工作",
     "whether the helpers for pictures and videos work in their jail", check_helpers,
     "请重新安装；内核须支持 seccomp", "install again; the kernel must have seccomp", NULL},
    {"jail", "内核是否支持 Landlock（额外的一层隔离）",
     "whether the kernel has Landlock, one more layer of the jail", check_jail,
     "不影响使用；内核 5.13 起支持", "it works without; kernels from 5.13 on have it", NULL},
    {"config", "配置和主题有没有错误", "whether configuration and theme are without mistakes",
     check_config, "请运行 fengcai config --check 逐条改正", "run fengcai config --check", NULL},
};

#define COUNT (sizeof rows / sizeof *rows)

static const struct {
    const char *key, *name;
} verdicts[] = {[VERDICT_GOOD] = {"good", "良好 (good)   "},
                [VERDICT_WARNING] = {"warning", "注意 (warning)"},
                [VERDICT_BAD] = {"bad", "故障 (bad)    "}};
static_assert(sizeof verdicts / sizeof *verdicts == VERDICT_BAD + 1, "verdicts");

const char *verdict_key(enum verdict verdict) {
    return verdicts[verdict].key;
}

const char *verdict_name(enum verdict verdict) {
    return verdicts[verdict].name;
}

enum verdict verdict_worse(enum verdict a, enum verdict b) {
    return a > b ? a : b;
}

struct finding *health_examine(const struct patient *patient, size_t *count) {
    struct finding *findings = xcalloc(COUNT, sizeof *findings);
    for (size_t i = 0; i < COUNT; i++) {
        struct str said = {0};
        const struct row *row = rows + i;
        enum verdict verdict = row->check(patient, &said);
        bool good = verdict == VERDICT_GOOD;
        str_trim(&said);
        findings[i] = (struct finding){.name = row->name,
                                       .what_zh = row->what_zh,
                                       .what = row->what,
                                       .verdict = verdict,
                                       .said = str_take(&said),
                                       .cure_zh = good ? NULL : row->cure_zh,
                                       .cure = good ? NULL : row->cure,
                                       .mends = row->mend};
    }
    *count = COUNT;
    return findings;
}

void findings_free(struct finding *findings, size_t count) {
    for (size_t i = 0; i < count; i++)
        free(findings[i].said);
    free(findings);
}

enum verdict findings_verdict(const struct finding *findings, size_t count) {
    enum verdict worst = VERDICT_GOOD;
    for (size_t i = 0; i < count; i++)
        worst = verdict_worse(worst, findings[i].verdict);
    return worst;
}

void health_mend(const struct patient *patient, const struct finding *findings, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (findings[i].verdict != VERDICT_GOOD && rows[i].mend)
            rows[i].mend(patient);
}

void health_print_scdoc(FILE *to) {
    for (size_t i = 0; i < COUNT; i++)
        fprintf(to, "*%s*\n\t%s (%s).++\n%s (%s).\n\n", rows[i].name, rows[i].what_zh, rows[i].what,
                rows[i].cure_zh, rows[i].cure);
}
