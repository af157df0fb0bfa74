/*
 * keys.c - the table of keys.
 */
#include "config/keys.h"

#include "lint/suggest.h"

#include <tusklint/plan_limits.h>

#include <string.h>

#define ANYWHERE (CONFIG_TOP | CONFIG_ENTRY)

static const struct config_key table[CONFIG_IDS] = {
    [CONFIG_EXTENDS] =
        {"extends", CONFIG_PATHS, CONFIG_TOP, NULL, 0, 0, "[]",
         "[../.tusklint.yml]",
         "Configurations of this repository that this one builds on, first to "
         "last."},
    [CONFIG_SELECT] =
        {"select", CONFIG_RULES, ANYWHERE, NULL, 0, 0,
         "every rule that is not opt-in", "[migration, TL301]",
         "Only these rules: ids, names, aliases, families, globs. Starts anew: "
         "what was selected or ignored before counts no more."},
    [CONFIG_IGNORE] = {"ignore", CONFIG_RULES, ANYWHERE, NULL, 0, 0, "[]",
                       "[prefer-identity, TL2*]",
                       "Not these rules. Adds to what is ignored already."},
    [CONFIG_SEVERITY] = {"severity", CONFIG_LEVELS, ANYWHERE,
                         CONFIG_LEVEL_WORDS, 0, 0, "{}", "{TL101: error}",
                         "How severe a rule's findings are: error, warning, "
                         "note or off. A rule that is named is on."},
    [CONFIG_FAIL_ON] =
        {"fail-on", CONFIG_WORD, ANYWHERE, "never note warning error", 0, 0,
         "warning", "error",
         "The severity from which on a finding makes the exit status 1."},
    [CONFIG_PG_VERSION] = {"pg-version", CONFIG_NUMBER, ANYWHERE, NULL, 12, 18,
                           "the newest that is known", "15",
                           "The major version of the server that the files run "
                           "on."},
    [CONFIG_IN_TRANSACTION] =
        {"assume-in-transaction", CONFIG_SWITCH, ANYWHERE, NULL, 0, 0, "false",
         "true", "The migration tool wraps each file in BEGIN and COMMIT."},
    [CONFIG_N_PLUS_ONE] =
        {"n-plus-one", CONFIG_NUMBER, CONFIG_TOP | CONFIG_RUN, NULL, 2, 1000000,
         "5", "10", "So many executions of one query in a row are a loop."},
    [CONFIG_LOG_LINE_PREFIX] =
        {"log-line-prefix", CONFIG_PREFIX, ANYWHERE, NULL, 0, 0,
         "found out from the log", "'%m [%p] '",
         "What the server begins the lines of its log with."},
    [CONFIG_SCHEMA] =
        {"schema", CONFIG_PATHS, CONFIG_TOP, NULL, 0, 0, "[]",
         "[db/structure.sql]",
         "Files and folders that are read for the schema only, never "
         "reported."},
    [CONFIG_BASELINE] =
        {"baseline", CONFIG_PATH, CONFIG_TOP | CONFIG_RUN, NULL, 0, 0, "none",
         "tusklint-baseline.json",
         "A file of findings that are known; only others are reported."},
    [CONFIG_INCLUDE] =
        {"include", CONFIG_GLOBS, CONFIG_TOP, NULL, 0, 0, "['**']",
         "[db/migrations/**]",
         "Only files that match are read, when a folder is given."},
    [CONFIG_EXCLUDE] =
        {"exclude", CONFIG_GLOBS, CONFIG_TOP, NULL, 0, 0, "[]", "[vendor/]",
         "Files that are not read at all, even when they are named."},
    [CONFIG_PLAN] = {"plan", CONFIG_LIMITS, ANYWHERE, NULL, 0, 0, "{}",
                     "{scan-min-rows: 50000}",
                     "From where on the rules of plans speak."},
    [CONFIG_EXPECT_PLANS] =
        {"expect-plans", CONFIG_PLANS, CONFIG_TOP | CONFIG_RUN, NULL, 0, 0,
         "{}", "{'SELECT * FROM herds WHERE id = 1': 'index=herds_pkey'}",
         "What the plans of queries must be, in the terms of expect-plan "
         "comments; constants and layout of a query do not matter."},
    [CONFIG_OVERRIDES] = {"overrides", CONFIG_ENTRIES, CONFIG_TOP, NULL, 0, 0,
                          "[]", "[{files: [db/seeds/**], ignore: [migration]}]",
                          "What differs for some files; later entries win."},
    [CONFIG_FILES] = {"files", CONFIG_GLOBS, CONFIG_ENTRY, NULL, 0, 0, NULL,
                      NULL, "The files that the entry is about."},
};

const struct config_key *config_key_at(enum config_id id)
{
    return &table[id];
}

enum config_id config_key_id(const struct config_key *k)
{
    return (enum config_id)(k - table);
}

const struct config_key *config_key_find(const char *name, unsigned where)
{
    for (size_t i = 0; i < CONFIG_IDS; i++)
        if ((table[i].where & where) && strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

struct tl_str config_key_suggest(const char *name, unsigned where)
{
    struct tl_str nearest = TL_NONE;
    unsigned best = 0;

    for (size_t i = 0; i < CONFIG_IDS; i++)
        if (table[i].where & where)
            suggest_consider(tl_str_c(name), tl_str_c(table[i].name), &nearest,
                             &best);
    return nearest;
}

int config_word_number(const char *words, const char *word)
{
    size_t n = strlen(word);
    int number = 0;

    for (const char *w = words; *w; number++) {
        size_t m = strcspn(w, " ");

        if (n == m && memcmp(w, word, n) == 0)
            return number;
        w += m + (w[m] == ' ');
    }
    return -1;
}

int config_limit_number(const char *name)
{
    for (int i = 0; i < TL_PLAN_LIMIT_COUNT; i++)
        if (strcmp(tl_limit_info((enum tl_plan_limit)i)->name, name) == 0)
            return i;
    return -1;
}
