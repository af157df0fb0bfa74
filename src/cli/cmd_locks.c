/*
 * cmd_locks.c - what migrations lock, statement by statement.
 */
#include "base/buf.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/run.h"
#include "report/sanitize.h"

#include <errno.h>
#include <string.h>

/* As much of a statement as a line shows. */
#define TEXT_MAX 72

static const char *const duration_names[] = {"nothing", "instant", "scan",
                                             "index build", "rewrite"};
static const char *const duration_words[] = {
    "", "an instant", "the table is read whole", "an index is built",
    "the table is rewritten"};

static size_t transaction_end(struct tl_linter *l, size_t first)
{
    return first + tl_transaction_length(tl_step_at(l, first),
                                         tl_step_count(l) - first);
}

/* ---- text ---- */

static uint32_t line_of(struct tl_linter *l, struct tl_span at, uint64_t offset)
{
    return tl_source_position(l, at.source, offset).line;
}

static void print_clean(struct tl_str text)
{
    struct buf clean;

    buf_init(&clean, 0);
    sanitize(&clean, text);
    fwrite(clean.p, 1, clean.n, stdout);
    buf_release(&clean);
}

/* The statement on one line, cut where it is long. */
static void print_text_of(struct tl_linter *l, const struct tl_step *s)
{
    struct tl_str all = tl_source_bytes(l, s->at.source);
    size_t shown = 0;
    bool blank = false;
    struct buf line;

    buf_init(&line, 0);
    for (uint64_t i = s->at.start; i < s->at.end && i < all.n; i++) {
        char c = all.p[i];

        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            blank = true;
            continue;
        }
        if (shown >= TEXT_MAX && (c & 0xC0) != 0x80) {
            buf_puts(&line, " ...");
            break;
        }
        if (blank)
            buf_char(&line, ' ');
        shown += (size_t)blank + ((c & 0xC0) != 0x80);
        blank = false;
        buf_char(&line, c);
    }
    print_clean(buf_view(&line));
    putchar('\n');
    buf_release(&line);
}

static void print_name(struct tl_name name)
{
    if (name.schema.n && !tl_str_is(name.schema, "public")) {
        print_clean(name.schema);
        putchar('.');
    }
    print_clean(name.name);
}

static void print_path(const char *path)
{
    struct buf clean;

    buf_init(&clean, 0);
    sanitize_path(&clean, path);
    puts(clean.p ? clean.p : "");
    buf_release(&clean);
}

static void print_locked(const struct tl_step_lock *lock)
{
    if (lock->of_index)
        fputs("the table of index ", stdout);
    print_name(lock->table);
}

/* "; an instant"; of other tables that wait for what is done to the first:
   "; while jobs is rewritten". */
static void print_duration(const struct tl_step *s, uint32_t lock)
{
    static const char *const words[] = {
        [TL_LASTS_SCAN] = "is read whole",
        [TL_LASTS_INDEX_BUILD] = "gets an index",
        [TL_LASTS_REWRITE] = "is rewritten",
    };
    enum tl_duration d = tl_step_duration(s);

    const char *if_it_runs = s->perhaps ? ", if this runs" : "";

    if (lock == 0 || d <= TL_LASTS_INSTANT) {
        printf("%s%s%s\n", d > TL_LASTS_NOT ? "; " : "", duration_words[d],
               if_it_runs);
        return;
    }
    fputs("; while ", stdout);
    print_locked(&s->locks[0]);
    printf(" %s%s\n", words[d], if_it_runs);
}

static void print_step(struct tl_linter *l, const struct tl_step *s)
{
    printf("  %4u  %s", line_of(l, s->at, s->at.start),
           s->in_block ? "  " : "");
    print_text_of(l, s);
    for (uint32_t i = 0; i < s->n_locks; i++) {
        printf("          %s on ", tl_lock_name(s->locks[i].lock));
        print_locked(&s->locks[i]);
        if (s->locks[i].if_there)
            fputs(", if it is there", stdout);
        if (!s->locks[i].in_use)
            fputs(": new here, nobody waits", stdout);
        else
            printf(": blocks %s", tl_lock_blocks(s->locks[i].lock));
        print_duration(s, i);
    }
    if (s->hidden)
        puts("          not all that the block does is shown");
}

