#include "ingest/tidy.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/radicals.h"
#include "ingest/text.h"
#include "ingest/tidy_rules.h"

/* A round changes what another depends on only where marks are nested; this is for hostile text. */
#define MAX_ROUNDS 8

static const char *const keys[] = {"indents",  "lines",  "spaces",  "punctuation",
                                   "ellipses", "dashes", "radicals"};
static const char *const chinese[] = {"段首空格", "空行",   "汉字间空格", "标点",
                                      "省略号",   "破折号", "部首字"};
static_assert(sizeof keys / sizeof *keys == TIDY_KIND_COUNT, "keys");
static_assert(sizeof chinese / sizeof *chinese == TIDY_KIND_COUNT, "chinese");

/* Most lines hold none of what a rule looks for. */
static bool has_candidate(const char *line) {
    for (uint32_t before = 0, c; (c = utf8_next(&line)); before = c)
        if ((c < 0x80 && strchr(",;:?!()\"'.-", (char)c)) || text_is_space(c) ||
            radical_ideograph(c) != c || (c == 0x3002 && before == c))
            return true;
    return false;
}

static void work_init(struct tidy_work *work, struct tidy *tidy, const char *line, bool name) {
    size_t room = utf8_length(line);
    *work = (struct tidy_work){.tidy = tidy, .name = name};
    work->points = xcalloc(room, sizeof *work->points);
    work->kinds = xcalloc(room, sizeof *work->kinds);
    work->before = xcalloc(room, sizeof *work->before);
    work->after = xcalloc(room, sizeof *work->after);
    work->han = xcalloc(room + 1, sizeof *work->han);
    work->closers = xcalloc(room, sizeof *work->closers);
    for (uint32_t c; (c = utf8_next(&line));) {
        uint32_t han = radical_ideograph(c);
        tidy->counts[TIDY_RADICALS] += han != c;
        work->points[work->count++] = han;
    }
}

static char *work_finish(struct tidy_work *work) {
    struct str out = {0};
    for (size_t i = 0; i < work->count; i++)
        str_add_codepoint(&out, work->points[i]);
    free(work->points);
    free(work->kinds);
    free(work->before);
    free(work->after);
    free(work->han);
    free(work->closers);
    return str_take(&out);
}

static char *run(struct tidy *tidy, const char *line, bool name) {
    if (!has_candidate(line))
        return xstrdup(line);
    struct tidy_work work;
    work_init(&work, tidy, line, name);
    for (int i = 0; i < MAX_ROUNDS && tidy_round(&work); i++)
        ;
    return work_finish(&work);
}

char *tidy_line(struct tidy *tidy, const char *line) {
    return run(tidy, line, false);
}

char *tidy_name(struct tidy *tidy, const char *name) {
    return run(tidy, name, true);
}

/* The paragraph of a line, and what of its ends was dropped. */
static void add_paragraph(struct tidy *tidy, struct str *out, const char *line, size_t size) {
    char *whole = xstrndup(line, size);
    char *paragraph = text_paragraphs(whole);
    if (*paragraph) {
        tidy->counts[TIDY_INDENTS] += !text_starts(whole, paragraph);
        if (out->size)
            str_add_char(out, '\n');
        char *tidied = tidy_line(tidy, paragraph);
        str_add(out, tidied);
        free(tidied);
    }
    free(paragraph);
    free(whole);
}

char *tidy_text(struct tidy *tidy, const char *text) {
    struct str out = {0};
    size_t empty = 0; /* lines since the last paragraph */
    for (;;) {
        size_t size = strcspn(text, "\n"), before = out.size;
        add_paragraph(tidy, &out, text, size);
        empty += out.size == before;
        if (out.size != before) {
            tidy->counts[TIDY_LINES] += before ? empty : 0;
            empty = 0;
        }
        if (!text[size])
            return str_take(&out);
        text += size + 1;
    }
}

size_t tidy_changes(const struct tidy *tidy) {
    size_t all = 0;
    for (int i = 0; i < TIDY_KIND_COUNT; i++)
        all += tidy->counts[i];
    return all;
}

void tidy_add(struct tidy *to, const struct tidy *more) {
    for (int i = 0; i < TIDY_KIND_COUNT; i++)
        to->counts[i] += more->counts[i];
}

const char *tidy_kind_key(enum tidy_kind kind) {
    return keys[kind];
}

const char *tidy_kind_chinese(enum tidy_kind kind) {
    return chinese[kind];
}

json_t *tidy_json(const struct tidy *tidy) {
    json_t *object = json_object();
    for (int i = 0; i < TIDY_KIND_COUNT; i++)
        if (tidy->counts[i])
            json_object_set_new(object, tidy_kind_key((enum tidy_kind)i),
                                json_integer((json_int_t)tidy->counts[i]));
    return object;
}
