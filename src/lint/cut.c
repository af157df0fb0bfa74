/*
 * cut.c - files to sections to statements, ready for judging.
 *
 * Cutting is done by whoever parses, in the order of the files: it is one
 * thread's work at a time, but seldom that of the one that judges.
 */
#include "lint/cut.h"

#include "base/clock.h"
#include "lint/memo.h"

/* What a part costs beside its bytes. */
#define PART_BYTES 64

struct cutter {
    struct tl_linter *linter;
    size_t bytes; /* a load */
    VEC(struct load *) free_loads;
    /* Where the cutting stands. */
    size_t next_input;
    struct input *input; /* NULL between files */
    struct layout *layout;
    struct layout_folder folder; /* of the last file */
    size_t section;
    bool section_begun;
    struct split *split;
    struct split_list list;
};

static bool open_file(struct cutter *c)
{
    struct tl_linter *l = c->linter;

    while (c->next_input < l->inputs.n) {
        struct input *in = l->inputs.v[c->next_input++];

        if (in->kind != INPUT_MIGRATION || in->failed)
            continue;
        c->input = in;
        c->layout = ARENA_NEW(&l->cut, struct layout);
        layout_read(in->path, in->source.text, &c->folder, c->layout);
        c->section = 0;
        return true;
    }
    return false;
}

static size_t text_start(const struct cutter *c)
{
    size_t start = c->layout->sections.v[c->section].start;

    return start + (start == 0 ? source_bom(c->input->source.text) : 0);
}

static void add_units(struct cutter *c, struct load *load, struct tl_str text)
{
    size_t start = text_start(c);

    for (size_t i = 0; i < c->list.statements.n; i++) {
        const struct split_statement *s = &c->list.statements.v[i];
        struct unit u = {
            .arena = &load->arena,
            .input = c->input,
            .place = TL_IN_MIGRATION,
            .text = {text.p + s->start, s->end - s->start},
            .map = {.base = start + s->start},
        };

        vec_push(&load->units, u);
    }
}

/* One section, or a piece of it that has about `bytes`. Gives what it has. */
static size_t cut_part(struct cutter *c, struct load *load, size_t bytes)
{
    const struct layout_section *s = &c->layout->sections.v[c->section];
    const struct layout_section *end =
        c->layout->sections.v + c->layout->sections.n;
    struct part part = {.input = c->input,
                        .layout = c->layout,
                        .section = *s,
                        .first_unit = load->units.n,
                        .begins_section = !c->section_begun,
                        .begins_file = !c->section_begun && c->section == 0};
    size_t start = text_start(c);
    struct tl_str text = {c->input->source.text.p + start, s->end - start};

    if (part.begins_section)
        split_begin(c->split, text, &c->linter->cut);
    part.ends_section = !split_some(c->split, bytes, &c->list, &text);
    add_units(c, load, text);
    part.n_units = c->list.statements.n;
    part.in_one_string = s->batch && part.n_units > 1;
    part.ends_file = part.ends_section && s + 1 == end;
    part.ends_down =
        s->down && part.ends_section && (part.ends_file || !s[1].down);
    vec_push(&load->parts, part);
    c->section_begun = !part.ends_section;
    if (part.ends_section)
        c->section++;
    if (part.ends_file)
        c->input = NULL;
    return text.n < bytes ? text.n : bytes;
}

void cutter_cut(void *job, void *state)
{
    struct load *load = job;
    struct cutter *c = load->cutter;
    size_t bytes = 0;

    (void)state;
    arena_clear(&load->arena);
    while (bytes < c->bytes && (c->input || open_file(c)))
        bytes += cut_part(c, load, c->bytes - bytes) + PART_BYTES;
}

void load_parse(void *job, void *state)
{
    struct load *load = job;
    double began = clock_seconds();

    (void)state;
    for (size_t i = 0; i < load->units.n; i++) {
        struct unit *u = &load->units.v[i];

        if (u->input->memo)
            memo_prepare(u->input->memo, u);
        else
            unit_prepare(u);
    }
    load->seconds = clock_seconds() - began;
}

struct load *cutter_load(struct cutter *c)
{
    struct load *load;

    if (c->free_loads.n)
        return c->free_loads.v[--c->free_loads.n];
    load = mem_calloc(1, sizeof(*load));
    load->cutter = c;
    arena_init(&load->arena, c->bytes * 16);
    return load;
}

void cutter_give_back(struct cutter *c, struct load *load)
{
    vec_clear(&load->parts);
    vec_clear(&load->units);
    vec_push(&c->free_loads, load);
}

struct cutter *cutter_create(struct tl_linter *l, size_t first, size_t bytes)
{
    struct cutter *c = mem_calloc(1, sizeof(*c));

    c->linter = l;
    c->next_input = first;
    c->bytes = bytes;
    c->split = split_create();
    return c;
}

void cutter_free(struct cutter *c)
{
    for (size_t i = 0; i < c->free_loads.n; i++) {
        struct load *load = c->free_loads.v[i];

        arena_release(&load->arena);
        vec_release(&load->parts);
        vec_release(&load->units);
        mem_free(load);
    }
    vec_release(&c->free_loads);
    split_release(&c->list);
    split_free(c->split);
    mem_free(c);
}
