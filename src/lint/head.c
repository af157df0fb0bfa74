/*
 * head.c - says what a migration tool does not run, for it stands in front of
 * the file's first marker (TL006).
 *
 * Nothing else is said of it: it never happens.
 */
#include "lint/linter.h"
#include "sql/lex.h"

/* The text's first statement, its semicolon with it; none: comments alone. */
static bool first_statement(struct tl_str text, size_t from,
                            struct tl_span *out)
{
    struct lex l = lex_at(text, from);
    struct lex_token t = lex_next_code(&l);

    while (lex_is_punct(&l, t, ';'))
        t = lex_next_code(&l);
    if (t.kind == LEX_END)
        return false;
    out->start = t.start;
    for (; t.kind != LEX_END && !lex_is_punct(&l, t, ';');
         t = lex_next_code(&l))
        out->end = t.end;
    if (t.kind != LEX_END)
        out->end = t.end;
    return true;
}

void head_take(struct tl_linter *l, struct input *in,
               const struct layout *layout, bool muted)
{
    struct tl_ctx c = {.linter = l, .scratch = &l->scratch};
    struct tl_str head = {in->source.text.p, layout->head_end};
    struct tl_span at = {.source = in->source.id};

    if (!layout->up_marker ||
        !first_statement(head, source_bom(in->source.text), &at))
        return;
    /* For comments that speak of it: it has no number, being never run. */
    struct statement_range range = {at.start, at.end, l->statement};

    vec_push(&in->statements, range);
    if (muted)
        return;
    struct tl_finding *f =
        linter_report(l, "statement-before-marker", at,
                      "This is never run: it stands in front of the "
                      "migration's first marker.");
    tl_help(&c, f, "Put it behind a line '%s', or remove it.",
            layout->up_marker);
}
