/*
 * cmd_suppress.c - tusklint suppress --add[=REASON] [RULE...] PATH...: comments
 * for what is found today, each before its statement.
 */
#include "base/buf.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/diff.h"
#include "cli/inputs.h"
#include "cli/news.h"

#include <tusklint/rule.h>

#include <stdlib.h>
#include <string.h>

/* The start of a statement, and a rule to be ignored there. */
struct wish {
    uint64_t at;
    bool whole_file;
    const char *rule;
};

struct editor {
    struct tl_str text;
    const char *newline;
    const char *reason;
    VEC(struct wish) wishes;
    struct buf out;
    size_t done; /* bytes of the text that are copied */
};

static int compare_wishes(const void *a, const void *b)
{
    const struct wish *x = a;
    const struct wish *y = b;

    if (x->whole_file != y->whole_file)
        return x->whole_file ? -1 : 1;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return strcmp(x->rule, y->rule);
}

static bool is_newline(char c)
{
    return c == '\n' || c == '\r';
}

static const char *newline_of(struct tl_str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\n')
            return "\n";
        if (text.p[i] == '\r')
            return i + 1 < text.n && text.p[i + 1] == '\n' ? "\r\n" : "\r";
    }
    return "\n";
}

/* Behind a mark of UTF-8, and behind a first line that is a comment: to some
   tools that line says what the file is. */
