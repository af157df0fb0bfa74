/*
 * envelope.c - texts that stand in a collector's entries, piece by piece.
 */
#include "input/envelope.h"

#include "input/linehead.h"

/* Docker cuts lines at 16 KiB; the last piece alone ends in a line break. What
   is looked at may lack the log_line_prefix. */
#define PIECE_MIN ((size_t)15000)

/* ---- JSON ---- */

static size_t line_end(struct tl_str s, size_t at)
{
    const char *newline = at < s.n ? memchr(s.p + at, '\n', s.n - at) : NULL;

    return newline ? (size_t)(newline - s.p) : s.n;
}

static bool is_word_byte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '+' || c == '.' || c == 'E';
}

/* A number, true, false or null. */
static bool is_scalar(struct tl_str s)
{
    if (tl_str_is(s, "true") || tl_str_is(s, "false") || tl_str_is(s, "null"))
        return true;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= 'a' && s.p[i] <= 'z' && s.p[i] != 'e')
            return false;
    return s.n > 0;
}

/* Behind what may stand between entries: lists, members of what holds them.
   False where that is no JSON. */
static bool skip_token(struct tl_str file, size_t *at)
{
    bool escaped;
    size_t start = *at;
    size_t end = start;

    if (strchr(" \t\r\n,:[]}", file.p[start]) && file.p[start]) {
        ++*at;
        return true;
    }
    if (file.p[start] == '"') {
        end = json_string_end(file, start, &escaped);
        *at = end ? end : start;
        return end && !memchr(file.p + start, '\n', end - start);
    }
    while (end < file.n && is_word_byte(file.p[end]))
        end++;
    if (!is_scalar((struct tl_str){file.p + start, end - start}))
        return false;
    *at = end;
    return true;
}

static void break_off(struct tl_str file, size_t at, struct envelope *out)
{
    out->found = ENVELOPE_BROKEN;
    out->broken = at;
    out->end = line_end(file, at);
}

/* False for a list: its entries are the next ones. */
static bool take_entry(struct tl_str file, size_t at, struct envelope *out)
{
    out->entry =
        (struct json_entry){.text = file, .at = at, .may_hold_list = true};
    enum json_found found = json_entry_read(&out->entry);

    out->end = out->entry.at;
    if (found == JSON_BROKEN)
        break_off(file, out->entry.at, out);
    return found != JSON_LIST;
}

void envelope_next(struct tl_str file, size_t at, struct envelope *out)
{
    out->found = ENVELOPE_ENTRY;
    while (at < file.n) {
        out->start = at;
        if (file.p[at] == '{') {
            if (take_entry(file, at, out))
                return;
            at = out->end;
        } else if (!skip_token(file, &at)) {
            break_off(file, out->start, out);
            return;
        }
    }
    *out = (struct envelope){.found = ENVELOPE_END, .end = file.n};
}

struct json_value envelope_text(const struct json_entry *e)
{
    struct json_value none = {.present = false};

    if (e->values[JSON_SEVERITY].present)
        return none;
    return e->values[JSON_TEXT].present ? e->values[JSON_TEXT]
                                        : e->values[JSON_MESSAGE];
}

/* ---- the walk ---- */

struct walk {
    struct tl_str file;
    enum text_encoding encoding;
    size_t at;        /* byte of the file that the next decoded one stands at */
    size_t piece_end; /* of the string, or of the line */
    bool partial;     /* the next piece goes on in the same line */
    size_t end;       /* of the text */
};

static void set_string(struct walk *w, size_t at, size_t end)
{
    struct tl_str raw = {w->file.p + at, end - at};

    w->at = at;
    w->piece_end = end;
    w->partial = raw.n >= PIECE_MIN && memcmp(raw.p + raw.n - 2, "\\n", 2) != 0;
}

static void set_line(struct walk *w, size_t start, size_t at, size_t end)
{
    struct line_head head;

    (void)line_head_read((struct tl_str){w->file.p + start, end - start},
                         &head);
    w->at = at > start + head.body ? at : start + head.body;
    w->piece_end = end;
    w->partial = head.partial;
}

static size_t line_start(struct tl_str file, size_t at)
{
    const char *newline = at ? memrchr(file.p, '\n', at) : NULL;

    return newline ? (size_t)(newline - file.p) + 1 : 0;
}

/* Behind the piece: the next one; false at the end of the text. */
static bool next_piece(struct walk *w)
{
    struct envelope next = {.end = w->piece_end + 1};

    if (w->encoding == TEXT_HEADED) {
        size_t start = line_end(w->file, w->piece_end) + 1;

        if (start >= w->end)
            return false;
        set_line(w, start, start, line_end(w->file, start));
        return true;
    }
    do {
        envelope_next(w->file, next.end, &next);
        struct tl_str raw = envelope_text(&next.entry).raw;
        if (next.found != ENVELOPE_ENTRY || next.start >= w->end)
            return false;
        if (raw.n) {
            size_t start = (size_t)(raw.p - w->file.p);

            set_string(w, start, start + raw.n);
            return true;
        }
    } while (true);
}

