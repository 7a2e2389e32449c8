/* bench_jail: what the jail costs a picture, and all renditions against vipsthumbnail's one
 *
 * usage: bench_jail BUILD PICTURE.jpg [RUNS]
 * The same picture, prepared in the jail, without it, and by `VIPS_NOVECTOR=1 vipsthumbnail --size
 * 2560`, in turn, RUNS times (15): the median of wall time, and CPU time of all runs divided. The
 * helpers are running already; vipsthumbnail starts anew each time, as it does for its users. */
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/time.h"
#include "ingest/picture.h"

#define RUNS      15
#define MOST_RUNS 1000

extern char **environ;

enum way { JAILED, UNJAILED, THUMBNAIL, WAYS };

static const char *const names[] = {"jailed", "unjailed", "vipsthumbnail"};

/* All orders there are: each way comes as often behind each other one, whose writes it may meet. */
static const enum way orders[][WAYS] = {
    {JAILED, UNJAILED, THUMBNAIL}, {THUMBNAIL, UNJAILED, JAILED}, {UNJAILED, JAILED, THUMBNAIL},
    {THUMBNAIL, JAILED, UNJAILED}, {JAILED, THUMBNAIL, UNJAILED}, {UNJAILED, THUMBNAIL, JAILED}};

#define ORDERS ((int)(sizeof orders / sizeof *orders))

struct bench {
    const char *picture;
    char *staging, *out;
    struct nursery *nursery[2];
    pid_t helper[2];
    int64_t wall_us[WAYS][MOST_RUNS], cpu_us[WAYS];
};

/* CPU of the children that the process has waited for, to the tick of 10 ms; -1: it is not there.
 * proc(5), stat: fields 16 and 17. */
static int64_t children_cpu_us(pid_t pid) {
    char path[64], line[1024] = "";
    long long user = 0, system = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "re");
    bool good = file && fgets(line, sizeof line, file);
    const char *at = good ? strrchr(line, ')') : NULL;
    if (file)
        fclose(file);
    if (!at || sscanf(at + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %lld %lld",
                      &user, &system) != 2)
        return -1;
    return (user + system) * 1000000 / sysconf(_SC_CLK_TCK);
}

static bool prepare(struct bench *bench, enum way way) {
    const struct picture_limits limits = {.megapixels = 64, .seconds = 60, .memory_mb = 1024};
    struct asset asset = {.kind = ASSET_PICTURE};
    enum reject reject = REJECT_COUNT;
    char *detail = NULL;
    int source = open(bench->picture, O_RDONLY | O_CLOEXEC);
    bool good = source >= 0 && picture_prepare(bench->nursery[way], source, bench->staging, &limits,
                                               &asset, &reject, &detail);
    if (!good)
        fprintf(stderr, "%s: %s\n", names[way], detail ? detail : "failed");
    if (source >= 0)
        close(source);
    asset_finish(&asset);
    free(detail);
    return good;
}

static bool thumbnail(struct bench *bench) {
    static char program[] = "vipsthumbnail", size[] = "--size", side[] = "2560", out[] = "-o";
    char *arguments[] = {program, (char *)bench->picture, size, side, out, bench->out, NULL};
    pid_t child = -1;
    int status = -1;
    struct rusage before, after;
    getrusage(RUSAGE_CHILDREN, &before);
    if (posix_spawnp(&child, arguments[0], NULL, NULL, arguments, environ) != 0 ||
        waitpid(child, &status, 0) != child)
        return false;
    getrusage(RUSAGE_CHILDREN, &after);
    int64_t seconds = after.ru_utime.tv_sec + after.ru_stime.tv_sec - before.ru_utime.tv_sec -
                      before.ru_stime.tv_sec;
    bench->cpu_us[THUMBNAIL] += seconds * 1000000 + after.ru_utime.tv_usec +
                                after.ru_stime.tv_usec - before.ru_utime.tv_usec -
                                before.ru_stime.tv_usec;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Into an empty folder each time, so that each writes what the others do. */
static bool run(struct bench *bench, enum way way, int round) {
    fs_remove_tree(bench->staging);
    if (!fs_make_dirs(bench->staging))
        return false;
    int64_t begun = time_monotonic_us();
    bool good = way == THUMBNAIL ? thumbnail(bench) : prepare(bench, way);
    bench->wall_us[way][round] = time_monotonic_us() - begun;
    return good;
}

/* The child of ours that was started last. */
static pid_t last_child(void) {
    char path[64], text[256] = "";
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *file = fopen(path, "re");
    size_t size = file ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file)
        fclose(file);
    while (size > 0 && text[size - 1] == ' ')
        text[--size] = '\0';
    const char *at = strrchr(text, ' ');
    return (pid_t)strtol(at ? at + 1 : text, NULL, 10);
}

