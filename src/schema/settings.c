/*
 * settings.c - SET and RESET, folded into the few settings that matter here.
 */
#include "schema/settings.h"

#include <math.h>
#include <stdlib.h>

#define LONGEST_NUMBER 31

void settings_init(struct settings *s)
{
    *s = (struct settings){.lock_timeout = SETTING_UNSAID,
                           .statement_timeout = SETTING_UNSAID};
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct tl_str trimmed(struct tl_str s)
{
    while (s.n && is_blank(s.p[0]))
        s = (struct tl_str){s.p + 1, s.n - 1};
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

/* 0: no such unit. */
static double unit_factor(struct tl_str unit)
{
    static const struct {
        const char *name;
        double milliseconds;
    } units[] = {{"us", 1e-3}, {"ms", 1},    {"s", 1e3},
                 {"min", 6e4}, {"h", 3.6e6}, {"d", 8.64e7}};

    if (unit.n == 0)
        return 1;
    for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
        if (tl_str_is(unit, units[i].name))
            return units[i].milliseconds;
    return 0;
}

int64_t settings_time(struct tl_str text)
{
    struct tl_str s = trimmed(text);
    char number[LONGEST_NUMBER + 1];
    size_t n = 0;

    /* A parameter: SET lock_timeout = $1 */
    if (s.n == 0)
        return SETTING_UNSAID;
    while (n < s.n && n < LONGEST_NUMBER && strchr("0123456789.+-", s.p[n])) {
        number[n] = s.p[n];
        n++;
    }
    number[n] = '\0';

    char *end;
    double factor = unit_factor(trimmed((struct tl_str){s.p + n, s.n - n}));
    double value = strtod(number, &end) * factor;

    if (n == 0 || *end || factor <= 0 || !(value >= 0 && value <= INT32_MAX))
        return SETTING_UNSAID;
    return value > 0 && value < 1 ? 1 : llround(value);
}

static bool is_utc(struct tl_str zone)
{
    static const char *const names[] = {"UTC", "utc", "Etc/UTC", "GMT"};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (tl_str_is(zone, names[i]))
            return true;
    return false;
}

/* As far as dumps and people write it. */
static bool is_off(struct tl_str value)
{
    static const char *const names[] = {"off", "false", "no", "0"};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (tl_str_is(value, names[i]))
            return true;
    return false;
}

void settings_take(struct settings *s, const struct tl_op *op)
{
    bool set = op->kind == TL_OP_SET;

    if (op->kind == TL_OP_RESET && op->name.n == 0)
        settings_init(s);
    else if (tl_str_is(op->name, "lock_timeout"))
        s->lock_timeout = set ? settings_time(op->value) : SETTING_UNSAID;
    else if (tl_str_is(op->name, "statement_timeout"))
        s->statement_timeout = set ? settings_time(op->value) : SETTING_UNSAID;
    else if (tl_str_is(op->name, "timezone"))
        s->utc = set && is_utc(op->value);
    else if (tl_str_is(op->name, "check_function_bodies"))
        s->bodies_unchecked = set && is_off(op->value);
}
