/*
 * place.c - what stands at a place of an input, as editors ask for it.
 *
 * A name is read with the lexer, from the begin of its statement: while
 * somebody types, most statements do not parse.
 */
#include <tusklint/place.h>

#include "lint/cache.h"
#include "lint/linter.h"
#include "sql/lex.h"

#include <ctype.h>

/* Names of one statement that may be tables. */
#define MAX_NAMES 256
/* Statements in bodies in bodies. */
#define MAX_BODIES 4

size_t tl_statement_count(const struct tl_linter *l, uint32_t source)
{
    size_t n = 0;

    if (source < l->inputs.n)
        frozen_statements(l, l->inputs.v[source], &n);
    return n;
}

struct tl_span tl_statement_at(const struct tl_linter *l, uint32_t source,
                               size_t i)
{
    size_t n = 0;
    const struct statement_range *v =
        source < l->inputs.n ? frozen_statements(l, l->inputs.v[source], &n)
                             : NULL;

    if (i >= n)
        return (struct tl_span){0, 0, source};
    return (struct tl_span){v[i].start, v[i].end, source};
}

struct tl_schema tl_schema_behind(const struct tl_linter *l, uint32_t source)
{
    size_t n = 0;
    const struct statement_range *v =
        source < l->inputs.n ? frozen_statements(l, l->inputs.v[source], &n)
                             : NULL;

    if (n == 0 || l->inputs.v[source]->kind != INPUT_MIGRATION)
        return catalog_at(l->catalog, l->statement);
    return catalog_at(l->catalog, v[n - 1].last_number);
}

/* ---- names in a statement ---- */

/* a, a.b or a.b.c, as the lexer finds it. */
struct dotted {
    struct lex_token parts[3];
    size_t n;
    struct lex_token before; /* the code token in front of it */
};

static bool is_name(struct lex_token t)
{
    return t.kind == LEX_WORD || t.kind == LEX_QUOTED_IDENT;
}

/* The next name from here on; false at the end. *last is the token before. */
static bool next_dotted(struct lex *l, struct lex_token *last,
                        struct dotted *out)
{
    struct lex_token t = lex_next_code(l);

    for (; t.kind != LEX_END && !is_name(t); t = lex_next_code(l))
        *last = t;
    if (t.kind == LEX_END)
        return false;
    out->before = *last;
    out->n = 0;
    while (is_name(t) && out->n < 3) {
        out->parts[out->n++] = *last = t;
        struct lex ahead = *l;
        if (!lex_is_punct(&ahead, lex_next_code(&ahead), '.'))
            break;
        *last = lex_next_code(l);
        ahead = *l;
        t = lex_next_code(&ahead);
        if (is_name(t))
            *l = ahead;
    }
    return true;
}

/* Folded, without quotes; what U& names mean is not read. */
static struct tl_str name_text(const struct lex *l, struct lex_token t,
                               struct arena *arena)
{
    struct tl_str s = lex_text(l, t);
    char *out = arena_alloc(arena, s.n + 1);
    bool quoted = t.kind == LEX_QUOTED_IDENT;
    size_t n = 0;

    for (size_t i = quoted; i + quoted < s.n; i++) {
        out[n++] = quoted ? s.p[i] : (char)tolower((unsigned char)s.p[i]);
        if (quoted && s.p[i] == '"')
            i++;
    }
    return (struct tl_str){out, n};
}

/* ---- what a name stands for ---- */

struct look {
    struct arena *arena;
    struct lex lex; /* of the statement, from its begin */
    size_t base;    /* of the lexed text in the file */
    struct tl_place *out;
};

static bool found_relation(const struct look *k, struct tl_schema s,
                           struct tl_name name)
{
    const struct tl_relation *rel = tl_find_relation(s, name, NULL);

    if (!rel)
        return false;
    k->out->schema = s;
    k->out->relation = rel;
    k->out->kind = TL_PLACE_RELATION;
    k->out->index = rel->kind == TL_INDEX ? tl_find_index(s, name) : NULL;
    if (k->out->index) {
        k->out->kind = TL_PLACE_INDEX;
        k->out->relation = tl_relation_by_id(s, k->out->index->relation);
    }
    return k->out->relation != NULL;
}

