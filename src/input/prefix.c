/*
 * prefix.c - log_line_prefix, compiled and matched.
 *
 * Names may hold anything, so they end where what follows them fits: the
 * matcher tries their ends from the shortest on, over a bounded length.
 */
#include "input/prefix.h"

#include "input/message.h"

#define NAME_MAX 128
/* Each end of a name is tried with each end of the next: bounded in all. */
#define TRIES_MAX 20000

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_escape(char c)
{
    return strchr("abcdehilLmnpPqQrstuvx", c) && c;
}

static bool add_part(struct prefix *p, struct prefix_part part)
{
    if (p->n == PREFIX_MAX_PARTS)
        return false;
    p->parts[p->n++] = part;
    return true;
}

bool prefix_compile(struct prefix *p, struct tl_str text)
{
    size_t at = 0;
    bool optional = false;

    *p = (struct prefix){.n = 0};
    while (at < text.n) {
        size_t start = at;

        while (at < text.n && text.p[at] != '%')
            at++;
        if (at > start &&
            !add_part(p, (struct prefix_part){0, {text.p + start, at - start}}))
            return false;
        if (at == text.n)
            break;
        /* %-10p, %5p: blanks fill it up on one side. */
        for (at++; at < text.n && (text.p[at] == '-' || is_digit(text.p[at]));)
            at++;
        if (at == text.n)
            return false;
        char c = text.p[at++];
        if (c == 'q') {
            if (!optional)
                p->n_always = p->n;
            optional = true;
        } else if (c == '%') {
            if (!add_part(p, (struct prefix_part){0, {text.p + at - 1, 1}}))
                return false;
        } else if (!is_escape(c) ||
                   !add_part(p, (struct prefix_part){c, TL_NONE})) {
            return false;
        }
    }
    if (!optional)
        p->n_always = p->n;
    return p->n > 0;
}

struct match {
    const struct prefix *prefix;
    struct tl_str line;
    size_t n; /* parts that have to fit */
    struct prefix_values *values;
    size_t behind;
    struct tl_str severity;
    unsigned tries;
};

static size_t digits(struct tl_str s, size_t at)
{
    size_t from = at;

    while (at < s.n && is_digit(s.p[at]))
        at++;
    return at - from;
}

/* "2026-11-20 21:32:30.274 UTC", "... +02:00" */
static size_t time_length(struct tl_str s, size_t at)
{
    size_t p = at + 19;

    if (!message_is_time((struct tl_str){s.p + at, s.n - at}))
        return 0;
    if (p < s.n && s.p[p] == '.')
        p += 1 + digits(s, p + 1);
    if (p + 1 >= s.n || s.p[p] != ' ')
        return p - at;
    size_t zone = p + 1;
    if (s.p[zone] == '+' || s.p[zone] == '-') {
        zone++;
        while (zone < s.n && (is_digit(s.p[zone]) || s.p[zone] == ':'))
            zone++;
        /* "+02:" of RDS: the colon is the prefix's own. */
        while (s.p[zone - 1] == ':')
            zone--;
        return zone - at;
    }
    while (zone < s.n && zone - p < 7 && s.p[zone] >= 'A' && s.p[zone] <= 'Z')
        zone++;
    return zone - at;
}

static size_t session_length(struct tl_str s, size_t at)
{
    size_t p = at;
    size_t dots = 0;

    while (p < s.n && (is_digit(s.p[p]) || (s.p[p] >= 'a' && s.p[p] <= 'f') ||
                       (s.p[p] == '.' && !dots))) {
        dots += s.p[p] == '.';
        p++;
    }
    return dots ? p - at : 0;
}

static size_t signed_length(struct tl_str s, size_t at)
{
    size_t minus = at < s.n && s.p[at] == '-';
    size_t n = digits(s, at + minus);

    return n ? n + minus : 0;
}

