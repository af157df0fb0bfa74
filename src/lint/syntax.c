/*
 * syntax.c - says where and why a statement did not parse (TL001).
 *
 * A file of another dialect fails in every statement: it is said once. Known
 * causes get a hint, because "syntax error at or near" seldom names them.
 */
#include "lint/linter.h"
#include "sql/lex.h"

#include <string.h>

static bool has(struct tl_str s, const char *needle)
{
    return memmem(s.p, s.n, needle, strlen(needle)) != NULL;
}

static bool has_word(struct tl_str s, const char *word)
{
    struct lex l = lex_at(s, 0);

    for (;;) {
        struct lex_token t = lex_next_code(&l);

        if (t.kind == LEX_END)
            return false;
        if (lex_is_word(&l, t, word))
            return true;
    }
}

static const char *foreign_dialect(struct tl_str s)
{
    if (has(s, "`") || has_word(s, "auto_increment") ||
        has_word(s, "engine"))
        return "MySQL";
    if (has_word(s, "autoincrement") || has_word(s, "pragma"))
        return "SQLite";
    return NULL;
}

static const char *hint(const struct unit *u)
{
    struct tl_str s = u->text;

    if (has(s, "{{") || has(s, "{%") || has(s, "${"))
        return "a template placeholder is left in it; lint the SQL that the "
               "template gives";
    if (u->parse.at < s.n && s.p[u->parse.at] == ':')
        return "psql variables are replaced where they stand as values or "
               "names; this one is not";
    if (has_word(s, "virtual") || has_word(s, "enforced") ||
        has_word(s, "merge") || has_word(s, "json_table"))
        return "it may be syntax of a newer PostgreSQL than the grammar of "
               "this build";
    return NULL;
}

void syntax_report(struct tl_linter *l, struct tl_ctx *c)
{
    const struct unit *u = c->unit;
    const struct active_rule *rule =
        dispatch_find(&l->dispatch, "syntax-error");
    const char *dialect = foreign_dialect(u->text);

    if (u->input->foreign_reported || c->muted || !rule)
        return;
    c->active = rule;
    struct tl_span at = tl_text_span(c, u->parse.at, u->parse.at_end);
    if (dialect) {
        u->input->foreign_reported = true;
        struct tl_finding *f = tl_report(
            c, at, "This is not PostgreSQL's SQL but %s's: %.*s", dialect,
            TL_FMT(u->parse.message));
        tl_help(c, f, "Leave files of other databases out of the run.");
        return;
    }
    struct tl_finding *f =
        tl_report(c, at, "The statement does not parse: %.*s",
                  TL_FMT(u->parse.message));
    const char *why = hint(u);
    if (why)
        tl_help(c, f, "Perhaps %s.", why);
}
