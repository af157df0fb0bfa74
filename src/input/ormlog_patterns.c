/*
 * ormlog_patterns.c - what a line of an ORM's log is.
 *
 * Each pattern is a mark, and what stands behind it (some, before it). A
 * statement must begin as SQL does: applications log all kinds of things.
 */
#include "base/scan.h"
#include "input/ormlog.h"
#include "input/ormlog_text.h"

#include <ctype.h>

/* What loggers write before a mark is no longer than this. */
#define LEAD_MAX 240
#define NAME_MAX_BYTES 120
/* Places in one statement that may begin its binds. */
#define BINDS_TRIED 32

struct pattern {
    const char *mark;
    enum orm_kind kind;
    /* The line, and where the mark ends in it. */
    bool (*take)(const struct pattern *, struct tl_str, size_t,
                 struct orm_line *);
    const char *tail; /* between the statement and its values */
    enum text_encoding encoding;
    enum orm_goes_on goes_on;
};

/* ---- marks that stand in front ---- */

/* SQL, the tail, values. */
static bool take_text(const struct pattern *p, struct tl_str line, size_t at,
                      struct orm_line *out)
{
    struct tl_str rest = text_from(line, text_behind_space(line, at));

    out->open = !orm_line_tail(rest, p->tail, &out->sql, &out->values);
    out->sql = orm_trim(out->sql);
    if (!out->sql.n)
        return p->goes_on == ORM_INDENTED;
    return orm_is_sql(out->sql);
}

/* ... (default): SELECT 1; "a", 1 (3ms) */
static bool take_sequelize(const struct pattern *p, struct tl_str line,
                           size_t at, struct orm_line *out)
{
    size_t colon = text_find(line, at, "): ");
    size_t elapsed = text_find_last(line, " Elapsed time: ");
    size_t took = text_find_last(line, " (");
    size_t end = line.n;
    (void)p;

    if (colon == line.n || colon - at > NAME_MAX_BYTES)
        return false;
    if (!tl_str_is(text_between(line, at, colon), "default"))
        out->session = text_between(line, at, colon);
    if (elapsed < line.n) {
        out->ms = text_number(text_from(line, elapsed + 15));
        end = elapsed;
    } else if (took < line.n &&
               tl_str_is(text_from(line, text_behind_digits(line, took + 2)),
                         "ms)")) {
        out->ms = text_number(text_from(line, took + 2));
        end = took;
    }
    if (end < colon + 3)
        return false;
    struct tl_str rest = text_between(line, colon + 3, end);
    /* Values stand behind the semicolon that ends the statement. */
    size_t semicolon = 0;
    for (char quote = 0; semicolon < rest.n; semicolon++) {
        char c = rest.p[semicolon];

        if (c == ';' && !quote)
            break;
        if (c == '\'' || c == '"')
            quote = !quote ? c : quote == c ? 0 : quote;
    }
    out->open = semicolon == rest.n;
    out->sql = orm_trim(text_between(rest, 0, semicolon));
    struct tl_str values = orm_trim(text_from(rest, semicolon + 1));
    if (values.n)
        out->values = values;
    return orm_is_sql(out->sql);
}

static bool take_number(const struct pattern *p, struct tl_str line, size_t at,
                        struct orm_line *out)
{
    (void)p;
    out->ms = text_number(text_from(line, text_behind_space(line, at)));
    return out->ms >= 0;
}

/* The 0.002) SELECT 1; args=(); alias=default of it */
static bool take_django(const struct pattern *p, struct tl_str line, size_t at,
                        struct orm_line *out)
{
    size_t end = text_behind_digits(line, at);

    if (end - at < 5 || end + 2 >= line.n || line.p[end - 4] != '.' ||
        line.p[end] != ')' || line.p[end + 1] != ' ')
        return false;
    out->ms = text_number(text_from(line, at)) * 1000;
    if (!take_text(p, line, end + 2, out))
        return false;
    /* The values are in the text, whatever args says. */
    out->values = TL_NONE;
    return out->sql.n > 0;
}

