/*
 * syntax.c - says where and why a statement did not parse (TL001).
 *
 * A file of another dialect fails in every statement: it is said once. Known
 * causes get a hint, because "syntax error at or near" seldom names them.
 */
#include "lint/linter.h"
#include "sql/lex.h"

#include <string.h>

#include <strings.h>

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

/* Table engines and types that no other has. */
static bool is_clickhouse(struct tl_str s)
{
    static const char *const words[] = {"datetime64", "lowcardinality",
                                        "mergetree",  "sharedmergetree",
                                        "nullable",   "materializedview"};
    struct lex l = lex_at(s, 0);

    for (struct lex_token t = lex_next_code(&l); t.kind != LEX_END;
         t = lex_next_code(&l)) {
        struct tl_str text = lex_text(&l, t);

        if (t.kind != LEX_WORD)
            continue;
        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
            if (lex_is_word(&l, t, words[i]))
                return true;
        if (text.n > 9 && strncasecmp(text.p + text.n - 9, "mergetree", 9) == 0)
            return true;
    }
    return false;
}

/* Only code counts: prose in comments and strings is full of backquotes. */
static const char *foreign_dialect(struct tl_str s)
{
    struct lex l = lex_at(s, 0);
    bool after_engine = false;

    for (;;) {
        struct lex_token t = lex_next_code(&l);
        struct tl_str text = lex_text(&l, t);

        if (t.kind == LEX_END)
            return NULL;
        bool is_word = t.kind == LEX_WORD;
        if ((is_word && lex_is_word(&l, t, "auto_increment")) ||
            (t.kind == LEX_OPERATOR && memchr(text.p, '`', text.n)) ||
            (after_engine && tl_str_is(text, "=")))
            return is_clickhouse(s) ? "ClickHouse" : "MySQL";
        if (is_word && (lex_is_word(&l, t, "autoincrement") ||
                        lex_is_word(&l, t, "pragma")))
            return "SQLite";
        after_engine = is_word && lex_is_word(&l, t, "engine");
    }
}

/* Grammar that came after this build's: the version that has it, or 0. */
static int newer_grammar(const struct unit *u)
{
    struct tl_str s = u->text;
    struct tl_str rest = {s.p + u->parse.at, s.n - u->parse.at};

    if (has(u->parse.message, "must have an alias"))
        return 16;
    if (has_word(s, "json_table"))
        return 17;
    struct lex l = lex_at(rest, 0);
    struct lex_token t = lex_next_code(&l);
    /* ADD CONSTRAINT name NOT NULL column */
    if (lex_is_word(&l, t, "not") && has_word(s, "constraint"))
        return 18;
    if (has_word(rest, "virtual") || has_word(rest, "enforced") ||
        has_word(rest, "overlaps"))
        return 18;
    return has_word(rest, "returning") && has_word(s, "merge") ? 17 : 0;
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
    return NULL;
}

/* No fault of theirs who run that version; but it is not analysed. */
static void report_newer(const struct tl_linter *l, struct tl_ctx *c,
                         struct tl_span at, int version)
{
    const struct unit *u = c->unit;

    if (choice_options(l, u->input)->pg_version < version) {
        struct tl_finding *f =
            tl_report(c, at, "The statement does not parse: %.*s",
                      TL_FMT(u->parse.message));
        tl_help(c, f,
                "It may be right in PostgreSQL %d (--pg-version %d); this "
                "build reads PostgreSQL %d's grammar.",
                version, version, parse_grammar_version());
        return;
    }
    struct tl_finding *f = tl_report(
        c, at,
        "This statement is not analysed: it may be PostgreSQL %d's grammar, "
        "and this build reads PostgreSQL %d's.",
        version, parse_grammar_version());
    tl_set_severity(f, TL_NOTE);
    tl_detail(c, f, "To PostgreSQL %d it is: %.*s", parse_grammar_version(),
              TL_FMT(u->parse.message));
}

/* A program fills "{}" and "{name}" in before the server sees the query. Where
   a tool applies files as they are, it is a mistake like others. */
static bool is_for_program(const struct unit *u)
{
    return u->input->kind == INPUT_QUERY && u->parse.at < u->text.n &&
           u->text.p[u->parse.at] == '{';
}

static void report_placeholder(struct tl_ctx *c, struct tl_span at)
{
    struct tl_finding *f = tl_report(
        c, at,
        "This query is not analysed: a program fills in what stands in braces "
        "here.");

    tl_set_severity(f, TL_NOTE);
    tl_detail(c, f, "To PostgreSQL it is: %.*s",
              TL_FMT(c->unit->parse.message));
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
        struct tl_finding *f =
            tl_report(c, at, "This is not PostgreSQL's SQL but %s's: %.*s",
                      dialect, TL_FMT(u->parse.message));
        tl_help(c, f, "Leave files of other databases out of the run.");
        return;
    }
    if (is_for_program(u)) {
        report_placeholder(c, at);
        return;
    }
    int version = newer_grammar(u);
    if (version > parse_grammar_version()) {
        report_newer(l, c, at, version);
        return;
    }
    struct tl_finding *f = tl_report(
        c, at, "The statement does not parse: %.*s", TL_FMT(u->parse.message));
    if (u->in_function && l->txn.settings.now.bodies_unchecked) {
        tl_set_severity(f, TL_NOTE);
        tl_detail(c, f,
                  "check_function_bodies is off: the function is made, "
                  "and fails when it comes here");
    }
    const char *why = hint(u);
    if (why)
        tl_help(c, f, "Perhaps %s.", why);
}
