/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"
#include "input.h"
#include "output.h"
#include "print.h"

/* One line for each node: its normalized path and its value. */
static void add_text(const struct nodes *found, struct buf *out)
{
    for (size_t i = 0; i < found->count; i++) {
        AUTO_BUF struct buf line = {0};
        node_path(found->items[i], &line);
        buf_addc(&line, ' ');
        print_json(found->items[i], &line);
        buf_add_visible(out, buf_str(&line));
        buf_addc(out, '\n');
    }
}

static void add_json(const struct nodes *found, struct buf *out)
{
    buf_addc(out, '[');
    for (size_t i = 0; i < found->count; i++) {
        AUTO_BUF struct buf path = {0};
        AUTO_BUF struct buf pointer = {0};
        node_path(found->items[i], &path);
        node_pointer(found->items[i], &pointer);
        buf_adds(out, i ? STR(",\n  {\"path\": ") : STR("\n  {\"path\": "));
        print_json_string(buf_str(&path), out);
        buf_adds(out, STR(", \"pointer\": "));
        print_json_string(buf_str(&pointer), out);
        buf_adds(out, STR(", \"value\": "));
        print_json(found->items[i], out);
        buf_addc(out, '}');
    }
    buf_adds(out, found->count ? STR("\n]\n") : STR("]\n"));
}

static bool load(const struct settings *settings, struct doc *doc, struct fault *fault)
{
    AUTO_BUF struct buf null = {0};
    if (settings->argument_count > 1)
        return input_load(settings->arguments[1], settings->stdin_name, doc, fault);
    buf_adds(&null, STR("null"));
    return doc_parse(doc, "null", DOC_JSON, &null, fault);
}

static bool run(const struct settings *settings, struct buf *out, struct fault *fault)
{
    struct query query = {0};
    struct nodes found = {0};
    AUTO_DOC struct doc doc = {0};
    bool json = settings_json(settings);
    if (settings->argument_count == 0 || settings->argument_count > 2)
        return fault_set(fault,
                         "query needs a query and at most one file: speclint query "
                         "'$.mounts[*].type' config.json");
    struct str text = str_of(settings->arguments[0]);
    if (!query_parse(&query, text, QUERY_PATH, fault)) {
        AUTO_BUF struct buf caret = {0};
        query_fault_caret(text, fault, &caret);
        fault_set_path(fault, "query");
        fwrite(caret.data, 1, caret.len, stderr);
        return false;
    }
    bool loaded = load(settings, &doc, fault);
    for (const struct node *root = doc.root; root != NULL; root = root->next)
        query_select(&query, root, root, &found);
    if (loaded && json)
        add_json(&found, out);
    else if (loaded)
        add_text(&found, out);
    nodes_release(&found);
    query_release(&query);
    return loaded;
}

int command_query(struct settings *settings)
{
    struct fault fault = {0};
    AUTO_BUF struct buf out = {0};
    if (!run(settings, &out, &fault)) {
        print_fault(&fault);
        return STATUS_FAULT;
    }
    return print_all(buf_str(&out)) ? STATUS_CLEAN : STATUS_FAULT;
}