static void print_moment(struct tl_linter *l, const struct tl_moment *m)
{
    if (!m->step)
        return;
    printf("        riskiest: line %u: ",
           line_of(l, m->step->at, m->step->at.start));
    fputs(tl_lock_blocks_reads(m->lock->lock) ? "nobody can use "
                                              : "nobody can write to ",
          stdout);
    print_locked(m->lock);
    if (tl_step_duration(m->step) == TL_LASTS_INSTANT)
        fputs(" for an instant, once the lock is granted", stdout);
    else
        printf(" while %s", duration_words[tl_step_duration(m->step)]);
    if (m->since != m->step)
        printf(" (locked since line %u)",
               line_of(l, m->since->at, m->since->at.start));
    if (m->step->perhaps || m->since->perhaps)
        fputs(", if all that runs", stdout);
    putchar('\n');
}

/* The transaction's last statement that is not a part of a DO block. */
static const struct tl_step *last_of(struct tl_linter *l, size_t first,
                                     size_t end)
{
    const struct tl_step *s = tl_step_at(l, --end);

    while (end > first && s->in_block)
        s = tl_step_at(l, --end);
    return s;
}

static void print_transaction(struct tl_linter *l, size_t first, size_t end)
{
    struct tl_moment m = tl_riskiest(tl_step_at(l, first), end - first);
    const struct tl_step *begin = tl_step_at(l, first);
    const struct tl_step *last = last_of(l, first, end);

    if (last != begin)
        printf("  lines %u to %u are one transaction: its locks stay until "
               "its end\n",
               line_of(l, begin->at, begin->at.start),
               line_of(l, last->at, last->at.end));
    for (size_t i = first; i < end; i++)
        print_step(l, tl_step_at(l, i));
    print_moment(l, &m);
}

static void print_text(struct tl_linter *l)
{
    const struct tl_step *before = NULL;

    for (size_t i = 0; i < tl_step_count(l);) {
        const struct tl_step *s = tl_step_at(l, i);
        size_t end = transaction_end(l, i);

        if (!before || before->at.source != s->at.source) {
            fputs(before ? "\n" : "", stdout);
            print_path(tl_source_path(l, s->at.source));
        }
        if (s->down &&
            (!before || before->at.source != s->at.source || !before->down))
            puts("  down:");
        print_transaction(l, i, end);
        before = s;
        i = end;
    }
}

/* ---- JSON ---- */

static void json_place(struct json *j, struct tl_linter *l, struct tl_span at,
                       uint64_t offset)
{
    struct tl_position p = tl_source_position(l, at.source, offset);

    json_begin_object(j);
    json_key(j, "offset");
    json_int(j, (int64_t)p.offset);
    json_key(j, "line");
    json_int(j, p.line);
    json_key(j, "column");
    json_int(j, p.column);
    json_end_object(j);
}

static void json_lock(struct json *j, const struct tl_step_lock *lock)
{
    json_begin_object(j);
    json_key(j, "schema");
    json_str(j, lock->table.schema);
    json_key(j, lock->of_index ? "index" : "table");
    json_str(j, lock->table.name);
    json_key(j, "lock");
    json_cstr(j, tl_lock_name(lock->lock));
    json_key(j, "blocks");
    json_cstr(j, lock->in_use ? tl_lock_blocks(lock->lock) : "nothing");
    json_key(j, "in_use");
    json_bool(j, lock->in_use);
    json_end_object(j);
}