/* Length of an escape with a form of its own; `free` for a name. */
static size_t fixed_length(char escape, struct tl_str s, size_t at, bool *free)
{
    size_t n;

    switch (escape) {
    case 'm':
    case 't':
    case 's':
        return time_length(s, at);
    case 'n':
        n = digits(s, at);
        if (n && at + n < s.n && s.p[at + n] == '.')
            n += 1 + digits(s, at + n + 1);
        return n;
    case 'c':
        return session_length(s, at);
    case 'p':
    case 'l':
    case 'x':
        return digits(s, at);
    case 'Q':
        return signed_length(s, at);
    case 'e':
        return at + 5 <= s.n ? 5 : 0;
    default:
        *free = true;
        return 0;
    }
}

static void keep(struct match *m, char escape, size_t at, size_t n)
{
    struct tl_str text = {m->line.p + at, n};
    struct prefix_values *v = m->values;

    switch (escape) {
    case 'm':
    case 't':
        v->time = text;
        return;
    case 'n':
        v->epoch = text;
        return;
    case 'p':
        v->pid = text;
        return;
    case 'c':
        v->session = text;
        return;
    case 'v':
        v->transaction = text;
        return;
    case 'a':
        v->application = text;
        return;
    case 'u':
        v->user = text;
        return;
    case 'd':
        v->database = text;
        return;
    case 'i':
        v->command = text;
        return;
    default:
        return;
    }
}

/* "LOG:  " */
static bool take_severity(struct match *m, size_t at)
{
    static const char *const words[] = {
        "LOG",     "DETAIL",  "STATEMENT", "ERROR",    "HINT",
        "CONTEXT", "WARNING", "FATAL",     "NOTICE",   "INFO",
        "PANIC",   "QUERY",   "DEBUG1",    "DEBUG2",   "DEBUG3",
        "DEBUG4",  "DEBUG5",  "DEBUG",     "LOCATION", "BACKTRACE"};
    struct tl_str rest = {m->line.p + at, m->line.n - at};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        size_t n = strlen(words[i]);

        if (rest.n < n + 2 || memcmp(rest.p, words[i], n) != 0 ||
            rest.p[n] != ':' || rest.p[n + 1] != ' ')
            continue;
        m->severity = (struct tl_str){rest.p, n};
        m->behind = at + n + 1;
        while (m->behind < m->line.n && m->line.p[m->behind] == ' ')
            m->behind++;
        return true;
    }
    return false;
}

static size_t skip_blanks(struct tl_str s, size_t at)
{
    while (at < s.n && s.p[at] == ' ')
        at++;
    return at;
}

static bool match_from(struct match *m, size_t part, size_t at);

/* A name ends where the rest fits; none of them is longer than this. */
static bool match_name(struct match *m, size_t part, size_t at)
{
    const struct prefix_part *next =
        part + 1 < m->n ? &m->prefix->parts[part + 1] : NULL;

    for (size_t n = 0; n <= NAME_MAX && at + n <= m->line.n; n++) {
        /* What stands behind it says soon enough that it goes on. */
        if (next && !next->escape &&
            (at + n >= m->line.n || m->line.p[at + n] != next->text.p[0]))
            continue;
        if (++m->tries > TRIES_MAX)
            return false;
        if (!match_from(m, part + 1, at + n))
            continue;
        keep(m, m->prefix->parts[part].escape, at, n);
        return true;
    }
    return false;
}

static bool match_from(struct match *m, size_t part, size_t at)
{
    if (part == m->n)
        return take_severity(m, at);
    const struct prefix_part *p = &m->prefix->parts[part];

    if (!p->escape) {
        if (m->line.n - at < p->text.n ||
            memcmp(m->line.p + at, p->text.p, p->text.n) != 0)
            return false;
        return match_from(m, part + 1, at + p->text.n);
    }
    bool free = false;
    size_t from = skip_blanks(m->line, at);
    size_t n = fixed_length(p->escape, m->line, from, &free);
    if (free)
        return match_name(m, part, at);
    if (!n)
        return false;
    keep(m, p->escape, from, n);
    if (match_from(m, part + 1, from + n))
        return true;
    /* A width was asked for: blanks stand behind it. */
    size_t behind = skip_blanks(m->line, from + n);
    return behind > from + n && match_from(m, part + 1, behind);
}

