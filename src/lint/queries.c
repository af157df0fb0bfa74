/*
 * queries.c - the statements of query files, judged where they stand.
 */
#include "lint/capture.h"
#include "sql/named.h"
#include "sql/shape.h"

void query_judge(struct tl_linter *l, struct unit *u, bool told)
{
    struct tl_ctx c = {.linter = l, .unit = u};
    struct arena arena;

    arena_init(&arena, 0);
    u->arena = &arena;
    u->place = TL_IN_QUERY;
    c.scratch = &arena;
    unit_prepare(u);
    if (u->parse.ok)
        judge_unit(l, &c);
    else if (told)
        syntax_report(l, &c);
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
        u.key = shape_hash(u.text);
        u.shape = workload_query(l->workload, u.text, in->source.id, u.map);
        vec_push(&in->statements,
                 ((struct statement_range){u.map.base, u.map.base + u.text.n,
                                           u.key, 0}));
        query_judge(l, &u, true);
    }
    split_release(&list);
}
