/*
 * say.c - how rules speak: findings, details, fixes, text for messages.
 *
 * Findings live in the run's arena; their texts are formatted at once, so that
 * nothing calls back into a rule later.
 */
#include "lint/linter.h"
#include "schema/effect.h"
#include "sql/canon.h"
#include "sql/shape.h"
#include "sql/split.h"

#include <stdarg.h>

/* A schema rule may speak of an object that a context-only input made; or, at
   the end of such an input, of one that a reported input did. */
static bool is_reported(const struct tl_linter *l, struct tl_span span)
{
    return span.source >= l->inputs.n ||
           !l->inputs.v[span.source]->context_only;
}

bool tl_is_shown(const struct tl_ctx *c, struct tl_span span)
{
    return is_reported(c->linter, span);
}

static struct tl_finding *new_finding(struct tl_linter *l,
                                      const struct active_rule *a,
                                      struct tl_span span, bool kept)
{
    struct tl_finding *f = ARENA_NEW(&l->arena, struct tl_finding);

    f->rule = a ? a->rule : NULL;
    f->severity = a ? choice_severity(l, a, span.source) : TL_OFF;
    f->span = span;
    if (kept && f->severity != TL_OFF)
        vec_push(&l->findings, f);
    return f;
}

static enum tl_severity one_lower(enum tl_severity s)
{
    return s > TL_NOTE ? (enum tl_severity)(s - 1) : s;
}

/* With what stands in the file in the place of masks. */
static struct tl_str shown(struct tl_ctx *c, struct tl_str text)
{
    bool lost;

    return masks_show(c, text, &lost);
}

/* Kept: a statement may have as many findings as it is long. */
static uint64_t key_of(struct unit *u)
{
    if (!u->key)
        u->key = shape_hash(u->text);
    return u->key;
}

struct tl_finding *tl_report(struct tl_ctx *c, struct tl_span span,
                             const char *fmt, ...)
{
    bool kept = is_reported(c->linter, span);
    struct tl_finding *f = new_finding(c->linter, c->active, span, kept);
    va_list ap;

    /* Nobody will read it: of a long history that is nearly all. */
    if (!kept)
        return f;
    va_start(ap, fmt);
    f->message = shown(c, arena_vprintf(&c->linter->arena, fmt, ap));
    va_end(ap);
    if (c->down && c->active && c->active->rule->family != TL_META)
        f->severity = one_lower(f->severity);
    f->plan = c->plan;
    f->loop = c->loop;
    if (c->unit)
        f->statement_key = key_of(c->unit);
    else if (c->plan)
        f->statement_key = c->plan->shape;
    return f;
}

struct tl_finding *linter_report(struct tl_linter *l, const char *rule,
                                 struct tl_span span, const char *fmt, ...)
{
    struct tl_finding *f =
        new_finding(l, dispatch_find(&l->dispatch, rule), span, true);
    va_list ap;

    va_start(ap, fmt);
    f->message = arena_vprintf(&l->arena, fmt, ap);
    va_end(ap);
    return f;
}

void linter_fail(struct tl_linter *l, const char *path, const char *fmt, ...)
{
    va_list ap;

    vec_push(&l->failure_paths, path ? arena_strdup(&l->arena, path) : NULL);
    va_start(ap, fmt);
    vec_push(&l->failures, arena_vprintf(&l->arena, fmt, ap).p);
    va_end(ap);
}

/* tl_report() gave one that nobody will read. */
static bool is_lost(const struct tl_finding *f)
{
    return f->message.p == NULL;
}

void tl_detail(struct tl_ctx *c, struct tl_finding *f, const char *fmt, ...)
{
    va_list ap;

    if (is_lost(f))
        return;
    va_start(ap, fmt);
    f->detail = shown(c, arena_vprintf(&c->linter->arena, fmt, ap));
    va_end(ap);
}

void tl_help(struct tl_ctx *c, struct tl_finding *f, const char *fmt, ...)
{
    va_list ap;

    if (is_lost(f))
        return;
    va_start(ap, fmt);
    f->help = shown(c, arena_vprintf(&c->linter->arena, fmt, ap));
    va_end(ap);
}

static const char *blocked(enum tl_lock lock)
{
    if (tl_lock_blocks_reads(lock))
        return "blocks reads and writes";
    if (tl_lock_blocks_writes(lock))
        return "blocks writes";
    return "lets reads and writes pass";
}

const char *tl_and_on(const struct tl_ctx *c)
{
    return tl_in_transaction(c) == TL_YES
               ? ", and on until the transaction ends"
               : "";
}

