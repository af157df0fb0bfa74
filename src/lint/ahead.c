/*
 * ahead.c - what the rest of the file does, read from its text: statements are
 * judged in order, and the parser has not been there yet.
 *
 * The part of the file that the statement stands in (a way up, a way down) is
 * read once, when somebody asks first. Of each name that is made, added,
 * renamed to, or given a key, the last place is kept: whether it comes later
 * is then one look-up, however many ask. Of names that are dropped IF EXISTS
 * it is the first place: whether that came before.
 */
#include "lint/linter.h"

#include "base/xxh.h"
#include "sql/lex.h"

#include <ctype.h>

enum ahead_kind {
    AHEAD_MADE,  /* CREATE TABLE, VIEW ... name */
    AHEAD_TABLE, /* CREATE TABLE name, not of a temporary one */
    AHEAD_ADDED,
    AHEAD_KEY,      /* ALTER TABLE name ... PRIMARY KEY */
    AHEAD_DROPPED,  /* DROP ... IF EXISTS name */
    AHEAD_DOOMED,   /* DROP TABLE name, name */
    AHEAD_REQUIRED, /* ALTER TABLE name ... ADD column NOT NULL, no DEFAULT */
    /* Of columns; what is added to the kind tells the tables apart. */
    AHEAD_RENAMED_TO, /* ALTER TABLE ... RENAME [COLUMN] ... TO name */
    AHEAD_FOREIGN,    /* ALTER TABLE ... FOREIGN KEY (name, name) */
    AHEAD_UNIQUE,     /* ALTER TABLE ... UNIQUE (name); CREATE UNIQUE INDEX */
};

/* ALTER TABLE name, in a form that lets nobody read: one kind for each
   transaction, by the ends before it. */
#define AHEAD_SHUT(n) (UINT64_C(1) << 32 | (uint64_t)(n))

struct ahead_slot {
    uint64_t hash; /* of kind and name; 0: free */
    size_t at;     /* the last place; the first of AHEAD_DROPPED */
};

struct ahead {
    uint32_t source;
    size_t start; /* of the part */
    bool read;    /* the slots are filled */
    bool drops;   /* the part may drop a table */
    bool renames; /* ... or rename something */
    struct ahead_slot *slots;
    size_t size; /* a power of two */
    size_t n;
    VEC(size_t) ends; /* of transactions, in order */
};

void ahead_release(struct tl_linter *l)
{
    if (l->ahead) {
        mem_free(l->ahead->slots);
        vec_release(&l->ahead->ends);
    }
    mem_free(l->ahead);
    l->ahead = NULL;
}

static uint64_t hash_of(uint64_t kind, struct tl_str name)
{
    return (XXH3_64bits_withSeed(name.p, name.n, kind) | 1);
}

static struct ahead_slot *slot_of(struct ahead_slot *slots, size_t size,
                                  uint64_t hash)
{
    size_t at = (size_t)(hash >> 1) & (size - 1);

    while (slots[at].hash && slots[at].hash != hash)
        at = (at + 1) & (size - 1);
    return &slots[at];
}

static void grow(struct ahead *a)
{
    size_t size = a->size ? a->size * 2 : 64;
    struct ahead_slot *slots = mem_calloc(size, sizeof(*slots));

    for (size_t i = 0; i < a->size; i++)
        if (a->slots[i].hash)
            *slot_of(slots, size, a->slots[i].hash) = a->slots[i];
    mem_free(a->slots);
    a->slots = slots;
    a->size = size;
}

/* A name as the parser would give it, folded unless it is quoted, as a hash; 0
   of what is none. */
static uint64_t hash_of_token(uint64_t kind, const struct lex *l,
                              struct lex_token t)
{
    struct tl_str text = lex_text(l, t);
    char folded[64];

