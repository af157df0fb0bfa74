/*
 * cmd_rules.c - what rules there are, and what each one is about.
 */
#include "base/json.h"
#include "cli/commands.h"
#include "lint/suggest.h"
#include "sql/parse.h"

#include <tusklint/rule.h>
#include <tusklint/tusklint.h>

#include <errno.h>
#include <string.h>

#include <stdio.h>

static const char *const severities[] = {"off", "note", "warning", "error"};
static const char *const families[] = {"meta",  "migration", "schema",
                                       "query", "workload",  "plan"};

static void print_text(void)
{
    for (size_t i = 0; i < tl_rule_count(); i++) {
        const struct tl_rule *r = tl_rule_at(i);

        printf("%s  %-34s %-8s %s\n", r->id, r->name,
               r->opt_in ? "off" : severities[r->severity], r->summary);
    }
}

static void print_markdown(void)
{
    puts("| id | name | family | severity | what it finds |\n"
         "|---|---|---|---|---|");
    for (size_t i = 0; i < tl_rule_count(); i++) {
        const struct tl_rule *r = tl_rule_at(i);

        printf("| %s | %s | %s | %s | %s |\n", r->id, r->name,
               families[r->family], r->opt_in ? "off" : severities[r->severity],
               r->summary);
    }
}

static void print_json(void)
{
    struct buf out;
    struct json j;

    buf_init(&out, 0);
    json_init(&j, &out, true);
    json_begin_array(&j);
    for (size_t i = 0; i < tl_rule_count(); i++) {
        const struct tl_rule *r = tl_rule_at(i);

        json_begin_object(&j);
        json_key(&j, "id");
        json_cstr(&j, r->id);
        json_key(&j, "name");
        json_cstr(&j, r->name);
        json_key(&j, "family");
        json_cstr(&j, families[r->family]);
        json_key(&j, "severity");
        json_cstr(&j, severities[r->severity]);
        json_key(&j, "enabled");
        json_bool(&j, !r->opt_in);
        json_key(&j, "summary");
        json_cstr(&j, r->summary);
        json_key(&j, "since");
        json_cstr(&j, r->since);
        json_key(&j, "aliases");
        json_begin_array(&j);
        for (const char *const *a = r->aliases; a && *a; a++)
            json_cstr(&j, *a);
        json_end_array(&j);
        json_end_object(&j);
    }
    json_end_array(&j);
    buf_char(&out, '\n');
    fwrite(out.p, 1, out.n, stdout);
    buf_release(&out);
}

/* A reader that went away has seen enough; a full disk has not. */
static int output_done(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return EXIT_CLEAN;
    return errno == EPIPE ? EXIT_TROUBLE
                          : trouble("standard output: %s", strerror(errno));
}

int cmd_rules(int argc, char **argv)
{
    const char *format = "text";

    for (int i = 0; i < argc; i++) {
        if (strncmp(argv[i], "--format=", 9) == 0)
            format = argv[i] + 9;
        else if (strcmp(argv[i], "--format") == 0 && i + 1 < argc)
            format = argv[++i];
        else
            return trouble("rules takes only --format text, json or markdown");
    }
    if (strcmp(format, "text") == 0)
        print_text();
    else if (strcmp(format, "markdown") == 0)
        print_markdown();
    else if (strcmp(format, "json") == 0)
        print_json();
    else
        return trouble("unknown format '%s'; text, json and markdown are known",
                       format);
    return output_done();
}

static int unknown_rule(const char *name)
{
    struct tl_str nearest = TL_NONE;
    unsigned best = 0;

    for (size_t i = 0; i < tl_rule_count(); i++) {
        const struct tl_rule *r = tl_rule_at(i);

        suggest_consider(tl_str_c(name), tl_str_c(r->name), &nearest, &best);
        suggest_consider(tl_str_c(name), tl_str_c(r->id), &nearest, &best);
    }
    if (nearest.n)
        return trouble("no rule '%s'; did you mean '%.*s'?", name,
                       TL_FMT(nearest));
    return trouble("no rule '%s'; tusklint rules lists them", name);
}

int cmd_explain(int argc, char **argv)
{
    if (argc != 1)
        return trouble("explain takes one rule: tusklint explain TL101");
    const struct tl_rule *r = tl_rule_find(argv[0]);
    if (!r)
        return unknown_rule(argv[0]);
    struct tl_str doc = tl_rule_doc(r);
    printf("%s %s (%s%s, since %s)\n\n", r->id, r->name,
           severities[r->severity], r->opt_in ? ", off by default" : "",
           r->since);
    fwrite(doc.p, 1, doc.n, stdout);
    return output_done();
}

int cmd_version(int argc, char **argv)
{
    bool json = (argc == 2 && strcmp(argv[0], "--format") == 0 &&
                 strcmp(argv[1], "json") == 0) ||
                (argc == 1 && strcmp(argv[0], "--format=json") == 0);
    bool text = argc == 0 || (argc == 2 && strcmp(argv[0], "--format") == 0 &&
                              strcmp(argv[1], "text") == 0);

    if (!json && !text)
        return trouble("version takes only --format text or json");
    if (json)
        printf("{\"tool\":\"tusklint\",\"version\":\"%s\","
               "\"grammar\":%d}\n",
               TL_VERSION, parse_grammar_version());
    else
        printf("tusklint %s (PostgreSQL %d grammar)\n", TL_VERSION,
               parse_grammar_version());
    return output_done();
}
