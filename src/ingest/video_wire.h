/* video_wire.h: what keeper and `video` agree on beyond the nursery's own protocol
 *
 * The child answers by a stream of records: BYTES, each followed by its bytes, to be written at
 * their offset (a plain MP4 gets the length of its data when that is known), then POSTER followed
 * by a PNG, then END; or REFUSED at any point. Asked only for what the file says of itself (bare),
 * END comes at once. The keeper believes none of it unchecked. */
#pragma once

#include <stdint.h>

/* Limits, each with its reason. */
#define VIDEO_LONG_SIDE    1920 /* what the usual screen has, and two cores decode in time … */
#define VIDEO_SHORT_SIDE   1088 /* … 1080 in whole blocks of 16, as decoders have it */
#define VIDEO_MAX_FPS      60.5 /* phones' "60" is up to 60.1 by their clocks */
#define VIDEO_MAX_SECONDS  1800 /* a lobby shows minutes; half an hour is a lecture */
#define VIDEO_FILE_BYTES   (512 << 20)  /* four minutes as phones record 1080p */
#define VIDEO_PIECE_BYTES  (256u << 10) /* of the MP4 in one record: four pipes full */
#define VIDEO_POSTER_BYTES (24u << 20)  /* 1920 x 1088 of pure noise as PNG is 6 MiB, 4:1 */
#define VIDEO_POSTER_SIDE  7680         /* the same, with square pixels */
#define VIDEO_JOB_SECONDS  300          /* a worn stick of flash writes 512 MiB in a minute */
#define VIDEO_LOOK_SECONDS 20           /* bare: its head, and a little of what is behind */
#define VIDEO_MEMORY_MB    512          /* 1080p with 16 references and the candidates: 180 */
#define VIDEO_TEXT_SIZE    96           /* of what the file is */

enum video_record_kind { VIDEO_BYTES, VIDEO_POSTER, VIDEO_END, VIDEO_REFUSED };
enum video_reason {
    VIDEO_REASON_FORMAT,
    VIDEO_REASON_BROKEN,
    VIDEO_REASON_TOO_LARGE, /* its picture */
    VIDEO_REASON_TOO_LONG,
    VIDEO_REASON_TOO_BIG, /* its file */
    VIDEO_REASON_NO_MEMORY
};

struct video_request {
    uint32_t bare;
};

struct video_record {
    uint32_t kind;              /* enum video_record_kind */
    uint32_t bytes;             /* BYTES, POSTER: what follows */
    int64_t offset;             /* BYTES */
    int64_t duration_ms;        /* END: what was really read; bare: 0 */
    int32_t width, height;      /* END: upright, with square pixels; POSTER: the same */
    uint32_t muted;             /* END: it has sound of a kind that is not taken */
    uint32_t reason;            /* REFUSED: enum video_reason */
    char text[VIDEO_TEXT_SIZE]; /* REFUSED: printable ASCII, may be "" */
};
