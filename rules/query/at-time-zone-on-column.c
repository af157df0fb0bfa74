/*
 * at-time-zone-on-column - the zone belongs to the value, not to the column.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    const struct tl_index *index;

    if (p->wrap != TL_WRAP_TIME_ZONE || !p->value)
        return;
    enum tl_severity severity = tl_filter_matters(ctx, p, &index);
    if (severity == TL_OFF)
        return;
    struct tl_str column = tl_quoted(ctx, p->ref.column);
    struct tl_str table = tl_name_text(ctx, p->ref.table);
    struct tl_finding *f = tl_report(
        ctx, tl_node_span(ctx, p->side),
        "No index on %.*s can serve this filter: every row of %.*s is put "
        "into the time zone first.",
        TL_FMT(column), TL_FMT(table));

    if (severity == TL_NOTE)
        tl_set_severity(f, TL_NOTE);
    tl_object(ctx, f, p->ref.table, p->ref.column);
    if (index) {
        struct tl_str of = tl_quoted(ctx, index->name.name);

        tl_related(ctx, f, index->row.made, "%.*s is made here", TL_FMT(of));
    }
    tl_help(ctx, f,
            "Put the value into the zone instead: %.*s >= (value AT TIME ZONE "
            "zone).",
            TL_FMT(column));
}

TL_RULE(at_time_zone_on_column) = {
    .id = "TL323",
    .name = "at-time-zone-on-column",
    .summary = "a filter that puts its column into a time zone",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_WARNING,
    .on_predicate = check,
};