/* ---- loggers' names ---- */

/* "[generated in 0.00018s] {'id': 1}" */
static bool take_echo_values(struct tl_str text, struct orm_line *out)
{
    static const char *const heads[] = {"[generated in ", "[cached since ",
                                        "[no key ",       "[raw sql]",
                                        "[caching ",      "[dialect "};
    bool known = false;

    for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
        known |= text_starts(text, heads[i]);
    if (known)
        text = text_from(text, text_find(text, 0, "]") + 1);
    text = orm_trim(text);
    if (!text.n || !strchr("{([", text.p[0]) || !text.p[0])
        return false;
    out->kind = ORM_VALUES;
    out->values = text;
    out->form = text.p[0] == '{'   ? ORM_NAMED
                : text.p[0] == '(' ? ORM_LIST
                                   : ORM_NOT_TOLD;
    return true;
}

/* BEGIN (implicit), COMMIT using ... */
static struct tl_str without_remark(struct tl_str sql)
{
    size_t at = text_find(sql, 0, " (implicit");

    if (at == sql.n && text_starts(sql, "COMMIT"))
        at = 6;
    if (at == sql.n && text_starts(sql, "ROLLBACK using"))
        at = 8;
    return text_between(sql, 0, at);
}

/* sqlalchemy.engine.Engine SELECT 1, and its values in the next record */
static bool take_echo(const struct pattern *p, struct tl_str line, size_t at,
                      struct orm_line *out)
{
    (void)p;
    while (at < line.n && !text_is_blank(line.p[at]) && line.p[at] != ':')
        at++;
    if (at >= line.n)
        return false;
    struct tl_str text = text_from(line, text_behind_space(line, at + 1));
    out->open = true;
    out->sql = without_remark(orm_trim(text));
    if (orm_is_sql(out->sql) || take_echo_values(text, out))
        return true;
    out->kind = ORM_OTHER;
    return true;
}

/* The last [thread] before the logger's name. */
static struct tl_str thread_of(struct tl_str lead)
{
    size_t open = text_find_last(lead, "[");
    size_t close = text_find(lead, open, "]");

    return close < lead.n ? text_between(lead, open + 1, close) : TL_NONE;
}

/* "... [main] org.hibernate.SQL : select 1" */
static bool take_logger(const struct pattern *p, struct tl_str line, size_t at,
                        struct orm_line *out)
{
    out->session = thread_of(text_between(line, 0, at - strlen(p->mark)));
    while (at < line.n &&
           (text_is_blank(line.p[at]) || strchr(":-]", line.p[at])))
        at++;
    return take_text(p, line, at, out);
}

/* (1:BIGINT) <- [5] and [1] as [BIGINT] - [5] */
static bool take_bind(const struct pattern *p, struct tl_str line, size_t at,
                      struct orm_line *out)
{
    size_t old = text_find(line, at, " - [");
    size_t arrow = text_find(line, at, " <- [");
    size_t value = arrow < line.n ? arrow + 5 : old + 4;

    out->session = thread_of(text_between(line, 0, at - strlen(p->mark)));
    if (at >= line.n || value > line.n || line.p[line.n - 1] != ']' ||
        value >= line.n)
        return false;
    double n = text_number(text_from(line, at + 1));
    if (n < 1 || n > 65535)
        return false;
    out->number = (unsigned)n;
    out->values = text_between(line, value, line.n - 1);
    return true;
}

/* ---- fields, objects ---- */

/* The `wanted`th pipe behind `at`, or the end. */
static size_t pipe_at(struct tl_str s, size_t at, size_t wanted)
{
    for (; at < s.n; at++)
        if (s.p[at] == '|' && wanted-- == 0)
            return at;
    return s.n;
}

/* now|elapsed|category|connection 1|url U|prepared|with values: what has
   values has as many pipes in it as what has not. */
static bool take_p6spy(const struct pattern *p, struct tl_str line, size_t at,
                       struct orm_line *out)
{
    size_t mark = at - strlen(p->mark);
    size_t elapsed = mark;
    size_t pipes = 0;

