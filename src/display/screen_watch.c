#include "display/screen_watch.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <SDL_events.h>
#include <xcb/randr.h>

#include "base/log.h"
#include "base/memory.h"

#define MAX_OUTPUTS 64 /* sockets of a machine with several cards; most have up to 8 */
#define CHANGES                                                                                    \
    (XCB_RANDR_NOTIFY_MASK_SCREEN_CHANGE | XCB_RANDR_NOTIFY_MASK_CRTC_CHANGE |                     \
     XCB_RANDR_NOTIFY_MASK_OUTPUT_CHANGE)

struct screen_watch {
    xcb_connection_t *connection;
    xcb_window_t root;
    struct screen_list list; /* as it was told last; the thread's, once that runs */
    uint32_t event_type;
    pthread_t thread;
    bool started;
};

/* ---- what there is */

/* An output and what feeds it; the caller's, by free(). */
struct output {
    xcb_randr_output_t id;
    xcb_randr_get_output_info_reply_t *info; /* NULL: it went meanwhile */
    xcb_randr_get_crtc_info_reply_t *crtc;   /* NULL: nothing feeds it */
};

struct outputs {
    struct output outputs[MAX_OUTPUTS];
    size_t count;
    xcb_randr_output_t primary;
};

static void outputs_finish(struct outputs *outputs) {
    for (size_t i = 0; i < outputs->count; i++) {
        free(outputs->outputs[i].info);
        free(outputs->outputs[i].crtc);
    }
}

/* All questions before the first answer: the server is asked twice in all, not twice an output. */
static void ask_outputs(xcb_connection_t *to, struct outputs *outputs, xcb_timestamp_t time) {
    xcb_randr_get_output_info_cookie_t infos[MAX_OUTPUTS];
    xcb_randr_get_crtc_info_cookie_t crtcs[MAX_OUTPUTS];
    for (size_t i = 0; i < outputs->count; i++)
        infos[i] = xcb_randr_get_output_info(to, outputs->outputs[i].id, time);
    for (size_t i = 0; i < outputs->count; i++)
        outputs->outputs[i].info = xcb_randr_get_output_info_reply(to, infos[i], NULL);
    for (size_t i = 0; i < outputs->count; i++)
        if (outputs->outputs[i].info && outputs->outputs[i].info->crtc)
            crtcs[i] = xcb_randr_get_crtc_info(to, outputs->outputs[i].info->crtc, time);
    for (size_t i = 0; i < outputs->count; i++)
        if (outputs->outputs[i].info && outputs->outputs[i].info->crtc)
            outputs->outputs[i].crtc = xcb_randr_get_crtc_info_reply(to, crtcs[i], NULL);
}

/* Without looking whether anything new is plugged in: that takes long, and the server does it of
 * itself. False: it does not answer. */
static bool read_outputs(const struct screen_watch *watch, struct outputs *outputs) {
    xcb_connection_t *to = watch->connection;
    xcb_randr_get_screen_resources_current_cookie_t asked =
        xcb_randr_get_screen_resources_current(to, watch->root);
    xcb_randr_get_output_primary_cookie_t asked_primary =
        xcb_randr_get_output_primary(to, watch->root);
    xcb_randr_get_screen_resources_current_reply_t *resources =
        xcb_randr_get_screen_resources_current_reply(to, asked, NULL);
    xcb_randr_get_output_primary_reply_t *primary =
        xcb_randr_get_output_primary_reply(to, asked_primary, NULL);
    *outputs = (struct outputs){.primary = primary ? primary->output : 0};
    bool answered = resources;
    if (answered) {
        const xcb_randr_output_t *ids = xcb_randr_get_screen_resources_current_outputs(resources);
        outputs->count =
            resources->num_outputs < MAX_OUTPUTS ? resources->num_outputs : MAX_OUTPUTS;
        for (size_t i = 0; i < outputs->count; i++)
            outputs->outputs[i].id = ids[i];
        ask_outputs(to, outputs, resources->config_timestamp);
    }
    free(primary);
    free(resources);
    return answered;
}

