/*
 * shape.c - queries without their values, by lexing alone.
 *
 * One walk over the tokens feeds two sinks: the hash, which is on the hot path
 * of log reading and allocates nothing, and the display text.
 */
#include "sql/shape.h"

#include "base/buf.h"
#include "base/xxh.h"
#include "sql/lex.h"

/* Marks that no SQL text contains. */
#define MARK_VALUE '\x01'
#define MARK_MANY '\x02'
#define MARK_END '\x03'

struct sink {
    /* `fold`: the bytes are a word in any case. */
    void (*token)(struct sink *, struct tl_str, bool fold);
    void (*mark)(struct sink *, char);
    void (*value)(struct sink *, struct tl_str); /* NULL: not wanted */
    bool full;                                   /* takes no more */
};

struct walk {
    struct lex lex;
    struct lex_token last; /* the last token that was code */
    struct lex_token held; /* read ahead */
    bool has_held;
    bool unbalanced; /* a bracket is open to the end: no use to look again */
    struct sink *sink;
};

static struct lex_token next(struct walk *w)
{
    if (w->has_held) {
        w->has_held = false;
        return w->held;
    }
    return lex_next_code(&w->lex);
}

static bool is_value(struct lex_token t)
{
    return t.kind == LEX_STRING || t.kind == LEX_DOLLAR ||
           t.kind == LEX_NUMBER || t.kind == LEX_PARAM;
}

static bool is_sign(const struct walk *w, struct lex_token t)
{
    if (t.kind != LEX_OPERATOR || t.end - t.start != 1)
        return false;
    return w->lex.text.p[t.start] == '-' || w->lex.text.p[t.start] == '+';
}

/* Behind these a sign belongs to the number; behind a name it subtracts. */
static bool expects_operand(const struct walk *w)
{
    static const char *const words[] = {
        "select", "where", "and",    "or",      "then", "else",
        "when",   "limit", "offset", "between", "in",   "values",
        "return", "not",   "like",   "having",  "on",
    };
    struct lex_token t = w->last;

    if (t.end == 0 || t.kind == LEX_OPERATOR)
        return true;
    if (t.kind == LEX_PUNCT)
        return w->lex.text.p[t.start] != ')' && w->lex.text.p[t.start] != ']';
    if (t.kind != LEX_WORD)
        return false;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (lex_is_word(&w->lex, t, words[i]))
            return true;
    return false;
}

static void give_value(struct walk *w, struct lex_token t)
{
    if (w->sink->value)
        w->sink->value(w->sink, lex_text(&w->lex, t));
}

/*
 * Behind "IN (" or "ARRAY[": a list of nothing but values, signs and casts'
 * absence. Gives how many, and passes over the closing bracket; 0 and nothing
 * is consumed when it is anything else.
 */
static size_t value_list(struct walk *w, char close)
{
    struct lex probe = w->lex;
    size_t n = 0;

    for (;;) {
        struct lex_token t = lex_next_code(&probe);

        if (is_sign(w, t))
            t = lex_next_code(&probe);
        if (!is_value(t))
            return 0;
        n++;
        t = lex_next_code(&probe);
        if (lex_is_punct(&probe, t, close))
            break;
        if (!lex_is_punct(&probe, t, ','))
            return 0;
    }
    /* Known to fit: once more, for the values. */
    while (w->lex.at < probe.at) {
        struct lex_token t = lex_next_code(&w->lex);

        if (is_value(t))
            give_value(w, t);
        w->last = t;
    }
    return n;
}

static void give_list(struct walk *w, char close)
{
    size_t n = value_list(w, close);

    if (n == 0)
        return;
    w->sink->mark(w->sink, n == 1 ? MARK_VALUE : MARK_MANY);
    w->sink->token(w->sink, (struct tl_str){&close, 1}, false);
}

/* Passes over ", (...)" as often as it comes; true when it came. */
static bool more_rows(struct walk *w)
{
    bool any = false;

    while (!w->unbalanced) {
        struct lex probe = w->lex;
        struct lex_token t = lex_next_code(&probe);
        size_t depth = 0;

        if (!lex_is_punct(&probe, t, ','))
            return any;
        t = lex_next_code(&probe);
        if (!lex_is_punct(&probe, t, '('))
            return any;
        for (depth = 1; depth > 0;) {
            t = lex_next_code(&probe);
            if (t.kind == LEX_END) {
                w->unbalanced = true;
                return any;
            }
            if (lex_is_punct(&probe, t, '('))
                depth++;
            else if (lex_is_punct(&probe, t, ')'))
                depth--;
            else if (is_value(t))
                give_value(w, t);
        }
        w->lex = probe;
        any = true;
    }
    return any;
}

