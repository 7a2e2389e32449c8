/* stick_write.h: what is written onto a stick: all that lies in a folder of ours
 *
 * As stick_read.h it is done by a child process. Nothing that lies there is replaced or removed,
 * but a table (.csv) that begins with the same line as ours; no link is followed. A file appears
 * when it is whole. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* What a person takes home: 风采导入报告-2026-10-08-1405.html, 内容台账.csv. The door passes over
 * both. */
#define REPORT_NAME   "风采导入报告"
#define REGISTER_NAME "内容台账"

enum stick_write {
    STICK_WRITE_DONE, /* and on the stick's own memory */
    STICK_WRITE_SAME, /* all of it lay there */
    STICK_WRITE_READ_ONLY,
    STICK_WRITE_FULL,
    STICK_WRITE_FOREIGN, /* a folder of that name is there, and is not template.h's */
    STICK_WRITE_GONE,    /* nothing is mounted there any more */
    STICK_WRITE_ERROR,   /* the stick errs */
    STICK_WRITE_OWN,     /* what was to be written cannot be read, or made */
    STICK_WRITE_DIRTY,   /* it was not closed well: nobody mounts it for writing; told by others */
    STICK_WRITE_STUCK,   /* it does not answer; likewise */
    STICK_WRITE_COUNT
};

/* Copies files and folders of `from` to root. A loose file whose name is taken there gets another
 * one (报告-2.html); what a folder has there already stays as it is. mount: root must be where
 * something is mounted. on_bytes hears of each piece. */
enum stick_write stick_write(const char *from, const char *root, bool mount,
                             void (*on_bytes)(void *user, size_t bytes), void *user);
