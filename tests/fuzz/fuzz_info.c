/* 信息.txt: bytes of unknown encoding → normalised text → what it says of a case. What comes out of
 * the decoder stays as it is when it is normalised again or read as UTF-8; fields are bounded and
 * normalised, and a case does not end before it starts. */
#include "fuzz.h"

#include <string.h>

#include "base/memory.h"
#include "fuzz_text.h"
#include "ingest/encoding.h"
#include "ingest/info.h"

#define MAX_BYTES   (64u << 10) /* as material.c reads */
#define MAX_REJECTS 21          /* twenty lines, and that there are more */

/* A mark of UTF-8 leaves nothing to be guessed at. */
static void must_read_alike(const char *text) {
    char *marked = xasprintf("\xEF\xBB\xBF%s", text);
    char *again = encoding_decode(marked, strlen(marked));
    must(again && strcmp(again, text) == 0);
    free(again);
    free(marked);
}

static void check_field(const char *text, size_t limit) {
    if (!text)
        return;
    must(*text && strlen(text) <= limit);
    must_be_line(text);
}

static void check_info(const struct info *info) {
    check_field(info->id, 255);
    check_field(info->school, 255);
    check_field(info->title, 255);
    check_field(info->summary, 3072);
    check_field(info->url, 2048);
    must(!info->url || (!strpbrk(info->url, " <>\"") && strstr(info->url, "://")));
    must(!info->has_unit || info->unit < UNIT_COUNT);
    must(!info->valid_until_ms || info->valid_from_ms <= info->valid_until_ms);
}

static void try_text(const char *text) {
    struct info info = {0};
    struct reject_list rejects = {0};
    must_be_normal(text);
    must_read_alike(text);
    info_parse(text, "信息.txt", &info, &rejects);
    check_info(&info);
    must(rejects.count <= MAX_REJECTS);
    for (size_t i = 0; i < rejects.count; i++)
        must(text_valid(rejects.entries[i].detail));
    reject_list_finish(&rejects);
    info_finish(&info);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    char *text = size <= MAX_BYTES ? encoding_decode(bytes, size) : NULL;
    if (text)
        try_text(text);
    free(text);
    return 0;
}
