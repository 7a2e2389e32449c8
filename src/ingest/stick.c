#include "ingest/stick.h"

#include <string.h>

void stick_source_destroy(struct stick_source *source) {
    if (source)
        source->destroy(source);
}

static bool is(const char *value, const char *what) {
    return value && strcmp(value, what) == 0;
}

bool stick_reads(const char *filesystem) {
    return is(filesystem, "vfat") || is(filesystem, "exfat") || is(filesystem, "ntfs");
}

#define FIRMWARE "c12a7328-f81f-11d2-ba4b-00a0c93ec93b" /* the EFI system partition of a GPT */

/* Of a USB device or in a card reader; the machine's own disks are neither. */
static bool may_be_a_stick(const struct stick_device *device) {
    size_t length = device->name ? strlen(device->name) : 0;
    return length && length < STICK_NAME_SIZE && device->name[0] != '.' &&
           !strchr(device->name, '/') && is(device->subsystem, "block") &&
           (is(device->type, "disk") || is(device->type, "partition")) &&
           (is(device->bus, "usb") || is(device->removable, "1")) && !device->optical &&
           !is(device->part_type, FIRMWARE);
}

/* A disk with partitions has no file system itself, nor has a reader that has lost its card. */
bool stick_event_of(const struct stick_device *device, struct stick_event *event) {
    bool there = is(device->usage, "filesystem"), changed = is(device->action, "change");
    if (!may_be_a_stick(device))
        return false;
    *event = (struct stick_event){.kind = STICK_UNPLUGGED, .name = device->name};
    if (is(device->action, "remove") || (changed && !there))
        return true;
    event->label = device->label;
    event->kind = stick_reads(device->filesystem) ? STICK_PLUGGED : STICK_REFUSED;
    return there && (!device->action || changed || is(device->action, "add")) &&
           (event->kind == STICK_PLUGGED || device->action);
}
