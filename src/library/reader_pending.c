#include "library/reader.h"

#include "library/pending.h"
#include "library/reader_private.h"

enum read_result reader_pending(struct reader *reader, enum pending_kind kind,
                                bool (*on_case)(void *user, const struct pending_case *pending),
                                void *user) {
    bool own = false;
    struct session *session = &reader->session;
    enum read_result result = session_enter(session, &own);
    if (result != READ_DONE)
        return result;
    bool good = pending_each(&session->db, kind, session->generation, on_case, user);
    return session_leave(session, own, good);
}

enum read_result reader_load_pending(struct reader *reader, enum pending_kind kind, const char *id,
                                     struct case_record *record) {
    bool own = false;
    struct case_row row;
    struct session *session = &reader->session;
    *record = (struct case_record){0};
    enum read_result result = session_enter(session, &own);
    if (result != READ_DONE)
        return result;
    bool good = pending_find(&session->db, id, kind, true, &row) &&
                (!row.row || reader_load_row(reader, PENDING_GENERATION, row.row, record));
    result = session_leave(session, own, good);
    if (result != READ_DONE)
        case_finish(record);
    return result;
}