    if (t.kind == LEX_QUOTED_IDENT && text.n >= 2)
        return hash_of(kind, (struct tl_str){text.p + 1, text.n - 2});
    if (t.kind != LEX_WORD || text.n >= sizeof(folded))
        return 0;
    for (size_t i = 0; i < text.n; i++)
        folded[i] = text.p[i] >= 'A' && text.p[i] <= 'Z'
                        ? (char)(text.p[i] + ('a' - 'A'))
                        : text.p[i];
    return hash_of(kind, (struct tl_str){folded, text.n});
}

static void keep(struct ahead *a, uint64_t kind, const struct lex *l,
                 struct lex_token t)
{
    uint64_t hash = hash_of_token(kind, l, t);
    struct ahead_slot *slot;

    if (!hash)
        return;
    if (a->n * 2 >= a->size)
        grow(a);
    slot = slot_of(a->slots, a->size, hash);
    if (slot->hash && kind == AHEAD_DROPPED)
        return;
    a->n += slot->hash == 0;
    *slot = (struct ahead_slot){hash, t.start};
}

static bool is_any(const struct lex *l, struct lex_token t,
                   const char *const *words)
{
    for (; *words; words++)
        if (lex_is_word(l, t, *words))
            return true;
    return false;
}

/* [words] [schema.]name: the name's token. */
static struct lex_token name_behind(struct lex *l, const char *const *words)
{
    struct lex_token t = lex_next_code(l);

    while (is_any(l, t, words))
        t = lex_next_code(l);
    struct lex behind = *l;
    if (!lex_is_punct(&behind, lex_next_code(&behind), '.'))
        return t;
    *l = behind;
    return lex_next_code(l);
}

/* No ALTER TABLE says TABLE again, unless quoted: where another one follows
   that no semicolon parts from it, text is not read once for each. */
static bool is_behind_statement(const struct lex *l, struct lex_token t)
{
    return t.kind == LEX_END || lex_is_punct(l, t, ';') ||
           lex_is_word(l, t, "table");
}

/* RENAME [COLUMN] ... TO name, up to the end of the statement. */
static void keep_rename(struct ahead *a, uint64_t table, struct lex l)
{
    struct lex_token t = lex_next_code(&l);

    if (lex_is_word(&l, t, "to"))
        return;
    while (!is_behind_statement(&l, t) && !lex_is_word(&l, t, "to"))
        t = lex_next_code(&l);
    if (lex_is_word(&l, t, "to"))
        keep(a, AHEAD_RENAMED_TO + table, &l, lex_next_code(&l));
}

/* Behind a key's parenthesis: its only column, or the end for none. */
static struct lex_token only_column(struct lex *l)
{
    struct lex_token column = lex_next_code(l);
    struct lex_token t = lex_next_code(l);

    /* a COLLATE "C" DESC */
    while (t.kind == LEX_WORD || t.kind == LEX_QUOTED_IDENT)
        t = lex_next_code(l);
    return lex_is_punct(l, t, ')') ? column
                                   : (struct lex_token){.kind = LEX_END};
}

/* FOREIGN KEY (a, b); PRIMARY KEY (a); UNIQUE [NULLS NOT DISTINCT] (a): `t` is
   the first word. */
static void keep_key(struct ahead *a, uint64_t table, struct lex l,
                     struct lex_token t)
{
    static const char *const words[] = {"key", "nulls", "not", "distinct",
                                        NULL};
    bool foreign = lex_is_word(&l, t, "foreign");

    do
        t = lex_next_code(&l);
    while (is_any(&l, t, words));
    if (!lex_is_punct(&l, t, '('))
        return;
    if (!foreign) {
        struct lex behind = l;
        struct lex_token column = only_column(&behind);

        keep(a, AHEAD_UNIQUE + table, &l, column);
        return;
    }
    do {
        keep(a, AHEAD_FOREIGN + table, &l, lex_next_code(&l));
        t = lex_next_code(&l);
    } while (lex_is_punct(&l, t, ','));
}