static bool found_column(const struct look *k, struct tl_schema s,
                         const struct tl_relation *rel, struct tl_str column)
{
    const struct tl_column *c = rel ? tl_find_column(s, rel, column) : NULL;

    if (!c)
        return false;
    k->out->kind = TL_PLACE_COLUMN;
    k->out->schema = s;
    k->out->relation = rel;
    k->out->column = c;
    return true;
}

static struct tl_name name_of(const struct look *k, const struct dotted *d,
                              size_t n)
{
    struct tl_name name = {.name =
                               name_text(&k->lex, d->parts[n - 1], k->arena)};

    if (n > 1)
        name.schema = name_text(&k->lex, d->parts[n - 2], k->arena);
    return name;
}

/* Words that stand behind a table's name and are no alias of it. */
static bool is_alias(const struct lex *l, struct lex_token t)
{
    static const char *const words[] = {"where", "set",   "on",    "join",
                                        "left",  "inner", "using", "order",
                                        "group", "add",   "drop",  "alter"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (lex_is_word(l, t, words[i]))
            return false;
    return is_name(t);
}

/*
 * The statement's relations that have such a column, the first one; with a
 * qualifier, the one that is called so or has it as its alias.
 */
static bool search_column(const struct look *k, struct tl_schema s,
                          struct tl_str qualifier, struct tl_str column)
{
    struct lex l = k->lex;
    struct lex_token last = {0};
    struct dotted d;

    for (int i = 0; i < MAX_NAMES && next_dotted(&l, &last, &d); i++) {
        size_t n = d.n > 2 ? 2 : d.n;
        struct tl_name name = name_of(k, &d, n);
        const struct tl_relation *rel = tl_find_relation(s, name, NULL);

        if (!rel || rel->kind == TL_INDEX)
            continue;
        struct lex ahead = l;
        struct lex_token alias = lex_next_code(&ahead);
        if (lex_is_word(&l, alias, "as"))
            alias = lex_next_code(&ahead);
        bool fits = !qualifier.n || tl_str_eq(name.name, qualifier) ||
                    (is_alias(&l, alias) &&
                     tl_str_eq(name_text(&l, alias, k->arena), qualifier));
        if (fits && (column.n ? found_column(k, s, rel, column)
                              : found_relation(k, s, name)))
            return true;
    }
    return false;
}

/* Where grammar wants a relation, a column of that name is not meant. */
static bool wants_relation(const struct lex *l, struct lex_token before)
{
    static const char *const words[] = {
        "table", "from", "join",   "into",     "update",      "references",
        "only",  "on",   "exists", "index",    "view",        "truncate",
        "to",    "of",   "copy",   "sequence", "concurrently"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (lex_is_word(l, before, words[i]))
            return true;
    return false;
}

static bool resolve_in(const struct look *k, struct tl_schema s,
                       const struct dotted *d, size_t part)
{
    struct tl_name name = name_of(k, d, part + 1);
    bool is_last = part + 1 == d->n;

    if (part == 2)
        return found_column(k, s, tl_find_relation(s, name_of(k, d, 2), NULL),
                            name.name);
    if (!is_last || wants_relation(&k->lex, d->before))
        return found_relation(k, s, name) ||
               search_column(k, s, is_last ? TL_NONE : name.name,
                             is_last ? name.name : TL_NONE);
    return search_column(k, s, part ? name.schema : TL_NONE, name.name) ||
           found_relation(k, s, name);
}

/* ---- from a place to a name ---- */

static bool covers(const struct look *k, struct lex_token t, uint64_t offset)
{
    return k->base + t.start <= offset && offset <= k->base + t.end;
}

/* The text of a body that the offset is in. */
static bool enter_body(struct look *k, uint64_t offset)
{
    struct lex l = k->lex;
    struct lex_token t = lex_next_code(&l);

    while (t.kind != LEX_END && k->base + t.end <= offset)
        t = lex_next_code(&l);
    if (t.kind != LEX_DOLLAR || k->base + t.start > offset)
        return false;
    struct tl_str s = lex_text(&l, t);
    const char *close = memchr(s.p + 1, '$', s.n - 1);
    size_t tag = close ? (size_t)(close - s.p) + 1 : s.n;
    if (s.n < 2 * tag)
        return false;
    k->base += t.start + tag;
    k->lex = lex_at((struct tl_str){s.p + tag, s.n - 2 * tag}, 0);
    return k->base <= offset;
}

static bool find_name(const struct look *k, uint64_t offset, struct dotted *d,
                      size_t *part)
{
    struct lex l = k->lex;
    struct lex_token last = {0};

    while (next_dotted(&l, &last, d) && k->base + d->parts[0].start <= offset)
        for (size_t i = 0; i < d->n; i++)
            if (covers(k, d->parts[i], offset)) {
                *part = i;
                return true;
            }
    return false;
}

static bool look_around(struct look *k, uint64_t offset,
                        struct tl_schema behind, struct tl_schema before)
{
    struct dotted d = {.n = 0};
    size_t part = 0;
    int bodies = 0;

    while (bodies < MAX_BODIES && enter_body(k, offset))
        bodies++;
    if (!find_name(k, offset, &d, &part))
        return false;
    k->out->at.start = k->base + d.parts[part].start;
    k->out->at.end = k->base + d.parts[part].end;
    return resolve_in(k, behind, &d, part) || resolve_in(k, before, &d, part);
}

/* The statement that the offset is in, or ends at; SIZE_MAX. */
static size_t statement_with(const struct statement_range *v, size_t n,
                             uint64_t offset)
{
    size_t low = 0;
    size_t high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (v[middle].end < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && v[low].start <= offset ? low : SIZE_MAX;
}

static bool look_in_statement(const struct tl_linter *l, const struct input *in,
                              uint64_t offset, struct tl_place *out)
{
    size_t n;
    const struct statement_range *v = frozen_statements(l, in, &n);
    size_t i = statement_with(v, n, offset);
    struct arena arena;

    if (i == SIZE_MAX)
        return false;
    const struct statement_range *r = &v[i];
    struct tl_str text = {in->source.text.p + r->start, r->end - r->start};
    struct look look = {&arena, lex_at(text, 0), r->start, out};
    uint32_t behind = r->last_number ? r->last_number : l->statement;
    uint32_t before = i && r->last_number ? r[-1].last_number : behind - 1;

    if (behind == 0)
        return false;
    arena_init(&arena, 0);
    bool found = look_around(&look, offset, catalog_at(l->catalog, behind),
                             catalog_at(l->catalog, before));
    arena_release(&arena);
    return found;
}

static const struct tl_rule *rule_named(struct tl_str name)
{
    char text[128];

    if (name.n >= sizeof(text))
        return NULL;
    memcpy(text, name.p, name.n);
    text[name.n] = '\0';
    return tl_rule_find(text);
}

/* Is the offset in a comment that speaks to the linter? Then only a rule can
   stand there. */
static bool look_in_comments(struct tl_str text, uint64_t offset,
                             struct tl_place *out)
{
    struct comment_list list = {.comments = VEC_INIT, .rules = VEC_INIT};
    bool inside = false;

    comment_find(text, &list);
    for (size_t i = 0; i < list.comments.n; i++)
        inside |= list.comments.v[i].start <= offset &&
                  offset <= list.comments.v[i].end;
    for (size_t i = 0; inside && i < list.rules.n; i++) {
        const struct comment_rule *r = &list.rules.v[i];

        if (r->start > offset || offset > r->end)
            continue;
        out->kind = TL_PLACE_RULE;
        out->at.start = r->start;
        out->at.end = r->end;
        out->rule = rule_named(r->name);
    }
    comment_release(&list);
    return inside;
}

bool tl_place_at(const struct tl_linter *l, uint32_t source, uint64_t offset,
                 struct tl_place *out)
{
    *out = (struct tl_place){.at = {offset, offset, source}};
    if (source >= l->inputs.n)
        return false;
    const struct input *in = l->inputs.v[source];
    if (in->kind != INPUT_MIGRATION && in->kind != INPUT_QUERY)
        return false;
    if (look_in_comments(in->source.text, offset, out))
        return out->rule != NULL;
    return look_in_statement(l, in, offset, out);
}
