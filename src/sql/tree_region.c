/*
 * tree_region.c - the source text of a node, from its first token to its last.
 *
 * The parser gives most nodes the place of one token only, and no ends. A
 * region is put together from four things: the node's own token and what its
 * kind always carries behind it (the table `own_parts`), the same for all
 * nodes below it, parentheses balanced both ways, and a tail that only the
 * node itself has (the table `tails`, such as a sort order behind its
 * expression). Nodes that leave no token of their own are found through their
 * parent and their number among its children.
 */
#include "sql/tree.h"

#include "sql/tree_tokens.h"

struct region {
    const struct tl_tree *tree;
    const struct tokens *tokens;
};

/* First and last token; lo == NO_TOKEN while nothing was found. */
struct extent {
    size_t lo;
    size_t hi;
};

static const struct extent nowhere = {NO_TOKEN, 0};

static bool is_found(struct extent e)
{
    return e.lo != NO_TOKEN;
}

static struct extent join(struct extent a, struct extent b)
{
    if (!is_found(a))
        return b;
    if (!is_found(b))
        return a;
    return (struct extent){a.lo < b.lo ? a.lo : b.lo,
                           a.hi > b.hi ? a.hi : b.hi};
}

/* Widens until every bracket inside has its partner inside. */
static struct extent balance(const struct tokens *t, struct extent e)
{
    bool grown = is_found(e);

    while (grown) {
        grown = false;
        for (size_t i = e.lo; i <= e.hi; i++) {
            size_t match = t->v[i].match;

            if (match == NO_TOKEN || (match >= e.lo && match <= e.hi))
                continue;
            e.lo = match < e.lo ? match : e.lo;
            e.hi = match > e.hi ? match : e.hi;
            grown = true;
        }
    }
    return e;
}

/* ---- what a kind's own token carries behind it ---- */

typedef size_t own_fn(const struct tokens *, const struct tl_node *, size_t at);

static size_t own_name(const struct tokens *t, const struct tl_node *n,
                       size_t at)
{
    (void)n;
    return tokens_name_end(t, at);
}

/* The parser folds a sign into the number it stands before. */
static size_t own_const(const struct tokens *t, const struct tl_node *n,
                        size_t at)
{
    (void)n;
    return tokens_is_punct(t, at, '-') ? at + 1 : at;
}

/* word ( ... ), or the word alone */
static size_t own_call(const struct tokens *t, const struct tl_node *n,
                       size_t at)
{
    (void)n;
    return tokens_skip_group(t, at);
}

static size_t own_func(const struct tokens *t, const struct tl_node *n,
                       size_t at)
{
    if (tokens_is_word(t, at, "at"))
        return at;
    if (tokens_is_word(t, at, "is")) {
        while (at + 1 < t->n && !tokens_is_word(t, at, "normalized"))
            at++;
        return at;
    }
    at = tokens_name_end(t, at);
    if (tokens_is_word(t, at + 1, "for"))
        at++;
    at = tokens_skip_group(t, at);

    const PgQuery__FuncCall *f = TL_AS(FUNC_CALL, FuncCall, n);

    if (f->agg_within_group && tokens_is_word(t, at + 1, "within"))
        at = tokens_skip_group(t, at + 2);
    if (f->agg_filter && tokens_is_word(t, at + 1, "filter"))
        at = tokens_skip_group(t, at + 1);
    if (f->over && tokens_is_word(t, at + 1, "over"))
        at = tokens_is_punct(t, at + 2, '(') ? tokens_skip_group(t, at + 1)
                                             : at + 2;
    return at;
}

static size_t own_cast(const struct tokens *t, const struct tl_node *n,
                       size_t at)
{
    (void)n;
    return tokens_is_word(t, at, "cast") ? tokens_skip_group(t, at) : at;
}

/* IS [NOT] NULL, ISNULL, IS NOT UNKNOWN ... */
static size_t own_test(const struct tokens *t, const struct tl_node *n,
                       size_t at)
{
    (void)n;
    if (!tokens_is_word(t, at, "is"))
        return at;
    return at + (tokens_is_word(t, at + 1, "not") ? 2 : 1);
}

static size_t own_bracket(const struct tokens *t, const struct tl_node *n,
                          size_t at)
{
    (void)n;
    if (tokens_is_word(t, at, "array"))
        at++;
    return tokens_close(t, at);
}

