#include "command/command.h"

#include <stdlib.h>

#include <jansson.h>

#include "base/str.h"
#include "command/reading.h"
#include "library/search.h"

#define LIMIT     20
#define LIMIT_MAX 10000 /* more than anybody reads; a program may want them all */

struct search_options {
    bool json;
    int limit; /* 0: LIMIT */
};

struct asking {
    struct search *search;
    const char *query;
    int64_t now_ms;
    size_t limit;
    struct search_hits hits;
};

static const char *const field_keys[] = {[SEARCH_TITLE] = "title",
                                         [SEARCH_SCHOOL] = "school",
                                         [SEARCH_SUMMARY] = "summary",
                                         [SEARCH_BODY] = "body",
                                         [SEARCH_UNIT] = "unit"};

static enum read_result ask(void *user) {
    struct asking *asking = user;
    return search_find(asking->search, asking->query, asking->now_ms, asking->limit, &asking->hits);
}

/* mark: bytes of the excerpt. */
static json_t *hit_json(const struct search_hit *hit) {
    char feed[CASE_FEED_SIZE];
    const char *id = case_own_id(hit->id, feed);
    return json_pack("{s:s, s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:[I, I]}", "id", id, "feed",
                     *feed ? json_string(feed) : json_null(), "unit", unit_key(hit->unit), "phase",
                     phase_key(hit->phase), "school", hit->school, "title", hit->title, "field",
                     field_keys[hit->field], "excerpt", hit->excerpt, "mark",
                     (json_int_t)hit->mark.start, (json_int_t)hit->mark.end);
}

static void print_json(const struct search_hits *hits) {
    json_t *array = json_array();
    for (size_t i = 0; i < hits->count; i++)
        json_array_append_new(array, hit_json(hits->items + i));
    json_t *root = json_pack("{s:I, s:b, s:o}", "total", (json_int_t)hits->total, "more",
                             hits->total >= SEARCH_COUNT_LIMIT, "hits", array);
    json_dumpf(root, stdout, JSON_INDENT(1));
    putchar('\n');
    json_decref(root);
}

/* The hit between brackets that no text has. */
static void print_excerpt(const struct search_hit *hit) {
    const char *text = hit->excerpt;
    printf("%.*s⟦%.*s⟧%s\n", (int)hit->mark.start, text, (int)(hit->mark.end - hit->mark.start),
           text + hit->mark.start, text + hit->mark.end);
}

static void print_lines(const struct search_hits *hits) {
    for (size_t i = 0; i < hits->count; i++) {
        const struct search_hit *hit = hits->items + i;
        printf("%s\t%s\t%s\t", unit_name(hit->unit), hit->school, hit->title);
        print_excerpt(hit);
    }
    if (!hits->count)
        puts("没有找到 (nothing was found)");
}

static char *join_words(int argc, char **argv) {
    struct str query = {0};
    for (int i = 0; i < argc; i++) {
        str_add(&query, i ? " " : "");
        str_add(&query, argv[i]);
    }
    return str_take(&query);
}

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct search_options *options = values;
    if (argc == 0 || options->limit < 0 || options->limit > LIMIT_MAX)
        return command_usage(&command_search);
    char *query = join_words(argc, argv);
    struct asking asking = {.search = search_open(context->paths.library),
                            .query = query,
                            .now_ms = reading_now_ms(&context->paths),
                            .limit = options->limit ? (size_t)options->limit : LIMIT};
    int code = reading_code(&context->paths, reading_wait(ask, &asking));
    if (code == EXIT_DONE && options->json)
        print_json(&asking.hits);
    else if (code == EXIT_DONE)
        print_lines(&asking.hits);
    search_hits_finish(&asking.hits);
    search_close(asking.search);
    free(query);
    return code;
}

#define AT(field) offsetof(struct search_options, field)
static const struct option options[] = {
    {"json", OPTION_FLAG, NULL, AT(json), "Print an object", "以 JSON 打印", NULL},
    {"limit", OPTION_NUMBER, "N", AT(limit), "How many at most (20)", "最多几个（20）", NULL},
    {0},
};
#undef AT

const struct command command_search = {"search",
                                       "QUERY...",
                                       "Find cases by what is typed: Chinese, pinyin, Latin",
                                       "搜索案例：汉字、拼音（首字母或全拼）、字母数字",
                                       options,
                                       sizeof(struct search_options),
                                       false,
                                       run};