/* Behind ADD: is it a column that must not be NULL, and has no value? */
static bool adds_required(struct lex l)
{
    static const char *const no_column[] = {"constraint", "primary", "unique",
                                            "foreign",    "check",   "exclude",
                                            "generated",  NULL};
    static const char *const values[] = {"default",     "generated", "serial",
                                         "smallserial", "bigserial", "serial2",
                                         "serial4",     "serial8",   NULL};
    struct lex_token t = lex_next_code(&l);
    bool not_null = false;
    int depth = 0;

    if (is_any(&l, t, no_column))
        return false;
    do {
        bool negated = depth == 0 && lex_is_word(&l, t, "not");

        if (is_any(&l, t, values))
            return false;
        depth += lex_is_punct(&l, t, '(');
        depth -= lex_is_punct(&l, t, ')');
        t = lex_next_code(&l);
        not_null |= negated && lex_is_word(&l, t, "null");
    } while (t.kind != LEX_END && !lex_is_word(&l, t, "add") &&
             !lex_is_punct(&l, t, ';') &&
             !(depth == 0 && lex_is_punct(&l, t, ',')));
    return not_null;
}

/* Behind ADD: a column, or a constraint other than a foreign key. */
static bool shuts_by_adding(struct lex *l)
{
    struct lex_token t = lex_next_code(l);

    if (lex_is_word(l, t, "constraint")) {
        lex_next_code(l);
        t = lex_next_code(l);
    }
    return t.kind != LEX_END && !lex_is_word(l, t, "foreign");
}

/* Behind ALTER: its type, its default or NOT NULL, and no figures. */
static bool shuts_by_altering(struct lex *l)
{
    static const char *const set[] = {"data", "default", "not", NULL};
    struct lex_token t = lex_next_code(l);

    if (lex_is_word(l, t, "column"))
        lex_next_code(l);
    t = lex_next_code(l);
    if (lex_is_word(l, t, "set"))
        return is_any(l, lex_next_code(l), set);
    return lex_is_word(l, t, "type") || lex_is_word(l, t, "drop");
}

/* Does what stands behind ALTER TABLE name take ACCESS EXCLUSIVE, by its first
   words? Only where it is plain. */
static bool shuts(struct lex l)
{
    static const char *const plain[] = {"drop", "rename", NULL};
    struct lex_token t = lex_next_code(&l);

    if (lex_is_word(&l, t, "add"))
        return shuts_by_adding(&l);
    if (lex_is_word(&l, t, "alter"))
        return shuts_by_altering(&l);
    return is_any(&l, t, plain);
}

/* ALTER TABLE name ... PRIMARY KEY; ALTER TABLE name RENAME ... */
static void keep_altered(struct ahead *a, struct lex l)
{
    static const char *const words[] = {"if", "exists", "only", NULL};
    static const char *const keys[] = {"primary", "unique", "foreign", NULL};

    if (!lex_is_word(&l, lex_next_code(&l), "table"))
        return;
    struct lex_token name = name_behind(&l, words);
    struct lex at_name = l;
    uint64_t table = hash_of_token(0, &at_name, name);
    if (shuts(l))
        keep(a, AHEAD_SHUT(a->ends.n), &at_name, name);
    struct lex_token t = lex_next_code(&l);
    if (lex_is_word(&l, t, "rename")) {
        keep_rename(a, table, l);
        return;
    }
    for (; !is_behind_statement(&l, t); t = lex_next_code(&l)) {
        if (lex_is_word(&l, t, "primary"))
            keep(a, AHEAD_KEY, &at_name, name);
        if (is_any(&l, t, keys))
            keep_key(a, table, l, t);
        if (lex_is_word(&l, t, "add") && adds_required(l))
            keep(a, AHEAD_REQUIRED, &at_name, name);
    }
}

/* Does a WHERE stand before the end of the statement? Not past a word that
   begins another one: text without ends is read once, not once a word. */
