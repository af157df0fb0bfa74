/*
 * limits.c - from where on the plan rules speak, and what a run makes of it.
 */
#include <tusklint/plan.h>

static const struct tl_plan_limit_info table[] = {
#define INFO(limit, name, preset, most, doc)                                   \
    [limit] = {name, preset, most, doc},
    TL_PLAN_LIMITS(INFO)
#undef INFO
};

const struct tl_plan_limit_info *tl_limit_info(enum tl_plan_limit which)
{
    return &table[which];
}

double tl_limit(const struct tl_plan *plan, enum tl_plan_limit which)
{
    return plan->limits ? plan->limits[which] : table[which].preset;
}
