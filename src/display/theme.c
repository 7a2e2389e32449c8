#include "display/theme.h"

static const struct theme built_in = {
    .ground = 0xFF11151A,
    .panel = 0xFF1B2128,
    .text = 0xFFF3F0E9,
    .dim = 0xFFB4BAC2,
    .on_unit = 0xFFFFFFFF,
    .over_picture = 0xFFFFFFFF,
    .over_picture_dim = 0xFFE6E6E6,
    .scrim = 0x000A0C0F,
    .units =
        {
            [UNIT_PARTY] = {0xFFB3261E, 0xFF5C1512, 0xFFFF8D7E},
            [UNIT_EDUCATION] = {0xFF8F5A00, 0xFF4A2F04, 0xFFF5BC5A},
            [UNIT_SAFETY] = {0xFF1B6E42, 0xFF0D3A24, 0xFF6FD19B},
            [UNIT_SERVICE] = {0xFF1B5FAE, 0xFF0E2F5A, 0xFF82B8FF},
        },
    .margin = 48,
    .gap = 24,
    .radius = 16,
    .title = 84,
    .lead = 60,
    .body = 36,
    .label = 28,
    .leading = 160,
    .title_leading = 126,
    .indent = 0,
    .hang = true,
    .crop_percent = 35,
    .easing = EASING_SMOOTH,
    .drift_percent = 4,
    .drift_seconds = 12,
    .step_seconds = 2,
    .hint_seconds = 20,
    .shift_minutes = 5,
};

const struct theme *theme_default(void) {
    return &built_in;
}
