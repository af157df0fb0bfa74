/*
 * decode.c - the door of the decoder, and what all of its parts use.
 */
#include "schema/decoder.h"
#include "sql/split.h"

#include "sql/lex.h"

#define MAX_NESTED 8

struct tl_op *decode_op(struct decoder *d, enum tl_op_kind kind,
                        const struct tl_node *node)
{
    vec_push(&d->ops, (struct tl_op){.kind = kind,
                                     .node = node,
                                     .relation_kind = TL_TABLE,
                                     .span = {0, d->text.n, 0}});
    return vec_last(&d->ops);
}

/* {{x}} and {{ x }} are one schema, though masks are as long as what they
   stand for. */
static struct tl_str plain_schema(struct tl_str schema)
{
    return split_is_mask(schema) ? TL_STR("x____") : schema;
}

struct tl_name decode_range(const PgQuery__RangeVar *r)
{
    if (!r)
        return (struct tl_name){TL_NONE, TL_NONE};
    return (struct tl_name){plain_schema(tl_str_c(r->schemaname)),
                            tl_str_c(r->relname)};
}

struct tl_name decode_names(struct decoder *d, PgQuery__Node *const *parts,
                            size_t n)
{
    struct tl_name name = canon_name(parts, n, d->arena);

    name.schema = tl_str_is(name.schema, "pg_catalog")
                      ? TL_NONE
                      : plain_schema(name.schema);
    return name;
}

struct tl_str decode_string(const PgQuery__Node *n)
{
    if (n && n->node_case == TL_KIND(STRING))
        return tl_str_c(n->string->sval);
    return TL_NONE;
}

struct tl_str decode_constant(struct decoder *d, const PgQuery__Node *n)
{
    if (n->node_case == TL_KIND(TYPE_CAST) && n->type_cast->arg)
        n = n->type_cast->arg;
    if (n->node_case != TL_KIND(A_CONST))
        return decode_string(n);
    switch (n->a_const->val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
        return arena_printf(d->arena, "%d", (int)n->a_const->ival->ival);
    case PG_QUERY__A__CONST__VAL_FVAL:
        return tl_str_c(n->a_const->fval->fval);
    case PG_QUERY__A__CONST__VAL_SVAL:
        return (struct tl_str){n->a_const->sval->sval,
                               strlen(n->a_const->sval->sval)};
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        return n->a_const->boolval->boolval ? TL_STR("true") : TL_STR("false");
    default:
        return TL_NONE;
    }
}

struct tl_name decode_object(struct decoder *d, const PgQuery__Node *n)
{
    if (!n)
        return (struct tl_name){TL_NONE, TL_NONE};
    if (n->node_case == TL_KIND(LIST))
        return decode_names(d, n->list->items, n->list->n_items);
    if (n->node_case == TL_KIND(TYPE_NAME))
        return decode_names(d, n->type_name->names, n->type_name->n_names);
    if (n->node_case == TL_KIND(RANGE_VAR))
        return decode_range(n->range_var);
    if (n->node_case == TL_KIND(OBJECT_WITH_ARGS))
        return decode_names(d, n->object_with_args->objname,
                            n->object_with_args->n_objname);
    return (struct tl_name){TL_NONE, decode_string(n)};
}

const struct tl_str *decode_strings(struct decoder *d,
                                    PgQuery__Node *const *list, size_t n)
{
    struct tl_str *out = ARENA_ARRAY(d->arena, struct tl_str, n);

    for (size_t i = 0; i < n; i++)
        out[i] = decode_string(list[i]);
    return out;
}

struct tl_str decode_expression(struct decoder *d, const struct tl_node *top,
                                const PgQuery__Node *n)
{
    const struct tl_node *node = tl_find_wrapped(d->tree, top, n);

    return node ? canon_expression(d->tree, node, d->text, d->arena) : TL_NONE;
}

