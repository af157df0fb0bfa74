/*
 * parse.c - SQL text to a flat tree, through libpg_query.
 *
 * libpg_query's memory never leaves this file: the tree is copied or unpacked
 * into the caller's arena and the result freed before we return. Its error
 * positions count characters from 1 while everything else here counts bytes
 * from 0.
 */
#include "sql/parse.h"

#include "base/mem.h"
#include "sql/graft.h"
#include "sql/lex.h"
#include "sql/tree.h"

#include <pg_query.h>
#include <unistd.h>

/* The grammar has no start symbol for an expression: it wants a SELECT. */
#define EXPRESSION_PREFIX "SELECT "
#define EXPRESSION_SHIFT ((int32_t)(sizeof(EXPRESSION_PREFIX) - 1))

#define MESSAGE_MAX ((size_t)240)
#define SIGNS_MAX ((size_t)256)

static void *arena_allocator_alloc(void *arena, size_t n)
{
    return arena_alloc(arena, n);
}

static void arena_allocator_free(void *arena, void *p)
{
    /* The arena gives everything back at once. */
    (void)arena;
    (void)p;
}

/*
 * Bytes that PostgreSQL takes for one character: it believes the first byte
 * without looking at the rest, so counting its way needs the same belief.
 */
static size_t believed_width(unsigned char c)
{
    if ((c & 0x80) == 0)
        return 1;
    if ((c & 0xe0) == 0xc0)
        return 2;
    if ((c & 0xf0) == 0xe0)
        return 3;
    return (c & 0xf8) == 0xf0 ? 4 : 1;
}

/* The byte at which the character with that number (from 1) begins. */
static size_t byte_of_character(struct tl_str text, int number)
{
    size_t at = 0;

    for (int i = 1; i < number && at < text.n; i++)
        at += believed_width((unsigned char)text.p[at]);
    return at < text.n ? at : text.n;
}

/* `at` inside a token: the token's end. At or behind the last token: its end
   in both, because the offence is then what is missing there. */
static void place_error(struct tl_str text, size_t at, struct parse_result *out)
{
    struct lex lex = lex_at(text, 0);
    size_t last_end = 0;

    for (;;) {
        struct lex_token t = lex_next_code(&lex);

        if (t.kind == LEX_END)
            break;
        if (t.end > at) {
            out->at = at > t.start ? at : t.start;
            out->at_end = t.end;
            return;
        }
        last_end = t.end;
    }
    out->at = out->at_end = last_end;
}

static void fail(struct parse_result *out, struct tl_str message, size_t at,
                 size_t at_end)
{
    *out =
        (struct parse_result){.message = message, .at = at, .at_end = at_end};
}

static bool is_sign(char c)
{
    return c == '+' || c == '-';
}

/* Quotes and comments may hold what looks like one. */
static bool may_have_long_run(struct tl_str text)
{
    for (size_t at = SIGNS_MAX; at < text.n; at += SIGNS_MAX)
        if (is_sign(text.p[at]) && is_sign(text.p[at - 1]))
            return true;
    return false;
}

/*
 * Finds more than SIGNS_MAX of + and - in a row. Each is an operator, and the
 * library's lexer reads the rest of the run at each of them.
 */
static bool find_long_run(struct tl_str text, size_t *start, size_t *end)
{
    struct lex lex = lex_at(text, 0);

    *start = *end = 0;
    if (!may_have_long_run(text))
        return false;
    while (*end - *start <= SIGNS_MAX) {
        struct lex_token t = lex_next(&lex);

        if (t.kind == LEX_END)
            return false;
        if (t.kind != LEX_OPERATOR || t.start != *end)
            *start = t.start;
        *end = t.kind == LEX_OPERATOR ? t.end : t.start;
    }
    return true;
}

/* Refuses what libpg_query must not be given; true when all is well. */
static bool is_parseable(struct tl_str text, struct arena *arena,
                         struct parse_result *out)
{
    if (text.n > PARSE_MAX_BYTES) {
        fail(out, TL_STR("statement is too long to be parsed"), 0, 0);
        return false;
    }

