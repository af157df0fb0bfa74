/*
 * textmap.c - from offsets in decoded text back to bytes of the file.
 *
 * Walks the encoded field from its first byte, so no table is kept for the
 * thousands of records that nobody ever points into. What is damaged maps to
 * the nearest byte that exists.
 */
#include "input/textmap.h"

#include "input/envelope.h"
#include "input/marks.h"
#include "input/psql.h"
#include "input/syslogtext.h"

struct walk {
    struct tl_str file;
    size_t at;      /* byte of the file */
    size_t decoded; /* bytes of the decoded field that lie before it */
};

static bool hex_value(struct tl_str s, size_t at, uint32_t *out)
{
    uint32_t value = 0;

    if (s.n < 4 || at > s.n - 4)
        return false;
    for (size_t i = at; i < at + 4; i++) {
        char c = s.p[i];
        uint32_t digit;

        if (c >= '0' && c <= '9')
            digit = (uint32_t)(c - '0');
        else if ((c | 32) >= 'a' && (c | 32) <= 'f')
            digit = (uint32_t)((c | 32) - 'a') + 10;
        else
            return false;
        value = value << 4 | digit;
    }
    *out = value;
    return true;
}

static size_t utf8_bytes(uint32_t codepoint)
{
    if (codepoint < 0x80)
        return 1;
    if (codepoint < 0x800)
        return 2;
    return codepoint < 0x10000 ? 3 : 4;
}

/* Bytes that the escape at `at` takes in the file, and gives when decoded. */
static size_t json_escape(struct tl_str file, size_t at, size_t *decoded)
{
    uint32_t high;
    uint32_t low;

    *decoded = 1;
    if (at + 1 >= file.n)
        return 1;
    if (file.p[at + 1] != 'u')
        return 2;
    if (!hex_value(file, at + 2, &high))
        return 2;
    if (high >= 0xd800 && high < 0xdc00 && at + 7 < file.n &&
        file.p[at + 6] == '\\' && file.p[at + 7] == 'u' &&
        hex_value(file, at + 8, &low) && low >= 0xdc00 && low < 0xe000) {
        *decoded = 4;
        return 12;
    }
    *decoded = utf8_bytes(high);
    return 6;
}

static void step_quoted(struct walk *w, char quote)
{
    bool doubled = w->file.p[w->at] == quote && w->at + 1 < w->file.n &&
                   w->file.p[w->at + 1] == quote;

    w->at += doubled ? 2 : 1;
    w->decoded++;
}

/* False when the offset asked for lies inside what the escape stands for. */
static bool step_json(struct walk *w, size_t wanted)
{
    size_t gives = 1;
    size_t takes = 1;

    if (w->file.p[w->at] == '\\')
        takes = json_escape(w->file, w->at, &gives);
    if (w->decoded + gives > wanted)
        return false;
    w->at += takes;
    w->decoded += gives;
    return true;
}

static void step_tabbed(struct walk *w)
{
    bool newline = w->file.p[w->at] == '\n';

    w->at++;
    w->decoded++;
    if (newline && w->at < w->file.n && w->file.p[w->at] == '\t')
        w->at++;
}

/* Likewise. */
static bool step_marked(struct walk *w, struct marks *m, size_t wanted)
{
    struct mark_step step = marks_next(m, w->file, w->at);

    if (w->decoded + step.gives > wanted)
        return false;
    w->at += step.takes;
    w->decoded += step.gives;
    return true;
}

static bool step(struct walk *w, struct marks *m, size_t wanted)
{
    switch (m->style) {
    case TEXT_CSV:
        step_quoted(w, '"');
        return true;
    case TEXT_QUOTED:
        step_quoted(w, '\'');
        return true;
    case TEXT_TABBED:
        step_tabbed(w);
        return true;
    case TEXT_JSON:
        return step_json(w, wanted);
    case TEXT_PYFORMAT:
    case TEXT_QMARK:
        return step_marked(w, m, wanted);
    case TEXT_PLAIN:
    case TEXT_SYSLOG:
    case TEXT_ENVELOPE:
    case TEXT_HEADED:
    case TEXT_CELL:
        break;
    }
    return false;
}

uint64_t text_map_offset(const struct text_map *map, struct tl_str file,
                         size_t offset)
{
    size_t wanted = map->skip + offset;
    struct walk w = {file, (size_t)map->base, 0};
    struct marks m = {.style = map->encoding};

    if (map->encoding == TEXT_SYSLOG)
        return syslog_offset(map, file, wanted);
    if (map->encoding == TEXT_CELL)
        return psql_offset(map, file, wanted);
    if (map->encoding == TEXT_ENVELOPE || map->encoding == TEXT_HEADED)
        return envelope_offset(map, file, wanted);
    if (map->encoding == TEXT_PLAIN)
        w.at = wanted < file.n - (w.at < file.n ? w.at : file.n) ? w.at + wanted
                                                                 : file.n;
    while (w.decoded < wanted && w.at < file.n)
        if (!step(&w, &m, wanted))
            break;
    return w.at < file.n ? w.at : file.n;
}