const struct tl_str *decode_columns(struct decoder *d,
                                    const struct tl_node *top, uint32_t *n)
{
    VEC(struct tl_str) found = VEC_INIT;

    TL_EACH(d->tree, top, TL_KIND(COLUMN_REF), it) {
        const PgQuery__ColumnRef *ref = TL_AS(COLUMN_REF, ColumnRef, it);
        struct tl_str name = ref->n_fields > 0
                                 ? decode_string(ref->fields[ref->n_fields - 1])
                                 : TL_NONE;
        bool known = name.n == 0;

        for (size_t i = 0; i < found.n && !known; i++)
            known = tl_str_eq(found.v[i], name);
        if (!known && found.n < 1600)
            vec_push(&found, name);
    }

    struct tl_str *out = ARENA_ARRAY(d->arena, struct tl_str, found.n);

    if (found.n > 0)
        memcpy(out, found.v, found.n * sizeof(*out));
    *n = (uint32_t)found.n;
    vec_release(&found);
    return out;
}

size_t decode_split(struct tl_str text, size_t from, bool parens,
                    struct part *out, size_t max)
{
    struct lex l = lex_at(text, from);
    struct part now = {0, 0};
    size_t depth = 0;
    size_t n = 0;

    for (;;) {
        struct lex_token t = lex_next_code(&l);
        bool open = lex_is_punct(&l, t, '(') || lex_is_punct(&l, t, '[');
        bool close = lex_is_punct(&l, t, ')') || lex_is_punct(&l, t, ']');

        if (parens) {
            parens = !lex_is_punct(&l, t, '(') && t.kind != LEX_END;
            continue;
        }
        if (close && depth > 0)
            depth--;
        else if (close || t.kind == LEX_END ||
                 (depth == 0 && lex_is_punct(&l, t, ','))) {
            if (now.end > 0 && n < max)
                out[n++] = now;
            now = (struct part){0, 0};
            if (close || t.kind == LEX_END || n == max)
                return n;
            continue;
        }
        depth += open;
        if (now.end == 0)
            now.start = t.start;
        now.end = t.end;
    }
}

size_t decode_name_end(struct tl_str text, size_t at)
{
    struct lex l = lex_at(text, at);
    size_t end = lex_next_code(&l).end;

    for (;;) {
        struct lex_token t = lex_next_code(&l);

        if (!lex_is_punct(&l, t, '.'))
            return end;
        end = lex_next_code(&l).end;
    }
}

size_t decode_word_end(struct tl_str text, const char *const *words)
{
    struct lex l = lex_at(text, 0);
    struct lex_token t = lex_next_code(&l);

    for (unsigned i = 0; i < 64 && t.kind != LEX_END; i++) {
        t = lex_next_code(&l);
        for (const char *const *w = words; *w; w++)
            if (lex_is_word(&l, t, *w))
                return t.end;
    }
    return 0;
}

void decode_nested(struct decoder *d, const struct tl_node *node)
{
    if (d->depth >= MAX_NESTED)
        return;
    d->depth++;
    if (!decode_table(d, node) && !decode_alter(d, node) &&
        !decode_index(d, node) && !decode_drop(d, node) &&
        !decode_type(d, node) && !decode_utility(d, node))
        decode_op(d, TL_OP_OTHER, node);
    d->depth--;
}

void decode_statement(const struct tl_tree *tree, struct tl_str text,
                      struct arena *arena, struct op_list *list)
{
    struct decoder d = {.tree = tree, .text = text, .arena = arena};

    *list = (struct op_list){NULL, 0};
    if (tree->count == 0)
        return;
    decode_nested(&d, &tree->nodes[0]);
    list->ops = ARENA_ARRAY(arena, struct tl_op, d.ops.n);
    list->n = (uint32_t)d.ops.n;
    if (d.ops.n > 0)
        memcpy(list->ops, d.ops.v, d.ops.n * sizeof(*d.ops.v));
    vec_release(&d.ops);
}
