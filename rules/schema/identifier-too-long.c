/*
 * identifier-too-long - PostgreSQL cuts names silently, and two long ones may
 * become one.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx)
{
    size_t start = 0;
    size_t end = 0;

    while (tl_long_identifier(ctx, end, &start, &end)) {
        struct tl_finding *f =
            tl_report(ctx, tl_text_span(ctx, start, end),
                      "This name has more than 63 bytes: PostgreSQL drops what "
                      "is behind them.");

        tl_help(ctx, f, "Choose a shorter one.");
    }
}

TL_RULE(identifier_too_long) = {
    .id = "TL216",
    .name = "identifier-too-long",
    .summary = "a name is longer than PostgreSQL keeps",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_WARNING,
    .inputs = TL_IN_MIGRATION,
    .aliases = TL_ALIASES("identifier-length"),
    .on_statement = check,
};
