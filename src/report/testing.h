/*
 * testing.h - small runs for the tests of the reporters.
 */
#ifndef REPORT_TESTING_H
#define REPORT_TESTING_H

#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SAMPLE_MAX 40

struct sample {
    struct source sources[4];
    struct source *source_list[4];
    struct tl_finding findings[SAMPLE_MAX];
    struct tl_finding *finding_list[SAMPLE_MAX];
    struct report_rule rules[2];
    struct report_run run;
    char out[1 << 18];
};

static const struct tl_rule sample_broken = {
    .id = "TL001",
    .name = "syntax-error",
    .summary = "the statement does not parse",
    .family = TL_META,
    .severity = TL_ERROR,
};
static const struct tl_rule sample_rule = {
    .id = "TL101",
    .name = "some-rule",
    .summary = "something blocks somebody",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
};

static inline void sample_init(struct sample *s)
{
    memset(s, 0, sizeof(*s));
    s->rules[0] = (struct report_rule){&sample_broken, TL_ERROR, TL_NONE};
    s->rules[1] = (struct report_rule){&sample_rule, TL_WARNING,
                                       TL_STR("# Some rule\n\nText.\n")};
    s->run = (struct report_run){
        .findings = s->finding_list,
        .sources = s->source_list,
        .rules = s->rules,
        .n_rules = 2,
        .fail_on = TL_WARNING,
        .version = "0.1.0",
        .parser = "parser 15",
        .home_uri = "https://example.org/x",
    };
}

static inline void sample_release(struct sample *s)
{
    for (size_t i = 0; i < s->run.n_sources; i++)
        source_release(&s->sources[i]);
}

static inline uint32_t sample_source(struct sample *s, const char *path,
                                     struct tl_str text)
{
    size_t id = s->run.n_sources++;

    source_init(&s->sources[id], (uint32_t)id, path, text);
    s->source_list[id] = &s->sources[id];
    s->run.n_files++;
    return (uint32_t)id;
}

/* At the first place of `what` in the source. */
static inline struct tl_span sample_span(const struct sample *s, uint32_t id,
                                         const char *what)
{
    struct tl_str text = s->sources[id].text;
    const char *at = memmem(text.p, text.n, what, strlen(what));

    assert_non_null(at);
    uint64_t start = (uint64_t)(at - text.p);
    return (struct tl_span){start, start + strlen(what), id};
}

static inline struct tl_finding *
sample_finding(struct sample *s, struct tl_span span, const char *message)
{
    struct tl_finding *f = &s->findings[s->run.n_findings];

    assert_true(s->run.n_findings < SAMPLE_MAX);
    *f = (struct tl_finding){
        .rule = &sample_rule,
        .severity = TL_WARNING,
        .span = span,
        .message = tl_str_c(message),
        .fingerprint = {0xabc, 0x123},
    };
    s->finding_list[s->run.n_findings++] = f;
    return f;
}

static inline const char *sample_write(struct sample *s,
                                       const struct reporter *r)
{
    FILE *f = fmemopen(s->out, sizeof(s->out) - 1, "w");

    assert_non_null(f);
    memset(s->out, 0, sizeof(s->out));
    r->write(&s->run, f);
    fclose(f);
    return s->out;
}

/* One finding in one file, as the format writes it. */
static inline const char *sample_one(struct sample *s, const struct reporter *r,
                                     struct tl_str text, const char *what)
{
    sample_init(s);
    uint32_t id = sample_source(s, "a.sql", text);
    sample_finding(s, sample_span(s, id, what), "It blocks.");
    return sample_write(s, r);
}

#endif
