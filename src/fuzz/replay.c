/*
 * replay.c - runs a fuzz target on files, without a fuzzer.
 *
 * Usage: TARGET PATH...; a folder stands for the files in it. The name of the
 * file that it failed on is the last one on stderr.
 */
#include "base/file.h"
#include "base/mem.h"
#include "fuzz/harness.h"

#include <stdlib.h>
#include <string.h>

/* Fuzzers make no larger ones: those are for other tests. */
#define SIZE_LIMIT ((size_t)64 << 10)

static bool want_all(const char *path, void *arg)
{
    (void)path;
    (void)arg;
    return true;
}

/* A copy of its own size, so that a byte too many is seen. */
static void run_on(struct tl_str text)
{
    uint8_t *copy = mem_alloc(text.n);

    if (text.n)
        memcpy(copy, text.p, text.n);
    LLVMFuzzerTestOneInput(copy, text.n);
    mem_free(copy);
}

static bool replay(const char *path, size_t *count, struct err *err)
{
    struct file f;

    fprintf(stderr, "%s\n", path);
    if (!file_read(&f, path, 0, err))
        return false;
    if (f.text.n <= SIZE_LIMIT) {
        run_on(f.text);
        ++*count;
    }
    file_release(&f);
    return true;
}

static bool replay_all(const char *path, size_t *count, struct err *err)
{
    struct path_list list = {.paths = VEC_INIT};
    struct arena arena;
    bool ok = true;

    arena_init(&arena, 0);
    if (file_is_dir(path))
        ok = file_walk(&list, &arena, path, want_all, NULL, err);
    else
        vec_push(&list.paths, path);
    for (size_t i = 0; ok && i < list.paths.n; i++)
        ok = replay(list.paths.v[i], count, err);
    vec_release(&list.paths);
    arena_release(&arena);
    return ok;
}

int main(int argc, char **argv)
{
    size_t count = 0;
    struct err err;

    for (int i = 1; i < argc; i++)
        if (!replay_all(argv[i], &count, &err)) {
            fprintf(stderr, "%s\n", err.message);
            return EXIT_FAILURE;
        }
    printf("%zu\n", count);
    return EXIT_SUCCESS;
}
