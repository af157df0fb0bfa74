/*
 * sarif_logical.c - the table, column or index that a result is about.
 */
#include "report/sarif.h"

static void add_object(struct json *j, struct tl_str full, size_t from,
                       const char *kind)
{
    json_begin_object(j);
    json_key(j, "name");
    json_str(j, (struct tl_str){full.p + from, full.n - from});
    json_key(j, "fullyQualifiedName");
    json_str(j, full);
    json_key(j, "kind");
    json_cstr(j, kind);
    json_end_object(j);
}

/* Names may hold dots themselves; a schema's hardly ever does. */
static size_t behind_schema(struct tl_str relation)
{
    const char *dot = memchr(relation.p, '.', relation.n);

    return dot ? (size_t)(dot - relation.p) + 1 : 0;
}

void sarif_logical(struct json *j, const struct tl_finding *f)
{
    if (!f->relation.n)
        return;
    json_key(j, "logicalLocations");
    json_begin_array(j);
    if (f->part_kind)
        add_object(j, f->object, f->relation.n + 1, f->part_kind);
    add_object(j, f->relation, behind_schema(f->relation), f->relation_kind);
    json_end_array(j);
}