static bool is_partial(struct lex l)
{
    static const char *const ending[] = {"where", "create", NULL};
    struct lex_token t = lex_next_code(&l);

    while (t.kind != LEX_END && !lex_is_punct(&l, t, ';') &&
           !is_any(&l, t, ending))
        t = lex_next_code(&l);
    return lex_is_word(&l, t, "where");
}

/* CREATE UNIQUE INDEX ... ON name [USING method] (column), of all rows */
static void keep_unique_index(struct ahead *a, struct lex l)
{
    static const char *const before[] = {"index", "concurrently", "if",
                                         "not",   "exists",       NULL};
    static const char *const only[] = {"only", NULL};

    if (!lex_is_word(&l, lex_next_code(&l), "unique"))
        return;
    struct lex_token t = name_behind(&l, before);
    if (!lex_is_word(&l, t, "on") && !lex_is_word(&l, lex_next_code(&l), "on"))
        return;
    struct lex_token name = name_behind(&l, only);
    uint64_t table = hash_of_token(0, &l, name);
    t = lex_next_code(&l);
    if (lex_is_word(&l, t, "using")) {
        lex_next_code(&l);
        t = lex_next_code(&l);
    }
    if (!lex_is_punct(&l, t, '('))
        return;
    struct lex_token column = only_column(&l);
    if (column.kind != LEX_END && !is_partial(l))
        keep(a, AHEAD_UNIQUE + table, &l, column);
}

/* CREATE ... name: is it a table that stays? */
static bool makes_table(struct lex l, size_t name)
{
    static const char *const other[] = {"temp", "temporary", "view", NULL};
    bool table = false;

    for (struct lex_token t = lex_next_code(&l); t.start < name;
         t = lex_next_code(&l)) {
        if (is_any(&l, t, other))
            return false;
        table |= lex_is_word(&l, t, "table");
    }
    return table;
}

static void keep_made(struct ahead *a, struct lex l)
{
    static const char *const making[] = {
        "or",    "replace", "temp",         "temporary", "unlogged",
        "local", "global",  "materialized", "recursive", "table",
        "view",  "if",      "not",          "exists",    NULL};
    struct lex behind = l;
    struct lex_token name = name_behind(&behind, making);

    keep(a, AHEAD_MADE, &behind, name);
    if (makes_table(l, name.start))
        keep(a, AHEAD_TABLE, &behind, name);
}

/* DROP TABLE [IF EXISTS] name, name */
static void keep_doomed(struct ahead *a, struct lex l)
{
    static const char *const words[] = {"if", "exists", NULL};

    if (!lex_is_word(&l, lex_next_code(&l), "table"))
        return;
    do {
        struct lex_token name = name_behind(&l, words);

        keep(a, AHEAD_DOOMED, &l, name);
    } while (lex_is_punct(&l, lex_next_code(&l), ','));
}

/* DROP TABLE IF EXISTS a, schema.b; DROP CONSTRAINT IF EXISTS c */
static void keep_dropped(struct ahead *a, struct lex l)
{
    struct lex_token t = lex_next_code(&l);

    /* INDEX CONCURRENTLY, MATERIALIZED VIEW ... */
    for (int i = 0; i < 3 && !lex_is_word(&l, t, "if"); i++)
        t = lex_next_code(&l);
    if (!lex_is_word(&l, t, "if") ||
        !lex_is_word(&l, lex_next_code(&l), "exists"))
        return;
    do {
        struct lex_token name = name_behind(&l, (const char *const[]){NULL});

        keep(a, AHEAD_DROPPED, &l, name);
    } while (lex_is_punct(&l, lex_next_code(&l), ','));
}