static size_t own_row(const struct tokens *t, const struct tl_node *n,
                      size_t at)
{
    (void)n;
    return tokens_is_punct(t, at, '(') ? tokens_close(t, at)
                                       : tokens_skip_group(t, at);
}

static size_t own_case(const struct tokens *t, const struct tl_node *n,
                       size_t at)
{
    (void)n;
    return tokens_close(t, at);
}

/* [NOT] IN (, EXISTS (, = ANY (, ARRAY ( or the bare ( of a scalar. */
static size_t own_sublink(const struct tokens *t, const struct tl_node *n,
                          size_t at)
{
    (void)n;
    for (size_t i = at; i < t->n && i < at + 12; i++)
        if (tokens_is_punct(t, i, '(') &&
            (i == at || t->v[i - 1].token.kind == LEX_WORD) &&
            !tokens_is_word(t, i - 1, "operator"))
            return tokens_close(t, i);
    return at;
}

static size_t own_type(const struct tokens *t, const struct tl_node *n,
                       size_t at)
{
    const PgQuery__TypeName *type = TL_AS(TYPE_NAME, TypeName, n);

    return tokens_type_end(t, at, type->n_typmods, type->n_array_bounds);
}

static size_t own_collate(const struct tokens *t, const struct tl_node *n,
                          size_t at)
{
    (void)n;
    return tokens_name_end(t, at + 1);
}

/* To before the next comma or the bracket that closes around it. */
static size_t own_item(const struct tokens *t, const struct tl_node *n,
                       size_t at)
{
    (void)n;
    return tokens_item_end(t, at);
}

static size_t own_cte(const struct tokens *t, const struct tl_node *n,
                      size_t at)
{
    (void)n;
    while (at + 1 < t->n && !tokens_is_punct(t, at + 1, '('))
        at++;
    at = tokens_close(t, at + 1);
    if (!tokens_is_word(t, at + 1, "as"))
        return at;
    at++;
    while (at + 1 < t->n && !tokens_is_punct(t, at + 1, '('))
        at++;
    return tokens_skip_group(t, at);
}

static size_t own_grouping(const struct tokens *t, const struct tl_node *n,
                           size_t at)
{
    if (tokens_is_word(t, at, "grouping") && tokens_is_word(t, at + 1, "sets"))
        at++;
    return own_row(t, n, at);
}

static size_t own_infer(const struct tokens *t, const struct tl_node *n,
                        size_t at)
{
    (void)n;
    return tokens_is_word(t, at, "on") ? at + 2 : tokens_close(t, at);
}

static size_t own_definition(const struct tokens *t, const struct tl_node *n,
                             size_t at)
{
    size_t open = tokens_enclosing(t, at);

    (void)n;
    if (open != NO_TOKEN)
        return tokens_item_end(t, at);
    return at + 1 < t->n && !tokens_is_punct(t, at + 1, ',') ? at + 1 : at;
}

static const struct {
    uint16_t kind;
    own_fn *end;
} own_parts[] = {
    {TL_KIND(COLUMN_REF), own_name},
    {TL_KIND(A_CONST), own_const},
    {TL_KIND(RANGE_VAR), own_name},
    {TL_KIND(FUNC_CALL), own_func},
    {TL_KIND(TYPE_CAST), own_cast},
    {TL_KIND(TYPE_NAME), own_type},
    {TL_KIND(NULL_TEST), own_test},
    {TL_KIND(BOOLEAN_TEST), own_test},
    {TL_KIND(SUB_LINK), own_sublink},
    {TL_KIND(CASE_EXPR), own_case},
    {TL_KIND(A_ARRAY_EXPR), own_bracket},
    {TL_KIND(ROW_EXPR), own_row},
    {TL_KIND(COALESCE_EXPR), own_call},
    {TL_KIND(MIN_MAX_EXPR), own_call},
    {TL_KIND(XML_EXPR), own_call},
    {TL_KIND(XML_SERIALIZE), own_call},
    {TL_KIND(SQLVALUE_FUNCTION), own_call},
    {TL_KIND(GROUPING_FUNC), own_call},
    {TL_KIND(GROUPING_SET), own_grouping},
    {TL_KIND(RANGE_TABLE_FUNC), own_call},
    {TL_KIND(COLLATE_CLAUSE), own_collate},
    {TL_KIND(WINDOW_DEF), own_row},
    {TL_KIND(COLUMN_DEF), own_item},
    {TL_KIND(PARTITION_ELEM), own_item},
    {TL_KIND(COMMON_TABLE_EXPR), own_cte},
    {TL_KIND(INFER_CLAUSE), own_infer},
    {TL_KIND(DEF_ELEM), own_definition},
};

