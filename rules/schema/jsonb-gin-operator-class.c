/*
 * jsonb-gin-operator-class - a GIN index on documents whose operator class is
 * not the one that the captured queries ask for.
 */
#include <tusklint/rule.h>

#define CALLS_MIN 20

/* What the captured queries, and others that are known, ask of one operand. */
struct asked {
    const struct tl_operator_use *has_key; /* by ?, ?| or ?& alone; NULL */
    const struct tl_shape *contained;      /* by @>, @? or @@ */
    uint64_t contained_calls;
    bool has_key_somewhere;
};

static bool asks_key(struct tl_str op)
{
    return tl_str_is(op, "?") || tl_str_is(op, "?|") || tl_str_is(op, "?&");
}

static bool asks_content(struct tl_str op)
{
    return tl_str_is(op, "@>") || tl_str_is(op, "@?") || tl_str_is(op, "@@");
}

static struct tl_str operand_of(const struct tl_index_key *k)
{
    return k->column.n ? k->column : k->expression;
}

static bool is_captured(const struct tl_shape *s)
{
    return s && s->from_capture && s->calls > s->errors;
}

static struct asked read_uses(const struct tl_ctx *ctx,
                              const struct tl_index *x,
                              const struct tl_index_key *k)
{
    struct asked a = {.has_key = NULL};
    uint32_t n;
    const struct tl_operator_use *uses = tl_operator_uses(ctx, &n);

    for (uint32_t i = 0; i < n; i++) {
        const struct tl_operator_use *u = &uses[i];

        if (u->relation != x->relation || !tl_str_eq(u->operand, operand_of(k)))
            continue;
        if (asks_key(u->op)) {
            a.has_key_somewhere = true;
            if (!a.has_key && u->alone && is_captured(u->shape))
                a.has_key = u;
        } else if (asks_content(u->op) && is_captured(u->shape)) {
            a.contained = a.contained ? a.contained : u->shape;
            a.contained_calls += u->shape->calls;
        }
    }
    return a;
}

static bool has_class(const struct tl_index_key *k, const char *name)
{
    return tl_str_is(k->opclass, name);
}

/* Default class: jsonb_ops. Another index may have it on the same operand. */
static bool has_default_twin(struct tl_schema s, const struct tl_relation *r,
                             const struct tl_index_key *k)
{
    TL_EACH_INDEX(s, r, x)
        for (uint32_t i = 0; tl_str_is(x->method, "gin") && i < x->n_keys; i++)
            if (tl_str_eq(operand_of(&x->keys[i]), operand_of(k)) &&
                !has_class(&x->keys[i], "jsonb_path_ops"))
                return true;
    return false;
}

static struct tl_str operand_text(struct tl_ctx *ctx,
                                  const struct tl_index_key *k)
{
    return k->column.n ? tl_quoted(ctx, k->column)
                       : tl_printf(ctx, "(%.*s)", TL_FMT(k->expression));
}

static void report_useless(struct tl_ctx *ctx, const struct tl_relation *table,
                           const struct tl_index *x,
                           const struct tl_index_key *k,
                           const struct tl_operator_use *use)
{
    struct tl_str name = tl_quoted(ctx, x->name.name);
    struct tl_finding *f = tl_report(
        ctx, use->at,
        "%.*s is of class jsonb_path_ops and cannot serve %.*s: all of %.*s is "
        "read, %llu call%s.",
        TL_FMT(name), TL_FMT(use->op), TL_FMT(tl_name_text(ctx, table->name)),
        (unsigned long long)use->shape->calls,
        use->shape->calls == 1 ? "" : "s");

    f->statement_key = use->shape->hash;
    tl_object(ctx, f, x->name, k->column);
    tl_about_relation(ctx, f, x->id);
    tl_related(ctx, f, x->row.made, "%.*s is made here", TL_FMT(name));
    tl_help(ctx, f,
            "CREATE INDEX CONCURRENTLY ON %.*s USING gin (%.*s); its class "
            "jsonb_ops serves ?, ?| and ?& as well as @>.",
            TL_FMT(tl_name_text(ctx, table->name)),
            TL_FMT(operand_text(ctx, k)));
}

static void report_large(struct tl_ctx *ctx, const struct tl_relation *table,
                         const struct tl_index *x, const struct tl_index_key *k,
                         const struct asked *a)
{
    struct tl_str name = tl_quoted(ctx, x->name.name);
    struct tl_finding *f = tl_report(
        ctx, x->row.made,
        "Captured queries only ask what %.*s contains: with jsonb_path_ops "
        "%.*s is mostly smaller, and faster to search.",
        TL_FMT(operand_text(ctx, k)), TL_FMT(name));

    tl_set_severity(f, TL_NOTE);
    tl_object(ctx, f, x->name, k->column);
    tl_about_relation(ctx, f, x->id);
    tl_related(ctx, f, a->contained->span, "asked here, %llu calls in all",
               (unsigned long long)a->contained_calls);
    tl_help(ctx, f,
            "CREATE INDEX CONCURRENTLY ON %.*s USING gin (%.*s "
            "jsonb_path_ops); unless something else asks for keys by ?.",
            TL_FMT(tl_name_text(ctx, table->name)),
            TL_FMT(operand_text(ctx, k)));
}

static bool is_document(struct tl_schema s, const struct tl_relation *table,
                        const struct tl_index_key *k)
{
    const struct tl_column *c = tl_find_column(s, table, k->column);

    /* An expression that is searched with jsonb's operators under a class of
       jsonb's is one. */
    return k->column.n ? c && tl_type_is(&c->type, "jsonb") : k->opclass.n > 0;
}

static void judge_key(struct tl_ctx *ctx, const struct tl_relation *table,
                      const struct tl_index *x, const struct tl_index_key *k)
{
    struct tl_schema s = tl_after(ctx);
    struct asked a = read_uses(ctx, x, k);

    if (!is_document(s, table, k))
        return;
    if (has_class(k, "jsonb_path_ops")) {
        if (a.has_key && !has_default_twin(s, table, k))
            report_useless(ctx, table, x, k, a.has_key);
    } else if ((!k->opclass.n || has_class(k, "jsonb_ops")) &&
               !a.has_key_somewhere && a.contained_calls >= CALLS_MIN) {
        report_large(ctx, table, x, k, &a);
    }
}

static void check(struct tl_ctx *ctx)
{
    struct tl_schema s = tl_after(ctx);

    if (!tl_has_capture(ctx))
        return;
    TL_EACH_RELATION(s, table)
        TL_EACH_INDEX(s, table, x)
            for (uint32_t i = 0; tl_str_is(x->method, "gin") && i < x->n_keys;
                 i++)
                judge_key(ctx, table, x, &x->keys[i]);
}

TL_RULE(jsonb_gin_operator_class) = {
    .id = "TL218",
    .name = "jsonb-gin-operator-class",
    .summary = "a GIN index whose class does not fit what queries ask for",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_WARNING,
    .on_end = check,
};
