/*
 * ahead_read.c - reads a part of a file for what its statements make, drop and
 * change, by their words alone: the parser has not been there yet.
 */
#include "lint/ahead.h"

#include "base/xxh.h"

uint64_t ahead_hash(uint64_t kind, struct tl_str name)
{
    return (XXH3_64bits_withSeed(name.p, name.n, kind) | 1);
}

struct ahead_slot *ahead_slot_of(struct ahead_slot *slots, size_t size,
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
            *ahead_slot_of(slots, size, a->slots[i].hash) = a->slots[i];
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
        return ahead_hash(kind, (struct tl_str){text.p + 1, text.n - 2});
    if (t.kind != LEX_WORD || text.n >= sizeof(folded))
        return 0;
    for (size_t i = 0; i < text.n; i++)
        folded[i] = text.p[i] >= 'A' && text.p[i] <= 'Z'
                        ? (char)(text.p[i] + ('a' - 'A'))
                        : text.p[i];
    return ahead_hash(kind, (struct tl_str){folded, text.n});
}

/* The last place counts. */
static void keep_at(struct ahead *a, uint64_t hash, size_t at)
{
    struct ahead_slot *slot;

    if (a->n * 2 >= a->size)
        grow(a);
    slot = ahead_slot_of(a->slots, a->size, hash);
    a->n += slot->hash == 0;
    *slot = (struct ahead_slot){hash, at};
}

static void keep(struct ahead *a, uint64_t kind, const struct lex *l,
                 struct lex_token t)
{
    uint64_t hash = hash_of_token(kind, l, t);

    if (hash)
        keep_at(a, hash, t.start);
}

static void keep_first(struct ahead *a, uint64_t kind, const struct lex *l,
                       struct lex_token t)
{
    uint64_t hash = hash_of_token(kind, l, t);

    if (hash && (!a->size || !ahead_slot_of(a->slots, a->size, hash)->hash))
        keep_at(a, hash, t.start);
}

bool ahead_is_any(const struct lex *l, struct lex_token t,
                  const char *const *words)
{
    for (; *words; words++)
        if (lex_is_word(l, t, *words))
            return true;
    return false;
}

static bool is_brace(const struct lex *l, struct lex_token t, char brace)
{
    return t.end - t.start == 1 && l->text.p[t.start] == brace;
}

#define TEMPLATE_TOKENS 16

/* {{ index .Options "Schema" }} stands for a name. */
static struct lex_token end_of_template(struct lex *l, struct lex_token t)
{
    if (!is_brace(l, t, '{'))
        return t;
    for (int i = 0; i < TEMPLATE_TOKENS && !is_brace(l, t, '}'); i++)
        t = lex_next_code(l);
    return lex_next_code(l);
}

/* [words] [schema.]name: the name's token. */
static struct lex_token name_behind(struct lex *l, const char *const *words)
{
    struct lex_token t = lex_next_code(l);

    while (ahead_is_any(l, t, words))
        t = lex_next_code(l);
    t = end_of_template(l, t);
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

/* Behind a parenthesis: a, b COLLATE "C" DESC, c. Not what an expression
   names. */
static void keep_columns(struct ahead *a, uint64_t kind, struct lex l)
{
    struct lex_token t;

    do {
        keep(a, kind, &l, lex_next_code(&l));
        t = lex_next_code(&l);
        while (t.kind == LEX_WORD || t.kind == LEX_QUOTED_IDENT)
            t = lex_next_code(&l);
    } while (lex_is_punct(&l, t, ','));
}

/* FOREIGN KEY (a, b); PRIMARY KEY (a); UNIQUE [NULLS NOT DISTINCT] (a): `t` is
   the first word. */
static void keep_key(struct ahead *a, uint64_t table, struct lex l,
                     struct lex_token t)
{
    static const char *const words[] = {"key", "nulls", "not", "distinct",
                                        NULL};
    bool foreign = lex_is_word(&l, t, "foreign");
    bool primary = lex_is_word(&l, t, "primary");

    do
        t = lex_next_code(&l);
    while (ahead_is_any(&l, t, words));
    if (!lex_is_punct(&l, t, '('))
        return;
    if (!foreign) {
        struct lex behind = l;
        struct lex_token column = only_column(&behind);

        keep(a, AHEAD_UNIQUE + table, &l, column);
    }
    keep_columns(a,
                 foreign   ? AHEAD_FOREIGN + table
                 : primary ? AHEAD_PRIMARY + table
                           : AHEAD_IN_UNIQUE + table,
                 l);
}

/* Behind ADD: is it a column that must not be NULL, and has no value? */
bool ahead_adds_required(struct lex l)
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

    if (ahead_is_any(&l, t, no_column))
        return false;
    do {
        bool negated = depth == 0 && lex_is_word(&l, t, "not");

        if (ahead_is_any(&l, t, values))
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
        return ahead_is_any(l, lex_next_code(l), set);
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
    return ahead_is_any(&l, t, plain);
}

/* Behind ADD: a column, or a constraint's first word, which is no column's
   name. */
static void keep_column(struct ahead *a, uint64_t required, uint64_t table,
                        struct lex l)
{
    static const char *const words[] = {"column", "if", "not", "exists", NULL};
    bool must = ahead_adds_required(l);
    struct lex_token t = lex_next_code(&l);

