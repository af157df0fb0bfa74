/*
 * missing-down - the way back that does not lead back.
 *
 * Compared by name: tables, views and columns before the migration, after it,
 * and after its down part.
 */
#include <tusklint/rule.h>

static bool counts(const struct tl_relation *r)
{
    return (r->kind == TL_TABLE || r->kind == TL_PARTITIONED_TABLE ||
            r->kind == TL_VIEW || r->kind == TL_MATVIEW) &&
           !r->temporary && !r->uncertain && !r->incomplete;
}

static const char *kind(const struct tl_relation *r)
{
    return r->kind == TL_VIEW      ? "view"
           : r->kind == TL_MATVIEW ? "materialized view"
                                   : "table";
}

static const struct tl_relation *find(struct tl_schema s,
                                      const struct tl_relation *r)
{
    return tl_find_relation(s, r->name, NULL);
}

static void say_left(struct tl_ctx *ctx, const struct tl_migration *m,
                     struct tl_span made, const char *what, struct tl_str name)
{
    struct tl_finding *f =
        tl_report(ctx, made, "Down leaves the %s %.*s, which is made here.",
                  what, TL_FMT(name));

    tl_related(ctx, f, m->down_at, "the down part");
    tl_help(ctx, f, "Drop it in the down part.");
}

static void say_not_back(struct tl_ctx *ctx, const struct tl_migration *m,
                         const char *what, struct tl_str name)
{
    struct tl_finding *f =
        tl_report(ctx, m->down_at,
                  "Down does not bring back the %s %.*s, which up drops.", what,
                  TL_FMT(name));

    tl_help(ctx, f,
            "Make it again in the down part; its rows are lost in any case.");
}

static void say_too_much(struct tl_ctx *ctx, const struct tl_migration *m,
                         const char *what, struct tl_str name)
{
    struct tl_finding *f = tl_report(
        ctx, m->down_at, "Down drops the %s %.*s, which was there before up.",
        what, TL_FMT(name));

    tl_help(ctx, f, "Drop in the down part only what the up part makes.");
}

static void judge_columns(struct tl_ctx *ctx, const struct tl_migration *m,
                          const struct tl_relation *before,
                          const struct tl_relation *up,
                          const struct tl_relation *down)
{
    struct tl_str table = tl_name_text(ctx, up->name);

    TL_EACH_COLUMN(m->up, up, c)
        if (!tl_find_column(m->before, before, c->name) &&
            tl_find_column(m->down, down, c->name)) {
            struct tl_str name = tl_quoted(ctx, c->name);

            say_left(ctx, m, c->row.made, "column",
                     tl_printf(ctx, "%.*s.%.*s", TL_FMT(table), TL_FMT(name)));
        }
    TL_EACH_COLUMN(m->before, before, c) {
        bool is_up = tl_find_column(m->up, up, c->name);
        struct tl_str name = tl_quoted(ctx, c->name);

        if (tl_find_column(m->down, down, c->name))
            continue;
        name = tl_printf(ctx, "%.*s.%.*s", TL_FMT(table), TL_FMT(name));
        if (is_up)
            say_too_much(ctx, m, "column", name);
        else
            say_not_back(ctx, m, "column", name);
    }
}

static bool has_columns(const struct tl_relation *r)
{
    return r->kind == TL_TABLE || r->kind == TL_PARTITIONED_TABLE;
}

static void check(struct tl_ctx *ctx)
{
    struct tl_migration m = tl_migration(ctx);

    TL_EACH_RELATION(m.up, r)
        if (counts(r) && !find(m.before, r)) {
            const struct tl_relation *left = find(m.down, r);

            if (left && !left->uncertain && left->id == r->id)
                say_left(ctx, &m, r->row.made, kind(r),
                         tl_name_text(ctx, r->name));
        }
    TL_EACH_RELATION(m.before, r) {
        const struct tl_relation *up = find(m.up, r);
        const struct tl_relation *down = find(m.down, r);

        if (!counts(r))
            continue;
        if (!down && up)
            say_too_much(ctx, &m, kind(r), tl_name_text(ctx, r->name));
        else if (!down)
            say_not_back(ctx, &m, kind(r), tl_name_text(ctx, r->name));
        else if (up && !up->uncertain && !down->uncertain && has_columns(up) &&
                 has_columns(r) && up->id == r->id && down->id == r->id)
            judge_columns(ctx, &m, r, up, down);
    }
}

TL_RULE(missing_down) = {
    .id = "TL152",
    .name = "missing-down",
    .summary = "the down part does not take back what the up part does",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_NOTE,
    .opt_in = true,
    .on_down_end = check,
};