    while (elapsed > 0 && text_is_digit(line.p[elapsed - 1]))
        elapsed--;
    out->ms = text_number(text_between(line, elapsed, mark));
    size_t end = pipe_at(line, at, 0);
    if (end == line.n)
        return false;
    out->session = text_between(line, at, end);
    at = end + 1;
    if (text_starts(text_from(line, at), "url "))
        at = pipe_at(line, at, 0) + 1;
    if (at > line.n)
        return false;
    if (p->kind == ORM_OTHER) {
        out->kind = ORM_STATEMENT;
        out->sql = text_between(line, mark + 1, pipe_at(line, mark + 1, 0));
        return true;
    }
    for (size_t i = at; i < line.n; i++)
        pipes += line.p[i] == '|';
    out->sql = orm_trim(text_from(line, pipe_at(line, at, pipes / 2) + 1));
    return pipes % 2 == 1 && orm_is_sql(out->sql);
}

static struct tl_str token_text(const struct scan *s, struct scan_token t)
{
    if (t.kind == SCAN_STRING)
        return text_between(s->text, t.start + 1, t.end - 1);
    return text_between(s->text, t.start, t.end);
}

/* Is it a member that nobody else has? */
static bool take_member(const struct scan *s, struct scan_token key,
                        struct scan_token value, struct orm_line *out)
{
    struct tl_str name = token_text(s, key);
    struct tl_str text = token_text(s, value);

    if (tl_str_is(name, "sql") || tl_str_is(name, "query"))
        out->sql = text;
    else if (tl_str_is(name, "__knexUid"))
        out->session = text;
    else if (tl_str_is(name, "duration"))
        out->ms = text_number(text);
    else if (tl_str_is(name, "bindings") || tl_str_is(name, "params"))
        out->values = text;
    if (tl_str_is(name, "params") && value.kind == SCAN_STRING)
        out->form = ORM_ESCAPED;
    return text_starts(name, "__knex") || text_starts(text, "quaint::");
}

/* A JSON object a line: the events of Knex and of Prisma. */
static bool take_object(const struct pattern *p, struct tl_str line, size_t at,
                        struct orm_line *out)
{
    struct scan s = {line, at};
    bool own = false;
    (void)p;

    for (struct scan_token t = scan_next(&s); t.kind == SCAN_STRING;
         t = scan_next(&s)) {
        struct scan_token colon = scan_next(&s);
        struct scan_token value = scan_next(&s);

        if (colon.kind != SCAN_PUNCT || colon.punct != ':' ||
            value.kind == SCAN_END || value.kind == SCAN_BAD)
            return false;
        scan_skip(&s, value);
        value.end = value.kind == SCAN_PUNCT ? s.at : value.end;
        own |= take_member(&s, t, value, out);
        struct scan_token comma = scan_next(&s);
        if (comma.kind != SCAN_PUNCT || comma.punct != ',')
            break;
    }
    return own && orm_is_sql(out->sql);
}

/* ---- Rails ---- */

/* Behind "D, [2024-...] DEBUG -- : " and the tags, whose id is taken. */
static size_t behind_tags(struct tl_str line, struct orm_line *out)
{
    size_t dashes = text_find(line, 0, " -- : ");
    size_t at = 0;

    if (dashes < NAME_MAX_BYTES && dashes < line.n)
        at = dashes + 6;
    while (at < line.n && line.p[at] == '[') {
        size_t end = text_find(line, at, "] ");

        if (end == line.n)
            return at;
        /* Ids are long; a host or a subdomain is not. */
        if (end - at > 16)
            out->request = text_between(line, at + 1, end);
        at = end + 2;
    }
    return text_behind_space(line, at);
}