    const char *nul = text.n ? memchr(text.p, '\0', text.n) : NULL;

    if (nul) {
        size_t at = (size_t)(nul - text.p);

        fail(out, TL_STR("NUL byte in the statement"), at, at + 1);
        return false;
    }

    size_t start;
    size_t end;

    if (find_long_run(text, &start, &end)) {
        fail(out, TL_STR("too many signs in a row"), start, end);
        return false;
    }

    /* No token is shorter than a byte. */
    size_t bound = text.n <= PARSE_MAX_BOUND ? 0 : lex_nesting_bound(text);

    if (bound <= PARSE_MAX_BOUND)
        return true;
    fail(out,
         arena_printf(arena,
                      "statement is nested too deeply to be parsed "
                      "(nesting bound %zu, at most %d)",
                      bound, PARSE_MAX_BOUND),
         0, 0);
    place_error(text, 0, out);
    return false;
}

/* What stands near the error may be the whole rest of a large text. */
static struct tl_str brief(struct arena *arena, struct tl_str words)
{
    size_t n = MESSAGE_MAX;

    if (words.n <= MESSAGE_MAX)
        return arena_str(arena, words);
    while (n > 0 && (words.p[n] & 0xc0) == 0x80)
        n--;
    return arena_printf(arena, "%.*s...%s", (int)n, words.p,
                        words.p[words.n - 1] == '"' ? "\"" : "");
}

static void report_error(struct tl_str text, const PgQueryError *error,
                         struct arena *arena, struct parse_result *out)
{
    const char *words = error->message ? error->message : "syntax error";

    /* What PostgreSQL says of its own memory says nothing of the statement. */
    if (strcmp(words, "out of memory") == 0)
        mem_exhausted();
    fail(out, brief(arena, tl_str_c(words)), 0, 0);
    place_error(text, byte_of_character(text, error->cursorpos), out);
}

static const PgQuery__ParseResult *unpack(PgQueryProtobuf packed,
                                          struct arena *arena)
{
    ProtobufCAllocator allocator = {arena_allocator_alloc, arena_allocator_free,
                                    arena};

    return pg_query__parse_result__unpack(&allocator, packed.len,
                                          (const uint8_t *)packed.data);
}

/* By memchr: looking for two bytes at once is slower. */
static bool has_block_comment(struct tl_str text)
{
    const char *end = text.p + text.n;

    for (const char *p = text.p; p < end; p++) {
        p = memchr(p, '/', (size_t)(end - p));
        if (!p)
            return false;
        if (p + 1 < end && p[1] == '*')
            return true;
    }
    return false;
}

/*
 * A copy with a NUL behind it, in which block comments are blank: in a nested
 * one the library's lexer reads the rest of a run of operator characters at
 * each beginning, so that a hundred thousand of them take the square of that.
 */
static struct tl_str copy_for_parser(struct tl_str text, struct arena *arena)
{
    char *copy = arena_alloc(arena, text.n + 1);

    if (text.n)
        memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';

    struct lex lex = lex_at(text, 0);
    bool has_comment = has_block_comment(text);

    while (has_comment) {
        struct lex_token t = lex_next(&lex);

        if (t.kind == LEX_END)
            break;
        if (t.kind == LEX_BLOCK_COMMENT)
            memset(copy + t.start + 2, ' ',
                   t.end - t.start - (t.unterminated ? 2 : 4));
    }
    return (struct tl_str){copy, text.n};
}

/* The parser's result, or NULL with `out` telling why. */
static const PgQuery__ParseResult *
parse_text(struct tl_str text, struct arena *arena, struct parse_result *out)
{
    if (!is_parseable(text, arena, out))
        return NULL;

    struct tl_str copy = copy_for_parser(text, arena);

    graft_begin(arena);
    PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(copy.p);
    const PgQuery__ParseResult *result = graft_end();

    if (parsed.error) {
        report_error(copy, parsed.error, arena, out);
        result = NULL;
    } else if (!result) {
        result = unpack(parsed.parse_tree, arena);
        if (!result)
            fail(out, TL_STR("the parser's tree cannot be read"), 0, 0);
    }
    pg_query_free_protobuf_parse_result(parsed);
    return result;
}

