#include "ingest/helper_end.h"

#include <string.h>

#include "base/log.h"
#include "base/memory.h"

static enum reject explain_exit(int status, const struct helper_words *words, char **detail) {
    if (status == NURSERY_EXIT_NO_MEMORY)
        return words->no_memory;
    if (status != NURSERY_EXIT_NO_JAIL)
        return words->crashed;
    log_error("%s无法隔离，文件未读取 (the %s helper cannot be jailed; no file is read)",
              words->name, words->english);
    *detail = xstrdup("无法隔离 (cannot be jailed)");
    return REJECT_HELPER;
}

enum reject helper_end_explain(struct nursery_end end, const struct helper_words *words,
                               char **detail) {
    *detail = NULL;
    switch ((enum nursery_end_kind)end.kind) {
    case NURSERY_EXITED:
        return explain_exit(end.value, words, detail);
    case NURSERY_TOO_SLOW:
        return words->too_slow;
    case NURSERY_HELPER_DIED:
        *detail = xstrdup("意外退出 (ended unexpectedly)");
        return REJECT_HELPER;
    case NURSERY_NO_CHILD:
        log_error("%s无法工作 (the %s helper cannot fork): %s", words->name, words->english,
                  strerror(end.value));
        *detail = xstrdup(strerror(end.value));
        return REJECT_HELPER;
    case NURSERY_KILLED:
        *detail = xstrdup(strsignal(end.value));
        return words->crashed;
    case NURSERY_CANCELLED:
        break;
    }
    return words->crashed;
}
