/*
 * ormlog.h - what a line of an ORM's log is, by the one table of patterns.
 */
#ifndef INPUT_ORMLOG_H
#define INPUT_ORMLOG_H

#include "base/buf.h"
#include "input/textmap.h"

enum orm_kind {
    ORM_NOTHING,     /* no pattern knows the line */
    ORM_STATEMENT,   /* a statement, or the beginning of one */
    ORM_AGAIN,       /* one that may have been told before: it was slow */
    ORM_FAILED,      /* one that was told before, and failed */
    ORM_VALUES,      /* all parameters of the statement before */
    ORM_BIND,        /* one of them */
    ORM_TOOK,        /* how long the statement before took */
    ORM_REQUEST,     /* a request begins */
    ORM_REQUEST_END, /* and ends */
    ORM_OTHER,       /* nothing of use, but no part of a statement either */
};

/* Which lines behind it are still the statement's. */
enum orm_goes_on {
    ORM_ONE_LINE,
    ORM_INDENTED,  /* those that are indented */
    ORM_TO_TAIL,   /* all until one with the tail */
    ORM_TO_RECORD, /* all until the next record */
    ORM_TO_LIST,   /* all until one that ends in a list of values */
};

enum orm_form {
    ORM_LIST,     /* [1, "x"], (1, 'x') or 1, "x" */
    ORM_PAIRS,    /* [["id", 1], ["name", "x"]] */
    ORM_NAMED,    /* {'id': 1, 'name': 'x'} */
    ORM_ESCAPED,  /* a list inside of a JSON string */
    ORM_ONE,      /* the value itself */
    ORM_NOT_TOLD, /* there are some */
};

/* Views into the line. */
struct orm_line {
    enum orm_kind kind;
    enum orm_goes_on goes_on;
    enum text_encoding encoding;
    enum orm_form form;
    const char *tail;
    bool open; /* the statement's end was not seen */
    struct tl_str sql;
    struct tl_str values; /* p NULL: none */
    struct tl_str session;
    struct tl_str request; /* its id; of ORM_REQUEST: what it is of */
    unsigned number;       /* of ORM_BIND */
    double ms;
};

/* The line, without its end. */
void orm_line_read(struct tl_str line, struct orm_line *out);
/* A further line of a TO_TAIL statement: its end and values. */
bool orm_line_tail(struct tl_str line, const char *tail, struct tl_str *sql,
                   struct tl_str *values);
/* Cuts off the list in brackets that the text ends in, behind a blank; false
   where it ends in none. */
bool orm_cut_list(struct tl_str *text, struct tl_str *values);
/* Does it begin as a statement does, comments passed over? */
bool orm_is_sql(struct tl_str);
/* Without blanks, escapes for colours and a semicolon at its end. */
struct tl_str orm_trim(struct tl_str);

/* Parameters as the server would log them. */
struct orm_values {
    struct buf text;
    unsigned n;
    bool known;
    bool cut;
};

void orm_values_clear(struct orm_values *);
void orm_values_one(struct orm_values *, unsigned number, struct tl_str value);
/* `sql` as it stands in the file: it tells the order of what is named. */
void orm_values_read(struct orm_values *, enum orm_form, struct tl_str raw,
                     struct tl_str sql);
/* Is the text one list in brackets, and nothing else? */
bool orm_values_whole(struct tl_str);

#endif
