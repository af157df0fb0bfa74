/*
 * canon_name.c - names and types as the catalog keeps them and SQL writes them.
 */
#include "sql/canon.h"

#include <stdio.h>
#include <stdlib.h>

static struct tl_str string_of(const PgQuery__Node *n)
{
    return n && n->node_case == PG_QUERY__NODE__NODE_STRING
               ? tl_str_c(n->string->sval)
               : TL_NONE;
}

struct tl_name canon_name(PgQuery__Node *const *parts, size_t n,
                          struct arena *arena)
{
    struct tl_name name = {TL_NONE, TL_NONE};

    if (n > 0)
        name.name = arena_str(arena, string_of(parts[n - 1]));
    if (n > 1)
        name.schema = arena_str(arena, string_of(parts[n - 2]));
    return name;
}

static bool serial_type(struct tl_str name, struct tl_str *integer)
{
    static const struct {
        const char *serial;
        struct tl_str integer;
    } types[] = {
        {"serial", {"int4", 4}},      {"serial4", {"int4", 4}},
        {"bigserial", {"int8", 4}},   {"serial8", {"int8", 4}},
        {"smallserial", {"int2", 4}}, {"serial2", {"int2", 4}},
    };

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (!tl_str_is(name, types[i].serial))
            continue;
        *integer = types[i].integer;
        return true;
    }
    return false;
}

static uint8_t type_mods(const PgQuery__TypeName *type, int32_t mods[2])
{
    uint8_t n = 0;

    for (size_t i = 0; i < type->n_typmods && n < 2; i++) {
        const PgQuery__Node *mod = type->typmods[i];

        if (mod->node_case != PG_QUERY__NODE__NODE_A_CONST ||
            mod->a_const->val_case != PG_QUERY__A__CONST__VAL_IVAL)
            break;
        mods[n++] = mod->a_const->ival->ival;
    }
    return n;
}

struct tl_type canon_type(const PgQuery__TypeName *type, struct arena *arena,
                          bool *serial)
{
    struct tl_type out = {0};

    if (serial)
        *serial = false;
    if (!type)
        return out;
    out.name = canon_name(type->names, type->n_names, arena);
    out.n_mods = type_mods(type, out.mods);
    out.dimensions =
        (uint8_t)(type->n_array_bounds > 255 ? 255 : type->n_array_bounds);
    if (type->pct_type) {
        /* table.column%TYPE names no type; keep it as what was written. */
        out.name.name =
            arena_printf(arena, "%.*s.%.*s%%type", TL_FMT(out.name.schema),
                         TL_FMT(out.name.name));
        out.name.schema = TL_NONE;
        return out;
    }
    if (tl_str_is(out.name.schema, "pg_catalog"))
        out.name.schema = TL_NONE;

    bool is_serial =
        type->n_names == 1 && serial_type(out.name.name, &out.name.name);

    if (serial)
        *serial = is_serial;
    return out;
}

/* Every keyword that PostgreSQL reserves somewhere, in byte order. */
static const char *const reserved[] = {
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "between",
    "bigint",
    "binary",
    "bit",
    "boolean",
    "both",
    "case",
    "cast",
    "char",
    "character",
    "check",
    "coalesce",
    "collate",
    "collation",
    "column",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "dec",
    "decimal",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "exists",
    "extract",
    "false",
    "fetch",
    "float",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "greatest",
    "group",
    "grouping",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "inout",
    "int",
    "integer",
    "intersect",
    "interval",
    "into",
    "is",
    "isnull",
    "join",
    "json_array",
    "json_arrayagg",
    "json_exists",
    "json_object",
    "json_objectagg",
    "json_query",
    "json_scalar",
    "json_serialize",
    "json_table",
    "json_value",
    "lateral",
    "leading",
    "least",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "merge_action",
    "national",
    "natural",
    "nchar",
    "none",
    "normalize",
    "not",
    "notnull",
    "null",
    "nullif",
    "numeric",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "out",
    "outer",
    "overlaps",
    "overlay",
    "placing",
    "position",
    "precision",
    "primary",
    "real",
    "references",
    "returning",
    "right",
    "row",
    "select",
    "session_user",
    "setof",
    "similar",
    "smallint",
    "some",
    "substring",
    "symmetric",
    "system_user",
    "table",
    "tablesample",
    "then",
    "time",
    "timestamp",
    "to",
    "trailing",
    "treat",
    "trim",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "values",
    "varchar",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
    "xmlattributes",
    "xmlconcat",
    "xmlelement",
    "xmlexists",
    "xmlforest",
    "xmlnamespaces",
    "xmlparse",
    "xmlpi",
    "xmlroot",
    "xmlserialize",
    "xmltable",
};

static int compare_word(const void *key, const void *element)
{
    const struct tl_str *word = key;
    const char *const *keyword = element;
    size_t length = strlen(*keyword);
    size_t shorter = word->n < length ? word->n : length;
    int order = memcmp(word->p, *keyword, shorter);

    return order ? order : (word->n > length) - (word->n < length);
}

static bool needs_quotes(struct tl_str s)
{
    if (s.n == 0 || (s.p[0] >= '0' && s.p[0] <= '9') || s.p[0] == '$')
        return true;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
              c == '$'))
            return true;
    }
    return bsearch(&s, reserved, sizeof(reserved) / sizeof(reserved[0]),
                   sizeof(reserved[0]), compare_word) != NULL;
}

struct tl_str canon_quoted(struct tl_str s, struct arena *arena)
{
    if (!needs_quotes(s))
        return arena_str(arena, s);

    char *out = arena_alloc(arena, s.n * 2 + 3);
    size_t n = 0;

    out[n++] = '"';
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            out[n++] = '"';
        out[n++] = s.p[i];
    }
    out[n++] = '"';
    out[n] = '\0';
    return (struct tl_str){out, n};
}
