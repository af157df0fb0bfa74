/*
 * psql.c - pg_stat_statements as psql prints it, aligned or expanded.
 *
 * Cells are found by the columns of the terminal that the line of dashes says:
 * a statement may hold bars of its own.
 */
#include "input/psql.h"

#include "base/utf8.h"
#include "input/pgss.h"

#define COLUMNS_MAX 96
/* Lines before a table: what psql echoes, the answers to other commands. */
#define SNIFFED_LINES 40

/* ---- cells ---- */

struct tl_str psql_line(struct tl_str file, size_t at, size_t *next)
{
    const char *newline =
        at < file.n ? memchr(file.p + at, '\n', file.n - at) : NULL;
    size_t end = newline ? (size_t)(newline - file.p) : file.n;

    *next = newline ? end + 1 : file.n;
    if (end > at && file.p[end - 1] == '\r')
        end--;
    return (struct tl_str){file.p + at, end - at};
}

size_t psql_cells(struct tl_str line, struct psql_cell *cells, size_t max)
{
    size_t n = 0;
    size_t left = 0;

    if (line.n < 3 || line.p[0] != '-')
        return 0;
    for (size_t i = 0; i <= line.n; i++) {
        if (i < line.n && line.p[i] == '-')
            continue;
        if (i < line.n && line.p[i] != '+')
            return 0;
        if (i < left + 2)
            return 0;
        if (n < max)
            cells[n++] = (struct psql_cell){left + 1, i - 1};
        left = i + 1;
    }
    return n;
}

bool psql_is_record(struct tl_str line)
{
    static const char head[] = "-[ RECORD ";

    return line.n > sizeof(head) - 1 &&
           memcmp(line.p, head, sizeof(head) - 1) == 0;
}

/* The byte that stands in that column, or the line's end. */
static size_t byte_at(struct tl_str line, size_t column)
{
    size_t at = 0;

    if (column == SIZE_MAX)
        return line.n;
    for (size_t seen = 0; at < line.n && seen < column;) {
        uint32_t c;
        size_t n = utf8_next((struct tl_str){line.p + at, line.n - at}, &c);

        seen += c < 0x80 ? 1 : utf8_width((struct tl_str){line.p + at, n});
        at += n;
    }
    return at;
}

static struct tl_str without_blanks(struct tl_str s)
{
    while (s.n && s.p[s.n - 1] == ' ')
        s.n--;
    return s;
}

/* Nothing stands where the name of a field would. */
static bool goes_on_expanded(struct tl_str line, size_t left)
{
    if (left < 2 || line.n < left - 1 || line.p[left - 2] != '|')
        return false;
    for (size_t i = 0; i + 2 < left; i++)
        if (line.p[i] != ' ')
            return false;
    return true;
}

bool psql_piece(struct tl_str file, struct tl_str line, struct psql_cell cell,
                struct tl_str *text)
{
    size_t from = byte_at(line, cell.left);
    size_t edge = byte_at(line, cell.edge);
    size_t next = (size_t)(line.p - file.p) + line.n;
    bool more;

    if (cell.edge == SIZE_MAX) {
        while (next < file.n && file.p[next++] != '\n')
            ;
        more = goes_on_expanded(psql_line(file, next, &next), cell.left);
        edge -= more && edge > from && line.p[edge - 1] == '+';
    } else {
        more = edge < line.n && line.p[edge] == '+';
    }
    *text = without_blanks((struct tl_str){line.p + from, edge - from});
    return more;
}

size_t psql_decode(struct tl_str file, size_t line, struct psql_cell cell,
                   struct buf *out)
{
    struct tl_str text;
    size_t next = line;
    bool more = true;

    buf_clear(out);
    while (more && next < file.n) {
        more = psql_piece(file, psql_line(file, next, &next), cell, &text);
        buf_str(out, text);
        if (more)
            buf_char(out, '\n');
    }
    return next;
}

static size_t line_start(struct tl_str file, size_t at)
{
    const char *newline = at ? memrchr(file.p, '\n', at) : NULL;

    return newline ? (size_t)(newline - file.p) + 1 : 0;
}

/* The cell of a text that begins there: its edge is told by the line of dashes
   above. */
