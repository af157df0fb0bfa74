/*
 * fuzz_lsp.c - what a client says to the language server, a message a line;
 * bytes behind a line that is a dot go to the server as they are.
 */
#include "base/buf.h"
#include "fuzz/harness.h"
#include "fuzz/scratch.h"
#include "lsp/server.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void add_message(struct buf *b, struct tl_str body)
{
    buf_printf(b, "Content-Length: %zu\r\n\r\n", body.n);
    buf_str(b, body);
}

static void add_greeting(struct buf *b)
{
    add_message(b,
                TL_STR("{\"id\":0,\"method\":\"initialize\",\"params\":{}}"));
    add_message(
        b, TL_STR("{\"method\":\"textDocument/didOpen\",\"params\":{"
                  "\"textDocument\":{\"uri\":\"untitled:1.sql\",\"languageId\":"
                  "\"sql\",\"version\":1,\"text\":\"CREATE TABLE t (a int);\\n"
                  "CREATE INDEX i ON t (a);\\n\"}}}"));
}

static void add_lines(struct buf *b, struct tl_str s)
{
    while (s.n) {
        const char *newline = memchr(s.p, '\n', s.n);
        size_t n = newline ? (size_t)(newline - s.p) : s.n;
        struct tl_str line = {s.p, n};

        n += newline != NULL;
        s.p += n;
        s.n -= n;
        if (tl_str_is(line, ".")) {
            buf_str(b, s);
            return;
        }
        add_message(b, line);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tl_options lint = {.threads = 1};
    struct lsp_options options = {.lint = &lint, .no_config = true};
    struct buf session;

    buf_init(&session, 0);
    add_greeting(&session);
    add_lines(&session, (struct tl_str){(const char *)data, size});
    int in =
        open(scratch_file("session", (const uint8_t *)session.p, session.n),
             O_RDONLY | O_CLOEXEC);
    int out = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (in < 0 || out < 0)
        abort();
    lsp_serve(&options, in, out);
    close(in);
    close(out);
    buf_release(&session);
    return 0;
}
