/*
 * queries.c - the statements of query files and of SQLx's offline data, judged
 * where they stand.
 */
#include "base/clock.h"
#include "input/sqlx.h"
#include "lint/capture.h"
#include "sql/named.h"

void query_judge(struct tl_linter *l, const struct unit *statement, bool told)
{
    struct arena arena;
    struct unit u = *statement;
    struct tl_ctx c = {.linter = l, .unit = &u, .scratch = &arena};

    arena_init(&arena, 0);
    u.arena = &arena;
    u.place = TL_IN_QUERY;
    double began = clock_seconds();
    unit_prepare(&u);
    l->timing.parse += clock_seconds() - began;
    if (u.parse.ok) {
        judge_unit(l, &c);
        mention_note(&c);
        need_note(&c);
    } else if (told) {
        mention_blind(l);
        syntax_report(l, &c);
    }
    arena_release(&arena);
}

struct tl_str query_file_text(struct tl_linter *l, const struct input *in)
{
    struct tl_str text = in->source.text;

    return named_mask(text, named_style(text), &l->arena);
}

void query_read_file(struct tl_linter *l, struct input *in)
{
    struct split_list list = {.statements = VEC_INIT};
    size_t bom = source_bom(in->source.text);
    struct tl_str whole = query_file_text(l, in);
    struct tl_str text = {whole.p + bom, whole.n - bom};
    struct tl_str written = {in->source.text.p + bom, text.n};
    struct tl_str masked;

    split_text(text, &l->arena, &list, &masked);
    for (size_t i = 0; i < list.statements.n; i++) {
        const struct split_statement *s = &list.statements.v[i];
        struct unit u = {.input = in,
                         .text = {masked.p + s->start, s->end - s->start},
                         .map = {.base = bom + s->start}};

        if (text.p != written.p)
            u.written = (struct tl_str){written.p + s->start, u.text.n};
        u.shape = workload_query(l->workload, u.text, in->source.id,
                                 in->source.text, u.map);
        vec_push(&in->statements, ((struct statement_range){
                                      u.map.base, u.map.base + u.text.n, 0}));
        query_judge(l, &u, true);
    }
    split_release(&list);
}

/* ---- SQLx's offline data ---- */

struct data_walk {
    struct tl_linter *linter;
    struct input *input;
};

static void take_query(void *arg, struct tl_str sql, struct text_map map)
{
    const struct data_walk *w = arg;
    struct tl_linter *l = w->linter;
    struct split_list list = {.statements = VEC_INIT};
    struct tl_str masked;

    split_text(sql, &l->arena, &list, &masked);
    for (size_t i = 0; i < list.statements.n; i++) {
        const struct split_statement *s = &list.statements.v[i];
        struct unit u = {.input = w->input,
                         .text = {masked.p + s->start, s->end - s->start},
                         .map = map};

        u.map.skip += s->start;
        u.shape = workload_query(l->workload, u.text, w->input->source.id,
                                 w->input->source.text, u.map);
        query_judge(l, &u, true);
    }
    split_release(&list);
}

static void take_error(void *arg, uint64_t start, uint64_t end,
                       const char *message)
{
    const struct data_walk *w = arg;

    linter_report(w->linter, "unreadable-input",
                  (struct tl_span){start, end, w->input->source.id}, "%s",
                  message);
}

void query_read_data(struct tl_linter *l, struct input *in)
{
    struct data_walk w = {l, in};
    struct sqlx_sink sink = {
        .query = take_query, .error = take_error, .arg = &w};

    sqlx_read(in->source.text, &l->arena, &sink);
}