static uint64_t place_for_file(struct tl_str t)
{
    size_t at = t.n >= 3 && memcmp(t.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    if (t.n < at + 2 || memcmp(t.p + at, "--", 2) != 0)
        return at;
    while (at < t.n && !is_newline(t.p[at]))
        at++;
    if (at == t.n)
        return at;
    return at + 1 + (t.p[at] == '\r' && at + 1 < t.n && t.p[at + 1] == '\n');
}

/* Only blanks before it: the comment gets a line. */
static uint64_t line_start(struct tl_str t, uint64_t at, bool *alone)
{
    uint64_t p = at;

    while (p > 0 && (t.p[p - 1] == ' ' || t.p[p - 1] == '\t'))
        p--;
    *alone = p == 0 || is_newline(t.p[p - 1]) ||
             (p == 3 && memcmp(t.p, "\xef\xbb\xbf", 3) == 0);
    return p;
}

static void copy_to(struct editor *e, uint64_t at)
{
    if (at > e->done)
        buf_add(&e->out, e->text.p + e->done, (size_t)at - e->done);
    e->done = (size_t)at;
}

static void add_names(struct editor *e, const struct wish *w, size_t n)
{
    buf_puts(&e->out,
             w->whole_file ? "tusklint: ignore-file[" : "tusklint: ignore[");
    for (size_t i = 0; i < n; i++)
        if (i == 0 || strcmp(w[i].rule, w[i - 1].rule) != 0)
            buf_printf(&e->out, "%s%s", i ? ", " : "", w[i].rule);
    buf_char(&e->out, ']');
    if (*e->reason)
        buf_printf(&e->out, " %s", e->reason);
}

/* One comment for `n` wishes of one place. */
static void add_comment(struct editor *e, const struct wish *w, size_t n)
{
    uint64_t at = w->whole_file ? place_for_file(e->text) : w->at;
    bool alone = true;
    uint64_t start = w->whole_file ? at : line_start(e->text, at, &alone);

    copy_to(e, start);
    if (!alone) {
        copy_to(e, at);
        buf_puts(&e->out, "/* ");
        add_names(e, w, n);
        buf_puts(&e->out, " */ ");
        return;
    }
    if (e->out.n && !is_newline(e->out.p[e->out.n - 1]) && start > 3)
        buf_puts(&e->out, e->newline);
    buf_add(&e->out, e->text.p + start, (size_t)(at - start));
    buf_puts(&e->out, "-- ");
    add_names(e, w, n);
    buf_puts(&e->out, e->newline);
}

static struct tl_str edited(struct editor *e)
{
    struct wish *w = e->wishes.v;

    qsort(w, e->wishes.n, sizeof(*w), compare_wishes);
    for (size_t i = 0, n; i < e->wishes.n; i += n) {
        n = 1;
        while (i + n < e->wishes.n && w[i + n].at == w[i].at &&
               w[i + n].whole_file == w[i].whole_file)
            n++;
        add_comment(e, &w[i], n);
    }
    copy_to(e, e->text.n);
    return buf_view(&e->out);
}

/* What the linter says of comments is mended, not hidden. */
static bool can_be_hidden(const struct tl_linter *l, const struct tl_finding *f)
{
    return tl_takes_comments(l, f->span.source) &&
           (f->rule->family != TL_META ||
            strcmp(f->rule->name, "syntax-error") == 0);
}

static bool write_one(struct cli_options *o, struct tl_linter *l,
                      uint32_t source, struct tl_str text)
{
    struct err err;

    if (o->diff) {
        diff_print(stdout, tl_source_path(l, source),
                   tl_source_bytes(l, source), text);
        return true;
    }
    if (file_write(tl_source_path(l, source), text, &err))
        return true;
    trouble("%s", err.message);
    return false;
}

/* The findings are sorted by source; *at moves behind those of this one. */
static bool edit_source(struct cli_options *o, struct tl_linter *l,
                        const char *reason, size_t *at, size_t *added)
{
    uint32_t source = tl_finding_at(l, *at)->span.source;
    struct editor e = {.text = tl_source_bytes(l, source), .reason = reason};
    bool ok = true;

    e.newline = newline_of(e.text);
    for (; *at < tl_finding_count(l); ++*at) {
        const struct tl_finding *f = tl_finding_at(l, *at);
        struct tl_span statement;

        if (f->span.source != source)
            break;
        if (!can_be_hidden(l, f))
            continue;
        struct wish w = {0, true, f->rule->name};
        if (tl_statement_around(l, f->span, &statement))
            w = (struct wish){statement.start, false, f->rule->name};
        vec_push(&e.wishes, w);
    }
    buf_init(&e.out, 0);
    if (e.wishes.n)
        ok = write_one(o, l, source, edited(&e));
    *added += e.wishes.n;
    buf_release(&e.out);
    vec_release(&e.wishes);
    return ok;
}

static void tell(size_t added, size_t left)
{
    printf("%zu %s hidden", added, added == 1 ? "finding" : "findings");
    if (left)
        printf("; %zu cannot be by a comment: a baseline can hide %s", left,
               left == 1 ? "it" : "them");
    putchar('\n');
}

static int add(struct cli_options *o, struct tl_linter *l, const char *reason)
{
    size_t added = 0;
    bool ok = true;

    for (size_t i = 0; i < tl_failure_count(l); i++)
        ok = trouble("%s", tl_failure_at(l, i)) == EXIT_CLEAN;
    for (size_t at = 0; at < tl_finding_count(l);)
        ok = edit_source(o, l, reason, &at, &added) && ok;
    size_t left = tl_finding_count(l) - added;
    if (!o->quiet && !o->diff)
        tell(added, left);
    if (!ok)
        return EXIT_TROUBLE;
    return left ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int run(struct cli_options *o, const char *reason)
{
    struct file input = {.text = TL_NONE};
    struct tl_error error;
    struct err err;
    int status = EXIT_TROUBLE;
    struct tl_linter *l = cli_open(o, &error);

    if (!l)
        return trouble("%s", error.message);
    struct news *news = news_open(o, &err);
    if (!news && err.message[0]) {
        status = trouble("%s", err.message);
    } else if (cli_add_inputs(o, l, &input)) {
        tl_run(l);
        if (news)
            news_filter(news, l);
        status = add(o, l, reason);
    }
    news_free(news);
    tl_close(l);
    file_release(&input);
    return status;
}

/* Words before the paths that name rules, and no file. */
static void take_rules(struct cli_options *o)
{
    size_t n = 0;

    while (n + 1 < o->paths.n && !file_is_dir(o->paths.v[n]) &&
           !file_is_regular(o->paths.v[n]) && !strchr(o->paths.v[n], '/')) {
        vec_push(&o->selectors,
                 (struct tl_selector){o->paths.v[n], TL_OFF, true, false});
        n++;
    }
    if (n == 0)
        return;
    memmove(&o->paths.v[0], &o->paths.v[n],
            (o->paths.n - n) * sizeof(o->paths.v[0]));
    o->paths.n -= n;
    o->lint.selectors = o->selectors.v;
    o->lint.n_selectors = o->selectors.n;
    o->lint.only_selected = true;
}

static bool is_reason(const char *text)
{
    for (const char *p = text; *p; p++)
        if ((unsigned char)*p < ' ' || *p == 127)
            return false;
    return !strstr(text, "*/") && !strstr(text, "/*") && strlen(text) <= 500;
}

int cmd_suppress(int argc, char **argv)
{
    struct cli_options o;
    struct err err;
    int status;

    if (argc < 2 || strncmp(argv[0], "--add", 5) != 0 ||
        (argv[0][5] && argv[0][5] != '='))
        return trouble("suppress takes: --add[=REASON] [RULE...] PATH...");
    const char *reason = argv[0][5] ? argv[0] + 6 : "";
    if (!is_reason(reason))
        return trouble("--add: the reason is one line, without the ends of a "
                       "comment");
    cli_init(&o);
    if (!cli_parse(&o, argc - 1, argv + 1, &err)) {
        status = trouble("%s", err.message);
    } else {
        take_rules(&o);
        for (size_t i = 0; i < o.paths.n; i++)
            if (strcmp(o.paths.v[i], "-") == 0)
                o.paths.n = 0;
        status = o.paths.n ? run(&o, reason)
                           : trouble("suppress --add: name files or folders");
    }
    cli_release(&o);
    return status;
}
