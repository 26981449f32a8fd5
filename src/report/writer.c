/* SPDX-License-Identifier: Apache-2.0 */
#include "writer.h"

#include "print.h"
#include "utf8.h"

#include <inttypes.h>

/* Adds JSON text with the control characters beyond ASCII escaped: they can only stand in
 * strings, and all are in the basic plane. */
static void add_json(struct buf *out, struct str json)
{
    for (size_t i = 0; i < json.len;) {
        unsigned code_point;
        size_t len = utf8_decode(json.at + i, json.len - i, &code_point);
        if (len > 1 && utf8_is_control(code_point))
            buf_addf(out, "\\u%04x", code_point);
        else
            buf_add(out, json.at + i, len ? len : 1);
        i += len ? len : 1;
    }
}

static void add_line(struct writer *writer)
{
    buf_addf(writer->out, "\n%*s", (int)(2 * writer->depth), "");
}

static void begin(struct writer *writer)
{
    if (writer->named) {
        writer->named = false;
        return;
    }
    if (writer->follows)
        buf_addc(writer->out, ',');
    if (writer->flat == 0 && writer->depth > 0)
        add_line(writer);
    else if (writer->follows)
        buf_addc(writer->out, ' ');
    writer->follows = true;
}

void writer_open(struct writer *writer, char bracket)
{
    begin(writer);
    buf_addc(writer->out, bracket);
    writer->depth++;
    writer->follows = false;
}

void writer_open_flat(struct writer *writer, char bracket)
{
    writer_open(writer, bracket);
    if (writer->flat == 0)
        writer->flat = writer->depth;
}

void writer_close(struct writer *writer, char bracket)
{
    bool flat = writer->flat != 0;
    if (writer->flat == writer->depth)
        writer->flat = 0;
    writer->depth--;
    if (!flat && writer->follows)
        add_line(writer);
    buf_addc(writer->out, bracket);
    writer->follows = true;
}

void writer_name(struct writer *writer, const char *name)
{
    begin(writer);
    buf_addf(writer->out, "\"%s\": ", name);
    writer->named = true;
}

void writer_string(struct writer *writer, struct str text)
{
    AUTO_BUF struct buf json = {0};
    print_json_string(text, &json);
    writer_json(writer, buf_str(&json));
}

void writer_integer(struct writer *writer, uint64_t number)
{
    begin(writer);
    buf_addf(writer->out, "%" PRIu64, number);
}

void writer_boolean(struct writer *writer, bool value)
{
    writer_json(writer, value ? STR("true") : STR("false"));
}

void writer_json(struct writer *writer, struct str json)
{
    begin(writer);
    add_json(writer->out, json);
}

void writer_items(struct writer *writer, const struct buf *items)
{
    writer_open(writer, '[');
    buf_adds(writer->out, buf_str(items));
    writer->follows = items->len > 0;
    writer_close(writer, ']');
}

void writer_member_string(struct writer *writer, const char *name, struct str text)
{
    writer_name(writer, name);
    writer_string(writer, text);
}

void writer_member_integer(struct writer *writer, const char *name, uint64_t number)
{
    writer_name(writer, name);
    writer_integer(writer, number);
}
