/*
 * bare.c - the least that a linter on libpg_query must do, to compare with.
 *
 * Splits each file with PostgreSQL's parser, parses each statement, unpacks
 * its tree and frees it. Nothing is looked at. Prints how many statements.
 *
 *   bare FILE...
 */
#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_all(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");

    if (!f || fseek(f, 0, SEEK_END) != 0)
        return NULL;
    long n = ftell(f);
    char *text = n >= 0 ? malloc((size_t)n + 1) : NULL;
    rewind(f);
    if (text && fread(text, 1, (size_t)n, f) != (size_t)n) {
        free(text);
        text = NULL;
    }
    fclose(f);
    if (!text)
        return NULL;
    text[n] = '\0';
    *size = (size_t)n;
    return text;
}

/* The parser wants a terminated text: the byte behind is lent to it. */
static unsigned parse(char *statement, size_t n)
{
    char behind = statement[n];
    unsigned parsed = 0;

    statement[n] = '\0';
    PgQueryProtobufParseResult r = pg_query_parse_protobuf(statement);
    if (!r.error) {
        PgQuery__ParseResult *tree = pg_query__parse_result__unpack(
            NULL, r.parse_tree.len, (const uint8_t *)r.parse_tree.data);

        parsed = tree ? (unsigned)tree->n_stmts : 0;
        pg_query__parse_result__free_unpacked(tree, NULL);
    }
    pg_query_free_protobuf_parse_result(r);
    statement[n] = behind;
    return parsed;
}

int main(int argc, char **argv)
{
    unsigned long statements = 0;

    for (int i = 1; i < argc; i++) {
        size_t size;
        char *text = read_all(argv[i], &size);

        if (!text) {
            fprintf(stderr, "bare: %s: cannot be read\n", argv[i]);
            return 2;
        }
        PgQuerySplitResult split = pg_query_split_with_parser(text);
        if (split.error) {
            /* Newer syntax, or a template: the linter has to say more. */
            pg_query_free_split_result(split);
            free(text);
            continue;
        }
        for (int k = 0; k < split.n_stmts; k++)
            statements += parse(text + split.stmts[k]->stmt_location,
                                (size_t)split.stmts[k]->stmt_len);
        pg_query_free_split_result(split);
        free(text);
    }
    printf("%lu statements\n", statements);
    return 0;
}
