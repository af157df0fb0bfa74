/*
 * lint.c - a program that lints a text with libtusklint.
 *
 *     cc lint.c -o lint $(pkg-config --cflags --libs tusklint)
 *     ./lint db/schema.sql < db/next.sql
 *
 * The text on standard input is judged as the migration that comes after the
 * files that are named. Ends with 1 when something was found.
 */
#include <tusklint/tusklint.h>

#include <stdio.h>

static char text[1 << 20];

static void print(struct tl_linter *linter, const struct tl_finding *f)
{
    struct tl_position at =
        tl_source_position(linter, f->span.source, f->span.start);

    printf("line %u, column %u: %.*s\n", at.line, at.column,
           TL_FMT(f->message));
    if (f->help.n)
        printf("    %.*s\n", TL_FMT(f->help));
}

int main(int argc, char **argv)
{
    struct tl_options options = TL_OPTIONS_INIT;
    struct tl_error error;
    struct tl_linter *linter = tl_open(&options, &error);

    if (!linter) {
        fprintf(stderr, "%s\n", error.message);
        return 2;
    }
    size_t n = fread(text, 1, sizeof(text), stdin);
    for (int i = 1; i < argc; i++)
        tl_add_path(linter, argv[i], TL_AS_MIGRATION, true);
    tl_add_text(linter, "next.sql", (struct tl_str){text, n}, TL_AS_MIGRATION,
                false);
    tl_run(linter);
    for (size_t i = 0; i < tl_failure_count(linter); i++)
        fprintf(stderr, "%s\n", tl_failure_at(linter, i));
    for (size_t i = 0; i < tl_finding_count(linter); i++)
        print(linter, tl_finding_at(linter, i));
    int status = tl_failure_count(linter) ? 2 : tl_finding_count(linter) > 0;
    tl_close(linter);
    return status;
}
