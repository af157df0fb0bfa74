/*
 * show.c - what holds for a file, and the file to begin with.
 */
#include "config/show.h"

#include "base/json.h"

#include <string.h>

void config_scalar(struct buf *out, const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-";
    bool is_plain = *text && strspn(text, plain) == strlen(text) &&
                    strspn(text, "0123456789.-") == 0 &&
                    strcmp(text, "true") != 0 && strcmp(text, "false") != 0;
    struct json json;

    if (is_plain) {
        buf_puts(out, text);
        return;
    }
    json_init(&json, out, false);
    json_cstr(&json, text);
}

static void origin(struct buf *out, const char *file, uint32_t line)
{
    buf_puts(out, "  # ");
    for (const char *p = file; *p; p++)
        buf_char(out, (unsigned char)*p < ' ' ? '?' : *p);
    buf_printf(out, ":%u\n", line);
}

static void show_items(const struct config_setting *s, struct buf *out)
{
    for (size_t i = 0; s && i < s->n; i++) {
        buf_puts(out, s->items[i].value ? "  " : "  - ");
        config_scalar(out, s->items[i].text);
        if (s->items[i].value)
            buf_printf(out, ": %s", s->items[i].value);
        origin(out, s->file, s->items[i].line);
    }
}

/* Of rules: what counts since they were last selected anew. */
static size_t first_layer(const struct config_effect *e, enum config_id id)
{
    if (id == CONFIG_SELECT || id == CONFIG_IGNORE)
        for (size_t i = e->n_layers; i > 0; i--)
            if (e->layers[i - 1]->settings[CONFIG_SELECT])
                return i - 1;
    return 0;
}

static bool adds_up(const struct config_key *k)
{
    return k->type == CONFIG_RULES || k->type == CONFIG_LEVELS ||
           k->type == CONFIG_LIMITS;
}

static void show_lists(const struct config_effect *e, enum config_id id,
                       struct buf *out)
{
    const struct config_key *k = config_key_at(id);
    const struct config_setting *last = config_setting_of(e, id);

    if (!last) {
        buf_printf(out, "# %s: %s\n", k->name, k->preset);
        return;
    }
    buf_printf(out, "%s:\n", k->name);
    if (!adds_up(k)) {
        show_items(last, out);
        return;
    }
    for (size_t i = first_layer(e, id); i < e->n_layers; i++)
        show_items(e->layers[i]->settings[id], out);
}

static void show_single(const struct config_effect *e, enum config_id id,
                        struct buf *out)
{
    const struct config_key *k = config_key_at(id);
    const struct config_setting *s = config_setting_of(e, id);

    if (!s || !s->n) {
        buf_printf(out, "# %s: %s\n", k->name, k->preset);
        return;
    }
    buf_printf(out, "%s: ", k->name);
    if (k->type == CONFIG_NUMBER || k->type == CONFIG_SWITCH)
        buf_puts(out, s->items[0].text);
    else
        config_scalar(out, s->items[0].text);
    origin(out, s->file, s->line);
}

static bool is_single(enum config_type t)
{
    return t == CONFIG_WORD || t == CONFIG_NUMBER || t == CONFIG_SWITCH ||
           t == CONFIG_PREFIX || t == CONFIG_PATH;
}

void config_show(struct config *c, const char *path, struct buf *out)
{
    struct config_effect e = config_effect_of(c, path);

    buf_printf(out, "# %s\n",
               e.file ? "Lines behind '#' alone are defaults."
                      : "No configuration: these are the defaults.");
    for (unsigned id = 0; id < CONFIG_IDS; id++) {
        const struct config_key *k = config_key_at((enum config_id)id);

        if (id == CONFIG_EXTENDS || id == CONFIG_OVERRIDES ||
            id == CONFIG_FILES)
            continue;
        if (is_single(k->type))
            show_single(&e, (enum config_id)id, out);
        else
            show_lists(&e, (enum config_id)id, out);
    }
}

void config_starter(struct buf *out)
{
    buf_puts(out, "# Configuration of tusklint; docs/configuration.md tells "
                  "more.\n"
                  "# It holds for the files of this folder and those below.\n");
    for (unsigned id = 0; id < CONFIG_IDS; id++) {
        const struct config_key *k = config_key_at((enum config_id)id);

        if (k->where & CONFIG_TOP)
            buf_printf(out, "\n# %s\n# Default: %s\n# %s: %s\n", k->doc,
                       k->preset, k->name, k->example);
    }
}
