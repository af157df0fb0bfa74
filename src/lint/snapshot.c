/*
 * snapshot.c - a file with the schema as it is in the end, kept beside the
 * migrations that lead there: a new database is made from it and from none of
 * them.
 *
 * No name tells it from the file that a history begins with. What the others
 * do tells: they make what the snapshot has already, and take nothing of it
 * away. Only statements about tables are read for that, and only where a file
 * without a number stands above others.
 */
#include "lint/linter.h"
#include "sql/lex.h"

#include <ctype.h>

/* Files of a run that are looked at as perhaps being one. */
#define MAX_LOOKS 4

struct look {
    const struct tl_linter *linter;
    struct catalog *catalog;
    struct layout_folder folder;
    struct arena text;
    struct arena unit;
    uint32_t snapshot; /* the input's place */
    uint32_t statement;
    unsigned made_again; /* what the snapshot has */
    unsigned taken_away;
};

static struct tl_str folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return (struct tl_str){path, slash ? (size_t)(slash - path) + 1 : 0};
}

static bool lies_below(const struct input *in, struct tl_str folder)
{
    return in->kind == INPUT_MIGRATION && !in->failed && !in->context_only &&
           strncmp(in->path, folder.p, folder.n) == 0;
}

/* CREATE, ALTER or DROP TABLE. */
static bool is_about_table(struct tl_str statement)
{
    struct lex l = lex_at(statement, 0);
    struct lex_token first = lex_next_code(&l);
    struct lex_token second = lex_next_code(&l);

    if (!lex_is_word(&l, first, "create") && !lex_is_word(&l, first, "alter") &&
        !lex_is_word(&l, first, "drop"))
        return false;
    return lex_is_word(&l, second, "table") ||
           lex_is_word(&l, second, "unlogged");
}

static void weigh(struct look *k, const struct tl_op *op)
{
    struct tl_schema s = catalog_at(k->catalog, k->statement);
    const struct tl_relation *rel = tl_find_relation(s, op->table, NULL);
    struct tl_str name =
        op->kind == TL_OP_ADD_COLUMN ? op->columns[0].name : op->column;
    const struct tl_column *column = rel ? tl_find_column(s, rel, name) : NULL;
    bool has_table = rel && rel->row.file == k->snapshot;
    bool has_column = column && column->row.file == k->snapshot;

    switch (op->kind) {
    case TL_OP_CREATE_TABLE:
        k->made_again += has_table && !op->if_not_exists && !op->temporary;
        return;
    case TL_OP_ADD_COLUMN:
        k->made_again += has_column && !op->if_not_exists;
        return;
    case TL_OP_DROP_TABLE:
    case TL_OP_RENAME_TABLE:
        k->taken_away += has_table;
        return;
    case TL_OP_DROP_COLUMN:
    case TL_OP_RENAME_COLUMN:
        k->taken_away += has_column;
        return;
    default:
        return;
    }
}

static void fold_statement(struct look *k, uint32_t file, struct tl_str text)
{
    struct input *in = k->linter->inputs.v[file];
    struct unit u = {
        .arena = &k->unit, .input = in, .text = text, .place = TL_IN_MIGRATION};
    struct apply_context at = {.file = file, .transaction = file};

    if (!is_about_table(text))
        return;
    unit_prepare(&u);
    for (uint32_t i = 0; u.parse.ok && i < u.ops.n; i++) {
        if (file != k->snapshot)
            weigh(k, &u.ops.ops[i]);
        at.statement = ++k->statement;
        catalog_apply(k->catalog, &u.ops.ops[i], &at);
    }
    arena_clear(&k->unit);
}

static void fold_section(struct look *k, uint32_t file, struct tl_str text)
{
    struct split_list list = {.statements = VEC_INIT};
    struct tl_str masked;

    split_text(text, &k->text, &list, &masked);
    for (size_t i = 0; i < list.statements.n && !k->taken_away; i++) {
        const struct split_statement *s = &list.statements.v[i];

        fold_statement(k, file,
                       (struct tl_str){masked.p + s->start, s->end - s->start});
    }
    split_release(&list);
    arena_clear(&k->text);
}

static void fold_file(struct look *k, uint32_t file)
{
    const struct input *in = k->linter->inputs.v[file];
    struct tl_str all = in->source.text;
    struct layout layout = {.sections = VEC_INIT};

    layout_read(in->path, all, &k->folder, &layout);
    for (size_t i = 0; i < layout.sections.n; i++) {
        const struct layout_section *s = &layout.sections.v[i];

        if (!s->down)
            fold_section(k, file,
                         (struct tl_str){all.p + s->start, s->end - s->start});
    }
    layout_release(&layout);
}

static bool is_snapshot(const struct tl_linter *l, uint32_t file)
{
    struct tl_str folder = folder_of(l->inputs.v[file]->path);
    struct look k = {
        .linter = l, .catalog = catalog_create(), .snapshot = file};

    arena_init(&k.text, 0);
    arena_init(&k.unit, 0);
    fold_file(&k, file);
    /* One that says nothing of tables need not be held against the others. */
    for (size_t i = 0; k.statement && i < l->inputs.n && !k.taken_away; i++)
        if (i != file && lies_below(l->inputs.v[i], folder))
            fold_file(&k, (uint32_t)i);
    arena_release(&k.unit);
    arena_release(&k.text);
    catalog_destroy(k.catalog);
    return k.made_again && !k.taken_away;
}

/* Its name gives it no place among others, and some are there. */
static bool could_be_snapshot(const struct tl_linter *l, size_t file)
{
    static const char *const steps[] = {"up.sql", "down.sql", "migration.sql"};
    const struct input *in = l->inputs.v[file];
    struct tl_str folder = folder_of(in->path);
    const char *base = in->path + folder.n;
    bool named = !isdigit((unsigned char)base[0]) &&
                 !isdigit((unsigned char)(base[0] ? base[1] : 0));

    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        named = named && strcmp(base, steps[i]) != 0;
    if (!named || !lies_below(in, folder))
        return false;
    /* A folder's files stand together. */
    return (file > 0 && lies_below(l->inputs.v[file - 1], folder)) ||
           (file + 1 < l->inputs.n &&
            lies_below(l->inputs.v[file + 1], folder));
}

bool snapshots_find(struct tl_linter *l)
{
    unsigned looks = 0;
    bool any = false;

    for (size_t i = 0; i < l->inputs.n && looks < MAX_LOOKS; i++) {
        if (!could_be_snapshot(l, i))
            continue;
        looks++;
        l->inputs.v[i]->snapshot = is_snapshot(l, (uint32_t)i);
        any = any || l->inputs.v[i]->snapshot;
    }
    return any;
}