bool prefix_match(const struct prefix *p, struct tl_str line,
                  struct prefix_values *values, struct tl_str *severity,
                  size_t *behind)
{
    struct match m = {.prefix = p, .line = line, .n = p->n, .values = values};

    memset(values, 0, sizeof(*values));
    bool ok = match_from(&m, 0, 0);
    if (!ok && p->n_always < p->n) {
        memset(values, 0, sizeof(*values));
        m.n = p->n_always;
        m.tries = 0;
        ok = match_from(&m, 0, 0);
    }
    *severity = m.severity;
    *behind = m.behind;
    return ok;
}

/* Defaults of PostgreSQL, Debian, and the big hosts; then what guides advise.
   The longer ones first: the first of those that fit as often is taken. */
static const char *const known[] = {
    " sql_error_code = %e time_ms = \"%m\" pid=\"%p\" proc_start_time=\"%s\" "
    "session_id=\"%c\" vtid=\"%v\" tid=\"%x\" log_line=\"%l\" "
    "%qdatabase=\"%d\" connection_source=\"%r\" user=\"%u\" "
    "application_name=\"%a\" ",
    "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ",
    "%m [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ",
    "%m [%p] %q[user=%u,db=%d,app=%a] ",
    "%m [%p]: [%l-1] db=%d,user=%u ",
    "%t [%p]: [%l-1] user=%u,db=%d ",
    "%t:%r:%u@%d:[%p]:",
    "%t [%p]: [%l-1] %u@%d ",
    "%m [%p] %q%u@%d/%a ",
    "%m [%p] %q%u@%d ",
    "%t [%p] %q%u@%d ",
    "[%p]: [%l-1] db=%d,user=%u ",
    "%t [%p]: [%l-1] ",
    "%m [%p]: [%l-1] ",
    "%m [%p] %c %v ",
    "%t-%c-",
    "%m-%c-",
    "%m [%p] ",
    "%t [%p] ",
    "%t [%p]: ",
    "%m [%c] ",
    "%m %p ",
    "%n %p %l ",
    "%t ",
    "%m ",
};

static struct tl_str next_line(struct tl_str s, size_t *at)
{
    const char *newline = memchr(s.p + *at, '\n', s.n - *at);
    size_t end = newline ? (size_t)(newline - s.p) : s.n;
    struct tl_str line = {s.p + *at, end - *at};

    *at = end + 1;
    return line;
}

static size_t count_lines(const struct prefix *p, struct tl_str head)
{
    size_t n = 0;
    size_t at = 0;

    for (unsigned i = 0; i < 200 && at < head.n; i++) {
        struct prefix_values values;
        struct tl_str severity;
        size_t behind;

        n += prefix_match(p, next_line(head, &at), &values, &severity, &behind);
    }
    return n;
}

static size_t detect(struct prefix *out, struct tl_str head,
                     const char *const *list, size_t n_list)
{
    size_t best = 0;

    for (size_t i = 0; i < n_list; i++) {
        struct prefix p;

        if (!prefix_compile(&p, tl_str_c(list[i])))
            continue;
        size_t n = count_lines(&p, head);
        if (n <= best)
            continue;
        best = n;
        *out = p;
    }
    return best;
}

bool prefix_detect(struct prefix *out, struct tl_str head)
{
    return detect(out, head, known, sizeof(known) / sizeof(known[0])) > 0;
}

/* Syslog itself writes the time and the pid. */
static const char *const known_to_syslog[] = {
    "user=%u,db=%d,app=%a,client=%h ",
    "[%l-1] user=%u,db=%d,app=%a,client=%h ",
    "user=%u,db=%d,client=%h ",
    "user=%u,db=%d ",
    "db=%d,user=%u ",
    "%q[user=%u,db=%d,app=%a] ",
    "%u@%d/%a ",
    "%q%u@%d ",
    "%u %d ",
    "%c ",
};

bool prefix_detect_in_syslog(struct prefix *out, struct tl_str head)
{
    struct prefix none = {.n = 0};

    if (prefix_detect(out, head) ||
        detect(out, head, known_to_syslog,
               sizeof(known_to_syslog) / sizeof(known_to_syslog[0])))
        return true;
    *out = none;
    return count_lines(&none, head) > 0;
}
