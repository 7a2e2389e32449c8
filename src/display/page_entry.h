/* page_entry.h: a page on which something is typed: a field, what is said of it, and keys; shared
 * by page_{pin,clock,setup}.c */
#pragma once

#include "display/page_desk.h"

struct key_cap {
    const char *label, *beside; /* a label of one letter is drawn large; beside NULL: "" */
    const char *icon;           /* instead of them; NULL: none */
    bool on;
    struct action action; /* taken over */
};

struct typing {
    const char *main, *beside; /* the heading */
    const char *text;          /* what was typed; NULL: dots */
    int dots;
    const char *message, *message_beside; /* "": nothing */
    struct key_cap *caps;
    int count, columns; /* of the keys; as few columns where there is height for that */
};
void page_build_entry(struct sheet *sheet, const struct typing *entry);

/* The ten digits and the eraser; gives how many that is. */
#define ENTRY_DIGITS 11
int page_add_digits(struct key_cap *caps);
/* What stands beside a heading: in the first set-up which step it is; the caller's. */
char *page_step_beside(const struct sheet *sheet, enum word word);
/* Leads from here to the next step. */
struct action page_step_on(const struct sheet *sheet);