static void json_step(struct json *j, struct tl_linter *l,
                      const struct tl_step *s)
{
    json_begin_object(j);
    json_key(j, "path");
    json_cstr(j, tl_source_path(l, s->at.source));
    json_key(j, "start");
    json_place(j, l, s->at, s->at.start);
    json_key(j, "end");
    json_place(j, l, s->at, s->at.end);
    json_key(j, "transaction");
    json_int(j, s->transaction);
    json_key(j, "direction");
    json_cstr(j, s->down ? "down" : "up");
    json_key(j, "duration");
    json_cstr(j, duration_names[tl_step_duration(s)]);
    json_key(j, "in_block");
    json_bool(j, s->in_block);
    json_key(j, "may_not_run");
    json_bool(j, s->perhaps);
    json_key(j, "all_shown");
    json_bool(j, !s->hidden);
    json_key(j, "allowed_in_transaction");
    json_bool(j, s->effect.transaction_ok != TL_NO);
    json_key(j, "locks");
    json_begin_array(j);
    for (uint32_t i = 0; i < s->n_locks; i++)
        json_lock(j, &s->locks[i]);
    json_end_array(j);
    json_end_object(j);
}

static void json_moment(struct json *j, struct tl_linter *l,
                        const struct tl_moment *m)
{
    json_begin_object(j);
    json_key(j, "path");
    json_cstr(j, tl_source_path(l, m->step->at.source));
    json_key(j, "transaction");
    json_int(j, m->step->transaction);
    json_key(j, "at");
    json_place(j, l, m->step->at, m->step->at.start);
    json_key(j, "locked_since");
    json_place(j, l, m->since->at, m->since->at.start);
    json_key(j, "duration");
    json_cstr(j, duration_names[tl_step_duration(m->step)]);
    json_key(j, "lock");
    json_lock(j, m->lock);
    json_end_object(j);
}

static void print_json(struct tl_linter *l)
{
    struct buf out;
    struct json j;

    buf_init(&out, 0);
    json_init(&j, &out, true);
    json_begin_object(&j);
    json_key(&j, "version");
    json_int(&j, 1);
    json_key(&j, "statements");
    json_begin_array(&j);
    for (size_t i = 0; i < tl_step_count(l); i++)
        json_step(&j, l, tl_step_at(l, i));
    json_end_array(&j);
    json_key(&j, "riskiest");
    json_begin_array(&j);
    for (size_t i = 0, end; i < tl_step_count(l); i = end) {
        end = transaction_end(l, i);
        struct tl_moment m = tl_riskiest(tl_step_at(l, i), end - i);
        if (m.step)
            json_moment(&j, l, &m);
    }
    json_end_array(&j);
    json_end_object(&j);
    buf_char(&out, '\n');
    fwrite(out.p, 1, out.n, stdout);
    buf_release(&out);
}

/* ---- the run ---- */

/* A statement that does not parse is not in the list: its file and place are
   said, and the status says that something is missing. */
static int print(struct tl_linter *l, void *as_json)
{
    if (*(const bool *)as_json)
        print_json(l);
    else
        print_text(l);
    int failures = cli_tell_failures(l);
    int findings = cli_tell_findings(l);
    return failures ? failures : findings;
}

static int locks(struct cli_options *o)
{
    static const struct tl_selector only_errors[] = {
        {.rule = "syntax-error", .keep_severity = true},
        {.rule = "unreadable-input", .keep_severity = true}};
    bool as_json = o->format && strcmp(o->format, "json") == 0;

    if (o->format && !as_json && strcmp(o->format, "text") != 0)
        return trouble("unknown format '%s'; locks knows text and json",
                       o->format);
    if (o->paths.n == 0)
        return trouble("no input; name migrations, or '-' for standard input");
    o->files_are_migrations = true;
    o->lint.record_steps = true;
    int status = cli_read(o, only_errors, 2, print, &as_json);

    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    return errno == EPIPE ? EXIT_TROUBLE
                          : trouble("standard output: %s", strerror(errno));
}

int cmd_locks(int argc, char **argv)
{
    return cli_command(argc, argv, locks);
}