static void read_word(struct ahead *a, const struct lex *l, struct lex_token t)
{
    static const char *const adding[] = {"column", "if", "not", "exists", NULL};
    struct lex behind = *l;

    if (lex_is_word(l, t, "create")) {
        keep_made(a, behind);
        keep_unique_index(a, behind);
    } else if (lex_is_word(l, t, "add")) {
        struct lex_token name = name_behind(&behind, adding);

        keep(a, AHEAD_ADDED, &behind, name);
    } else if (lex_is_word(l, t, "alter")) {
        keep_altered(a, behind);
    } else if (lex_is_word(l, t, "drop")) {
        keep_dropped(a, behind);
        keep_doomed(a, behind);
    }
}

/* Behind `alter` and `drop` the statement is read again, never more than
   twice. */
static void read_part(struct ahead *a, struct tl_str text, size_t start,
                      size_t end)
{
    static const char *const ending[] = {"commit", "end", "rollback", "abort",
                                         NULL};
    struct lex l = lex_at((struct tl_str){text.p, end}, start);
    bool begins = true;

    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END;
         t = lex_next_code(&l)) {
        if (begins && is_any(&l, t, ending))
            vec_push(&a->ends, t.start);
        begins = lex_is_punct(&l, t, ';');
        if (t.kind == LEX_WORD)
            read_word(a, &l, t);
    }
}

/* A way up or down: goose's StatementBegin cuts it into several sections. */
static struct layout_section way_of(const struct tl_ctx *c)
{
    struct layout_section way = {.end = c->unit->input->source.text.n};

    if (c->section)
        way = *c->section;
    for (size_t i = 0; c->section && c->layout && i < c->layout->sections.n;
         i++) {
        const struct layout_section *s = &c->layout->sections.v[i];

        if (s->down != way.down && s->start > c->section->start)
            break;
        if (s->down != way.down)
            way.start = c->section->start;
        else if (s->start < way.start)
            way.start = s->start;
        if (s->down == way.down && s->end > way.end)
            way.end = s->end;
    }
    return way;
}

/* The next place of a letter in either case, or NULL. */
static const char *next_letter(const char *p, const char *end, char small)
{
    const char *a = memchr(p, small, (size_t)(end - p));
    const char *b = memchr(p, small & ~0x20, (size_t)((a ? a : end) - p));

    return b ? b : a;
}

/* DROP TABLE in any case? By its rarest letter; strings and comments count as
   well. */
static bool may_drop(struct tl_str part)
{
    const char *end = part.p + part.n;

    for (const char *p = part.p; (p = next_letter(p, end, 'b')); p++) {
        const char *t = p - part.p >= 7 ? p - 2 : NULL;

        if (!t || strncasecmp(t, "ta", 2) != 0)
            continue;
        while (t - part.p > 4 && isspace((unsigned char)t[-1]))
            t--;
        if (strncasecmp(t - 4, "drop", 4) == 0)
            return true;
    }
    return false;
}

static bool may_rename(struct tl_str part)
{
    const char *end = part.p + part.n;

    for (const char *p = part.p; (p = next_letter(p, end, 'm')); p++)
        if (p - part.p >= 4 && end - p >= 2 &&
            strncasecmp(p - 4, "rename", 6) == 0)
            return true;
    return false;
}

static struct ahead *part_of(const struct tl_ctx *c)
{
    struct tl_linter *l = c->linter;
    const struct input *in = c->unit->input;
    struct layout_section way = way_of(c);

    if (l->ahead && l->ahead->source == in->source.id &&
        l->ahead->start == way.start)
        return l->ahead;
    ahead_release(l);
    l->ahead = mem_calloc(1, sizeof(*l->ahead));
    l->ahead->source = in->source.id;
    l->ahead->start = way.start;
    struct tl_str part = {in->source.text.p + way.start, way.end - way.start};
    l->ahead->drops = may_drop(part);
    l->ahead->renames = may_rename(part);
    return l->ahead;
}

static const struct ahead *ahead_of(const struct tl_ctx *c)
{
    struct ahead *a = part_of(c);

    if (!a->read)
        read_part(a, c->unit->input->source.text, a->start, way_of(c).end);
    a->read = true;
    return a;
}