static size_t constraint_end(const struct region *r, const struct tl_node *n,
                             size_t at)
{
    size_t end = tokens_item_end(r->tokens, at);
    const struct tl_node *parent = tl_parent(r->tree, n);

    if (!parent)
        return end;
    /* A column's constraints stand side by side without commas. */
    TL_CHILDREN(r->tree, parent, it) {
        size_t next = it->location > n->location
                          ? tokens_at(r->tokens, it->location)
                          : NO_TOKEN;

        if (next != NO_TOKEN && next > at && next <= end &&
            (it->kind == TL_KIND(CONSTRAINT) ||
             it->kind == TL_KIND(COLLATE_CLAUSE)))
            end = next - 1;
    }
    return end;
}

static struct extent own_extent(const struct region *r, const struct tl_node *n)
{
    const struct tokens *t = r->tokens;
    size_t at = n->location < 0 ? NO_TOKEN : tokens_at(t, n->location);

    if (at == NO_TOKEN)
        return nowhere;

    struct extent e = {at, at};

    if (n->kind == TL_KIND(CONSTRAINT)) {
        e.hi = constraint_end(r, n, at);
    } else if (n->kind == TL_KIND(A_EXPR)) {
        if (tokens_is_word(t, at, "nullif"))
            e.hi = tokens_skip_group(t, at);
    } else {
        own_fn *end = NULL;

        for (size_t i = 0; i < sizeof(own_parts) / sizeof(own_parts[0]); i++)
            if (own_parts[i].kind == n->kind)
                end = own_parts[i].end;
        if (end)
            e.hi = end(t, n, at);
    }
    if (e.hi >= t->n)
        e.hi = t->n - 1;
    return e;
}

/* ---- everything below the node ---- */

static size_t alias_end(const struct tokens *t, size_t at)
{
    if (tokens_is_word(t, at + 1, "as"))
        at++;
    if (!tokens_is_name(t, at + 1))
        return tokens_skip_group(t, at); /* AS (a int, b text) */
    return tokens_skip_group(t, at + 1);
}

static struct extent subtree_extent(const struct region *r,
                                    const struct tl_node *top)
{
    struct extent all = own_extent(r, top);

    for (const struct tl_node *n = top + 1; tl_index(r->tree, n) < top->end;
         n++) {
        struct extent e = own_extent(r, n);

        if (is_found(e) && n->kind == TL_KIND(RANGE_VAR) &&
            TL_AS(RANGE_VAR, RangeVar, n)->alias)
            e.hi = alias_end(r->tokens, e.hi);
        all = join(all, e);
    }
    return balance(r->tokens, all);
}

/* The parentheses of the innermost subquery around `e`, or `e` itself. */
static struct extent subquery_parens(const struct tokens *t, struct extent e)
{
    static const char *const openers[] = {"select", "values", "with",  "table",
                                          "insert", "update", "delete"};

    for (size_t open = tokens_enclosing(t, e.lo); open != NO_TOKEN;
         open = tokens_enclosing(t, open)) {
        bool found = tokens_is_punct(t, open + 1, '(') && open + 1 < e.lo;

        for (size_t i = 0; i < sizeof(openers) / sizeof(openers[0]); i++)
            found = found || tokens_is_word(t, open + 1, openers[i]);
        if (found)
            return (struct extent){open, tokens_close(t, open)};
    }
    return e;
}

/* ---- tails: what stands around the subtree of the node itself ---- */

typedef struct extent tail_fn(const struct region *, const struct tl_node *,
                              struct extent);

/* Does the name come first, as in SET name = value? */
static bool is_assignment(const struct region *r, const struct tl_node *target)
{
    const struct tl_node *parent = tl_parent(r->tree, target);

    if (!parent || parent->kind == TL_KIND(SELECT_STMT))
        return false;
    return strcmp(parent->msg->descriptor->fields[target->field].name,
                  "target_list") == 0;
}