/* Without colours, binds stand behind two blanks, to the end. */
static void cut_binds(struct tl_str rest, struct orm_line *out)
{
    size_t at = text_find(rest, 0, "  [");

    for (unsigned n = 0; at < rest.n && n < BINDS_TRIED; n++) {
        if (orm_values_whole(text_from(rest, at + 2)))
            break;
        at = text_find(rest, at + 1, "  [");
    }
    out->sql = text_between(rest, 0, at);
    if (at < rest.n)
        out->values = text_from(rest, at + 2);
}

/* "Author Load (0.6ms)  SELECT ...  [["id", 1]]" */
static bool take_rails(const struct pattern *p, struct tl_str line, size_t at,
                       struct orm_line *out)
{
    size_t start = behind_tags(line, out);
    size_t mark = at - strlen(p->mark);
    size_t open = mark;

    while (open > start &&
           (text_is_digit(line.p[open]) || line.p[open] == '.' || open == mark))
        open--;
    if (open < start || open >= line.n || line.p[open] != '(' ||
        open - start > NAME_MAX_BYTES)
        return false;
    for (size_t i = start; i < open; i++)
        if (!isalnum((unsigned char)line.p[i]) && !strchr(" :_?!", line.p[i]))
            return false;
    out->ms = text_number(text_from(line, open + 1));
    at = text_behind_colours(line, at);
    if (!text_starts(text_from(line, at), "  "))
        return false;
    struct tl_str rest = text_from(line, text_behind_space(line, at));
    size_t colour = text_find(rest, 0, "\033[0m");
    cut_binds(rest, out);
    if (colour < rest.n) {
        out->sql = text_between(rest, 0, colour);
        struct tl_str binds = text_from(rest, text_behind_space(rest, colour));
        out->values = binds.n ? binds : TL_NONE;
    }
    out->sql = orm_trim(out->sql);
    if (text_starts(text_from(line, start), "CACHE"))
        out->kind = ORM_OTHER;
    return orm_is_sql(out->sql);
}

/* Started GET "/authors" for 127.0.0.1 at ... */
static bool take_request(const struct pattern *p, struct tl_str line, size_t at,
                         struct orm_line *out)
{
    size_t mark = at - strlen(p->mark);

    if (behind_tags(line, out) != mark || at >= line.n)
        return false;
    out->sql = text_from(line, at);
    if (p->kind == ORM_REQUEST_END)
        return text_is_digit(line.p[at]);
    return isupper((unsigned char)line.p[at]) &&
           text_find(line, at, " \"/") < line.n;
}

/* A call site of the record before. */
static bool take_nothing(const struct pattern *p, struct tl_str line, size_t at,
                         struct orm_line *out)
{
    (void)out;
    return text_behind_space(line, 0) + strlen(p->mark) == at;
}

/* ---- GORM, Ecto, Laravel ---- */

/* "[1.017ms] [rows:1] SELECT ...", with colours between; rows may be "-". */
static bool take_gorm(const struct pattern *p, struct tl_str line, size_t at,
                      struct orm_line *out)
{
    size_t mark = at - strlen(p->mark);
    size_t took = text_find_last(text_between(line, 0, mark), "ms] ");
    size_t open = took;
    size_t end = at;

    while (open > 0 &&
           (text_is_digit(line.p[open - 1]) || line.p[open - 1] == '.'))
        open--;
    if (took >= mark || open == 0 || line.p[open - 1] != '[' ||
        text_behind_space(line, took + 4) != mark)
        return false;
    while (end < line.n && (text_is_digit(line.p[end]) || line.p[end] == '-'))
        end++;
    if (end == at || end >= line.n || line.p[end] != ']')
        return false;
    out->ms = text_number(text_from(line, open));
    return take_text(p, line, end + 1, out);
}

/* 12:00:00.000 request_id=Fx [debug] QUERY OK source="users" db=1.2ms; the
   statement begins in the next line, values stand behind its end. */
static bool take_ecto(const struct pattern *p, struct tl_str line, size_t at,
                      struct orm_line *out)
{
    size_t took = text_find(line, at, " db=");
    size_t id = text_find(line, 0, "request_id=");
    size_t end = id + 11;
    (void)p;