struct rows {
    bool open;    /* inside the first row behind VALUES */
    bool pending; /* VALUES was the last word */
    size_t depth;
};

static void follow_rows(struct walk *w, struct rows *r, char c)
{
    if (r->pending && c == '(') {
        r->pending = false;
        r->open = true;
        r->depth = 1;
        return;
    }
    r->pending = false;
    if (!r->open)
        return;
    if (c == '(')
        r->depth++;
    else if (c == ')' && --r->depth == 0) {
        r->open = false;
        if (more_rows(w))
            w->sink->mark(w->sink, MARK_MANY);
    }
}

static void give_word(struct walk *w, struct rows *r, struct lex_token t)
{
    w->sink->token(w->sink, lex_text(&w->lex, t), true);
    w->last = t;
    r->pending = lex_is_word(&w->lex, t, "values");
    bool in = lex_is_word(&w->lex, t, "in");
    bool array = !in && lex_is_word(&w->lex, t, "array");
    if (!in && !array)
        return;
    struct lex_token open = next(w);
    if (lex_is_punct(&w->lex, open, in ? '(' : '[')) {
        w->sink->token(w->sink, lex_text(&w->lex, open), false);
        w->last = open;
        follow_rows(w, r, in ? '(' : '[');
        size_t before = w->lex.at;
        give_list(w, in ? ')' : ']');
        if (in && w->lex.at != before)
            follow_rows(w, r, ')');
        return;
    }
    w->held = open;
    w->has_held = true;
}

static void give_code(struct walk *w, struct rows *r, struct lex_token t)
{
    char c = w->lex.text.p[t.start];

    if (t.kind == LEX_WORD) {
        give_word(w, r, t);
        return;
    }
    w->sink->token(w->sink, lex_text(&w->lex, t), false);
    w->last = t;
    if (t.kind == LEX_PUNCT)
        follow_rows(w, r, c);
}

static void walk(struct tl_str text, struct sink *sink)
{
    struct walk w = {.lex = lex_at(text, 0), .sink = sink};
    struct rows rows = {0};

    for (;;) {
        struct lex_token t = next(&w);

        if (t.kind == LEX_END || sink->full)
            break;
        if (is_sign(&w, t) && expects_operand(&w)) {
            struct lex_token number = next(&w);

            if (number.kind == LEX_NUMBER)
                t = (struct lex_token){t.start, number.end, LEX_NUMBER, false};
            else {
                w.held = number;
                w.has_held = true;
            }
        }
        if (is_value(t)) {
            give_value(&w, t);
            sink->mark(sink, MARK_VALUE);
            w.last = t;
        } else if (lex_is_punct(&w.lex, t, ';')) {
            /* A trailing semicolon is no part of a shape. */
            struct lex_token behind = next(&w);

            if (behind.kind != LEX_END)
                give_code(&w, &rows, t);
            w.held = behind;
            w.has_held = true;
        } else {
            give_code(&w, &rows, t);
        }
    }
}

/* ---- the hash ---- */

#define CHUNK 1024

struct hash_sink {
    struct sink sink;
    XXH3_state_t state;
    XXH3_state_t values;
    size_t n;
    bool flushed;
    char chunk[CHUNK];
};

static void flush(struct hash_sink *h)
{
    if (!h->flushed)
        XXH3_64bits_reset(&h->state);
    h->flushed = true;
    XXH3_64bits_update(&h->state, h->chunk, h->n);
    h->n = 0;
}

static void hash_byte(struct hash_sink *h, char c)
{
    if (h->n == CHUNK)
        flush(h);
    h->chunk[h->n++] = c;
}