static struct extent tail_target(const struct region *r,
                                 const struct tl_node *n, struct extent e)
{
    const struct tokens *t = r->tokens;
    const PgQuery__ResTarget *target = TL_AS(RES_TARGET, ResTarget, n);
    size_t at = e.hi;

    if (!target->val) /* a column of INSERT, perhaps with a subscript */
        return (struct extent){e.lo, tokens_indirection_end(t, at)};
    if (!*target->name || is_assignment(r, n))
        return e;
    if (tokens_is_word(t, at + 1, "as"))
        at++;
    if (tokens_is_name(t, at + 1))
        e.hi = at + 1;
    return e;
}

static struct extent tail_indirection(const struct region *r,
                                      const struct tl_node *n, struct extent e)
{
    const struct tokens *t = r->tokens;

    (void)n;
    while (e.lo > 0 &&
           t->v[e.hi + 1 < t->n ? e.hi + 1 : e.hi].match == e.lo - 1) {
        e.lo--;
        e.hi++;
    }
    e.hi = tokens_indirection_end(t, e.hi);
    return e;
}

static struct extent tail_sort(const struct region *r, const struct tl_node *n,
                               struct extent e)
{
    const struct tokens *t = r->tokens;

    (void)n;
    if (tokens_is_word(t, e.hi + 1, "asc") ||
        tokens_is_word(t, e.hi + 1, "desc"))
        e.hi++;
    if (tokens_is_word(t, e.hi + 1, "nulls"))
        e.hi += 2;
    return e;
}

static struct extent tail_subselect(const struct region *r,
                                    const struct tl_node *n, struct extent e)
{
    const struct tokens *t = r->tokens;
    const PgQuery__RangeSubselect *s =
        TL_AS(RANGE_SUBSELECT, RangeSubselect, n);

    e = subquery_parens(t, e);
    if (s->lateral && e.lo > 0 && tokens_is_word(t, e.lo - 1, "lateral"))
        e.lo--;
    if (s->alias)
        e.hi = alias_end(t, e.hi);
    return e;
}

static struct extent tail_range_function(const struct region *r,
                                         const struct tl_node *n,
                                         struct extent e)
{
    const struct tokens *t = r->tokens;
    const PgQuery__RangeFunction *f = TL_AS(RANGE_FUNCTION, RangeFunction, n);

    if (f->is_rowsfrom) {
        size_t open = tokens_enclosing(t, e.lo);

        if (open != NO_TOKEN && open >= 2)
            e = (struct extent){open - 2, tokens_close(t, open)};
    }
    if (f->lateral && e.lo > 0 && tokens_is_word(t, e.lo - 1, "lateral"))
        e.lo--;
    if (f->ordinality && tokens_is_word(t, e.hi + 1, "with"))
        e.hi += 2;
    if (f->alias && !f->n_coldeflist)
        e.hi = alias_end(t, e.hi);
    return e;
}

static struct extent tail_join(const struct region *r, const struct tl_node *n,
                               struct extent e)
{
    const struct tokens *t = r->tokens;
    const PgQuery__JoinExpr *j = TL_AS(JOIN_EXPR, JoinExpr, n);
    const struct tl_node *right = tl_find_wrapped(r->tree, n, j->rarg);

    if (!j->quals && right && right->kind == TL_KIND(RANGE_SUBSELECT))
        e.hi = tail_subselect(r, right, subtree_extent(r, right)).hi;
    if (!j->quals && right && right->kind == TL_KIND(RANGE_FUNCTION))
        e.hi = tail_range_function(r, right, subtree_extent(r, right)).hi;
    if (j->n_using_clause && tokens_is_word(t, e.hi + 1, "using")) {
        e.hi = tokens_skip_group(t, e.hi + 1);
        if (j->join_using_alias && tokens_is_word(t, e.hi + 1, "as"))
            e.hi += 2;
    }
    if (j->alias && e.lo > 0 && tokens_is_punct(t, e.lo - 1, '(')) {
        e = (struct extent){e.lo - 1, tokens_close(t, e.lo - 1)};
        e.hi = alias_end(t, e.hi);
    }
    return balance(t, e);
}

