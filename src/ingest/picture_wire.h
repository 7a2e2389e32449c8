/* picture_wire.h: what keeper and `picture` agree on beyond the nursery's own protocol
 *
 * The child answers by a stream of records: HEAD, then each rendition as PIECE followed by its
 * bytes (a JPEG; of a code a PNG), then END; or REFUSED at any point. The keeper believes none of
 * it unchecked. */
#pragma once

#include <stdint.h>

/* Limits, each with its reason. */
#define PICTURE_LARGE_SIDE  2560 /* sharp when zoomed, whole on a 4K screen; 15 MB decoded */
#define PICTURE_SCREEN_SIDE 1920 /* the usual screen; decodes in a third of the time of LARGE */
#define PICTURE_THUMB_SIDE  480  /* a card in a list */
#define PICTURE_CODE_SIDE   1024 /* a code is shown at a tenth of a 4K screen */
#define PICTURE_TILE_SHORT  1080 /* a long screenshot at the width of the usual screen */
#define PICTURE_TILE_LONG   2048 /* every GPU has textures of this size; 6.6 MB decoded */
#define PICTURE_TILES       64   /* 131072 pixels long: the longest chat is under 60000 */
#define PICTURE_JPEG_BYTES  (24u << 20) /* 2560 x 2560 of pure noise at quality 90 is 17 MiB */
#define PICTURE_TEXT_SIZE   96          /* of a decoder's complaint */

struct picture_request {
    int32_t megapixels;
    uint32_t code;   /* no photo: RENDITION_CODE is all that is made of it */
    uint32_t bare;   /* only HEAD (width and height) and END: nothing is decoded */
    int32_t crop[4]; /* cut off left, top, right, bottom first, in 1/100000 of its upright side */
};

enum picture_record_kind { PICTURE_HEAD, PICTURE_PIECE, PICTURE_END, PICTURE_REFUSED };
enum picture_reason {
    PICTURE_REASON_FORMAT,
    PICTURE_REASON_BROKEN,
    PICTURE_REASON_TOO_LARGE,
    PICTURE_REASON_NO_MEMORY
};

struct picture_record {
    uint32_t kind;            /* enum picture_record_kind */
    int32_t width, height;    /* HEAD, REFUSED as too large: of the source, upright; else piece */
    uint32_t whole;           /* HEAD */
    int32_t focus_x, focus_y; /* HEAD: thousandths, 0 to 1000 */
    uint32_t role, tile;      /* PIECE: enum rendition_role, and number of a tile */
    uint32_t bytes;           /* PIECE: what follows */
    uint32_t reason;          /* REFUSED: enum picture_reason */
    char text[PICTURE_TEXT_SIZE]; /* REFUSED: printable ASCII, may be "" */
};