    if (took == line.n)
        return false;
    out->ms = text_number(text_from(line, took + 4));
    while (end < line.n && !text_is_blank(line.p[end]))
        end++;
    if (end < at)
        out->request = text_between(line, id + 11, end);
    out->open = true;
    return out->ms >= 0;
}

/* {"bindings":[7],"time":0.38} */
static void take_context(struct tl_str context, struct orm_line *out)
{
    size_t values = text_find(context, 0, "\"bindings\":[");
    size_t took = text_find(context, 0, "\"time\":");

    if (values < context.n)
        out->values = text_from(context, values + 11);
    if (took < context.n)
        out->ms = text_number(text_from(context, took + 7));
}

/* Monolog's own format ends in a second list, empty. */
static struct tl_str without_extra(struct tl_str s)
{
    if (s.n > 4 && tl_str_is(text_from(s, s.n - 3), " []") &&
        (s.p[s.n - 4] == ']' || s.p[s.n - 4] == '}'))
        s.n -= 3;
    return s;
}

/* [2026-11-20 10:00:00] local.DEBUG: select ... [7]: what a listener hands to
   the log, and what it adds as context. */
static bool take_laravel(const struct pattern *p, struct tl_str line, size_t at,
                         struct orm_line *out)
{
    size_t open = text_behind_space(line, 0);
    struct tl_str rest = without_extra(orm_trim(text_from(line, at)));
    struct tl_str values;
    size_t context = text_find_last(rest, " {\"");
    (void)p;

    if (open + 1 >= line.n || line.p[open] != '[' ||
        !text_is_digit(line.p[open + 1]) || text_find(line, open, "] ") >= at)
        return false;
    if (context < rest.n && rest.p[rest.n - 1] == '}') {
        take_context(text_from(rest, context + 1), out);
        rest.n = context;
    } else if (orm_cut_list(&rest, &values)) {
        out->values = values;
    }
    out->sql = orm_trim(rest);
    return orm_is_sql(out->sql);
}

/* ---- the table ---- */

#define PARAMETERS " -- PARAMETERS: "

