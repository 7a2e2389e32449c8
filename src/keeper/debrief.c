#include "keeper/debrief.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/markup.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "base/webpage.h"
#include "ingest/stick_write.h"
#include "keeper/debrief_parts.h"
#include "keeper/register.h"

#define NAME     REPORT_NAME
#define REGISTER REGISTER_NAME ".csv"

/* ---- texts */

void debrief_put_both(FILE *to, const char *text) {
    const char *english = strstr(text, " (");
    if (!english || !text_ends(text, ")")) {
        markup_text(to, text);
        return;
    }
    char *chinese = xasprintf("%.*s", (int)(english - text), text);
    char *inner = xasprintf("%.*s", (int)strlen(english) - 3, english + 2);
    markup_text(to, chinese);
    fputs(" <span class=\"en\">", to);
    markup_text(to, inner);
    fputs("</span>", to);
    free(chinese);
    free(inner);
}

/* What is left of the path below the source, of the source itself its name. */
static const char *below(const char *path, const char *source) {
    size_t size = source ? strlen(source) : 0;
    while (size > 1 && source[size - 1] == '/')
        size--;
    if (!size || strncmp(path, source, size) != 0)
        return path;
    if (path[size] == '/' && path[size + 1])
        return path + size + 1;
    return path[size] ? path : path_name(path);
}

void debrief_put_path(FILE *to, const char *path, const char *source) {
    const char *rest = below(path, source), *name = strrchr(rest, '/');
    if (!name || strstr(rest, "://")) {
        fputs("<b>", to);
        markup_text(to, rest);
        fputs("</b>", to);
        return;
    }
    fputs("<span class=\"folders\">", to);
    for (const char *at = rest; at <= name;) {
        size_t part = strcspn(at, "/");
        char *folder = xasprintf("%.*s", (int)part, at);
        markup_text(to, folder);
        if (part)
            fputs(" › ", to);
        free(folder);
        at += part + 1;
    }
    fputs("</span><b>", to);
    markup_text(to, name + 1);
    fputs("</b>", to);
}

/* ---- the page */

static void put_named(FILE *to, const char *chinese, const char *english, const char *value) {
    if (text_empty(value))
        return;
    fprintf(to, "<span class=\"fact\">%s <span class=\"en\">%s</span>：", chinese, english);
    markup_text(to, value);
    fputs("</span>\n", to);
}

static void put_place(FILE *to, const struct config *config) {
    const char *school = config->site.school, *building = config->site.building;
    if (!*school && !*building)
        return;
    fputs("<p class=\"place\">", to);
    markup_text(to, school);
    fputs(*school && *building ? " · " : "", to);
    markup_text(to, building);
    fputs("</p>\n", to);
}

static void put_header(FILE *to, const struct debrief *debrief) {
    const json_t *receipt = debrief->receipt;
    const char *time = debrief_text(receipt, "time");
    char *when = strlen(time) >= 16 ? xasprintf("%.10s %.5s", time, time + 11) : xstrdup(time);
    fputs("<header><h1>" NAME " <span class=\"en\">Import report</span></h1>\n", to);
    put_place(to, debrief->config);
    fputs("<p>", to);
    put_named(to, "导入", "imported", when);
    put_named(to, "来源", "from", debrief->source ? path_name(debrief->source) : NULL);
    put_named(to, "录入", "by", debrief_text(receipt, "by"));
    put_named(to, "审核", "approved by", debrief_text(receipt, "approved_by"));
    fputs("</p></header>\n", to);
    free(when);
}

static void put_footer(FILE *to, const struct debrief *debrief) {
    char made[TIME_TEXT_SIZE];
    time_format(debrief->made_ms, made);
    fprintf(
        to,
        "<footer><p>同一文件夹里的“" REGISTER "”列出屏幕上的每个案例：来源、录入、审核、展示起止和"
        "校验值。 <span class=\"en\">The file beside it lists each case that is shown.</span></p>\n"
        "<p>生成于 %.10s %.5s，fengcai " FENGCAI_VERSION "</p></footer>\n",
        made, made + 11);
}

void debrief_write(const struct debrief *debrief, FILE *to) {
    struct debrief_facts facts;
    debrief_gather(&facts, debrief);
    webpage_begin(to, NAME, debrief_style, true);
    put_header(to, debrief);
    debrief_put_verdict(&facts, to);
    debrief_put_tasks(&facts, to);
    debrief_put_hints(&facts, to);
    debrief_put_cases(&facts, to);
    debrief_put_interest(&facts, to);
    debrief_put_health(&facts, to);
    put_footer(to, debrief);
    webpage_end(to);
    debrief_facts_finish(&facts);
}

/* ---- files */

char *debrief_path(const char *folder, int64_t made_ms) {
    char made[TIME_TEXT_SIZE];
    time_format(made_ms, made);
    char *name = xasprintf(NAME "-%.10s-%.2s%.2s.html", made, made + 11, made + 14);
    char *path = path_join(folder, name, NULL);
    free(name);
    return path;
}

static bool save_register(const struct debrief *debrief, const char *page) {
    struct outfile out;
    char *path = path_beside(page, REGISTER);
    bool good = outfile_open(&out, path);
    if (good) {
        bool read = register_write(debrief->paths, out.stream);
        good = outfile_commit(&out, true) && read;
    }
    free(path);
    return good;
}

bool debrief_save(const struct debrief *debrief, const char *path) {
    struct outfile out;
    if (!outfile_open(&out, path))
        return false;
    debrief_write(debrief, out.stream);
    return outfile_commit(&out, true) && save_register(debrief, path);
}
