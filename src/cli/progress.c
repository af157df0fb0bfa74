/*
 * progress.c - how far a long capture is read, for somebody who waits.
 */
#include "cli/progress.h"

#include "base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

/* Whoever waits less needs no line. */
#define PATIENCE 1.0
#define BETWEEN 0.2
#define LINE_MAX_BYTES 80

bool progress_is_due(const struct progress *p, double now)
{
    return p->wanted && now - p->began >= PATIENCE &&
           (!p->visible || now - p->shown >= BETWEEN);
}

static void put_size(char *out, size_t size, uint64_t bytes)
{
    static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB"};
    double n = (double)bytes;
    size_t unit = 0;

    while (n >= 1000 && unit + 1 < sizeof(units) / sizeof(units[0])) {
        n /= 1000;
        unit++;
    }
    snprintf(out, size, unit && n < 10 ? "%.1f %s" : "%.0f %s", n, units[unit]);
}

void progress_text(char *out, size_t size, const char *path, uint64_t done,
                   uint64_t all)
{
    char amount[32];
    const char *slash = strrchr(path, '/');
    unsigned percent = all ? (unsigned)((double)done / (double)all * 100) : 0;

    put_size(amount, sizeof(amount), all);
    snprintf(out, size, "reading %.40s: %u %% of %s", slash ? slash + 1 : path,
             percent, amount);
    for (char *c = out; *c; c++)
        if ((unsigned char)*c < 0x20 || (unsigned char)*c >= 0x7f)
            *c = '?';
}

void progress_init(struct progress *p, bool quiet)
{
    *p = (struct progress){.began = clock_seconds(),
                           .wanted = !quiet && isatty(STDERR_FILENO)};
}

void progress_show(void *arg, const char *path, uint64_t done, uint64_t all)
{
    struct progress *p = arg;
    double now = p->wanted ? clock_seconds() : 0;
    char text[LINE_MAX_BYTES];

    if (!progress_is_due(p, now))
        return;
    progress_text(text, sizeof(text), path, done, all);
    fprintf(stderr, "\r\033[K%s", text);
    fflush(stderr);
    p->visible = true;
    p->shown = now;
}

void progress_end(struct progress *p)
{
    if (p->visible)
        fputs("\r\033[K", stderr);
    p->visible = false;
}