static struct tl_str how_long(struct tl_ctx *c, const struct tl_effect *e)
{
    const char *work = e->rewrite       ? "while the whole table is rewritten"
                       : e->index_build ? "until the index is built"
                       : e->scan        ? "while every row is checked"
                                        : NULL;

    if (work)
        return tl_printf(c, "%s%s", work, tl_and_on(c));
    return tl_in_transaction(c) == TL_YES
               ? TL_STR("from here until the transaction ends")
               : TL_STR("for an instant, once it is granted");
}

/* Tables that an op locks for the foreign keys it makes anew. */
#define MAX_OTHERS 8

struct others {
    struct tl_ctx *ctx;
    uint32_t ids[MAX_OTHERS]; /* the op's own table first */
    uint32_t n;
    bool more; /* ... than are named */
    struct tl_str text;
};

static bool is_part_of(struct tl_schema s, const struct tl_relation *r,
                       uint32_t whole)
{
    /* Partitions are nested, but not in a circle that never ends. */
    for (unsigned depth = 0; r && depth < 16; depth++) {
        if (r->id == whole)
            return true;
        r = tl_relation_by_id(s, r->parent);
    }
    return false;
}

static void add_other(void *arg, struct tl_name name, enum tl_lock lock)
{
    struct others *o = arg;
    const struct tl_relation *r = tl_relation(o->ctx, name);

    if (!r || lock != TL_ACCESS_EXCLUSIVE || r->temporary ||
        tl_is_made_here(o->ctx, &r->row))
        return;
    for (uint32_t i = 0; i < o->n; i++)
        if (is_part_of(tl_before(o->ctx), r, o->ids[i]))
            return;
    o->more = o->n == MAX_OTHERS;
    if (o->more)
        return;
    o->ids[o->n++] = r->id;
    struct tl_str text = tl_name_text(o->ctx, r->name);
    o->text = o->text.n ? tl_printf(o->ctx, "%.*s, %.*s", TL_FMT(o->text),
                                    TL_FMT(text))
                        : text;
}

/* " and, to make the foreign key anew, on builds", or nothing. */
static struct tl_str others_text(struct tl_ctx *c, const struct tl_op *op)
{
    const struct tl_relation *own = tl_relation(c, op->table);
    struct others o = {.ctx = c, .ids = {own ? own->id : 0}, .n = 1};

    if (op->kind != TL_OP_ALTER_COLUMN_TYPE || !own)
        return TL_STR("");
    effect_locks(op, tl_before(c), add_other, &o);
    if (o.n == 1)
        return TL_STR("");
    return tl_printf(c, " and, to make the foreign key%s anew, on %.*s%s",
                     o.n > 2 ? "s" : "", TL_FMT(o.text),
                     o.more ? " and others" : "");
}

void tl_note_lock(struct tl_ctx *c, struct tl_finding *f,
                  const struct tl_op *op)
{
    const struct tl_effect *e = &op->effect;
    struct tl_str table = tl_name_text(c, op->table);

    if (e->lock == TL_LOCK_NONE)
        return;
    struct tl_str how = how_long(c, e);
    if (e->referenced_lock != TL_LOCK_NONE && op->n_constraints &&
        op->constraints[0].ref_table.name.n) {
        struct tl_str other = tl_name_text(c, op->constraints[0].ref_table);

        tl_detail(c, f, "%s on %.*s and %s on %.*s: %s %.*s",
                  tl_lock_name(e->lock), TL_FMT(table),
                  tl_lock_name(e->referenced_lock), TL_FMT(other),
                  blocked(e->lock), TL_FMT(how));
        return;
    }
    struct tl_str others = others_text(c, op);
    tl_detail(c, f, "%s on %.*s%.*s: %s %.*s", tl_lock_name(e->lock),
              TL_FMT(table), TL_FMT(others), blocked(e->lock), TL_FMT(how));
}

void tl_related(struct tl_ctx *c, struct tl_finding *f, struct tl_span span,
                const char *fmt, ...)
{
    struct tl_related *r = ARENA_NEW(&c->linter->arena, struct tl_related);
    struct tl_related **last = &f->related;
    va_list ap;

    r->span = span;
    va_start(ap, fmt);
    r->message = shown(c, arena_vprintf(&c->linter->arena, fmt, ap));
    va_end(ap);
    while (*last)
        last = &(*last)->next;
    *last = r;
}

