/*
 * recorded_test.c - recorded scenarios and their baits.
 *
 * The logs are a PostgreSQL server's own; which loops they hold is known from
 * the program that made them. Precision and recall are printed and must not
 * fall below 95 %.
 */
#include "workload/testing.h"

#include "base/file.h"
#include "sql/parse.h"

/* ---- recorded scenarios ---- */

struct expected {
    enum tl_shape_class class;
    uint32_t n, distinct;
    const char *application;
    const char *text;   /* in the display text */
    const char *parent; /* in the parent's, or NULL */
};

static const struct expected plain[] = {
    {TL_CLASS_ONE, 10, 10, "bookstore-pg", "title, price_cents from books",
     "from authors where country"},
    {TL_CLASS_ONE, 12, 12, "bookstore-pg", "id, title from books",
     "from authors order"},
    {TL_CLASS_ONE, 8, 8, "bookstore-pg", "count(*) from books",
     "from authors order"},
    {TL_CLASS_ONE, 10, 10, "bookstore-pg", "name from authors where id",
     "author_id, publisher_id from books"},
    {TL_CLASS_ONE, 10, 8, "bookstore-pg", "name from publishers where id",
     "author_id, publisher_id from books"},
    {TL_CLASS_ONE, 9, 1, "bookstore-pg", "value from settings", NULL},
    {TL_CLASS_INSERT_ONE, 15, 15, "bookstore-pg", "into audit_log", NULL},
    {TL_CLASS_UPDATE_ONE, 10, 10, "bookstore-pg", "update books", NULL},
    {TL_CLASS_UPDATE_ONE, 5, 5, "bookstore-pg", "update authors", NULL},
    {TL_CLASS_UPSERT_ONE, 8, 8, "bookstore-pg", "into page_views", NULL},
    {TL_CLASS_INSERT_ONE, 6, 6, "bookstore-pg", "into publishers", NULL},
    /* What landed on one of four connections. */
    {TL_CLASS_ONE, 11, 11, "bookstore-pg-pool", "max(published_on)",
     "id from authors"},
    {TL_CLASS_ONE, 10, 10, "bookstore-sequelize", "\"title\", \"author_id\"",
     "\"Author\".\"country\""},
    {TL_CLASS_ONE, 10, 10, "bookstore-knex", "* from \"books\"",
     "\"country\" is null"},
};

static const struct expected tagged[] = {
    {TL_CLASS_ONE, 16, 16, "bookstore-pg-pool", "max(published_on)",
     "id from authors"},
    {TL_CLASS_INSERT_ONE, 15, 15, "bookstore-pg", "into audit_log", NULL},
    {TL_CLASS_ONE, 10, 10, "bookstore-pg", "title, price_cents from books",
     "from authors where country"},
    {TL_CLASS_ONE, 10, 10, "bookstore-pg", "name from authors where id",
     "author_id, publisher_id from books"},
    {TL_CLASS_ONE, 10, 8, "bookstore-pg", "name from publishers where id",
     "author_id, publisher_id from books"},
    {TL_CLASS_ONE, 9, 1, "bookstore-pg", "value from settings", NULL},
};

static const struct expected logged_twice[] = {
    {TL_CLASS_ONE, 8, 8, "bookstore-pg", "count(*) from books",
     "from authors order"},
    {TL_CLASS_ONE, 12, 12, "bookstore-pg", "id, title from books",
     "from authors order"},
    {TL_CLASS_INSERT_ONE, 15, 15, "bookstore-pg", "into audit_log", NULL},
    {TL_CLASS_ONE, 10, 10, "bookstore-pg", "title, price_cents from books",
     "from authors where country"},
};

static const struct expected planned[] = {
    {TL_CLASS_ONE, 10, 10, "bookstore-pg", "title, price_cents from books",
     "from authors where country"},
};

