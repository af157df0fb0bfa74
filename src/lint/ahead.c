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
#include "lint/ahead.h"

#include <ctype.h>

void ahead_free(struct ahead *a)
{
    if (!a)
        return;
    ahead_free(a->blocks);
    mem_free(a->slots);
    vec_release(&a->ends);
    mem_free(a);
}

void ahead_release(struct tl_linter *l)
{
    ahead_free(l->ahead);
    l->ahead = NULL;
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
        ahead_read(a, c->unit->input->source.text, a->start, way_of(c).end);
    a->read = true;
    return a;
}

static const struct ahead_slot *slot_in(const struct ahead *a, uint64_t hash)
{
    if (!a || !a->size)
        return NULL;
    const struct ahead_slot *slot = ahead_slot_of(a->slots, a->size, hash);
    return slot->hash ? slot : NULL;
}

static const struct ahead_slot *look_up(const struct tl_ctx *c, uint64_t kind,
                                        struct tl_str name)
{
    if (c->unit->map.encoding != TEXT_PLAIN || !name.n)
        return NULL;
    return slot_in(ahead_of(c), ahead_hash(kind, name));
}

static size_t place_behind(const struct tl_ctx *c)
{
    return c->unit->map.base + c->unit->text.n;
}

/* A statement of a block sees what comes after it in blocks, too. */
static const struct ahead_slot *slot_behind(const struct tl_ctx *c, size_t at,
                                            uint64_t kind, struct tl_str name)
{
    const struct ahead_slot *slot = look_up(c, kind, name);

    if (slot && slot->at >= at)
        return slot;
    if (!c->in_block || c->unit->map.encoding != TEXT_PLAIN || !name.n)
        return NULL;
    slot = slot_in(ahead_of(c)->blocks, ahead_hash(kind, name));
    return slot && slot->at >= at ? slot : NULL;
}

static const struct ahead_slot *later(const struct tl_ctx *c, uint64_t kind,
                                      struct tl_str name)
{
    return slot_behind(c, place_behind(c), kind, name);
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

/* The token at the slot's place. */
static struct tl_span place_of(const struct tl_ctx *c,
                               const struct ahead_slot *slot)
{
    const struct source *source = &c->unit->input->source;
    struct lex l = lex_at(source->text, slot->at);
    struct lex_token t = lex_next_code(&l);

    return (struct tl_span){t.start, t.end, source->id};
}

bool tl_is_made_again(const struct tl_ctx *c, struct tl_name name,
                      struct tl_span *at)
{
    const struct input *in = c->unit->input;
    const struct ahead_slot *slot = later(c, AHEAD_TABLE, name.name);

    if (!slot || has_other_schema(in->source.text, slot->at, name.schema))
        return false;
    *at = place_of(c, slot);
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
                            struct tl_str column, struct tl_span *at)
{
    const struct ahead_slot *slot =
        part_of(c)->renames
            ? later(c, AHEAD_RENAMED_TO + ahead_hash(0, table.name), column)
            : NULL;

    if (slot)
        *at = place_of(c, slot);
    return slot != NULL;
}

bool tl_is_column_made_again(const struct tl_ctx *c, struct tl_name table,
                             struct tl_str column, struct tl_span from,
                             struct tl_span *at, bool *required)
{
    const struct ahead_slot *slot = slot_behind(
        c, from.end, AHEAD_COLUMN + ahead_hash(0, table.name), column);