static const struct ahead_slot *look_up(const struct tl_ctx *c, uint64_t kind,
                                        struct tl_str name)
{
    if (c->unit->map.encoding != TEXT_PLAIN || !name.n)
        return NULL;
    const struct ahead *a = ahead_of(c);

    if (!a->size)
        return NULL;
    const struct ahead_slot *slot =
        slot_of(a->slots, a->size, hash_of(kind, name));
    return slot->hash ? slot : NULL;
}

static size_t place_behind(const struct tl_ctx *c)
{
    return c->unit->map.base + c->unit->text.n;
}

static const struct ahead_slot *later(const struct tl_ctx *c, uint64_t kind,
                                      struct tl_str name)
{
    const struct ahead_slot *slot = look_up(c, kind, name);

    return slot && slot->at >= place_behind(c) ? slot : NULL;
}

static bool comes_later(const struct tl_ctx *c, uint64_t kind,
                        struct tl_str name)
{
    return later(c, kind, name) != NULL;
}

/* Is what stands before the name at `at` not this schema? A name without one
   is taken to be in public. */
static bool has_other_schema(struct tl_str file, size_t at,
                             struct tl_str schema)
{
    struct tl_str mine = schema.n ? schema : TL_STR("public");
    size_t end = at && file.p[at - 1] == '.' ? at - 1 : 0;

    if (!end)
        return !tl_str_is(mine, "public");
    end -= file.p[end - 1] == '"';
    return end < mine.n ||
           strncasecmp(file.p + end - mine.n, mine.p, mine.n) != 0;
}

bool tl_is_made_again(const struct tl_ctx *c, struct tl_name name,
                      struct tl_span *at)
{
    const struct input *in = c->unit->input;
    const struct ahead_slot *slot = later(c, AHEAD_TABLE, name.name);

    if (!slot || has_other_schema(in->source.text, slot->at, name.schema))
        return false;
    struct lex l = lex_at(in->source.text, slot->at);
    struct lex_token t = lex_next_code(&l);
    *at = (struct tl_span){t.start, t.end, in->source.id};
    return true;
}

bool tl_was_dropped_if_exists(const struct tl_ctx *c, struct tl_str name)
{
    const struct ahead_slot *slot = look_up(c, AHEAD_DROPPED, name);

    return slot && slot->at < place_behind(c);
}

/* Liquibase's changesets are transactions of their own. */
static size_t section_end(const struct tl_ctx *c)
{
    const char *tool = c->layout ? c->layout->tool : NULL;

    return c->section && tool && strcmp(tool, "liquibase") == 0
               ? c->section->end
               : SIZE_MAX;
}

