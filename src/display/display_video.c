/* What the browsing mode wants of a video is done, and what comes of it is told there. */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/time.h"
#include "display/display_private.h"

#define PATIENCE_MS  5000 /* for videos that are to end with the program */
#define MOST_LEAVING 2    /* each has some 20 threads and 60 MB until it has ended */

static void leave(struct display *display) {
    struct playing *playing = &display->playing;
    browse_handle_video(&display->browse, &(struct player_news){0}, NULL, 0);
    if (playing->video) {
        video_leave(playing->video);
        display->videos_leaving++;
    }
    free(playing->path);
    *playing = (struct playing){0};
}

/* The size that its frames are wanted in: of their place or, where a GPU stretches them, no more
 * than there is to see. */
static struct video_view view_of(const struct display *display) {
    struct rect place = browse_video_place(&display->browse);
    struct size size = {place.width, place.height}, own = display->browse.page.page.film.size;
    if (display->power.stretches && own.width > 1 && own.width < size.width)
        size = own;
    enum rotation rotation =
        display->power.turns ? presenter_rotation(display->presenter) : ROTATE_0;
    return (struct video_view){size, rotation};
}

static void begin(struct display *display, const struct player_wish *wish,
                  const struct video_view *view) {
    const struct video_params params = {.helpers = display->paths->helpers,
                                        .path = wish->path,
                                        .view = *view,
                                        .sound = wish->sound,
                                        .event_type = display->video_type};
    display->playing = (struct playing){.video = video_create(&params),
                                        .path = xstrdup(wish->path),
                                        .view = *view,
                                        .sound = wish->sound};
    if (!display->playing.video)
        browse_handle_video(&display->browse, &(struct player_news){.failed = true}, NULL,
                            time_monotonic_us());
}

static void follow(struct display *display, const struct player_wish *wish,
                   const struct video_view *view) {
    struct playing *playing = &display->playing;
    if (memcmp(view, &playing->view, sizeof *view) != 0)
        video_set_view(playing->video, view);
    if (wish->order != playing->order)
        video_seek(playing->video, wish->seek_ms, wish->exact, wish->order);
    if (wish->pause != playing->pause)
        video_pause(playing->video, wish->pause);
    if (wish->sound != playing->sound)
        video_set_sound(playing->video, wish->sound);
    playing->view = *view;
    playing->order = wish->order;
    playing->pause = wish->pause;
    playing->sound = wish->sound;
}

void display_play(struct display *display) {
    struct playing *playing = &display->playing;
    struct player_wish wish = player_wish(&display->browse.player);
    if (playing->path && (!wish.path || strcmp(wish.path, playing->path) != 0))
        leave(display);
    if (!wish.path)
        return;
    struct video_view view = view_of(display);
    if (view.size.width <= 0 || view.size.height <= 0) /* its page is being made anew */
        view.size = playing->view.size;
    if (!playing->path && display->videos_leaving >= MOST_LEAVING)
        return; /* the end of one brings us back */
    if (!playing->path)
        begin(display, &wish, &view);
    if (playing->video)
        follow(display, &wish, &view);
}

static void handle_news(struct display *display) {
    struct video_news news;
    video_take(display->playing.video, &news);
    const struct player_news told = {.seen = news.frame,
                                     .ended = news.ended,
                                     .failed = news.failed,
                                     .position_ms = news.position_ms,
                                     .duration_ms = news.duration_ms,
                                     .order = news.order};
    browse_handle_video(&display->browse, &told, news.frame, time_monotonic_us());
}

void display_handle_video(struct display *display, const SDL_UserEvent *event) {
    struct video *video = event->data1;
    if (event->code == VIDEO_GONE) {
        video_join(video);
        display->videos_leaving--;
    } else if (video == display->playing.video) {
        handle_news(display);
    }
}

void display_end_videos(struct display *display) {
    SDL_Event event;
    leave(display);
    int64_t until = time_monotonic_us() + PATIENCE_MS * 1000LL;
    while (display->videos_leaving > 0 && time_monotonic_us() < until)
        if (SDL_WaitEventTimeout(&event, PATIENCE_MS / 10))
            display_drop_event(display, &event);
    if (display->videos_leaving > 0)
        log_error("视频：播放器没有结束 (a player does not end)");
}