void tl_set_severity(struct tl_finding *f, enum tl_severity s)
{
    /* Only downwards of what the user chose: a rule set to note stays so. */
    if (s < f->severity)
        f->severity = s;
}

void tl_about_relation(struct tl_ctx *c, struct tl_finding *f, uint32_t id)
{
    (void)c;
    f->relations[f->relations[0] != 0] = id;
}

struct tl_fix *tl_fix(struct tl_ctx *c, struct tl_finding *f,
                      enum tl_applicability applicability, const char *title)
{
    struct arena *a = &c->linter->arena;
    struct tl_fix *fix = ARENA_NEW(a, struct tl_fix);

    fix->title = arena_str(a, tl_str_c(title));
    fix->applicability = applicability;
    /* Inside a quoted body each quote of an edit would have to be doubled. */
    if (!c->unit || c->unit->map.encoding == TEXT_PLAIN)
        f->fix = fix;
    c->fixed = f;
    return fix;
}

void tl_edit(struct tl_ctx *c, struct tl_fix *fix, struct tl_span span,
             const char *fmt, ...)
{
    struct tl_edit *e = ARENA_NEW(&c->linter->arena, struct tl_edit);
    struct tl_edit **at = &fix->edits;
    bool lost;
    va_list ap;

    e->span = span;
    va_start(ap, fmt);
    e->text = masks_show(c, arena_vprintf(&c->linter->arena, fmt, ap), &lost);
    va_end(ap);
    /* SQL that names what nobody knows helps nobody. */
    if (lost && c->fixed && c->fixed->fix == fix)
        c->fixed->fix = NULL;
    while (*at && (*at)->span.start <= span.start)
        at = &(*at)->next;
    e->next = *at;
    *at = e;
}

struct tl_str tl_printf(struct tl_ctx *c, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    struct tl_str s = arena_vprintf(c->scratch, fmt, ap);
    va_end(ap);
    return s;
}

struct tl_str tl_quoted(struct tl_ctx *c, struct tl_str identifier)
{
    return canon_quoted(identifier, c->scratch);
}

/* "public" is noise to nearly everyone, and a mask stands for a schema whose
   name only a template knows. */
static struct tl_str short_name_text(struct tl_ctx *c, struct tl_name name,
                                     bool finds_public)
{
    if ((tl_str_is(name.schema, "public") && finds_public) ||
        split_is_mask(name.schema))
        name.schema = TL_NONE;
    return tl_full_name_text(c, name);
}

struct tl_str tl_name_text_at(struct tl_ctx *c, struct tl_name name,
                              struct tl_schema then)
{
    return short_name_text(c, name, tl_path_has(then, TL_STR("public")));
}

/* Behind the last migration no path is known but the one all begin with. */
struct tl_str tl_name_text(struct tl_ctx *c, struct tl_name name)
{
    return short_name_text(
        c, name, !c->layout || tl_path_has(tl_after(c), TL_STR("public")));
}

struct tl_str tl_full_name_text(struct tl_ctx *c, struct tl_name name)
{
    struct tl_str n = tl_quoted(c, name.name);

    if (!name.schema.n)
        return n;
    struct tl_str s = tl_quoted(c, name.schema);
    return tl_printf(c, "%.*s.%.*s", TL_FMT(s), TL_FMT(n));
}

struct tl_str tl_list_text(struct tl_ctx *c, const struct tl_str *list,
                           uint32_t n)
{
    struct tl_str out = TL_NONE;

    for (uint32_t i = 0; i < n; i++) {
        struct tl_str q = tl_quoted(c, list[i]);

        out = i ? tl_printf(c, "%.*s, %.*s", TL_FMT(out), TL_FMT(q)) : q;
    }
    return out;
}

const char *tl_loop_unit(const struct tl_loop *l)
{
    switch (l->window) {
    case TL_WINDOW_TRACE:
        return "request";
    case TL_WINDOW_TRANSACTION:
        return "transaction";
    case TL_WINDOW_SESSION:
        return "connection's work";
    }
    return "unit of work";
}

struct tl_str tl_loop_who(struct tl_ctx *c, const struct tl_loop *l)
{
    struct tl_str name = l->tag.n ? l->tag : l->application;

    return name.n ? tl_printf(c, " (%.*s)", TL_FMT(name)) : TL_STR("");
}

struct tl_str tl_loop_time(struct tl_ctx *c, const struct tl_loop *l)
{
    if (l->total_ms < 0)
        return TL_STR("");
    return tl_printf(c, ", %.3g ms in all", l->total_ms);
}