static void add(struct screen_list *list, const struct output *output) {
    const xcb_randr_get_output_info_reply_t *info = output->info;
    const xcb_randr_get_crtc_info_reply_t *crtc = output->crtc;
    if (!info || info->connection == XCB_RANDR_CONNECTION_DISCONNECTED || !crtc || !crtc->mode)
        return;
    char name[MAX_SCREEN_NAME + 1] = "";
    size_t length = (size_t)xcb_randr_get_output_info_name_length(info);
    memcpy(name, xcb_randr_get_output_info_name(info),
           length < MAX_SCREEN_NAME ? length : MAX_SCREEN_NAME);
    bool aside = crtc->rotation & (XCB_RANDR_ROTATION_ROTATE_90 | XCB_RANDR_ROTATION_ROTATE_270);
    screens_add(list, name, (struct rect){crtc->x, crtc->y, crtc->width, crtc->height},
                (int)(aside ? info->mm_height : info->mm_width));
}

static void list_screens(const struct outputs *outputs, struct screen_list *list) {
    *list = (struct screen_list){.count = 0};
    for (size_t i = 0; i < outputs->count; i++)
        if (outputs->outputs[i].id == outputs->primary)
            add(list, &outputs->outputs[i]);
    for (size_t i = 0; i < outputs->count; i++)
        if (outputs->outputs[i].id != outputs->primary)
            add(list, &outputs->outputs[i]);
}

/* False: the server does not answer. */
static bool read_screens(const struct screen_watch *watch, struct screen_list *list) {
    struct outputs outputs;
    bool answered = read_outputs(watch, &outputs);
    list_screens(&outputs, list);
    outputs_finish(&outputs);
    return answered;
}

/* ---- what changes */

static xcb_screen_t *screen_of(xcb_connection_t *connection, int number) {
    xcb_screen_iterator_t at = xcb_setup_roots_iterator(xcb_get_setup(connection));
    while (at.rem > 1 && number-- > 0)
        xcb_screen_next(&at);
    return at.data;
}

/* 1.3: resources without a look at every socket, and a primary one. */
static bool has_randr(xcb_connection_t *connection) {
    const xcb_query_extension_reply_t *extension =
        xcb_get_extension_data(connection, &xcb_randr_id);
    if (!extension || !extension->present)
        return false;
    xcb_randr_query_version_reply_t *version =
        xcb_randr_query_version_reply(connection, xcb_randr_query_version(connection, 1, 3), NULL);
    bool good = version && (version->major_version > 1 || version->minor_version >= 3);
    free(version);
    return good;
}

struct screen_watch *screen_watch_open(struct screen_list *list) {
    int number = 0;
    struct screen_watch *watch = xcalloc(1, sizeof(*watch));
    watch->connection = xcb_connect(NULL, &number); /* never NULL */
    if (!xcb_connection_has_error(watch->connection) && has_randr(watch->connection)) {
        watch->root = screen_of(watch->connection, number)->root;
        xcb_randr_select_input(watch->connection, watch->root, CHANGES); /* before it is read */
        if (read_screens(watch, &watch->list)) {
            *list = watch->list;
            return watch;
        }
    }
    screen_watch_close(watch);
    return NULL;
}

static void push(const struct screen_watch *watch) {
    struct screen_list *list = xmalloc(sizeof *list);
    *list = watch->list;
    SDL_Event event = {.user = {.type = watch->event_type, .data1 = list}};
    if (SDL_PushEvent(&event) < 0) {
        log_error("SDL_PushEvent: %s", SDL_GetError());
        free(list);
    }
}

/* One change makes many events, which the server sends all at once. */
static bool wait_change(const struct screen_watch *watch) {
    xcb_generic_event_t *event = xcb_wait_for_event(watch->connection);
    bool alive = event;
    for (; event; event = xcb_poll_for_queued_event(watch->connection))
        free(event);
    return alive;
}

/* Until the connection is shut, or the server ended. */
static void *watch_screens(void *data) {
    struct screen_watch *watch = data;
    struct screen_list list;
    while (wait_change(watch)) {
        if (!read_screens(watch, &list) || screens_equal(&list, &watch->list))
            continue;
        watch->list = list;
        push(watch);
    }
    return NULL;
}

bool screen_watch_start(struct screen_watch *watch, uint32_t event_type) {
    watch->event_type = event_type;
    int error = pthread_create(&watch->thread, NULL, watch_screens, watch);
    watch->started = error == 0;
    if (error)
        log_error("pthread_create: %s", strerror(error));
    return watch->started;
}

void screen_watch_close(struct screen_watch *watch) {
    if (!watch)
        return;
    if (watch->started) {
        shutdown(xcb_get_file_descriptor(watch->connection), SHUT_RDWR); /* what it waits for */
        pthread_join(watch->thread, NULL);
    }
    xcb_disconnect(watch->connection);
    free(watch);
}
