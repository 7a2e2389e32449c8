#include "command/receipt.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "ingest/hold.h"
#include "ingest/missing.h"
#include "ingest/privacy.h"
#include "ingest/tidy.h"
#include "library/case.h"

const char *receipt_text(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

long long receipt_number(const json_t *object, const char *key) {
    return (long long)json_integer_value(json_object_get(object, key));
}

const char *receipt_section(const json_t *entry) {
    return section_of_keys(receipt_text(entry, "unit"), receipt_text(entry, "level"));
}

size_t receipt_count_waiting(const json_t *receipt) {
    size_t i = 0, count = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(receipt, "cases"), i, entry) {
        count += json_is_true(json_object_get(entry, "waits"));
    }
    return count;
}

/* With the command that shows it again: it is told by the id that was withdrawn. */
static void print_held(const json_t *entry) {
    printf("未导入 (held back)  %s（%s）\n"
           "    这个案例已于 %s %s (the case was withdrawn)\n"
           "    → 如需重新展示，请运行以下命令，再导入一次 (to show it again run this, then import "
           "again):\n"
           "      fengcai allow '%s'\n",
           receipt_text(entry, "title"), receipt_text(entry, "school"), receipt_text(entry, "at"),
           hold_why_name(receipt_text(entry, "why")), receipt_text(entry, "withdrawn"));
}

void receipt_print_held(const json_t *receipt) {
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(receipt, "held"), i, entry) {
        print_held(entry);
    }
}

void receipt_print_rejects(const json_t *receipt, const char *heading) {
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(receipt, "rejects"), i, entry) {
        if (strcmp(receipt_text(entry, "code"), "withdrawn") == 0)
            continue;
        printf("%s  %s\n    %s\n    → %s\n", heading, receipt_text(entry, "path"),
               receipt_text(entry, "text"), receipt_text(entry, "advice"));
        long long more = receipt_number(entry, "more");
        if (more)
            printf("    另有 %lld 项同样如此，没有列出 (%lld more like it are not listed)\n", more,
                   more);
    }
}

/* "某某大学/读书角 正文 2、标题 1" */
static void print_places(const json_t *entry) {
    size_t i = 0;
    const char *before = "";
    json_t *place = NULL;
    json_array_foreach(json_object_get(entry, "places"), i, place) {
        const char *id = receipt_text(place, "id"), *field = receipt_text(place, "field");
        const char *chinese = missing_field_chinese(field);
        if (strcmp(id, before) != 0)
            printf("%s%s ", i ? "；" : "", id);
        else
            fputs("、", stdout);
        printf("%s %lld", chinese ? chinese : field, receipt_number(place, "count"));
        before = id;
    }
    if (receipt_number(entry, "more_places"))
        printf("；另有 %lld 处 (more places)", receipt_number(entry, "more_places"));
    putchar('\n');
}

/* What cannot be seen is told by its code alone. */
static void print_missing_entry(const json_t *entry) {
    const char *kind = receipt_text(entry, "kind"), *chinese = missing_kind_chinese(kind);
    bool seen = strcmp(kind, "private") != 0 && strcmp(kind, "unassigned") != 0;
    printf("%s (%s)  %s%s%s  %s  ×%lld\n    ", chinese ? chinese : "", kind,
           seen ? receipt_text(entry, "text") : "", seen ? "  " : "", receipt_text(entry, "code"),
           receipt_text(entry, "name"), receipt_number(entry, "count"));
    print_places(entry);
}

bool receipt_print_missing(const json_t *receipt) {
    size_t i = 0;
    json_t *entry = NULL, *missing = json_object_get(receipt, "missing");
    json_array_foreach(missing, i, entry) {
        print_missing_entry(entry);
    }
    if (receipt_number(receipt, "missing_more"))
        printf("还有其他字，共 %lld 处 (and others, %lld times)\n",
               receipt_number(receipt, "missing_more"), receipt_number(receipt, "missing_more"));
    return json_array_size(missing) > 0;
}

void receipt_print_masked(const json_t *receipt) {
    size_t i = 0, k = 0;
    json_t *entry = NULL, *mask = NULL;
    json_array_foreach(json_object_get(receipt, "cases"), i, entry) {
        if (json_object_get(entry, "masked"))
            printf("已遮盖个人信息 (masked)  %s（%s）\n", receipt_text(entry, "title"),
                   receipt_text(entry, "school"));
        json_array_foreach(json_object_get(entry, "masked"), k, mask) {
            const char *field = receipt_text(mask, "field");
            const char *chinese = privacy_field_chinese(field);
            printf("    %s %s (%s)  %s  ×%lld\n", chinese ? chinese : field,
                   privacy_key_chinese(receipt_text(mask, "kind")), receipt_text(mask, "kind"),
                   receipt_text(mask, "mask"), receipt_number(mask, "count"));
        }
    }
}

void receipt_print_tidied(const json_t *receipt) {
    json_int_t counts[TIDY_KIND_COUNT] = {0};
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(receipt, "cases"), i, entry) {
        const json_t *tidied = json_object_get(entry, "tidied");
        for (int kind = 0; kind < TIDY_KIND_COUNT; kind++)
            counts[kind] +=
                json_integer_value(json_object_get(tidied, tidy_kind_key((enum tidy_kind)kind)));
    }
    struct str chinese = {0}, english = {0};
    for (int kind = 0; kind < TIDY_KIND_COUNT; kind++)
        if (counts[kind]) {
            str_addf(&chinese, "%s%s %lld", chinese.size ? "，" : "",
                     tidy_kind_chinese((enum tidy_kind)kind), (long long)counts[kind]);
            str_addf(&english, "%s%s %lld", english.size ? ", " : "",
                     tidy_kind_key((enum tidy_kind)kind), (long long)counts[kind]);
        }
    if (chinese.size)
        printf("整理了文字：%s\n"
               "(tidied: %s; “tidy = off” under [text] takes texts as they are typed)\n",
               chinese.data, english.data);
    str_finish(&chinese);
    str_finish(&english);
}