static void begin(struct walk *w, enum text_encoding encoding,
                  struct tl_str file, size_t start, size_t end)
{
    bool escaped;

    *w = (struct walk){.file = file, .encoding = encoding, .at = start};
    w->end = end < file.n ? end : file.n;
    if (start >= w->end || start == 0)
        return;
    if (encoding == TEXT_HEADED) {
        set_line(w, line_start(file, start), start, line_end(file, start));
        return;
    }
    size_t quote = json_string_end(file, start - 1, &escaped);
    set_string(w, start, quote ? quote - 1 : file.n);
}

/* PostgreSQL writes one behind each line break; it is not the text's. */
static void skip_tab(struct walk *w)
{
    size_t left = w->piece_end - w->at;

    if (left >= 1 && w->file.p[w->at] == '\t')
        w->at++;
    else if (w->encoding == TEXT_ENVELOPE && left >= 2 &&
             memcmp(w->file.p + w->at, "\\t", 2) == 0)
        w->at += 2;
}

static void step_piece(struct walk *w, struct buf *out)
{
    bool partial = w->partial;

    if (!next_piece(w)) {
        w->at = w->end;
        return;
    }
    if (partial)
        return;
    buf_char(out, '\n');
    skip_tab(w);
}

/* Bytes of the escape at w->at. */
static size_t escape_size(const struct walk *w)
{
    size_t left = w->piece_end - w->at;
    size_t n = 2;

    if (left > 1 && w->file.p[w->at + 1] == 'u') {
        n = 6;
        /* Halves of what lies beyond 16 bits come in pairs. */
        if (left >= 12 && (w->file.p[w->at + 2] | 32) == 'd' &&
            strchr("89abAB", w->file.p[w->at + 3]) &&
            memcmp(w->file.p + w->at + 6, "\\u", 2) == 0)
            n = 12;
    }
    return n < left ? n : left;
}

static void step_escape(struct walk *w, struct buf *out, struct buf *scratch)
{
    size_t n = escape_size(w);
    struct tl_str raw = {w->file.p + w->at, n};

    w->at += n;
    if (n == 2 && raw.p[1] == 'n') {
        /* At the end it is that of the line. */
        if (w->at >= w->piece_end)
            return;
        buf_char(out, '\n');
        skip_tab(w);
        return;
    }
    json_decode(raw, scratch);
    buf_str(out, buf_view(scratch));
}

/* The next decoded bytes, no more than `most` of those that stand for
   themselves; false at the end of the text. */
static bool step(struct walk *w, struct buf *out, struct buf *scratch,
                 size_t most)
{
    size_t stop = w->piece_end < w->end ? w->piece_end : w->end;

    if (w->at >= w->end)
        return false;
    if (w->at >= stop) {
        step_piece(w, out);
        return true;
    }
    const char *slash = w->encoding == TEXT_ENVELOPE
                            ? memchr(w->file.p + w->at, '\\', stop - w->at)
                            : NULL;
    size_t n = (slash ? (size_t)(slash - w->file.p) : stop) - w->at;
    if (!n) {
        step_escape(w, out, scratch);
        return true;
    }
    n = n < most ? n : most;
    buf_add(out, w->file.p + w->at, n);
    w->at += n;
    return true;
}

void envelope_decode(enum text_encoding encoding, struct tl_str file,
                     size_t start, size_t end, struct buf *out)
{
    struct walk w;
    struct buf scratch;

    buf_init(&scratch, 0);
    buf_clear(out);
    begin(&w, encoding, file, start, end);
    while (!out->full && step(&w, out, &scratch, SIZE_MAX))
        ;
    buf_release(&scratch);
}

uint64_t envelope_offset(const struct text_map *map, struct tl_str file,
                         size_t wanted)
{
    size_t end = map->end ? (size_t)map->end : file.n;
    size_t base = map->base < file.n ? (size_t)map->base : file.n;
    struct walk w;
    struct buf out;
    struct buf scratch;
    size_t seen = 0;
    size_t at = base;

    buf_init(&out, 0);
    buf_init(&scratch, 0);
    begin(&w, map->encoding, file, base, end);
    /* A byte within what an escape stands for is the escape's. */
    while (seen <= wanted) {
        at = w.at;
        buf_clear(&out);
        if (seen == wanted && w.at < w.piece_end && w.at < w.end &&
            !(map->encoding == TEXT_ENVELOPE && file.p[w.at] == '\\'))
            break;
        if (!step(&w, &out, &scratch, wanted - seen))
            break;
        seen += out.n;
    }
    buf_release(&out);
    buf_release(&scratch);
    return at;
}