static const struct pattern patterns[] = {
    /* Rails */
    {"ms)", ORM_STATEMENT, take_rails, NULL, TEXT_PLAIN, ORM_ONE_LINE},
    {"Started ", ORM_REQUEST, take_request, NULL, TEXT_PLAIN, ORM_ONE_LINE},
    {"Completed ", ORM_REQUEST_END, take_request, NULL, TEXT_PLAIN,
     ORM_ONE_LINE},
    {"\342\206\263 ", ORM_OTHER, take_nothing, NULL, TEXT_PLAIN, ORM_ONE_LINE},
    /* Django */
    {"(", ORM_STATEMENT, take_django, "; args=", TEXT_PLAIN, ORM_TO_TAIL},
    /* SQLAlchemy */
    {"sqlalchemy.engine", ORM_STATEMENT, take_echo, NULL, TEXT_PYFORMAT,
     ORM_TO_RECORD},
    /* Sequelize */
    {"Executed (", ORM_STATEMENT, take_sequelize, NULL, TEXT_PLAIN,
     ORM_INDENTED},
    {"Executing (", ORM_STATEMENT, take_sequelize, NULL, TEXT_PLAIN,
     ORM_INDENTED},
    /* TypeORM */
    {"query: ", ORM_STATEMENT, take_text, PARAMETERS, TEXT_PLAIN, ORM_INDENTED},
    {"[QUERY]: ", ORM_STATEMENT, take_text, PARAMETERS, TEXT_PLAIN,
     ORM_INDENTED},
    {"query is slow: ", ORM_AGAIN, take_text, PARAMETERS, TEXT_PLAIN,
     ORM_ONE_LINE},
    {"execution time: ", ORM_TOOK, take_number, NULL, TEXT_PLAIN, ORM_ONE_LINE},
    {"query failed: ", ORM_FAILED, take_text, PARAMETERS, TEXT_PLAIN,
     ORM_ONE_LINE},
    /* Drizzle */
    {"Query: ", ORM_STATEMENT, take_text, " -- params: ", TEXT_PLAIN,
     ORM_INDENTED},
    /* Knex and Prisma */
    {"{", ORM_STATEMENT, take_object, NULL, TEXT_JSON, ORM_ONE_LINE},
    {"prisma:query", ORM_STATEMENT, take_text, NULL, TEXT_PLAIN, ORM_INDENTED},
    /* Hibernate and p6spy */
    {"Hibernate:", ORM_STATEMENT, take_text, NULL, TEXT_QMARK, ORM_INDENTED},
    {"org.hibernate.SQL", ORM_STATEMENT, take_logger, NULL, TEXT_QMARK,
     ORM_INDENTED},
    {"binding parameter ", ORM_BIND, take_bind, NULL, TEXT_PLAIN, ORM_ONE_LINE},
    {"|statement|", ORM_STATEMENT, take_p6spy, NULL, TEXT_PLAIN, ORM_ONE_LINE},
    {"|commit|", ORM_OTHER, take_p6spy, NULL, TEXT_PLAIN, ORM_ONE_LINE},
    {"|rollback|", ORM_OTHER, take_p6spy, NULL, TEXT_PLAIN, ORM_ONE_LINE},
    /* GORM, Ecto, Laravel */
    {"[rows:", ORM_STATEMENT, take_gorm, NULL, TEXT_PLAIN, ORM_INDENTED},
    {"QUERY OK", ORM_STATEMENT, take_ecto, NULL, TEXT_PLAIN, ORM_TO_LIST},
    {"QUERY ERROR", ORM_FAILED, take_ecto, NULL, TEXT_PLAIN, ORM_TO_LIST},
    {".DEBUG: ", ORM_STATEMENT, take_laravel, NULL, TEXT_QMARK, ORM_ONE_LINE},
    {".INFO: ", ORM_STATEMENT, take_laravel, NULL, TEXT_QMARK, ORM_ONE_LINE},
};

/* What stands before a mark: nothing, or what loggers and containers write.
   Marks that are words of prose want a time or a number in it. */
static bool leads(struct tl_str line, size_t mark, const struct pattern *p)
{
    struct tl_str lead = text_between(line, 0, mark);
    bool digit = false;

    if (p->take == take_p6spy || p->take == take_rails ||
        p->take == take_laravel || p->mark[0] == '[' ||
        text_behind_space(lead, 0) == mark)
        return true;
    for (size_t i = 0; i < mark; i++)
        digit |= text_is_digit(line.p[i]);
    /* Comments and quotations of a log begin with a sign. */
    char first = line.p[text_behind_space(lead, 0)];
    if (!isalnum((unsigned char)first) && first != '[' && first != '(')
        return false;
    char before = line.p[mark - 1];
    return (digit || p->take != take_text) &&
           (text_is_blank(before) || before == ':' || before == 'm');
}

static bool try_pattern(const struct pattern *p, struct tl_str line,
                        struct orm_line *out)
{
    struct tl_str head =
        text_between(line, 0, line.n < LEAD_MAX ? line.n : LEAD_MAX);

    for (size_t mark = text_find(head, 0, p->mark); mark < head.n;
         mark = text_find(head, mark + 1, p->mark)) {
        *out = (struct orm_line){.kind = p->kind,
                                 .goes_on = p->goes_on,
                                 .encoding = p->encoding,
                                 .tail = p->tail,
                                 .ms = -1};
        out->form = p->take == take_rails ? ORM_PAIRS
                    : p->kind == ORM_BIND ? ORM_ONE
                                          : ORM_LIST;
        if (leads(line, mark, p) &&
            p->take(p, line, mark + strlen(p->mark), out))
            return true;
    }
    return false;
}

void orm_line_read(struct tl_str line, struct orm_line *out)
{
    for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++)
        if (try_pattern(&patterns[i], line, out))
            return;
    *out = (struct orm_line){.kind = ORM_NOTHING, .ms = -1};
}
