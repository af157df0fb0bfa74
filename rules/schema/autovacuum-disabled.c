/*
 * autovacuum-disabled - dead rows stay, statistics grow old, and one day the
 * server vacuums all of it at once to save itself.
 */
#include <tusklint/rule.h>

#include <strings.h>

static bool is_off(const PgQuery__Node *value)
{
    static const char *const words[] = {"false", "off", "no", "0", "f", "n"};
    const char *text = NULL;

    if (!value)
        return false;
    if (value->node_case == TL_KIND(STRING))
        text = value->string->sval;
    else if (value->node_case == TL_KIND(INTEGER))
        return value->integer->ival == 0;
    /* To the grammar the word off is a type. */
    else if (value->node_case == TL_KIND(TYPE_NAME) &&
             value->type_name->n_names == 1)
        text = value->type_name->names[0]->string->sval;
    for (size_t i = 0; text && i < sizeof(words) / sizeof(words[0]); i++)
        if (strcasecmp(text, words[i]) == 0)
            return true;
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__DefElem *o = TL_AS(DEF_ELEM, DefElem, node);

    if (strcmp(o->defname, "autovacuum_enabled") != 0 || !is_off(o->arg))
        return;
    struct tl_finding *f =
        tl_report(ctx, tl_node_span(ctx, node),
                  "Without autovacuum dead rows stay, the planner's statistics "
                  "grow old, and the wraparound vacuum comes at its own time.");

    tl_help(ctx, f,
            "Tune it for the table instead: autovacuum_vacuum_scale_factor, "
            "autovacuum_vacuum_cost_delay.");
}

TL_RULE(autovacuum_disabled) = {
    .id = "TL231",
    .name = "autovacuum-disabled",
    .summary = "a table without autovacuum keeps dead rows and old statistics",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_WARNING,
    .inputs = TL_IN_MIGRATION,
    .nodes = TL_ON(TL_KIND(DEF_ELEM)),
    .on_node = check,
};
