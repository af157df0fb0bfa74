/*
 * unit.c - one statement made ready for judging: parsed, flattened, decoded.
 *
 * Runs on pool threads; touches nothing but the unit.
 */
#include "lint/linter.h"

/* COPY's data, psql lines and templates were masked by the splitter. */
void unit_prepare(struct unit *u)
{
    bool more = false;

    parse_statement(u->text, u->arena, &u->parse, &more);
    if (u->parse.ok && u->place == TL_IN_MIGRATION)
        decode_statement(&u->parse.tree, u->text, u->arena, &u->ops);
    if (u->parse.ok && u->place == TL_IN_MIGRATION)
        body_prepare(u);
}