static struct extent tail_sample(const struct region *r,
                                 const struct tl_node *n, struct extent e)
{
    const struct tokens *t = r->tokens;
    const PgQuery__RangeTableSample *s =
        TL_AS(RANGE_TABLE_SAMPLE, RangeTableSample, n);

    if (s->repeatable)
        return e;
    while (e.hi + 1 < t->n && !tokens_is_punct(t, e.hi, ')'))
        e.hi++;
    return e;
}

/* The query inside its parentheses; behind or before a UNION the part of it
   between the set operators. */
static struct extent tail_select(const struct region *r,
                                 const struct tl_node *n, struct extent e)
{
    const struct tokens *t = r->tokens;
    struct extent parens = subquery_parens(t, e);
    struct extent inner = {0, t->n - 1};

    if (parens.lo != e.lo || parens.hi != e.hi)
        inner = (struct extent){parens.lo + 1, parens.hi - 1};
    (void)n;

    struct extent part = inner;

    for (size_t i = inner.lo; i <= inner.hi; i = tokens_close(t, i) + 1) {
        if (!tokens_is_word(t, i, "union") &&
            !tokens_is_word(t, i, "intersect") &&
            !tokens_is_word(t, i, "except"))
            continue;
        if (i > e.hi) {
            part.hi = i - 1;
            break;
        }
        if (i < e.lo)
            part.lo = tokens_is_word(t, i + 1, "all") ||
                              tokens_is_word(t, i + 1, "distinct")
                          ? i + 2
                          : i + 1;
    }
    return part.lo <= part.hi ? part : e;
}

static struct extent tail_merge_when(const struct region *r,
                                     const struct tl_node *n, struct extent e)
{
    (void)n;
    while (e.lo > 0 && !tokens_is_word(r->tokens, e.lo, "when"))
        e.lo--;
    return e;
}

static struct extent tail_parameter(const struct region *r,
                                    const struct tl_node *n, struct extent e)
{
    const struct tokens *t = r->tokens;

    (void)n;
    while (e.lo > 0 && !tokens_is_punct(t, e.lo - 1, '(') &&
           !tokens_is_punct(t, e.lo - 1, ','))
        e.lo--;
    e.hi = tokens_item_end(t, e.lo);
    return e;
}

static struct extent tail_list(const struct region *r, const struct tl_node *n,
                               struct extent e)
{
    const struct tokens *t = r->tokens;

    (void)n;
    if (e.lo > 0 && tokens_is_punct(t, e.lo - 1, '(') &&
        tokens_close(t, e.lo - 1) == e.hi + 1)
        return (struct extent){e.lo - 1, e.hi + 1};
    return e;
}

static struct extent tail_conflict(const struct region *r,
                                   const struct tl_node *n, struct extent e)
{
    const struct tokens *t = r->tokens;

    (void)n;
    while (e.hi + 1 < t->n && !tokens_is_word(t, e.hi + 1, "returning") &&
           !tokens_is_punct(t, e.hi + 1, ')'))
        e.hi = tokens_close(t, e.hi + 1);
    return e;
}

static struct extent tail_indices(const struct region *r,
                                  const struct tl_node *n, struct extent e)
{
    size_t open = tokens_enclosing(r->tokens, e.lo);

    (void)n;
    if (open == NO_TOKEN)
        return e;
    return (struct extent){open, tokens_close(r->tokens, open)};
}

static const struct {
    uint16_t kind;
    tail_fn *tail;
} tails[] = {
    {TL_KIND(RES_TARGET), tail_target},
    {TL_KIND(A_INDIRECTION), tail_indirection},
    {TL_KIND(A_INDICES), tail_indices},
    {TL_KIND(SORT_BY), tail_sort},
    {TL_KIND(RANGE_SUBSELECT), tail_subselect},
    {TL_KIND(RANGE_FUNCTION), tail_range_function},
    {TL_KIND(RANGE_TABLE_SAMPLE), tail_sample},
    {TL_KIND(JOIN_EXPR), tail_join},
    {TL_KIND(SELECT_STMT), tail_select},
    {TL_KIND(INSERT_STMT), tail_select},
    {TL_KIND(UPDATE_STMT), tail_select},
    {TL_KIND(DELETE_STMT), tail_select},
    {TL_KIND(MERGE_WHEN_CLAUSE), tail_merge_when},
    {TL_KIND(FUNCTION_PARAMETER), tail_parameter},
    {TL_KIND(LIST), tail_list},
    {TL_KIND(ON_CONFLICT_CLAUSE), tail_conflict},
};

