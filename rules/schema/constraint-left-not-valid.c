/*
 * constraint-left-not-valid - a constraint that old rows were never checked
 * against: nobody may rely on it, the planner does not.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_relation *table)
{
    struct tl_schema s = tl_after(ctx);

    TL_EACH_CONSTRAINT(s, table, c) {
        if (c->validated || table->uncertain)
            continue;
        struct tl_str name = tl_quoted(ctx, c->name);
        struct tl_str of = tl_name_text(ctx, table->name);
        struct tl_finding *f =
            tl_report(ctx, c->row.made,
                      "%.*s of %.*s is never validated: old rows may break it.",
                      TL_FMT(name), TL_FMT(of));

        tl_object(ctx, f, table->name, TL_NONE);
        tl_help(ctx, f,
                "ALTER TABLE %.*s VALIDATE CONSTRAINT %.*s; in a later "
                "migration: reads and writes pass meanwhile.",
                TL_FMT(of), TL_FMT(name));
    }
}

TL_RULE(constraint_left_not_valid) = {
    .id = "TL227",
    .name = "constraint-left-not-valid",
    .summary = "a NOT VALID constraint is never validated",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .aliases = TL_ALIASES("not-valid-never-validated"),
    .on_relation = check,
};