static void hash_token(struct sink *s, struct tl_str t, bool fold)
{
    struct hash_sink *h = (struct hash_sink *)(void *)s;

    if (t.n + 1 > CHUNK - h->n)
        flush(h);
    if (t.n + 1 > CHUNK) {
        XXH3_64bits_update(&h->state, t.p, t.n);
        hash_byte(h, MARK_END);
        return;
    }
    char *out = h->chunk + h->n;
    if (fold)
        for (size_t i = 0; i < t.n; i++) {
            char c = t.p[i];

            out[i] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
        }
    else
        memcpy(out, t.p, t.n);
    out[t.n] = MARK_END;
    h->n += t.n + 1;
}

static void hash_mark(struct sink *s, char mark)
{
    hash_byte((struct hash_sink *)(void *)s, mark);
}

static void hash_value(struct sink *s, struct tl_str t)
{
    struct hash_sink *h = (struct hash_sink *)(void *)s;
    const char end = MARK_END;

    XXH3_64bits_update(&h->values, t.p, t.n);
    XXH3_64bits_update(&h->values, &end, 1);
}

static uint64_t finish_hash(struct hash_sink *h)
{
    uint64_t hash;

    if (!h->flushed)
        hash = XXH3_64bits(h->chunk, h->n);
    else {
        flush(h);
        hash = XXH3_64bits_digest(&h->state);
    }
    return hash ? hash : 1; /* 0 means "no shape" */
}

uint64_t shape_hash(struct tl_str text)
{
    struct hash_sink h;

    h.sink = (struct sink){hash_token, hash_mark, NULL, false};
    h.n = 0;
    h.flushed = false;
    walk(text, &h.sink);
    return finish_hash(&h);
}

uint64_t shape_hash_values(struct tl_str text, uint64_t *values)
{
    struct hash_sink h;

    h.sink = (struct sink){hash_token, hash_mark, hash_value, false};
    h.n = 0;
    h.flushed = false;
    XXH3_64bits_reset(&h.values);
    walk(text, &h.sink);
    *values = XXH3_64bits_digest(&h.values);
    return finish_hash(&h);
}

/* ---- the display ----------------------------------------------------------
 */

struct text_sink {
    struct sink sink;
    struct buf buf;
    unsigned values;
    char last; /* the last byte written, 0 at the begin */
};

static void space(struct text_sink *t, char next_byte)
{
    bool tight = t->last == 0 || strchr("(.[", t->last) ||
                 strchr(".,)];([", next_byte) || t->last == ':' ||
                 next_byte == ':';

    /* "in (" keeps its blank; f( and t.c have none. */
    if (next_byte == '(' && t->buf.n >= 2 && t->last == 'n' &&
        t->buf.p[t->buf.n - 2] == 'i' &&
        (t->buf.n == 2 || t->buf.p[t->buf.n - 3] == ' '))
        tight = false;
    if (!tight)
        buf_char(&t->buf, ' ');
}

static void text_token(struct sink *s, struct tl_str token, bool fold)
{
    struct text_sink *t = (struct text_sink *)(void *)s;

    space(t, token.p[0]);
    for (size_t i = 0; i < token.n; i++) {
        char c = token.p[i];

        if (fold && c >= 'A' && c <= 'Z')
            c = (char)(c + ('a' - 'A'));
        buf_char(&t->buf, (unsigned char)c < 0x20 ? ' ' : c);
    }
    t->last = token.p[token.n - 1];
    s->full = t->buf.full;
}

static void text_mark(struct sink *s, char mark)
{
    struct text_sink *t = (struct text_sink *)(void *)s;

    if (mark == MARK_MANY) {
        space(t, '.');
        buf_puts(&t->buf, t->last == ')' ? ", ..." : "...");
        t->last = '.';
        return;
    }
    space(t, '$');
    buf_printf(&t->buf, "$%u", ++t->values);
    t->last = '1';
}

struct tl_str shape_display(struct arena *a, struct tl_str text, size_t max)
{
    struct text_sink t = {.sink = {text_token, text_mark, NULL, false}};

    buf_init(&t.buf, max);
    walk(text, &t.sink);
    /* A cut must not leave half a character behind. */
    while (t.buf.full && t.buf.n &&
           ((unsigned char)t.buf.p[t.buf.n - 1] & 0x80))
        t.buf.n--;
    struct tl_str out = arena_str(a, buf_view(&t.buf));
    buf_release(&t.buf);
    return out;
}