void parse_statement(struct tl_str text, struct arena *arena,
                     struct parse_result *out, bool *more)
{
    const PgQuery__ParseResult *result = parse_text(text, arena, out);

    if (more)
        *more = result && result->n_stmts > 1;
    if (!result)
        return;

    const ProtobufCMessage *root =
        result->n_stmts ? tl_unwrap(result->stmts[0]->stmt) : NULL;

    if (!root) {
        fail(out, TL_STR("there is no statement here"), 0, 0);
        place_error(text, text.n, out);
        return;
    }
    *out = (struct parse_result){.ok = true, .tree = tree_flatten(root, arena)};
}

/* The one unnamed target of a SELECT that has nothing else, or NULL. */
static const ProtobufCMessage *
sole_expression(const PgQuery__ParseResult *result)
{
    const ProtobufCMessage *root =
        result->n_stmts == 1 ? tl_unwrap(result->stmts[0]->stmt) : NULL;

    if (!root || root->descriptor != &pg_query__select_stmt__descriptor)
        return NULL;

    const PgQuery__SelectStmt *select = (const void *)root;

    if (select->n_target_list != 1 || select->n_from_clause ||
        select->where_clause || select->n_group_clause ||
        select->having_clause || select->n_window_clause ||
        select->n_sort_clause || select->limit_offset || select->limit_count ||
        select->n_locking_clause || select->into_clause || select->larg ||
        select->n_distinct_clause)
        return NULL;

    const ProtobufCMessage *target = tl_unwrap(select->target_list[0]);

    if (!target || target->descriptor != &pg_query__res_target__descriptor)
        return NULL;

    const PgQuery__ResTarget *res = (const void *)target;

    return *res->name ? NULL : tl_unwrap(res->val);
}

static struct tl_tree shift_locations(struct tl_tree tree, struct arena *arena)
{
    struct tl_node *nodes = ARENA_ARRAY(arena, struct tl_node, tree.count);

    for (uint32_t i = 0; i < tree.count; i++) {
        nodes[i] = tree.nodes[i];
        if (nodes[i].location >= EXPRESSION_SHIFT)
            nodes[i].location -= EXPRESSION_SHIFT;
        else
            nodes[i].location = -1;
    }
    return (struct tl_tree){nodes, tree.count};
}

void parse_expression(struct tl_str text, struct arena *arena,
                      struct parse_result *out)
{
    struct tl_str select =
        arena_printf(arena, "%s%.*s", EXPRESSION_PREFIX, TL_FMT(text));

    /* printf stops at a NUL; the text with one is refused as it is. */
    if (select.n != text.n + (size_t)EXPRESSION_SHIFT) {
        (void)is_parseable(text, arena, out);
        return;
    }

    const PgQuery__ParseResult *result = parse_text(select, arena, out);

    if (!result) {
        size_t shift = (size_t)EXPRESSION_SHIFT;

        out->at = out->at > shift ? out->at - shift : 0;
        out->at_end = out->at_end > shift ? out->at_end - shift : 0;
        return;
    }

    const ProtobufCMessage *root = sole_expression(result);

    if (!root) {
        fail(out, TL_STR("this is not an expression"), 0, text.n);
        return;
    }
    *out = (struct parse_result){
        .ok = true, .tree = shift_locations(tree_flatten(root, arena), arena)};
}

void parse_thread_end(void)
{
    /*
     * On every other thread the library's own thread-key destructor does
     * this, and would free the same memory again after us.
     */
    if (gettid() == getpid())
        pg_query_exit();
}

int parse_grammar_version(void)
{
    return PG_VERSION_NUM / 10000;
}

const char *parse_library(void)
{
    return "libpg_query " PG_VERSION;
}
