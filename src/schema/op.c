/*
 * op.c - names of ops and locks, and which locks conflict with whom.
 */
#include <tusklint/op.h>

const char *tl_op_name(enum tl_op_kind kind)
{
    static const char *const names[] = {
#define OP_NAME(name, text) [TL_OP_##name] = text,
        TL_OPS(OP_NAME)
#undef OP_NAME
    };

    return (unsigned)kind < TL_OP_COUNT ? names[kind] : "other";
}

const char *tl_lock_name(enum tl_lock lock)
{
    static const char *const names[] = {
        [TL_LOCK_NONE] = "none",
        [TL_ACCESS_SHARE] = "ACCESS SHARE",
        [TL_ROW_SHARE] = "ROW SHARE",
        [TL_ROW_EXCLUSIVE] = "ROW EXCLUSIVE",
        [TL_SHARE_UPDATE_EXCLUSIVE] = "SHARE UPDATE EXCLUSIVE",
        [TL_SHARE] = "SHARE",
        [TL_SHARE_ROW_EXCLUSIVE] = "SHARE ROW EXCLUSIVE",
        [TL_EXCLUSIVE] = "EXCLUSIVE",
        [TL_ACCESS_EXCLUSIVE] = "ACCESS EXCLUSIVE",
    };

    return (unsigned)lock <= TL_ACCESS_EXCLUSIVE ? names[lock] : "none";
}

bool tl_lock_blocks_reads(enum tl_lock lock)
{
    return lock == TL_ACCESS_EXCLUSIVE;
}

/* What a writer takes, ROW EXCLUSIVE, conflicts with SHARE and above. */
bool tl_lock_blocks_writes(enum tl_lock lock)
{
    return lock >= TL_SHARE;
}
