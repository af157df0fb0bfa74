/*
 * bare.c - the least that a linter on libpg_query must do, to compare with.
 *
 *   bare index INDEX FILE...   writes down where each file's statements lie
 *   bare parse INDEX           parses them and unpacks their trees
 *
 * Only the second is measured. It reads the files, parses each statement alone
 * and unpacks its tree into memory that is used again for the next; nothing is
 * looked at. Where statements begin it is told, so that it needs not look.
 */
#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of one tree. Pages that are not touched cost nothing. */
#define ARENA_BYTES ((size_t)1 << 30)

struct arena {
    char *bytes;
    size_t used;
};

/* A statement's place in its file. */
struct place {
    uint32_t start;
    uint32_t length;
};

static void fail(const char *what, const char *path)
{
    fprintf(stderr, "bare: %s: %s\n", path, what);
    exit(2);
}

static void *allocate(void *data, size_t n)
{
    struct arena *a = data;

    n = (n + 15) & ~(size_t)15;
    if (n > ARENA_BYTES - a->used)
        return NULL;
    a->used += n;
    return a->bytes + a->used - n;
}

static void keep(void *data, void *p)
{
    (void)data;
    (void)p;
}

static FILE *open_or_fail(const char *path, const char *mode)
{
    FILE *f = fopen(path, mode);

    if (!f)
        fail("cannot be opened", path);
    return f;
}

/* Go's templates, as migrations have them for names: names to the parser. */
static void mask_templates(char *text)
{
    for (char *p = text; (p = strstr(p, "{{")) != NULL;) {
        char *end = strstr(p, "}}");

        if (!end)
            return;
        memset(p, 'x', (size_t)(end + 2 - p));
        p = end + 2;
    }
}

static char *read_all(const char *path, size_t *size)
{
    FILE *f = open_or_fail(path, "rb");

    if (fseek(f, 0, SEEK_END) != 0)
        fail("cannot be read", path);
    long n = ftell(f);
    char *text = n >= 0 ? malloc((size_t)n + 1) : NULL;
    rewind(f);
    if (!text || fread(text, 1, (size_t)n, f) != (size_t)n)
        fail("cannot be read", path);
    fclose(f);
    text[n] = '\0';
    mask_templates(text);
    *size = (size_t)n;
    return text;
}

/* ---- where statements lie ---- */

static void write_places(FILE *out, const char *path)
{
    size_t size;
    char *text = read_all(path, &size);
    PgQuerySplitResult split = pg_query_split_with_parser(text);

    /* Newer syntax, or a template: as much of it as can be told apart. */
    if (split.error) {
        pg_query_free_split_result(split);
        split = pg_query_split_with_scanner(text);
    }
    uint32_t n = split.error ? 0 : (uint32_t)split.n_stmts;
    uint32_t name = (uint32_t)strlen(path) + 1;

    fwrite(&name, sizeof(name), 1, out);
    fwrite(path, name, 1, out);
    fwrite(&n, sizeof(n), 1, out);
    for (uint32_t i = 0; i < n; i++) {
        struct place p = {(uint32_t)split.stmts[i]->stmt_location,
                          (uint32_t)split.stmts[i]->stmt_len};
        fwrite(&p, sizeof(p), 1, out);
    }
    pg_query_free_split_result(split);
    free(text);
}

static void write_index(const char *index, int n, char **paths)
{
    FILE *out = open_or_fail(index, "wb");

    for (int i = 0; i < n; i++)
        write_places(out, paths[i]);
    if (fclose(out) != 0)
        fail("cannot be written", index);
}

/* ---- what is measured ---- */

/* The parser wants a terminated text: the byte behind is lent to it. */
static size_t parse(char *text, struct place p, struct arena *arena)
{
    ProtobufCAllocator in_arena = {allocate, keep, arena};
    char behind = text[p.start + p.length];
    size_t parsed = 0;

    text[p.start + p.length] = '\0';
    PgQueryProtobufParseResult r = pg_query_parse_protobuf(text + p.start);
    if (!r.error) {
        arena->used = 0;
        const PgQuery__ParseResult *tree = pg_query__parse_result__unpack(
            &in_arena, r.parse_tree.len, (const uint8_t *)r.parse_tree.data);
        parsed = tree ? tree->n_stmts : 0;
    }
    pg_query_free_protobuf_parse_result(r);
    text[p.start + p.length] = behind;
    return parsed;
}

static size_t parse_file(FILE *in, const char *index, const char *path,
                         struct arena *arena)
{
    size_t size;
    char *text = read_all(path, &size);
    size_t parsed = 0;
    struct place p;
    uint32_t n;

    if (fread(&n, sizeof(n), 1, in) != 1)
        fail("is cut off", index);
    for (uint32_t i = 0; i < n; i++) {
        if (fread(&p, sizeof(p), 1, in) != 1 ||
            (size_t)p.start + p.length > size)
            fail("is none of these files", index);
        parsed += parse(text, p, arena);
    }
    free(text);
    return parsed;
}

static void parse_index(const char *index)
{
    FILE *in = open_or_fail(index, "rb");
    struct arena arena = {malloc(ARENA_BYTES), 0};
    char path[4096];
    size_t parsed = 0;
    uint32_t name;

    if (!arena.bytes)
        fail("no memory", index);
    while (fread(&name, sizeof(name), 1, in) == 1) {
        if (name > sizeof(path) || fread(path, name, 1, in) != 1)
            fail("is cut off", index);
        parsed += parse_file(in, index, path, &arena);
    }
    fclose(in);
    free(arena.bytes);
    printf("%zu statements\n", parsed);
}

int main(int argc, char **argv)
{
    if (argc >= 3 && strcmp(argv[1], "index") == 0) {
        write_index(argv[2], argc - 3, argv + 3);
    } else if (argc == 3 && strcmp(argv[1], "parse") == 0) {
        parse_index(argv[2]);
    } else {
        fputs("bare: index INDEX FILE... or parse INDEX\n", stderr);
        return 2;
    }
    return 0;
}
