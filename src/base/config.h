/* config.h: the one configuration file (INI, by libinih)
 *
 * One row per key in config.c drives the parser, `fengcai config`, config/fengcai.conf, the man
 * page and the test. A mistake is reported as FILE:LINE: [section].key: "value": what is right,
 * and the built-in value stays. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum transition { TRANSITION_CUT, TRANSITION_FADE, TRANSITION_SLIDE };
enum tidy_choice { TIDY_ON, TIDY_OFF };
enum presenter_choice { PRESENTER_AUTO, PRESENTER_SURFACE, PRESENTER_GPU };
enum stick_choice { STICK_TAKE, STICK_ASK };
enum report_choice { REPORT_AUTO, REPORT_OFF };
enum approval_choice { APPROVAL_ONE, APPROVAL_TWO };
enum approve_choice { APPROVE_NOW, APPROVE_HOLD };
enum sound_choice { SOUND_ON, SOUND_OFF };
enum motion_choice { MOTION_AUTO, MOTION_FULL, MOTION_NONE };

/* Bits of loop.slides; a title card stands in for the cover of a case without pictures. */
enum slide_set { SLIDES_COVER = 1, SLIDES_STORY = 2, SLIDES_GALLERY = 4, SLIDES_UNIT = 8 };

#define MAX_SOURCES 32 /* a school has a handful */

/* Where cases come from by themselves: [source NAME]. */
struct source_config {
    char *name; /* 1 to 32 letters, digits, - and _; all texts are owned and never NULL */
    char *url;  /* http:// or https:// */
    char *key; /* a minisign public key "RW…", or the path of a .pub file; a relative one was made
                * one from the configuration's folder; "": unsigned, then url is https:// */
    int every_minutes;
    int unit;    /* of a feed that names none: enum unit + 1; 0: none */
    int approve; /* enum approve_choice */
};

struct config {
    struct {
        char *school, *building, *contact; /* owned, never NULL */
    } site;
    struct {
        int cases;
        int minimum_seconds, maximum_seconds, case_seconds;
        int characters_per_minute;
        int transition; /* enum transition */
        int fade_ms;
        unsigned slides; /* enum slide_set */
        int frame;       /* 1: clock, invitation and time left lie over the slides; 0: nothing */
    } loop;
    struct {
        int presenter;            /* enum presenter_choice */
        int motion;               /* enum motion_choice */
        int rotate;               /* index into 0, 90, 180, 270 degrees clockwise */
        char *screen;             /* which of them, from 0, or by name; owned, never NULL */
        char *brightness_command; /* a program; "": none; owned, never NULL */
        int brightness;           /* percent; 0: as it is */
        char *theme; /* "dark", "light" or a file; a relative path was made one from the
                      * configuration's folder; owned, never NULL */
    } display;
    struct {
        int idle_seconds; /* without a touch until the loop goes on, but for the notice's ten */
        int inches;       /* the screen's diagonal; 0: as it says itself */
    } touch;
    struct {
        char *fallback;       /* font files, separated by colons, tried after the bundled ones */
        char *regular, *bold; /* files of the theme, tried before them; no keys: theme_fill_fonts
                               * sets them; owned; NULL or "": none */
        int tidy;             /* enum tidy_choice */
    } text;
    struct {
        int megapixels, seconds, memory_mb;
    } picture;
    struct {
        int quota; /* percent of the file system */
    } storage;
    struct {
        char *ca_file; /* a path as of theme; "": none; owned, never NULL */
    } network;
    struct {
        char *folder; /* below which sticks are mounted; "": none are looked for; owned */
        int known;    /* enum stick_choice: of a bundle that a source's key signed */
        int report;   /* enum report_choice: after an import that a person ordered from it */
    } stick;
    struct {
        char *volume_command; /* a program; "": none; owned, never NULL */
        int volume;           /* percent */
    } sound;
    struct {
        int sound; /* enum sound_choice */
    } video;
    struct {
        int days;        /* that a case is shown which was loaded here and says no end; 0: no end */
        int notice_days; /* likewise a notice */
    } local;
    struct {
        int mode; /* enum approval_choice: of what is not signed by a source */
    } approval;
    struct source_config *sources; /* owned */
    size_t source_count;           /* at most MAX_SOURCES */
    char *file; /* it was given in so many words; no key; owned; NULL: the usual one */
};

void config_init(struct config *config); /* every key at its default */
/* Reads a file over what is there. False: mistakes were reported; the rest was taken. A file that
 * is not there is a mistake only if `required`. */
bool config_load(struct config *config, const char *path, bool required);
void config_finish(struct config *config);

/* ---- what may be set at the screen, too (library/chosen.h) */

bool config_may_choose(const char *section, const char *name);
/* Lays one such value over what the file said. origin: where it stands, for messages. False: not to
 * be set so, or not a good value: reported, and nothing changed. */
bool config_choose(struct config *config, const char *section, const char *name, const char *value,
                   const char *origin);

/* Whether the frame is shown: with galleries alone nothing lies over a picture. */
bool config_shows_frame(const struct config *config);
void config_print(const struct config *config, FILE *to); /* `fengcai config` */
void config_print_defaults(FILE *to);                     /* the commented default file */
void config_print_scdoc(FILE *to);                        /* the keys for fengcai.conf(5) */
