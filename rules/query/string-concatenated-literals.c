/*
 * string-concatenated-literals - a query that is sent with ever other values in
 * its text, instead of with parameters.
 *
 * Judged on a server's log alone: what an ORM logs need not be what it sends.
 * INSERTs are left out, since dumps and seeds are made of such.
 */
#include <tusklint/rule.h>

/* A few constants are a program's own: states, kinds, sizes of pages. */
#define SETS 16

static bool is_judged(enum tl_shape_class class)
{
    return class == TL_CLASS_ONE || class == TL_CLASS_BATCH ||
           class == TL_CLASS_RANGE || class == TL_CLASS_UPDATE_ONE ||
           class == TL_CLASS_DELETE_ONE;
}

/* $1: parameters are known here, and the constants are others. */
static bool has_parameter(struct tl_str text)
{
    for (size_t i = 0; i + 1 < text.n; i++)
        if (text.p[i] == '$' && text.p[i + 1] >= '0' && text.p[i + 1] <= '9')
            return true;
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_shape *s)
{
    unsigned n = tl_shape_constants(s);

    if (n < SETS || !s->from_capture || !is_judged(s->class) ||
        has_parameter(s->example))
        return;
    struct tl_finding *f =
        tl_report(ctx, s->span,
                  "%u and more different sets of values came in this query's "
                  "text, none as parameters.",
                  n);

    f->statement_key = s->hash;
    if (s->n_tables)
        tl_object(ctx, f, s->tables[0].name, s->key_column);
    tl_detail(ctx, f,
              "each text is parsed and planned anew; whether the values were "
              "quoted rightly is not to be seen in a log");
    tl_help(ctx, f,
            "Send the values as parameters ($1): the text stays the same, and "
            "no value can become SQL. Some drivers write quoted values into "
            "the text by themselves, and can be told not to.");
}

TL_RULE(string_concatenated_literals) = {
    .id = "TL339",
    .name = "string-concatenated-literals",
    .summary = "a query that comes with its values in the text, not as "
               "parameters",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .opt_in = true,
    .on_shape = check,
};