static struct psql_cell cell_at(struct tl_str file, size_t at)
{
    struct psql_cell cells[COLUMNS_MAX];
    size_t start = line_start(file, at);
    size_t left = utf8_width((struct tl_str){file.p + start, at - start});
    size_t n = 0;

    while (start > 0 && n == 0) {
        size_t next;

        start = line_start(file, start - 1);
        struct tl_str line = psql_line(file, start, &next);
        if (psql_is_record(line))
            break;
        n = psql_cells(line, cells, COLUMNS_MAX);
    }
    for (size_t i = 0; i < n; i++)
        if (cells[i].left == left)
            return cells[i];
    return (struct psql_cell){left, SIZE_MAX};
}

uint64_t psql_offset(const struct text_map *map, struct tl_str file,
                     size_t wanted)
{
    size_t base = map->base < file.n ? (size_t)map->base : file.n;
    struct psql_cell cell = cell_at(file, base);
    size_t next = line_start(file, base);
    struct tl_str text = {file.p + base, 0};
    bool more = true;

    while (more && next < file.n) {
        more = psql_piece(file, psql_line(file, next, &next), cell, &text);
        if (wanted <= text.n)
            break;
        /* The line break stands where the text of the line ends. */
        wanted -= text.n + (more ? 1 : 0);
    }
    return (uint64_t)(text.p - file.p) + (wanted < text.n ? wanted : text.n);
}

/* ---- rows ---- */

struct reader {
    struct tl_str file;
    size_t at;
    struct buf query;
    const struct input_sink *sink;
    struct psql_cell cells[COLUMNS_MAX];
    int columns[COLUMNS_MAX]; /* which of those known it is, or -1 */
    size_t n;
};

static struct tl_str trimmed(struct tl_str s)
{
    while (s.n && s.p[0] == ' ')
        s = (struct tl_str){s.p + 1, s.n - 1};
    return without_blanks(s);
}

static void take_cell(struct reader *r, struct pgss_row *row, size_t line,
                      struct psql_cell cell, int column)
{
    struct tl_str text;
    size_t next;
    struct tl_str whole = psql_line(r->file, line, &next);
    bool more = psql_piece(r->file, whole, cell, &text);

    row->values[column] = trimmed(text);
    if (column != PGSS_QUERY)
        return;
    row->query = (struct log_field){.text = text, .plain = !more};
    row->query.map.base = (uint64_t)(text.p - r->file.p);
    row->query.map.encoding = TEXT_CELL;
    row->query.end = row->query.map.base + text.n;
    if (!more)
        return;
    size_t end = psql_decode(r->file, line, cell, &r->query);
    row->query.text = buf_view(&r->query);
    while (end > row->query.map.base && strchr("\r\n ", r->file.p[end - 1]))
        end--;
    row->query.end = end;
}

/* ---- aligned ---- */

/* The table's head; false when it is none of ours. */
static bool take_head(struct reader *r, struct tl_str names,
                      struct tl_str dashes)
{
    bool seen[PGSS_COLUMNS] = {false};

    r->n = psql_cells(dashes, r->cells, COLUMNS_MAX);
    for (size_t i = 0; i < r->n; i++) {
        struct tl_str name;

        (void)psql_piece(r->file, names, r->cells[i], &name);
        r->columns[i] = pgss_column(trimmed(name));
        if (r->columns[i] >= 0)
            seen[r->columns[i]] = true;
    }
    return r->n > 1 && pgss_columns_do(seen);
}

static bool has_bars(const struct reader *r, struct tl_str line)
{
    for (size_t i = 0; i + 1 < r->n; i++) {
        size_t at = byte_at(line, r->cells[i].edge + 1);

        if (at >= line.n || line.p[at] != '|')
            return false;
    }
    return true;
}

static bool goes_on(const struct reader *r, struct tl_str line)
{
    struct tl_str text;

    for (size_t i = 0; i < r->n; i++)
        if (psql_piece(r->file, line, r->cells[i], &text))
            return true;
    return false;
}