    if (!slot)
        return false;
    *at = place_of(c, slot);
    *required =
        ahead_adds_required(lex_at(c->unit->input->source.text, slot->at));
    return true;
}

bool tl_is_type_dropped_later(const struct tl_ctx *c, struct tl_str type)
{
    return comes_later(c, AHEAD_DOOMED_TYPE, type);
}

bool tl_is_table_dropped_later(const struct tl_ctx *c, struct tl_str table)
{
    return part_of(c)->drops && comes_later(c, AHEAD_DOOMED, table);
}

bool tl_gets_foreign_key_later(const struct tl_ctx *c, struct tl_name table,
                               struct tl_str column)
{
    return comes_later(c, AHEAD_FOREIGN + ahead_hash(0, table.name), column);
}

bool tl_is_in_unique_later(const struct tl_ctx *c, struct tl_name table,
                           struct tl_str column)
{
    return comes_later(c, AHEAD_IN_UNIQUE + ahead_hash(0, table.name), column);
}

bool tl_is_unique_later(const struct tl_ctx *c, struct tl_name table,
                        struct tl_str column)
{
    return comes_later(c, AHEAD_UNIQUE + ahead_hash(0, table.name), column);
}

/* ADD COLUMN IF NOT EXISTS of a column that is there adds nothing. */
bool tl_gets_required_later(const struct tl_ctx *c, struct tl_name table)
{
    const struct ahead_slot *slot = later(c, AHEAD_REQUIRED, table.name);
    const struct tl_relation *r = slot ? tl_relation(c, table) : NULL;

    if (!r)
        return slot != NULL;
    struct tl_span at = place_of(c, slot);
    struct tl_str column = tl_source_text(c, at);
    if (column.n >= 2 && column.p[0] == '"')
        column = (struct tl_str){column.p + 1, column.n - 2};
    TL_EACH_COLUMN(tl_before(c), r, it)
        if (it->name.n == column.n &&
            strncasecmp(it->name.p, column.p, column.n) == 0)
            return false;
    return true;
}

#define TOUCHED_WITHIN 65536

static bool is_name(const struct lex *l, struct lex_token t, struct tl_str name)
{
    struct tl_str text = lex_text(l, t);

    if (t.kind == LEX_QUOTED_IDENT && text.n >= 2)
        return tl_str_eq((struct tl_str){text.p + 1, text.n - 2}, name);
    return t.kind == LEX_WORD && text.n == name.n &&
           strncasecmp(text.p, name.p, name.n) == 0;
}

static bool names_relation(const struct tl_tree *tree, const struct lex *l,
                           struct lex_token t)
{
    if (t.kind != LEX_WORD && t.kind != LEX_QUOTED_IDENT)
        return false;
    TL_EACH(tree, tree->nodes, TL_KIND(RANGE_VAR), n)
        if (is_name(l, t, tl_str_c(TL_AS(RANGE_VAR, RangeVar, n)->relname)))
            return true;
    return false;
}

/* Into the body that a dollar quote holds: as if its tag were a blank. */
static void enter(struct lex *l, struct lex_token t)
{
    const char *tag = l->text.p + t.start + 1;
    const char *end = memchr(tag, '$', t.end - t.start - 1);

    if (end)
        l->at = (size_t)(end + 1 - l->text.p);
}

bool tl_is_touched_later(const struct tl_ctx *c)
{
    const struct source *source = &c->unit->input->source;
    size_t from = place_behind(c);
    size_t end = way_of(c).end;

    if (c->unit->map.encoding != TEXT_PLAIN || from >= end)
        return false;
    if (end - from > TOUCHED_WITHIN)
        end = from + TOUCHED_WITHIN;
    struct lex l = lex_at((struct tl_str){source->text.p, end}, from);
    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END;
         t = lex_next_code(&l)) {
        if (t.kind == LEX_DOLLAR)
            enter(&l, t);
        if (names_relation(tl_tree(c), &l, t))
            return true;
    }
    return false;
}

bool tl_gets_key_later(const struct tl_ctx *c, struct tl_name table)
{
    return comes_later(c, AHEAD_KEY, table.name);
}

static bool is_in_key(struct tl_schema s, const struct tl_relation *r,
                      struct tl_str column)
{
    TL_EACH_CONSTRAINT(s, r, key)
        for (uint32_t i = 0; key->kind == TL_PRIMARY_KEY && i < key->n_columns;
             i++)
            if (tl_str_eq(key->columns[i], column))
                return true;
    return false;
}

bool tl_becomes_key(const struct tl_ctx *c, struct tl_name table,
                    struct tl_str column)
{
    const struct tl_relation *r = tl_find_relation(tl_after(c), table, NULL);

    return (r && is_in_key(tl_after(c), r, column)) ||
           comes_later(c, AHEAD_PRIMARY + ahead_hash(0, table.name), column);
}

bool tl_is_index_made_later(const struct tl_ctx *c, struct tl_str index)
{
    return comes_later(c, AHEAD_INDEX, index);
}

bool tl_is_referred_to_later(const struct tl_ctx *c, struct tl_name table)
{
    return comes_later(c, AHEAD_REFERRED, table.name);
}

bool tl_was_updated(const struct tl_ctx *c, struct tl_str table)
{
    const struct ahead_slot *slot = look_up(c, AHEAD_UPDATED, table);

    return slot && slot->at < place_behind(c);
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
