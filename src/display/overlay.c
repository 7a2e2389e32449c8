#include "display/overlay.h"

#include <math.h>

#include "display/frame.h"

#define OPAQUE         256
#define MINUTE_MS      60000
#define BREATH_US      1600000
#define BREATH_STEP_US 40000 /* so soft a change needs no more than 25 frames a second */

void overlay_parts_finish(struct overlay_parts *parts) {
    for (int i = 0; i < OVERLAY_COUNT; i++)
        buffer_destroy(parts->parts[i].buffer);
    *parts = (struct overlay_parts){0};
}

void overlay_init(struct overlay *overlay, const struct theme *theme, int64_t now_us) {
    *overlay = (struct overlay){
        .theme = theme, .started_us = now_us, .minute = -1, .minute_us = INT64_MAX};
}

void overlay_finish(struct overlay *overlay) {
    overlay_parts_finish(&overlay->parts);
}

struct overlay_wish overlay_wants(struct overlay *overlay, int64_t now_us, int64_t wall_ms) {
    if (!overlay->theme)
        return (struct overlay_wish){.corner = false};
    int64_t minute = wall_ms / MINUTE_MS;
    struct overlay_wish wish = {.corner = minute != overlay->minute, .wall_ms = wall_ms};
    wish.hint = wish.corner && !overlay->parts.parts[OVERLAY_HINT].buffer;
    overlay->minute = minute;
    overlay->minute_us = now_us + (MINUTE_MS - wall_ms % MINUTE_MS) * 1000;
    return wish;
}

static void take(struct overlay_part *part, struct overlay_part *from) {
    buffer_destroy(part->buffer);
    *part = *from;
    *from = (struct overlay_part){0};
}

void overlay_handle_parts(struct overlay *overlay, struct overlay_parts *parts, int64_t now_us) {
    overlay->parts.size = parts->size;
    take(&overlay->parts.parts[OVERLAY_CORNER], &parts->parts[OVERLAY_CORNER]);
    for (int i = OVERLAY_HINT; i <= OVERLAY_LIT; i++)
        if (parts->parts[i].buffer)
            take(&overlay->parts.parts[i], &parts->parts[i]);
    overlay_parts_finish(parts);
    overlay_move(overlay, now_us);
}

void overlay_handle_resize(struct overlay *overlay) {
    overlay_parts_finish(&overlay->parts);
    overlay->minute = -1;
}

void overlay_move(struct overlay *overlay, int64_t now_us) {
    if (overlay->theme)
        overlay->shift = frame_shift(overlay->theme, (now_us - overlay->started_us) / 60000000,
                                     overlay->parts.size);
}

/* Since when the hint has been breathing; below 0: not yet at all. */
static int64_t breath_us(const struct overlay *overlay, int64_t now_us) {
    int64_t every_us = overlay->theme->hint_seconds * 1000000LL,
            since = now_us - overlay->started_us;
    return every_us && since >= every_us ? since % every_us : -1;
}

static int64_t breath_deadline(const struct overlay *overlay, int64_t now_us) {
    int64_t every_us = overlay->theme->hint_seconds * 1000000LL;
    if (!every_us)
        return INT64_MAX;
    int64_t since = breath_us(overlay, now_us);
    if (since >= 0 && since < BREATH_US)
        return now_us - since + (since / BREATH_STEP_US + 1) * BREATH_STEP_US;
    return now_us + every_us - (now_us - overlay->started_us) % every_us;
}

int64_t overlay_deadline(const struct overlay *overlay, int64_t now_us, bool hint) {
    if (!overlay->theme)
        return INT64_MAX;
    int64_t breath = hint && overlay->parts.parts[OVERLAY_LIT].buffer
                         ? breath_deadline(overlay, now_us)
                         : INT64_MAX;
    return breath < overlay->minute_us ? breath : overlay->minute_us;
}

static int breath_alpha(const struct overlay *overlay, int64_t now_us) {
    int64_t since = breath_us(overlay, now_us);
    if (since < 0 || since >= BREATH_US)
        return 0;
    double half = sin(M_PI * (double)since / BREATH_US);
    return (int)(half * half * OPAQUE + 0.5);
}

size_t overlay_place(const struct overlay *overlay, int64_t now_us, bool hint,
                     struct placement placements[OVERLAY_COUNT]) {
    size_t count = 0;
    for (int i = 0; i < OVERLAY_COUNT; i++) {
        const struct overlay_part *part = &overlay->parts.parts[i];
        if (!part->buffer || (i != OVERLAY_CORNER && !hint))
            continue;
        placements[count++] =
            (struct placement){.buffer = part->buffer,
                               .x = part->at.x + overlay->shift.x,
                               .y = part->at.y + overlay->shift.y,
                               .alpha = i == OVERLAY_LIT ? breath_alpha(overlay, now_us) : OPAQUE};
    }
    return count;
}
