/*
 * build.c - see build.h.
 */
#include "base/build.h"

#include <elf.h>
#include <link.h>

struct search {
    struct sha256 *hash;
    const char *needed;
    bool missing;
    size_t objects; /* looked at so far: the program is the first */
};

static size_t aligned(size_t n, size_t to)
{
    return (n + to - 1) & ~(to - 1);
}

/* The build id among the notes of one segment. */
static struct tl_str find_id(const char *p, size_t size, size_t align)
{
    ElfW(Nhdr) head;

    while (size >= sizeof(head)) {
        memcpy(&head, p, sizeof(head));
        size_t name = aligned(head.n_namesz, align);
        size_t whole = sizeof(head) + name + aligned(head.n_descsz, align);

        if (whole > size)
            break;
        if (head.n_type == NT_GNU_BUILD_ID && head.n_namesz == 4 &&
            memcmp(p + sizeof(head), "GNU", 4) == 0)
            return (struct tl_str){p + sizeof(head) + name, head.n_descsz};
        p += whole;
        size -= whole;
    }
    return TL_NONE;
}

static struct tl_str id_of(const struct dl_phdr_info *object)
{
    struct tl_str id = TL_NONE;

    for (size_t i = 0; i < object->dlpi_phnum && !id.n; i++) {
        const ElfW(Phdr) *h = &object->dlpi_phdr[i];

        if (h->p_type == PT_NOTE)
            id = find_id(
                (const char *)(uintptr_t)(object->dlpi_addr + h->p_vaddr),
                h->p_memsz, h->p_align == 8 ? 8 : 4);
    }
    return id;
}

static int add_object(struct dl_phdr_info *object, size_t size, void *arg)
{
    struct search *s = arg;
    const char *name = object->dlpi_name ? object->dlpi_name : "";
    bool program = s->objects++ == 0;

    (void)size;
    /* What the kernel maps is no file, and none of ours. */
    if (!program && !strchr(name, '/'))
        return 0;
    struct tl_str id = id_of(object);
    sha256_add(s->hash, &id.n, sizeof(id.n));
    sha256_add(s->hash, id.p, id.n);
    if (!id.n && (program || strstr(name, s->needed)))
        s->missing = true;
    return 0;
}

bool build_add(struct sha256 *hash, const char *needed)
{
    struct search s = {.hash = hash, .needed = needed};

    dl_iterate_phdr(add_object, &s);
    return s.objects > 0 && !s.missing;
}