static bool read_row(struct reader *r)
{
    struct pgss_row row = {.start = r->at};
    struct tl_str line = psql_line(r->file, r->at, &r->at);

    if (!has_bars(r, line)) {
        r->sink->error(r->sink->arg, row.start, row.start + line.n,
                       "this line is no row of the table");
        return true;
    }
    for (size_t i = 0; i < r->n; i++)
        if (r->columns[i] >= 0)
            take_cell(r, &row, row.start, r->cells[i], r->columns[i]);
    while (goes_on(r, line) && r->at < r->file.n)
        line = psql_line(r->file, r->at, &r->at);
    row.end = (size_t)(line.p - r->file.p) + line.n;
    if (row.query.end > row.end)
        row.query.end = row.end;
    return pgss_emit(r->sink, &row);
}

static bool ends_table(struct tl_str line)
{
    return trimmed(line).n == 0 || line.p[0] == '(';
}

static bool read_rows(struct reader *r)
{
    while (r->at < r->file.n) {
        size_t next;

        if (ends_table(psql_line(r->file, r->at, &next)))
            return true;
        if (!read_row(r))
            return false;
    }
    return true;
}

/* ---- expanded ---- */

/* "query   | SELECT 1": the cell behind the bar; false for any other line. */
static bool field_of(struct tl_str line, int *column, struct psql_cell *cell)
{
    const char *bar = line.n ? memchr(line.p, '|', line.n) : NULL;

    if (!bar)
        return false;
    size_t at = (size_t)(bar - line.p);
    *column = pgss_column(trimmed((struct tl_str){line.p, at}));
    *cell = (struct psql_cell){at + 2, SIZE_MAX};
    return true;
}

static bool read_record(struct reader *r, size_t start)
{
    struct pgss_row row = {.start = start, .end = r->at};
    bool seen[PGSS_COLUMNS] = {false};

    while (r->at < r->file.n) {
        size_t next;
        size_t at = r->at;
        struct tl_str line = psql_line(r->file, at, &next);
        struct psql_cell cell;
        int column;

        if (psql_is_record(line) || !field_of(line, &column, &cell))
            break;
        if (column >= 0) {
            take_cell(r, &row, at, cell, column);
            seen[column] = true;
        }
        row.end = at + line.n;
        r->at = next;
    }
    if (row.query.end > row.end)
        row.query.end = row.end;
    if (pgss_columns_do(seen))
        return pgss_emit(r->sink, &row);
    if (seen[PGSS_QUERY])
        r->sink->error(r->sink->arg, row.start, row.end,
                       "this record is not whole");
    return true;
}

/* ---- the format ---- */

static size_t skip_bom(struct tl_str s)
{
    return s.n >= 3 && memcmp(s.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

static bool read_all(struct reader *r)
{
    struct tl_str before = {r->file.p, 0};

    while (r->at < r->file.n) {
        size_t start = r->at;
        struct tl_str line = psql_line(r->file, start, &r->at);
        bool whole = true;

        if (psql_is_record(line))
            whole = read_record(r, start);
        else if (take_head(r, before, line))
            whole = read_rows(r);
        if (!whole)
            return false;
        before = line;
    }
    return true;
}

static bool psql_read(struct tl_str file, const struct input_sink *sink)
{
    struct reader r = {.file = file, .at = skip_bom(file), .sink = sink};

    buf_init(&r.query, 0);
    bool whole = read_all(&r);
    buf_release(&r.query);
    return whole;
}

/* The names of the record that begins behind `at`. */
static bool is_ours(struct tl_str head, size_t at)
{
    bool seen[PGSS_COLUMNS] = {false};

    while (at < head.n) {
        struct tl_str line = psql_line(head, at, &at);
        struct psql_cell cell;
        int column;

        if (psql_is_record(line) || !field_of(line, &column, &cell))
            break;
        if (column >= 0)
            seen[column] = true;
    }
    return pgss_columns_do(seen);
}

static bool psql_sniff(struct tl_str head)
{
    struct reader r = {.file = head};
    struct tl_str before = {head.p, 0};
    size_t at = skip_bom(head);

    for (unsigned n = 0; n < SNIFFED_LINES && at < head.n; n++) {
        struct tl_str line = psql_line(head, at, &at);

        if (psql_is_record(line) ? is_ours(head, at)
                                 : take_head(&r, before, line))
            return true;
        before = line;
    }
    return false;
}

const struct input_format input_psql = {
    .sniff = psql_sniff,
    .read = psql_read,
};