    while (ahead_is_any(&l, t, words))
        t = lex_next_code(&l);
    keep(a, AHEAD_COLUMN + table, &l, t);
    if (must && required)
        keep_at(a, required, t.start);
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
        if (ahead_is_any(&l, t, keys))
            keep_key(a, table, l, t);
        if (lex_is_word(&l, t, "add"))
            keep_column(a, hash_of_token(AHEAD_REQUIRED, &at_name, name), table,
                        l);
    }
}

/* Does a WHERE stand before the end of the statement? Not past a word that
   begins another one: text without ends is read once, not once a word. */
static bool is_partial(struct lex l)
{
    static const char *const ending[] = {"where", "create", NULL};
    struct lex_token t = lex_next_code(&l);

    while (t.kind != LEX_END && !lex_is_punct(&l, t, ';') &&
           !ahead_is_any(&l, t, ending))
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
    keep_columns(a, AHEAD_IN_UNIQUE + table, l);
    struct lex_token column = only_column(&l);
    if (column.kind != LEX_END && !is_partial(l))
        keep(a, AHEAD_UNIQUE + table, &l, column);
}

/* CREATE [UNIQUE] INDEX [CONCURRENTLY] [IF NOT EXISTS] name */
static void keep_index(struct ahead *a, struct lex l)
{
    static const char *const words[] = {"concurrently", "if", "not", "exists",
                                        NULL};
    struct lex_token t = lex_next_code(&l);

    if (lex_is_word(&l, t, "unique"))
        t = lex_next_code(&l);
    if (lex_is_word(&l, t, "index"))
        keep(a, AHEAD_INDEX, &l, name_behind(&l, words));
}

/* CREATE ... name: is it a table that stays? */
static bool makes_table(struct lex l, size_t name)
{
    static const char *const other[] = {"temp", "temporary", "view", NULL};
    bool table = false;

    for (struct lex_token t = lex_next_code(&l); t.start < name;
         t = lex_next_code(&l)) {
        if (ahead_is_any(&l, t, other))
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

/* DROP TABLE [IF EXISTS] name, name; DROP TYPE, DROP DOMAIN */
static void keep_doomed(struct ahead *a, struct lex l)
{
    static const char *const words[] = {"if", "exists", NULL};
    static const char *const types[] = {"type", "domain", NULL};
    struct lex_token t = lex_next_code(&l);
    bool type = ahead_is_any(&l, t, types);

    if (!type && !lex_is_word(&l, t, "table"))
        return;
    do {
        struct lex_token name = name_behind(&l, words);

        keep(a, type ? AHEAD_DOOMED_TYPE : AHEAD_DOOMED, &l, name);
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

        keep_first(a, AHEAD_DROPPED, &l, name);
    } while (lex_is_punct(&l, lex_next_code(&l), ','));
}

static void read_word(struct ahead *a, const struct lex *l, struct lex_token t)
{
    static const char *const adding[] = {"column", "if", "not", "exists", NULL};
    static const char *const only[] = {"only", NULL};
    struct lex behind = *l;

    if (lex_is_word(l, t, "create")) {
        keep_made(a, behind);
        keep_index(a, behind);
        keep_unique_index(a, behind);
    } else if (lex_is_word(l, t, "add")) {
        struct lex_token name = name_behind(&behind, adding);

        keep(a, AHEAD_ADDED, &behind, name);
    } else if (lex_is_word(l, t, "alter")) {
        keep_altered(a, behind);
    } else if (lex_is_word(l, t, "drop")) {
        keep_dropped(a, behind);
        keep_doomed(a, behind);
    } else if (lex_is_word(l, t, "update")) {
        struct lex_token name = name_behind(&behind, only);

        keep_first(a, AHEAD_UPDATED, &behind, name);
    } else if (lex_is_word(l, t, "references")) {
        struct lex_token name = name_behind(&behind, only);

        keep(a, AHEAD_REFERRED, &behind, name);
    }
}

/* Of a block only what it does is read: END ends no transaction there. */
static void read_words(struct ahead *a, struct lex l)
{
    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END;
         t = lex_next_code(&l))
        if (t.kind == LEX_WORD)
            read_word(a, &l, t);
}

/* DO [LANGUAGE name] $$ ... $$: `l` is behind DO. */
static void read_block(struct ahead *a, struct lex l)
{
    struct lex_token t = lex_next_code(&l);

    for (int i = 0; i < 2 && t.kind == LEX_WORD; i++)
        t = lex_next_code(&l);
    if (t.kind != LEX_DOLLAR)
        return;
    struct tl_str text = lex_text(&l, t);
    size_t tag = (size_t)((const char *)memchr(text.p + 1, '$', text.n - 1) +
                          1 - text.p);
    if (text.n < 2 * tag)
        return;
    if (!a->blocks)
        a->blocks = mem_calloc(1, sizeof(*a->blocks));
    read_words(a->blocks,
               lex_at((struct tl_str){l.text.p, t.end - tag}, t.start + tag));
}

/* Behind `alter` and `drop` the statement is read again, never more than
   twice; a block once more. */
void ahead_read(struct ahead *a, struct tl_str text, size_t start, size_t end)
{
    static const char *const ending[] = {"commit", "end", "rollback", "abort",
                                         NULL};
    struct lex l = lex_at((struct tl_str){text.p, end}, start);
    bool begins = true;

    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END;
         t = lex_next_code(&l)) {
        if (begins && ahead_is_any(&l, t, ending))
            vec_push(&a->ends, t.start);
        if (begins && lex_is_word(&l, t, "do"))
            read_block(a, l);
        begins = lex_is_punct(&l, t, ';');
        if (t.kind == LEX_WORD)
            read_word(a, &l, t);
    }
}
