/*
 * mem_test.c - allocation, vectors, and the end when memory is out.
 */
#include "base/mem.h"

#include "base/vec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <sys/wait.h>
#include <unistd.h>

static void sizes_of_zero_are_memory(void **state)
{
    (void)state;
    void *p = mem_alloc(0);
    assert_non_null(p);
    p = mem_realloc(p, 0);
    assert_non_null(p);
    p = mem_realloc_array(p, 0, 8);
    assert_non_null(p);
    mem_free(p);
    p = mem_calloc(0, 0);
    assert_non_null(p);
    mem_free(p);
    mem_free(NULL);
}

static void overflow_ends_with_status_two(void **state)
{
    (void)state;
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(3);
        mem_free(mem_realloc_array(NULL, SIZE_MAX / 2, 3));
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 2);
}

static void vectors_grow(void **state)
{
    VEC(int) v = VEC_INIT;

    (void)state;
    for (int i = 0; i < 1000; i++)
        vec_push(&v, i);
    assert_int_equal(v.n, 1000);
    assert_int_equal(v.v[500], 500);
    assert_int_equal(*vec_last(&v), 999);
    vec_clear(&v);
    assert_int_equal(v.n, 0);
    vec_reserve(&v, 5000);
    assert_true(v.cap >= 5000);
    vec_release(&v);
    assert_null(v.v);
    assert_int_equal(v.cap, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_of_zero_are_memory),
        cmocka_unit_test(overflow_ends_with_status_two),
        cmocka_unit_test(vectors_grow),
    };

    return cmocka_run_group_tests_name("base/mem", tests, NULL, NULL);
}
