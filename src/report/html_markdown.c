/*
 * html_markdown.c - a rule's prose: the Markdown that rules are written in.
 *
 * Headings, paragraphs, lists, tables, fenced code, `code` and **bold**. The
 * text is the build's own and is escaped all the same.
 */
#include "report/html.h"

enum block { NO_BLOCK, PARAGRAPH, ITEM, ROW, CODE };

struct prose {
    struct buf *out;
    enum block open;
};

static void add_inline(struct buf *b, struct tl_str s)
{
    bool code = false;
    bool bold = false;
    size_t from = 0;

    for (size_t i = 0; i < s.n; i++) {
        bool stars = !code && s.p[i] == '*' && i + 1 < s.n && s.p[i + 1] == '*';

        if (s.p[i] != '`' && !stars)
            continue;
        html_text(b, (struct tl_str){s.p + from, i - from});
        if (stars) {
            buf_puts(b, bold ? "</b>" : "<b>");
            bold = !bold;
            i++;
        } else {
            buf_puts(b, code ? "</code>" : "<code>");
            code = !code;
        }
        from = i + 1;
    }
    html_text(b, (struct tl_str){s.p + from, s.n - from});
    buf_puts(b, code ? "</code>" : "");
    buf_puts(b, bold ? "</b>" : "");
}

static void close_block(struct prose *p)
{
    static const char *const ends[] = {
        [NO_BLOCK] = "",
        [PARAGRAPH] = "</p>\n",
        [ITEM] = "</li></ul>\n",
        [ROW] = "</table>\n",
        [CODE] = "</code></pre>\n",
    };

    buf_puts(p->out, ends[p->open]);
    p->open = NO_BLOCK;
}

static bool begins_with(struct tl_str line, const char *mark)
{
    size_t n = strlen(mark);

    return line.n >= n && memcmp(line.p, mark, n) == 0;
}

static struct tl_str behind(struct tl_str line, size_t n)
{
    while (n < line.n && line.p[n] == ' ')
        n++;
    return (struct tl_str){line.p + n, line.n - n};
}

static void add_heading(struct prose *p, struct tl_str line)
{
    size_t level = 0;

    while (level < line.n && line.p[level] == '#')
        level++;
    close_block(p);
    /* The title is the rule's name, which stands above. */
    if (level == 1)
        return;
    buf_puts(p->out, "<h4>");
    add_inline(p->out, behind(line, level));
    buf_puts(p->out, "</h4>\n");
}

static void add_item(struct prose *p, struct tl_str line)
{
    if (p->open != ITEM) {
        close_block(p);
        buf_puts(p->out, "<ul><li>");
        p->open = ITEM;
    } else {
        buf_puts(p->out, "</li><li>");
    }
    add_inline(p->out, behind(line, 1));
}

static bool is_rule_of_table(struct tl_str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (!strchr("|-: ", line.p[i]))
            return false;
    return true;
}

static void add_row(struct prose *p, struct tl_str line)
{
    const char *cell = p->open == ROW ? "td" : "th";

    if (is_rule_of_table(line))
        return;
    if (p->open != ROW) {
        close_block(p);
        buf_puts(p->out, "<table>");
        p->open = ROW;
    }
    buf_puts(p->out, "<tr>");
    for (size_t at = 1; at < line.n;) {
        const char *bar = memchr(line.p + at, '|', line.n - at);
        size_t end = bar ? (size_t)(bar - line.p) : line.n;

        buf_printf(p->out, "<%s>", cell);
        add_inline(p->out, behind((struct tl_str){line.p + at, end - at}, 0));
        buf_printf(p->out, "</%s>", cell);
        at = end + 1;
    }
    buf_puts(p->out, "</tr>\n");
}

static void add_words(struct prose *p, struct tl_str line)
{
    if (p->open == NO_BLOCK || p->open == ROW) {
        close_block(p);
        buf_puts(p->out, "<p>");
        p->open = PARAGRAPH;
    } else {
        buf_char(p->out, ' ');
    }
    add_inline(p->out, behind(line, 0));
}

static void add_code(struct prose *p, struct tl_str line)
{
    if (begins_with(line, "```")) {
        close_block(p);
        return;
    }
    html_lines(p->out, line);
    buf_char(p->out, '\n');
}

static void add_line(struct prose *p, struct tl_str line)
{
    if (p->open == CODE) {
        add_code(p, line);
    } else if (begins_with(line, "```")) {
        close_block(p);
        buf_puts(p->out, "<pre class=\"code\"><code>");
        p->open = CODE;
    } else if (line.n == 0) {
        close_block(p);
    } else if (line.p[0] == '#') {
        add_heading(p, line);
    } else if (begins_with(line, "- ")) {
        add_item(p, line);
    } else if (line.p[0] == '|') {
        add_row(p, line);
    } else {
        add_words(p, line);
    }
}

void html_markdown(struct buf *out, struct tl_str doc)
{
    struct prose p = {out, NO_BLOCK};

    for (size_t at = 0; at < doc.n;) {
        const char *end = memchr(doc.p + at, '\n', doc.n - at);
        size_t n = end ? (size_t)(end - doc.p) - at : doc.n - at;

        add_line(&p, (struct tl_str){doc.p + at, n});
        at += n + 1;
    }
    close_block(&p);
}
