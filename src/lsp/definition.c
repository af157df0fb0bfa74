/*
 * definition.c - where a table, a column or an index was made.
 */
#include "lsp/answers.h"

#include <tusklint/place.h>

/* NULL where the history shows no making: a table that was there before. */
static const struct tl_row *row_of(const struct tl_place *p)
{
    switch (p->kind) {
    case TL_PLACE_RELATION:
        return p->relation->incomplete ? NULL : &p->relation->row;
    case TL_PLACE_COLUMN:
        return &p->column->row;
    case TL_PLACE_INDEX:
        return &p->index->row;
    case TL_PLACE_RULE:
        break;
    }
    return NULL;
}

void definition_answer(struct session *s, const cJSON *id, const cJSON *params)
{
    struct question q;
    struct tl_place place;

    if (!question_read(s, id, params, &q))
        return;
    bool found =
        tl_place_at(q.analysis->linter, q.analysis->source, q.start, &place);
    const struct tl_row *row = found ? row_of(&place) : NULL;
    if (!row || row->made.end <= row->made.start ||
        row->made.source >= tl_source_count(q.analysis->linter)) {
        wire_null(&s->wire, id);
        return;
    }
    put_location(s, wire_result(&s->wire, id), &q, row->made);
    wire_send(&s->wire);
}
