/*
 * news.c - only what is new.
 *
 * A finding lies in a change when its region or that of a cause does. What git
 * does not track (a log, a file that was not added yet) is new as a whole; with
 * --diff-from nothing is known of files but what the diff says.
 */
#include "cli/news.h"

#include "base/file.h"
#include "base/mem.h"
#include "cli/baseline.h"
#include "cli/changes.h"
#include "cli/git.h"
#include "cli/paths.h"
#include "config/file.h"

#include <string.h>

struct news {
    struct arena arena;
    struct baseline_file *baseline;
    bool has_changes;
    struct changes changes;
    bool has_tracked;
    VEC(const char *) tracked; /* sorted; relative to the root */
    const char *root;          /* what paths of the changes are relative to */
    const char *here;
    /* The source that was asked for last. */
    uint32_t source_seen; /* from 1 */
    const struct changed_file *seen;
    bool seen_is_new;
    struct tl_linter *linter;
};

static bool read_tracked(struct news *n, struct err *e)
{
    static const char *const arguments[] = {"ls-files", "-z", "--full-name",
                                            ":/", NULL};
    struct buf out;

    buf_init(&out, 0);
    bool ok = git_output(arguments, &out, e);
    for (size_t at = 0; ok && at < out.n;) {
        struct tl_str path = {out.p + at, strlen(out.p + at)};

        vec_push(&n->tracked, arena_str(&n->arena, path).p);
        at += path.n + 1;
    }
    paths_sort(n->tracked.v, n->tracked.n);
    n->has_tracked = true;
    buf_release(&out);
    return ok;
}

static bool read_root(struct news *n, struct err *e)
{
    static const char *const arguments[] = {"rev-parse", "--show-toplevel",
                                            NULL};
    struct buf out;

    buf_init(&out, 0);
    bool ok = git_output(arguments, &out, e);
    if (ok && out.n && out.p[out.n - 1] == '\n')
        out.p[--out.n] = '\0';
    n->root = ok && out.n ? config_real(&n->arena, out.p) : "";
    buf_release(&out);
    return ok;
}

static bool read_since(struct news *n, const char *ref, struct err *e)
{
    const char *const arguments[] = {"diff",
                                     "--merge-base",
                                     "--unified=0",
                                     "--no-ext-diff",
                                     "--no-textconv",
                                     "--no-color",
                                     "--find-renames",
                                     "--src-prefix=a/",
                                     "--dst-prefix=b/",
                                     "--no-relative",
                                     "--ignore-submodules",
                                     "--end-of-options",
                                     ref,
                                     "--",
                                     NULL};
    struct buf out;

    if (!git_is_name(ref))
        return err_set(e, "--since %s: that is no name of a commit", ref);
    if (!read_root(n, e))
        return false;
    buf_init(&out, 0);
    bool ok = git_output(arguments, &out, e);
    if (!ok)
        err_set(e,
                "--since %s: git cannot compare with it (a shallow clone lacks "
                "the commits: fetch them first)",
                ref);
    ok = ok && changes_read(&n->changes, buf_view(&out), "git diff", e) &&
         read_tracked(n, e);
    buf_release(&out);
    return ok;
}

static bool read_diff(struct news *n, const char *path, struct err *e)
{
    struct file file;

    if (!file_read(&file, path, (size_t)512 << 20, e))
        return false;
    n->root = paths_repository(&n->arena);
    bool ok = changes_read(&n->changes, file.text,
                           strcmp(path, "-") == 0 ? "<stdin>" : path, e);
    file_release(&file);
    return ok;
}

struct news *news_open(struct cli_options *o, struct err *e)
{
    e->message[0] = '\0';
    if (!o->baseline && !o->since && !o->diff_from)
        return NULL;
    struct news *n = mem_calloc(1, sizeof(*n));
    arena_init(&n->arena, 0);
    changes_init(&n->changes);
    n->here = config_real(&n->arena, ".");
    n->root = "";
    n->has_changes = o->since || o->diff_from;
    bool ok = true;
    if (o->baseline) {
        n->baseline = baseline_load(o->baseline, e);
        ok = n->baseline != NULL;
    }
    if (ok && o->since)
        ok = read_since(n, o->since, e);
    if (ok && o->diff_from)
        ok = read_diff(n, o->diff_from, e);
    if (ok)
        return n;
    news_free(n);
    return NULL;
}

void news_free(struct news *n)
{
    if (!n)
        return;
    baseline_free(n->baseline);
    changes_release(&n->changes);
    vec_release(&n->tracked);
    arena_release(&n->arena);
    mem_free(n);
}

/* The changes of a source; NULL with `seen_is_new` when all of it is new. */
static void look_up(struct news *n, uint32_t source)
{
    const char *path = tl_source_path(n->linter, source);

    n->source_seen = source + 1;
    n->seen = NULL;
    n->seen_is_new = !path;
    if (!path)
        return;
    const char *from_root =
        *n->root ? paths_relative(&n->arena, path, n->root) : path;
    n->seen = changes_of(&n->changes, from_root);
    if (n->has_tracked) {
        n->seen_is_new =
            !n->seen && !paths_has(n->tracked.v, n->tracked.n, from_root);
        return;
    }
    if (!n->seen)
        n->seen =
            changes_of(&n->changes, paths_relative(&n->arena, path, n->here));
    if (!n->seen)
        n->seen = changes_of(&n->changes, path);
}

static bool is_changed(struct news *n, struct tl_span at)
{
    if (n->source_seen != at.source + 1)
        look_up(n, at.source);
    if (!n->seen)
        return n->seen_is_new;
    uint64_t end = at.end > at.start ? at.end - 1 : at.start;

    return changes_touch(
        n->seen, tl_source_position(n->linter, at.source, at.start).line,
        tl_source_position(n->linter, at.source, end).line);
}

static bool lies_in_change(struct news *n, const struct tl_finding *f)
{
    if (is_changed(n, f->span))
        return true;
    for (const struct tl_related *r = f->related; r; r = r->next)
        if (is_changed(n, r->span))
            return true;
    return false;
}

static bool is_new(void *arg, const struct tl_finding *f)
{
    struct news *n = arg;
    bool known = n->baseline && baseline_knows(n->baseline, n->linter, f);

    return !known && (!n->has_changes || lies_in_change(n, f));
}

void news_filter(struct news *n, struct tl_linter *l)
{
    n->linter = l;
    n->source_seen = 0;
    tl_keep(l, is_new, n);
}
