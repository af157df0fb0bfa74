/*
 * fuzz_config.c - .tusklint.yml, what it sets for a file, and how it is shown.
 */
#include "base/buf.h"
#include "config/config.h"
#include "config/show.h"
#include "fuzz/harness.h"
#include "fuzz/scratch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tl_options options = TL_OPTIONS_INIT;
    const struct tl_options *effective;
    const char *path = scratch_file(".tusklint.yml", data, size);
    struct config *c = config_open(&options, path);
    struct buf b;

    buf_init(&b, 0);
    config_of_input(c, "db/1.sql", true, &effective);
    config_show(c, "db/1.sql", &b);
    for (size_t i = 0; i < config_error_count(c); i++)
        buf_puts(&b, config_error_at(c, i));
    buf_release(&b);
    config_free(c);
    return 0;
}
