/*
 * record.c - the capture formats there are.
 */
#include "input/record.h"

#include "input/digest.h"
#include "input/envelope.h"
#include "input/linehead.h"
#include "input/syslogtext.h"

static const struct input_format *const formats[] = {
    &input_csvlog, &input_digest, &input_jsonlog,   &input_envelope,
    &input_syslog, &input_headed, &input_stderrlog, &input_pgss,
    &input_psql,   &input_trace,  &input_ormlog,
};

const struct input_format *input_sniff(struct tl_str head)
{
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
        if (formats[i]->sniff(head))
            return formats[i];
    return NULL;
}

const struct input_format *input_prefixed(struct tl_str head)
{
    const char *newline = head.n ? memchr(head.p, '\n', head.n) : NULL;
    struct tl_str line = {head.p, newline ? (size_t)(newline - head.p) : 0};
    struct syslog_head h;
    struct line_head l;

    if (syslog_head_read(line, &h))
        return &input_syslog;
    if (line.n && (line.p[0] == '{' || line.p[0] == '['))
        return &input_envelope;
    return line_head_read(line, &l) ? &input_headed : &input_stderrlog;
}
