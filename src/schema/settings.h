/*
 * settings.h - what a script sets, as far as it changes what its statements do.
 */
#ifndef SCHEMA_SETTINGS_H
#define SCHEMA_SETTINGS_H

#include <tusklint/op.h>

#include <stdint.h>

/* The script did not say: the role's, database's or server's value holds. */
#define SETTING_UNSAID (-1)

/* Times are milliseconds; 0 switches a timeout off. */
struct settings {
    int64_t lock_timeout;
    int64_t statement_timeout;
    bool utc;              /* TimeZone is known to be UTC */
    bool bodies_unchecked; /* check_function_bodies is off */
};

void settings_init(struct settings *);
/* Takes a SET, RESET or DISCARD; what it does not know it leaves alone. */
void settings_take(struct settings *, const struct tl_op *);
/*
 * "5s", "1500", "2 min" as PostgreSQL reads a timeout (config-setting.html,
 * "Numeric with Unit"); SETTING_UNSAID when it is none. Rounded to
 * milliseconds, and never down to 0.
 */
int64_t settings_time(struct tl_str);

#endif
