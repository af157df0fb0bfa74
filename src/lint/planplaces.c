/*
 * planplaces.c - the places that belong to a plan's node: where its table and
 * its index are made, and the query as it was captured.
 */
#include "lint/linter.h"

#include <tusklint/rule.h>

static bool same_table(const struct tl_plan_node *a,
                       const struct tl_plan_node *b)
{
    return tl_str_eq(a->relation, b->relation) &&
           tl_str_eq(a->schema, b->schema);
}

/* The one that reads a table, when only one table is read at or below. */
static const struct tl_plan_node *only_reader(const struct tl_plan *p,
                                              const struct tl_plan_node *top)
{
    const struct tl_plan_node *found = NULL;

    if (top->relation.n)
        return top;
    for (const struct tl_plan_node *n = top; n < p->nodes + top->end; n++) {
        if (!n->relation.n)
            continue;
        if (found && !same_table(found, n))
            return NULL;
        if (!found)
            found = n;
    }
    return found;
}

/* A Bitmap Index Scan stands below the node that reads the table. */
static const struct tl_plan_node *reader_of(const struct tl_plan *p,
                                            const struct tl_plan_node *n)
{
    const struct tl_plan_node *reader = only_reader(p, n);

    while (!reader && n && n->index.n) {
        n = tl_plan_parent(p, n);
        if (n && n->relation.n)
            reader = n;
    }
    return reader;
}

static void relate_table(struct tl_ctx *ctx, struct tl_finding *f,
                         struct tl_name name)
{
    const struct tl_relation *r = tl_find_relation(tl_after(ctx), name, NULL);

    if (!r || r->incomplete)
        return;
    struct tl_str text = tl_name_text(ctx, name);
    tl_related(ctx, f, r->row.made, "%.*s is made here", TL_FMT(text));
}

static bool is_related(const struct tl_finding *f, struct tl_span span)
{
    for (const struct tl_related *r = f->related; r; r = r->next)
        if (r->span.source == span.source && r->span.start == span.start)
            return true;
    return false;
}

static void relate_index(struct tl_ctx *ctx, struct tl_finding *f,
                         struct tl_name name)
{
    const struct tl_index *index =
        name.name.n ? tl_find_index(tl_after(ctx), name) : NULL;

    if (!index || is_related(f, index->row.made))
        return;
    struct tl_str text = tl_quoted(ctx, name.name);
    tl_related(ctx, f, index->row.made, "%.*s is made here", TL_FMT(text));
}

/* The indexes by which the node reads its table: its own, or those of the
   bitmaps below it. What subqueries read is another matter. */
static void relate_indexes(struct tl_ctx *ctx, struct tl_finding *f,
                           const struct tl_plan *p,
                           const struct tl_plan_node *reader)
{
    const struct tl_plan_node *end = p->nodes + reader->end;
    const struct tl_plan_node *n = reader;

    while (n < end) {
        bool is_own = n == reader || tl_str_is(n->relationship, "Outer") ||
                      tl_str_is(n->relationship, "Member");

        if (is_own)
            relate_index(ctx, f, (struct tl_name){reader->schema, n->index});
        n = is_own ? n + 1 : p->nodes + n->end;
    }
}

void tl_about_node(struct tl_ctx *ctx, struct tl_finding *f,
                   const struct tl_plan *plan, const struct tl_plan_node *n)
{
    const struct tl_plan_node *reader = reader_of(plan, n);

    if (reader) {
        struct tl_name name = {reader->schema, reader->relation};

        if (!f->object.n)
            tl_object(ctx, f, name, TL_NONE);
        relate_table(ctx, f, name);
        relate_indexes(ctx, f, plan, reader);
    }
    tl_relate_query(ctx, f, plan);
}

/* ---- the query ---- */

static const struct tl_seen *most(const struct tl_seen *seen, uint32_t n)
{
    const struct tl_seen *best = NULL;

    for (uint32_t i = 0; i < n; i++)
        if (seen[i].text.n && (!best || seen[i].calls > best->calls))
            best = &seen[i];
    return best;
}

/* ", by web for GET /bins", of those that asked most often. */
static struct tl_str who_asked(struct tl_ctx *ctx, const struct tl_shape *s)
{
    const struct tl_seen *by = most(s->applications, s->n_applications);
    const struct tl_seen *route = most(s->routes, s->n_routes);
    struct tl_str text = TL_STR("");

    if (by)
        text =
            tl_printf(ctx, ", %sby %.*s",
                      s->n_applications > 1 ? "mostly " : "", TL_FMT(by->text));
    if (route)
        text = tl_printf(ctx, "%.*s%s %sfor %.*s", TL_FMT(text), by ? "" : ",",
                         s->n_routes > 1 ? "mostly " : "", TL_FMT(route->text));
    return text;
}

void tl_relate_query(struct tl_ctx *ctx, struct tl_finding *f,
                     const struct tl_plan *plan)
{
    const struct tl_shape *shape = tl_shape_by_hash(ctx, plan->shape);

    if (!shape || !shape->from_capture || !shape->calls)
        return;
    unsigned long long calls = shape->calls;
    struct tl_str who = who_asked(ctx, shape);
    struct tl_str time =
        shape->total_ms >= 0
            ? tl_printf(ctx, ", %.1f ms in all", shape->total_ms)
            : TL_STR("");
    tl_related(ctx, f, shape->span,
               "the query was captured %llu time%s%.*s%.*s", calls,
               calls == 1 ? "" : "s", TL_FMT(time), TL_FMT(who));
}