/* Plans alone: rows, but no parameters before PostgreSQL 16. */
static const struct expected only_plans[] = {
    {TL_CLASS_ONE, 10, 0, "bookstore-pg", "title, price_cents from books",
     "from authors where country"},
    {TL_CLASS_INSERT_ONE, 15, 0, "bookstore-pg", "into audit_log", NULL},
    {TL_CLASS_UPDATE_ONE, 10, 0, "bookstore-pg", "update books", NULL},
};

static const struct expected cut_parameters[] = {
    {TL_CLASS_INSERT_ONE, 15, 0, "bookstore-pg", "into audit_log", NULL},
    {TL_CLASS_ONE, 10, 10, "bookstore-pg", "title, price_cents from books",
     "from authors where country"},
};

static const struct {
    const char *path;
    const struct expected *list;
    size_t n;
} recorded[] = {
#define RECORDED(name, list)                                                   \
    {"testdata/inputs/csvlog/" name ".csv", list,                              \
     sizeof(list) / sizeof(list[0])},                                          \
    {                                                                          \
        "testdata/inputs/jsonlog/" name ".json", list,                         \
            sizeof(list) / sizeof(list[0])                                     \
    }
    RECORDED("duration0", plain),
    RECORDED("duration0_sqlcommenter", tagged),
    RECORDED("statement_all_duration", logged_twice),
    RECORDED("auto_explain_json_plus_duration", planned),
    RECORDED("auto_explain_json", only_plans),
    RECORDED("verbose_truncparams", cut_parameters),
    {"testdata/inputs/csvlog/cursor_prepare.csv", NULL, 0},
    {"testdata/inputs/jsonlog/cursor_prepare.json", NULL, 0},
};

static bool holds(struct tl_str s, const char *part)
{
    return s.n && memmem(s.p, s.n, part, strlen(part)) != NULL;
}

static bool is_expected(const struct tl_loop *l, const struct expected *e)
{
    if (l->shape->class != e->class || l->n != e->n ||
        l->distinct != e->distinct || !holds(l->shape->display, e->text) ||
        !tl_str_is(l->application, e->application))
        return false;
    return !e->parent || (l->parent && l->parent_linked &&
                          holds(l->parent->display, e->parent));
}

static const struct tl_loop *find_expected(const struct workload *w,
                                           const struct expected *e)
{
    size_t n;
    const struct tl_loop *loops = workload_loops(w, &n);

    for (size_t i = 0; i < n; i++)
        if (loops[i].confidence != TL_LOW && is_expected(&loops[i], e))
            return &loops[i];
    return NULL;
}

static size_t count_told(const struct workload *w)
{
    size_t n;
    size_t told = 0;
    const struct tl_loop *loops = workload_loops(w, &n);

    for (size_t i = 0; i < n; i++)
        told += loops[i].confidence != TL_LOW;
    return told;
}

static void ground_truth(void **state)
{
    size_t found = 0;
    size_t told = 0;
    size_t expected = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(recorded) / sizeof(recorded[0]); i++) {
        struct file file;
        struct run r;

        assert_true(file_read(&file, recorded[i].path, 0, NULL));
        run_text(&r, file.text);
        assert_int_equal(r.errors, 0);
        told += count_told(r.workload);
        expected += recorded[i].n;
        for (size_t k = 0; k < recorded[i].n; k++) {
            if (find_expected(r.workload, &recorded[i].list[k]))
                found++;
            else
                print_message("%s: missing: %s\n", recorded[i].path,
                              recorded[i].list[k].text);
        }
        run_release(&r);
        file_release(&file);
    }
    print_message("recall %zu/%zu, precision %zu/%zu\n", found, expected, found,
                  told);
    assert_true((double)found >= 0.95 * (double)expected);
    assert_true((double)found >= 0.95 * (double)told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ground_truth),
    };
    int failed = cmocka_run_group_tests_name("recorded", tests, NULL, NULL);

    parse_thread_end();
    return failed;
}