static bool warm(struct bench *bench) {
    for (enum way way = JAILED; way < WAYS; way++) {
        if (!run(bench, way, 0))
            return false;
        if (way != THUMBNAIL)
            bench->helper[way] = last_child();
    }
    for (enum way way = JAILED; way < THUMBNAIL; way++)
        bench->cpu_us[way] = -children_cpu_us(bench->helper[way]);
    bench->cpu_us[THUMBNAIL] = 0;
    return true;
}

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void report(struct bench *bench, int runs) {
    double wall[WAYS], cpu[WAYS];
    for (enum way way = JAILED; way < WAYS; way++) {
        qsort(bench->wall_us[way], (size_t)runs, sizeof(int64_t), by_size);
        wall[way] = (double)bench->wall_us[way][runs / 2] / 1000;
        cpu[way] = (double)bench->cpu_us[way] / 1000 / runs;
        printf("%-14s wall %6.1f ms (%.1f to %.1f), CPU %6.1f ms\n", names[way], wall[way],
               (double)bench->wall_us[way][0] / 1000, (double)bench->wall_us[way][runs - 1] / 1000,
               cpu[way]);
    }
    printf("the jail costs   wall %+.1f %%, CPU %+.1f %% (at most 10)\n",
           100 * (wall[JAILED] / wall[UNJAILED] - 1), 100 * (cpu[JAILED] / cpu[UNJAILED] - 1));
    printf("vipsthumbnail x  wall %.2f, CPU %.2f (at most 1.5)\n", wall[JAILED] / wall[THUMBNAIL],
           cpu[JAILED] / cpu[THUMBNAIL]);
}

int main(int argc, char **argv) {
    static struct bench bench;
    char folder[] = "/tmp/fengcai-bench-XXXXXX";
    int runs = argc > 3 ? (int)strtol(argv[3], NULL, 10) : RUNS;
    if (argc < 3 || runs < 1 || runs > MOST_RUNS || !mkdtemp(folder))
        return 2;
    setenv("VIPS_NOVECTOR", "1", 1);
    bench.picture = argv[2];
    bench.staging = path_join(folder, "staging", NULL);
    bench.out = path_join(folder, "out.jpg", NULL);
    char *helpers[] = {path_join(argv[1], "libexec/fengcai/picture", NULL),
                       path_join(argv[1], "tests/picture_unjailed", NULL)};
    for (enum way way = JAILED; way < THUMBNAIL; way++)
        bench.nursery[way] = nursery_create(helpers[way]);
    bool good = warm(&bench);
    for (int round = 0; good && round < runs; round++)
        for (int turn = 0; good && turn < WAYS; turn++)
            good = run(&bench, orders[round % ORDERS][turn], round);
    for (enum way way = JAILED; way < THUMBNAIL; way++) {
        bench.cpu_us[way] += children_cpu_us(bench.helper[way]);
        nursery_destroy(bench.nursery[way]);
        free(helpers[way]);
    }
    if (good)
        report(&bench, runs);
    fs_remove_tree(folder);
    free(bench.staging);
    free(bench.out);
    return good ? 0 : 1;
}