/* ---- nodes without a token of their own: the n-th of their parent ---- */

/* The number among the siblings that come from the same field. */
static size_t number_of(const struct tl_tree *tree, const struct tl_node *n)
{
    const struct tl_node *parent = tl_parent(tree, n);
    size_t number = 0;

    if (!parent)
        return 0;
    TL_CHILDREN(tree, parent, it) {
        if (it == n)
            break;
        number += it->field == n->field;
    }
    return number;
}

static struct extent nth_item(const struct tokens *t, size_t at, size_t number)
{
    while (number-- > 0) {
        at = tokens_item_end(t, at) + 1;
        if (!tokens_is_punct(t, at, ','))
            return nowhere;
        at++;
    }
    return at < t->n ? (struct extent){at, tokens_item_end(t, at)} : nowhere;
}

static struct extent alter_command(const struct region *r,
                                   const struct tl_node *n)
{
    const struct tokens *t = r->tokens;
    const struct tl_node *stmt = tl_parent(r->tree, n);
    const struct tl_node *name =
        stmt ? tl_next_of(r->tree, tl_index(r->tree, stmt), stmt->end,
                          TL_KIND(RANGE_VAR))
             : NULL;

    if (!name)
        return nowhere;

    struct extent e = own_extent(r, name);
    size_t at = is_found(e) ? e.hi + 1 : 0;

    while (at < t->n && t->v[at].token.kind != LEX_WORD)
        at++; /* ALTER TABLE t * ADD ...; ALTER TABLE ONLY (t) ... */
    return nth_item(t, at, number_of(r->tree, n));
}

/* The opening parenthesis of the list that an IndexElem stands in. */
static size_t index_list(const struct region *r, const struct tl_node *list)
{
    const struct tokens *t = r->tokens;
    size_t at = 0;

    if (list->kind == TL_KIND(INDEX_STMT)) {
        const struct tl_node *name = tl_next_of(
            r->tree, tl_index(r->tree, list), list->end, TL_KIND(RANGE_VAR));

        at = name ? own_extent(r, name).hi : 0;
    } else {
        at = list->location < 0 ? NO_TOKEN : tokens_at(t, list->location);
    }
    while (at < t->n && !tokens_is_punct(t, at, '('))
        at++;
    return at < t->n ? at : NO_TOKEN;
}

static struct extent index_element(const struct region *r,
                                   const struct tl_node *n)
{
    const struct tokens *t = r->tokens;
    const struct tl_node *list = tl_parent(r->tree, n);
    const struct tl_node *item = n;

    if (list && list->kind == TL_KIND(LIST)) { /* EXCLUDE (elem WITH op) */
        item = list;
        list = tl_parent(r->tree, list);
    }

    size_t open = list ? index_list(r, list) : NO_TOKEN;

    if (open == NO_TOKEN)
        return nowhere;
    if (list->kind == TL_KIND(INDEX_STMT) &&
        strcmp(list->msg->descriptor->fields[item->field].name,
               "index_including_params") == 0) {
        open = tokens_close(t, open) + 2;
        if (!tokens_is_punct(t, open, '('))
            return nowhere;
    }

    struct extent e = nth_item(t, open + 1, number_of(r->tree, item));

    for (size_t i = e.lo; item != n && is_found(e) && i < e.hi; i++)
        if (tokens_is_word(t, i + 1, "with"))
            e.hi = i;
    return e;
}

/* The n-th object of DROP: names stand between commas; before the first one
   are DROP and the kind of object, behind the last one CASCADE. */
static struct extent dropped_object(const struct region *r,
                                    const struct tl_node *n)
{
    const struct tokens *t = r->tokens;
    struct extent e = nth_item(t, 0, number_of(r->tree, n));

    if (!is_found(e))
        return e;
    if (tokens_is_word(t, e.hi, "cascade") ||
        tokens_is_word(t, e.hi, "restrict"))
        e.hi--;

    size_t at = e.hi;

    if (t->v[at].match != NO_TOKEN && t->v[at].match < at)
        at = t->v[at].match - 1;
    while (at >= e.lo + 2 && tokens_is_punct(t, at - 1, '.'))
        at -= 2;
    e.lo = at;
    return e;
}

