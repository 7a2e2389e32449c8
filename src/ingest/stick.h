/* stick.h: sticks that come and go: from udev, from a folder below which they are mounted, or from
 * a recording
 *
 * Nothing here touches a stick's file system, so that a stuck one stalls nobody. One thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define STICK_NAME_SIZE 64 /* sda1, mmcblk0p1; of the folder below which it is mounted */

enum stick_event_kind {
    STICK_PLUGGED,  /* a device with a file system; somebody is to mount it */
    STICK_REFUSED,  /* a device that is not mounted: no file system that we read */
    STICK_NO_MOUNT, /* mounting it went wrong */
    STICK_MOUNTED,  /* it can be read at path */
    STICK_UNMOUNTED,
    STICK_UNPLUGGED
};

/* Texts are valid during the call; NULL: not known. */
struct stick_event {
    enum stick_event_kind kind;
    const char *name;
    const char *label; /* of its file system; PLUGGED */
    const char *path;  /* MOUNTED */
};
typedef void stick_on_event(void *user, const struct stick_event *event);

/* Where events come from. */
struct stick_source {
    int fd; /* to poll for reading; borrowed; -1: none */
    /* Tells of all that has changed. */
    void (*handle)(struct stick_source *source, stick_on_event *on_event, void *user);
    void (*destroy)(struct stick_source *source);
};
void stick_source_destroy(struct stick_source *source); /* NULL is fine */

/* What is mounted below the folder, and folders in it that are not empty; hidden names do not
 * count. NAME.failed beside them says that NAME cannot be mounted. The first handle tells of those
 * that are there. The folder need not be there yet. NULL: reported. */
struct stick_source *stick_watch_folder(const char *folder);

/* Block devices by libudev, likewise. NULL: there is no udev (reported); what is mounted by
 * somebody else is found all the same. */
struct stick_source *stick_watch_udev(void);

/* What udev says of a device, as far as it counts; NULL: it does not say. Pure. */
struct stick_device {
    const char *action;     /* add, change, remove; NULL: it was there */
    const char *name;       /* sda1 */
    const char *subsystem;  /* block */
    const char *type;       /* partition, disk */
    const char *bus;        /* ID_BUS: usb */
    const char *removable;  /* of a card reader: the attribute is 1 */
    const char *usage;      /* ID_FS_USAGE: filesystem */
    const char *filesystem; /* ID_FS_TYPE */
    const char *label;      /* ID_FS_LABEL */
    const char *optical;    /* ID_CDROM: not ours when set */
    const char *part_type;  /* ID_PART_ENTRY_TYPE: firmware's own partition is not ours */
};
/* Whether it is an event of ours, and which. What was there and cannot be read may be what the
 * machine runs from: nothing is said of it. */
bool stick_event_of(const struct stick_device *device, struct stick_event *event);
/* Whether a mount unit takes this type: vfat, exfat, ntfs. */
bool stick_reads(const char *filesystem);
