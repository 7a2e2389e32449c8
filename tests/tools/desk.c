/* usage: desk STATE ask KIND ARGUMENTS [BY]   leaves a request, prints its uid
 *        desk STATE wait UID SECONDS          prints "good|bad message_zh (message)" and its
 * receipt desk STATE done                      prints how many requests were answered, and lie
 * there
 *
 * What the panel does, from the command line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/paths.h"
#include "library/desk.h"

static int ask(const struct paths *paths, int count, char **words) {
    struct station *station = station_open(paths->station, DB_WRITE, NULL);
    struct desk_request request = {
        .kind = words[0], .arguments = words[1], .by = count > 2 ? words[2] : NULL};
    bool good = station && desk_ask(station, &request);
    if (good)
        puts(request.uid);
    station_close(station);
    return good ? 0 : 1;
}

static int wait_for(const struct paths *paths, const char *uid, int seconds) {
    struct desk_answer answer = {0};
    for (int i = 0; i < seconds * 20; i++) {
        if (!desk_answer(paths->ledger, uid, &answer))
            return 1;
        if (answer.done)
            break;
        nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    }
    if (!answer.done)
        return 2;
    printf("%s %s (%s)\n%s\n", answer.good ? "good" : "bad", answer.message_zh, answer.message,
           answer.receipt);
    desk_answer_finish(&answer);
    return 0;
}

struct counts {
    const struct paths *paths;
    int answered, lying;
};

static bool on_request(void *user, const struct desk_request *request) {
    struct counts *counts = user;
    struct desk_answer answer = {0};
    desk_answer(counts->paths->ledger, request->uid, &answer);
    counts->answered += answer.done;
    counts->lying++;
    desk_answer_finish(&answer);
    return true;
}

static int count(const struct paths *paths) {
    struct counts counts = {.paths = paths};
    struct station *station = station_open(paths->station, DB_READ_WAITING, NULL);
    bool good = station && desk_each(station, on_request, &counts);
    printf("%d of %d answered\n", counts.answered, counts.lying);
    station_close(station);
    return good ? 0 : 1;
}

int main(int argc, char **argv) {
    struct paths paths;
    if (argc < 3 || !paths_init(&paths, argv[1], NULL))
        return 2;
    int code = 2;
    if (argc >= 5 && strcmp(argv[2], "ask") == 0)
        code = ask(&paths, argc - 3, argv + 3);
    else if (argc == 5 && strcmp(argv[2], "wait") == 0)
        code = wait_for(&paths, argv[3], (int)strtol(argv[4], NULL, 10));
    else if (strcmp(argv[2], "done") == 0)
        code = count(&paths);
    paths_finish(&paths);
    return code;
}
