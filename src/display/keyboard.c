#include "display/keyboard.h"

#include <string.h>

#define MAX_COLUMNS 13
#define MAX_ROWS    8
#define MAX_CELLS   (MAX_COLUMNS * MAX_ROWS)
#define LETTERS     26
#define DIGITS      10

/* A cell for each character: a letter or digit, '<' erase, '_' space (as many as stand in a row are
 * one key), '#' the next layer, ' ' nothing. */
struct arrangement {
    int columns, rows, layers;
    const char *cells[2]; /* of each layer */
    char first[2], last[2];
};

static const struct arrangement arrangements[] = {
    {10, 4, 1, {"1234567890qwertyuiopasdfghjkl<zxcvbnm___"}, {'q'}, {'m'}},
    {13, 3, 1, {"qwertyuiop123asdfghjkl<456zxcvbnm__0789"}, {'q'}, {'m'}},
    {10,
     3,
     2,
     {"qwertyuiopasdfghjkl<zxcvbnm#__", "1234567890         <       #__"},
     {'a', '0'},
     {'z', '9'}},
};

static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789";

/* How many that are at least so long fit into a length. */
static int fitting(int length, int least, int gap, int most) {
    int count = least > 0 ? (length + gap) / (least + gap) : 0;
    return count < most ? count : most;
}

static struct rect cell_place(const struct keyboard *keyboard, const struct keyboard_room *room,
                              int cell, int cells) {
    struct rect place = keyboard->place;
    int column = cell % keyboard->columns, row = cell / keyboard->columns;
    int left = column * (place.width + room->gap) / keyboard->columns;
    int right = (column + cells) * (place.width + room->gap) / keyboard->columns - room->gap;
    int pitch = (place.height + room->gap) / keyboard->rows;
    return (struct rect){place.x + left, place.y + row * pitch, right - left, pitch - room->gap};
}

static enum keyboard_kind kind_of(char cell) {
    switch (cell) {
    case '_':
        return KEYBOARD_SPACE;
    case '<':
        return KEYBOARD_ERASE;
    case '#':
        return KEYBOARD_LAYER;
    default:
        return KEYBOARD_LETTER;
    }
}

/* first, last: of the layer that comes next. */
static void set_keys(struct keyboard *keyboard, const struct keyboard_room *room, const char *cells,
                     char first, char last) {
    int height = (room->area.height + room->gap) / keyboard->rows - room->gap;
    height = height < room->most ? height : room->most;
    height = height * keyboard->rows + room->gap * (keyboard->rows - 1);
    keyboard->place = (struct rect){room->area.x, room->area.y + room->area.height - height,
                                    room->area.width, height};
    int count = keyboard->columns * keyboard->rows, step = 1;
    for (int i = 0; i < count; i += step) {
        step = 1;
        while (cells[i] == '_' && i + step < count && cells[i + step] == '_')
            step++;
        if (cells[i] == ' ')
            continue;
        struct keyboard_key *key = &keyboard->keys[keyboard->count++];
        *key = (struct keyboard_key){.kind = kind_of(cells[i]),
                                     .place = cell_place(keyboard, room, i, step)};
        key->letter = key->kind == KEYBOARD_LAYER ? first : cells[i];
        key->last = key->kind == KEYBOARD_LAYER ? last : cells[i];
    }
}

static bool arrange(struct keyboard *keyboard, const struct keyboard_room *room, int columns,
                    int rows, int layer) {
    for (size_t i = 0; i < sizeof arrangements / sizeof *arrangements; i++) {
        const struct arrangement *at = arrangements + i;
        if (at->columns > columns || at->rows > rows)
            continue;
        *keyboard =
            (struct keyboard){.columns = at->columns, .rows = at->rows, .layers = at->layers};
        int now = layer % at->layers, next = (now + 1) % at->layers;
        set_keys(keyboard, room, at->cells[now], at->first[next], at->last[next]);
        return true;
    }
    return false;
}

/* All in one layer: then the fewest rows, and as few columns as serve for those. */
static bool grid(struct keyboard *keyboard, const struct keyboard_room *room, int columns,
                 int rows) {
    const int all = LETTERS + DIGITS + 2; /* space and erase */
    if (columns * rows < all)
        return false;
    rows = (all + columns - 1) / columns;
    columns = (all + rows - 1) / rows;
    char cells[MAX_CELLS];
    memset(cells, '_', sizeof cells);
    memcpy(cells, alphabet, LETTERS + DIGITS);
    cells[columns * rows - 1] = '<';
    *keyboard =
        (struct keyboard){.columns = columns, .rows = rows, .layers = 1, .alphabetical = true};
    set_keys(keyboard, room, cells, 'a', '9');
    return true;
}

struct part {
    int start, end; /* in the alphabet */
};

/* Letters and digits do not share a layer. */
static struct part part_of(int layer, int layers_of_letters, int each) {
    bool digits = layer >= layers_of_letters;
    int start = digits ? LETTERS + (layer - layers_of_letters) * each : layer * each;
    int end = start + each, limit = digits ? LETTERS + DIGITS : LETTERS;
    return (struct part){start, end < limit ? end : limit};
}

/* Equal shares of `count` for layers that hold at most `each`. */
static int even(int count, int each) {
    int layers = (count + each - 1) / each;
    return (count + layers - 1) / layers;
}

static bool grid_in_layers(struct keyboard *keyboard, const struct keyboard_room *room, int columns,
                           int rows, int layer) {
    const int others = 3; /* space, layer, erase: in the last row */
    if (columns < others || columns * rows <= others)
        return false;
    int room_for = columns * rows - others, each = even(LETTERS, room_for);
    int of_letters = (LETTERS + each - 1) / each, layers = of_letters + (DIGITS + each - 1) / each;
    struct part now = part_of(layer % layers, of_letters, each);
    struct part next = part_of((layer + 1) % layers, of_letters, each);
    char cells[MAX_CELLS];
    memset(cells, ' ', sizeof cells);
    memcpy(cells, alphabet + now.start, (size_t)(now.end - now.start));
    int last = columns * rows, from = last - columns;
    from = from > now.end - now.start ? from : now.end - now.start;
    memset(cells + from, '_', (size_t)(last - 2 - from));
    cells[last - 2] = '#';
    cells[last - 1] = '<';
    *keyboard =
        (struct keyboard){.columns = columns, .rows = rows, .layers = layers, .alphabetical = true};
    set_keys(keyboard, room, cells, alphabet[next.start], alphabet[next.end - 1]);
    return true;
}

bool keyboard_build(const struct keyboard_room *room, int layer, struct keyboard *keyboard) {
    *keyboard = (struct keyboard){0};
    layer = layer < 0 ? 0 : layer;
    int columns = fitting(room->area.width, room->least, room->gap, MAX_COLUMNS);
    int rows = fitting(room->area.height, room->least, room->gap, MAX_ROWS);
    if (columns < 1 || rows < 1)
        return false;
    return arrange(keyboard, room, columns, rows, layer) || grid(keyboard, room, columns, rows) ||
           grid_in_layers(keyboard, room, columns, rows, layer);
}
