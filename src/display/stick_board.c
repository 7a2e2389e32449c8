#include "display/stick_board.h"

#include <stdlib.h>
#include <string.h>

#include "base/live.h"
#include "base/memory.h"
#include "base/time.h"
#include "display/stick_card.h"
#include "library/pins.h"

#define EVERY_US 330000           /* a bar that steps so often is smooth enough */
#define ALIVE_US (60 * 1000000LL) /* a keeper that was killed says nothing more */

struct stick_board {
    struct studio *studio;
    const struct paths *paths;
    const struct config *config;
    struct stick_watch watch;
    bool news;       /* the file is another */
    bool pins_known; /* has_pin holds */
    bool has_pin;
    int64_t read_us;    /* when it was read last */
    int64_t due_us;     /* when the card changes by itself; INT64_MAX: never */
    char *says;         /* owned: of the card that was made last */
    struct size screen; /* likewise */
};

void made_card_finish(struct made_card *card) {
    buffer_destroy(card->buffer);
    free(card->says);
    *card = (struct made_card){0};
}

struct stick_board *stick_board_create(struct studio *studio, const struct paths *paths,
                                       const struct config *config) {
    struct stick_board *board = xcalloc(1, sizeof *board);
    board->studio = studio;
    board->paths = paths;
    board->config = config;
    board->news = true;
    board->due_us = INT64_MAX;
    board->says = xstrdup("");
    board->read_us = INT64_MIN / 2;
    return board;
}

void stick_board_destroy(struct stick_board *board) {
    if (!board)
        return;
    stick_watch_finish(&board->watch);
    free(board->says);
    free(board);
}

void stick_board_handle_keeper(struct stick_board *board) {
    board->news = true;
}

void stick_board_handle_station(struct stick_board *board) {
    board->pins_known = false;
    board->news = board->news || stick_watch_is_asking(&board->watch);
}

int64_t stick_board_deadline_us(const struct stick_board *board) {
    int64_t read_us = board->news ? board->read_us + EVERY_US : INT64_MAX;
    return read_us < board->due_us ? read_us : board->due_us;
}

/* Not known: somebody may have one. */
static bool has_pin(struct stick_board *board) {
    int64_t wait_ms = 0;
    if (!board->pins_known && stick_watch_is_asking(&board->watch)) {
        board->has_pin = pins_wait(board->paths->station, time_now_ms(), &wait_ms) != PIN_NONE_SET;
        board->pins_known = true;
    }
    return board->has_pin;
}

static void draw(struct stick_board *board, const struct stick_card *card, struct made_card *made) {
    struct scene scene;
    made->screen = board->screen;
    made->says = xstrdup(board->says);
    if (card->form == STICK_HIDDEN)
        return;
    stick_card_draw(&scene, studio_stage(board->studio), card, &made->at);
    made->buffer = studio_flatten(board->studio, &scene);
    scene_finish(&scene);
}

/* What was made is of a screen that is another now. */
static bool is_outgrown(const struct stick_board *board) {
    struct size size = studio_stage(board->studio)->size;
    return *board->says &&
           (size.width != board->screen.width || size.height != board->screen.height);
}

void stick_board_handle_resize(struct stick_board *board) {
    board->screen = (struct size){0, 0};
}

/* True: it looks different. */
static bool take_over(struct stick_board *board, char *says) {
    bool changed = strcmp(says, board->says) != 0 || is_outgrown(board);
    free(board->says);
    board->says = says;
    board->screen = studio_stage(board->studio)->size;
    return changed;
}

bool stick_board_run(struct stick_board *board, int64_t now_us, struct made_card *made) {
    *made = (struct made_card){0};
    if (now_us < stick_board_deadline_us(board) && !is_outgrown(board))
        return false;
    stick_watch_handle(&board->watch, live_load(board->paths->keeper_live), now_us / 1000);
    board->news = false;
    board->read_us = now_us;
    const struct stick_card_facts facts = {.has_pin = has_pin(board),
                                           .clock = config_shows_frame(board->config)};
    struct stick_card card;
    stick_card_build(&card, &board->watch, &facts, now_us / 1000);
    int64_t alive_us = card.form != STICK_HIDDEN ? now_us + ALIVE_US : INT64_MAX;
    board->due_us = card.until_ms < alive_us / 1000 ? card.until_ms * 1000 + 1000 : alive_us;
    bool changed = take_over(board, stick_card_print(&card));
    if (changed)
        draw(board, &card, made);
    stick_card_finish(&card);
    return changed;
}