static struct extent alias_extent(const struct region *r,
                                  const struct tl_node *n)
{
    const struct tl_node *parent = tl_parent(r->tree, n);

    if (!parent || parent->kind != TL_KIND(RANGE_VAR))
        return nowhere;

    struct extent e = own_extent(r, parent);

    if (!is_found(e))
        return e;
    return (struct extent){e.hi + 1, alias_end(r->tokens, e.hi)};
}

static struct extent locking_extent(const struct region *r,
                                    const struct tl_node *n)
{
    const struct tokens *t = r->tokens;
    const struct tl_node *select = tl_parent(r->tree, n);
    size_t number = number_of(r->tree, n);
    struct extent e = select ? subtree_extent(r, select) : nowhere;
    size_t at = is_found(e) ? e.lo : 0;

    for (; at < t->n && !tokens_is_punct(t, at, ')');
         at = tokens_close(t, at) + 1) {
        if (!tokens_is_word(t, at, "for") || tokens_is_punct(t, at + 1, '('))
            continue;
        if (number-- > 0)
            continue;

        size_t hi = at + 1;

        while (hi + 1 < t->n && !tokens_is_punct(t, hi + 1, ')') &&
               !tokens_is_word(t, hi + 1, "for") &&
               !tokens_is_word(t, hi + 1, "limit") &&
               !tokens_is_word(t, hi + 1, "offset"))
            hi++;
        return (struct extent){at, hi};
    }
    return nowhere;
}

static struct extent numbered_extent(const struct region *r,
                                     const struct tl_node *n)
{
    const struct tl_node *parent = tl_parent(r->tree, n);

    if (n->kind == TL_KIND(ALTER_TABLE_CMD))
        return alter_command(r, n);
    if (n->kind == TL_KIND(INDEX_ELEM))
        return index_element(r, n);
    if (n->kind == TL_KIND(ALIAS))
        return alias_extent(r, n);
    if (n->kind == TL_KIND(LOCKING_CLAUSE))
        return locking_extent(r, n);
    if (parent && parent->kind == TL_KIND(DROP_STMT))
        return dropped_object(r, n);
    return nowhere;
}

/* ---- all together ---- */

static struct extent node_extent(const struct region *r,
                                 const struct tl_node *n)
{
    struct extent e = numbered_extent(r, n);

    if (is_found(e))
        return e;
    /* Nothing below belongs to a name's region: its alias does not. */
    if (n->kind == TL_KIND(RANGE_VAR))
        return own_extent(r, n);
    e = subtree_extent(r, n);
    if (!is_found(e))
        return e;
    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++)
        if (tails[i].kind == n->kind)
            return tails[i].tail(r, n, e);
    return e;
}

/* Is the text the node's own? An expression can be parsed by itself. */
static bool is_statement(const struct tl_node *n)
{
    const char *name = n->msg->descriptor->short_name;
    size_t length = strlen(name);

    return length > 4 && strcmp(name + length - 4, "Stmt") == 0;
}

void tree_region_of(const struct tl_tree *tree, const struct tl_node *node,
                    const struct tokens *tokens, size_t *start, size_t *end)
{
    const struct region r = {.tree = tree, .tokens = tokens};
    struct extent e = nowhere;

    *start = 0;
    *end = tokens->lex.text.n;
    if (tokens->n == 0)
        return;
    /* A name or a star has no place of its own: its parent's is the next. */
    for (const struct tl_node *n = node; n && !is_found(e);
         n = tl_parent(tree, n))
        if (n->parent != TL_NO_NODE || !is_statement(n))
            e = node_extent(&r, n);
    if (!is_found(e))
        e = (struct extent){0, tokens->n - 1};
    if (e.hi >= tokens->n)
        e.hi = tokens->n - 1;
    *start = tokens->v[e.lo].token.start;
    *end = tokens->v[e.hi].token.end;
}

void tree_region(const struct tl_tree *tree, const struct tl_node *node,
                 struct tl_str text, size_t *start, size_t *end)
{
    struct tokens tokens;

    tokens_init(&tokens, text);
    tree_region_of(tree, node, &tokens, start, end);
    tokens_release(&tokens);
}
