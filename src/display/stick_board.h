/* stick_board.h: the card of sticks, kept by the backstage: reads keeper.json, composes the card
 *
 * It reads when it is told that the file is another, at most three times a second, and when the
 * card changes by itself; it composes only what looks different. While nothing is to be said it
 * wants nothing. One thread: that of the studio. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"
#include "base/paths.h"
#include "display/buffer.h"
#include "display/studio.h"

/* A card as it goes to the screen. */
struct made_card {
    struct buffer *buffer; /* owned; NULL: there is none */
    struct point at;       /* its left top corner, before it is moved */
    struct size screen;    /* that it was made for */
    char *says;            /* owned, never NULL: for tests */
};
void made_card_finish(struct made_card *card); /* zeroed is fine */

struct stick_board;

/* All that it is given must outlive it. Never NULL. */
struct stick_board *stick_board_create(struct studio *studio, const struct paths *paths,
                                       const struct config *config);
void stick_board_destroy(struct stick_board *board); /* NULL is fine */

/* The screen is another, or turned: what was made does not fit any more. */
void stick_board_handle_resize(struct stick_board *board);
/* keeper.json is another; station.db is: there may be a PIN now. */
void stick_board_handle_keeper(struct stick_board *board);
void stick_board_handle_station(struct stick_board *board);
/* When it wants to run; INT64_MAX: not by itself. */
int64_t stick_board_deadline_us(const struct stick_board *board);
/* Does what is due. True: *card, the caller's, is to be shown in the place of the last one. */
bool stick_board_run(struct stick_board *board, int64_t now_us, struct made_card *card);
