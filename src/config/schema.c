/*
 * schema.c - the format of a configuration as a JSON Schema.
 */
#include "base/json.h"
#include "config/show.h"

#include <tusklint/plan_limits.h>

#include <string.h>

static void text_value(struct json *j)
{
    json_key(j, "type");
    json_cstr(j, "string");
    json_key(j, "minLength");
    json_int(j, 1);
}

static void words_value(struct json *j, const char *words)
{
    json_key(j, "enum");
    json_begin_array(j);
    for (const char *w = words; *w;) {
        size_t n = strcspn(w, " ");

        json_str(j, (struct tl_str){w, n});
        w += n + (w[n] == ' ');
    }
    json_end_array(j);
}

/* A list, or one that stands for a list of one. */
static void list_value(struct json *j)
{
    json_key(j, "oneOf");
    json_begin_array(j);
    json_begin_object(j);
    text_value(j);
    json_end_object(j);
    json_begin_object(j);
    json_key(j, "type");
    json_cstr(j, "array");
    json_key(j, "items");
    json_begin_object(j);
    text_value(j);
    json_end_object(j);
    json_end_object(j);
    json_end_array(j);
}

static void number_value(struct json *j, const struct config_key *k)
{
    json_key(j, "type");
    json_cstr(j, "integer");
    json_key(j, "minimum");
    json_int(j, k->low);
    json_key(j, "maximum");
    json_int(j, k->high);
}

static void map_value(struct json *j, const struct config_key *k)
{
    json_key(j, "type");
    json_cstr(j, "object");
    json_key(j, "additionalProperties");
    json_begin_object(j);
    words_value(j, k->words);
    json_end_object(j);
}

static void plans_value(struct json *j)
{
    json_key(j, "type");
    json_cstr(j, "object");
    json_key(j, "additionalProperties");
    json_begin_object(j);
    text_value(j);
    json_end_object(j);
}

static void limits_value(struct json *j)
{
    json_key(j, "type");
    json_cstr(j, "object");
    json_key(j, "additionalProperties");
    json_bool(j, false);
    json_key(j, "properties");
    json_begin_object(j);
    for (unsigned i = 0; i < TL_PLAN_LIMIT_COUNT; i++) {
        const struct tl_plan_limit_info *info =
            tl_limit_info((enum tl_plan_limit)i);

        json_key(j, info->name);
        json_begin_object(j);
        json_key(j, "description");
        json_cstr(j, info->doc);
        json_key(j, "type");
        json_cstr(j, "number");
        json_key(j, "minimum");
        json_int(j, 0);
        if (info->most > 0) {
            json_key(j, "maximum");
            json_double(j, info->most);
        }
        json_key(j, "default");
        json_double(j, info->preset);
        json_end_object(j);
    }
    json_end_object(j);
}

static void properties(struct json *j, unsigned where);

static void entries_value(struct json *j)
{
    json_key(j, "type");
    json_cstr(j, "array");
    json_key(j, "items");
    json_begin_object(j);
    properties(j, CONFIG_ENTRY);
    json_key(j, "required");
    json_begin_array(j);
    json_cstr(j, config_key_at(CONFIG_FILES)->name);
    json_end_array(j);
    json_end_object(j);
}

static void key_value(struct json *j, const struct config_key *k)
{
    switch (k->type) {
    case CONFIG_RULES:
    case CONFIG_PATHS:
    case CONFIG_GLOBS:
        list_value(j);
        return;
    case CONFIG_LEVELS:
        map_value(j, k);
        return;
    case CONFIG_LIMITS:
        limits_value(j);
        return;
    case CONFIG_PLANS:
        plans_value(j);
        return;
    case CONFIG_WORD:
        words_value(j, k->words);
        return;
    case CONFIG_NUMBER:
        number_value(j, k);
        return;
    case CONFIG_SWITCH:
        json_key(j, "type");
        json_cstr(j, "boolean");
        return;
    case CONFIG_PREFIX:
    case CONFIG_PATH:
        text_value(j);
        return;
    case CONFIG_ENTRIES:
        entries_value(j);
        return;
    }
}

static void properties(struct json *j, unsigned where)
{
    json_key(j, "type");
    json_cstr(j, "object");
    json_key(j, "additionalProperties");
    json_bool(j, false);
    json_key(j, "properties");
    json_begin_object(j);
    for (unsigned id = 0; id < CONFIG_IDS; id++) {
        const struct config_key *k = config_key_at((enum config_id)id);

        if (!(k->where & where))
            continue;
        json_key(j, k->name);
        json_begin_object(j);
        json_key(j, "description");
        json_cstr(j, k->doc);
        key_value(j, k);
        json_end_object(j);
    }
    json_end_object(j);
}

void config_schema(struct buf *out)
{
    struct json j;

    json_init(&j, out, true);
    json_begin_object(&j);
    json_key(&j, "$schema");
    json_cstr(&j, "https://json-schema.org/draft/2020-12/schema");
    json_key(&j, "title");
    json_cstr(&j, "Configuration of tusklint (.tusklint.yml)");
    properties(&j, CONFIG_TOP);
    json_end_object(&j);
    buf_char(out, '\n');
}