/* How many ends of transactions stand before the end of this statement. */
static size_t ends_before(const struct tl_ctx *c)
{
    const struct ahead *a = ahead_of(c);
    size_t low = 0;
    size_t high = a->ends.n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (a->ends.v[middle] < place_behind(c))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The first end of a transaction behind this statement, or a place that none
   is before. */
static size_t next_end(const struct tl_ctx *c)
{
    const struct ahead *a = ahead_of(c);
    size_t end = section_end(c);
    size_t n = ends_before(c);

    return n < a->ends.n && a->ends.v[n] < end ? a->ends.v[n] : end;
}

static bool is_dropped(const struct tl_ctx *c, struct tl_str table)
{
    /* Asked of every lock: most parts need not be read for it. */
    if (!part_of(c)->drops)
        return false;
    const struct ahead_slot *slot = look_up(c, AHEAD_DOOMED, table);

    return slot && slot->at >= c->unit->map.base && slot->at < next_end(c);
}

bool tl_is_dropped_later(const struct tl_ctx *c, struct tl_name table)
{
    return txn_is_open(&c->linter->txn) && is_dropped(c, table.name);
}

bool tl_is_shut_later(const struct tl_ctx *c, struct tl_name table)
{
    const struct ahead_slot *slot =
        txn_is_open(&c->linter->txn)
            ? later(c, AHEAD_SHUT(ends_before(c)), table.name)
            : NULL;

    return slot && slot->at < section_end(c) &&
           !has_other_schema(c->unit->input->source.text, slot->at,
                             table.schema);
}

bool tl_is_made_later(const struct tl_ctx *c, struct tl_name name)
{
    return comes_later(c, AHEAD_MADE, name.name);
}

bool tl_is_added_later(const struct tl_ctx *c, struct tl_str column)
{
    return comes_later(c, AHEAD_ADDED, column);
}

bool tl_is_renamed_to_later(const struct tl_ctx *c, struct tl_name table,
                            struct tl_str column)
{
    return part_of(c)->renames &&
           comes_later(c, AHEAD_RENAMED_TO + hash_of(0, table.name), column);
}

bool tl_gets_foreign_key_later(const struct tl_ctx *c, struct tl_name table,
                               struct tl_str column)
{
    return comes_later(c, AHEAD_FOREIGN + hash_of(0, table.name), column);
}

bool tl_is_unique_later(const struct tl_ctx *c, struct tl_name table,
                        struct tl_str column)
{
    return comes_later(c, AHEAD_UNIQUE + hash_of(0, table.name), column);
}

bool tl_gets_required_later(const struct tl_ctx *c, struct tl_name table)
{
    return comes_later(c, AHEAD_REQUIRED, table.name);
}

bool tl_gets_key_later(const struct tl_ctx *c, struct tl_name table)
{
    return comes_later(c, AHEAD_KEY, table.name);
}

bool tl_has_more_statements(const struct tl_ctx *c)
{
    struct tl_str file = c->unit->input->source.text;
    struct lex l = lex_at((struct tl_str){file.p, way_of(c).end},
                          c->unit->map.base + c->unit->text.n);

    if (c->unit->map.encoding != TEXT_PLAIN)
        return true;
    for (;;) {
        struct lex_token t = lex_next_code(&l);

        if (t.kind == LEX_END)
            return false;
        if (!lex_is_punct(&l, t, ';'))
            return true;
    }
}

/* NAMEDATALEN - 1; see sql-syntax-lexical.html, Identifiers. */
#define NAME_MAX_BYTES 63

/* Any 64 bytes on end hold one whose place is a multiple of 64. */
static bool has_long_word(struct tl_str s)
{
    for (size_t at = 0; at < s.n; at += NAME_MAX_BYTES + 1) {
        size_t start = at;
        size_t end = at;

        while (start > 0 && lex_is_identifier_byte(s.p[start - 1]))
            start--;
        while (end < s.n && lex_is_identifier_byte(s.p[end]))
            end++;
        if (end - start > NAME_MAX_BYTES)
            return true;
    }
    return false;
}

static bool has_distant_quotes(struct tl_str s)
{
    const char *end = s.p + s.n;
    const char *last = NULL;

    for (const char *p = s.p; (p = memchr(p, '"', (size_t)(end - p))); p++) {
        if (last && p - last > NAME_MAX_BYTES)
            return true;
        last = p;
    }
    return false;
}

bool tl_long_identifier(const struct tl_ctx *c, size_t from, size_t *start,
                        size_t *end)
{
    struct tl_str text = c->unit->text;
    struct lex l = lex_at(text, from);

    if (text.n <= NAME_MAX_BYTES ||
        (!has_long_word(text) && !has_distant_quotes(text)))
        return false;
    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END;
         t = lex_next_code(&l)) {
        size_t quotes = t.kind == LEX_QUOTED_IDENT ? 2 : 0;

        if ((t.kind != LEX_WORD && t.kind != LEX_QUOTED_IDENT) ||
            t.end - t.start <= NAME_MAX_BYTES + quotes)
            continue;
        *start = t.start;
        *end = t.end;
        return true;
    }
    return false;
}
