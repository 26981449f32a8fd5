/* SPDX-License-Identifier: Apache-2.0 */
#include "help.h"

#include "reporters.h"

void help_add_literal(struct str text, struct buf *out)
{
    AUTO_BUF struct buf visible = {0};
    buf_add_visible(&visible, text);
    for (size_t i = 0; i < visible.len; i++) {
        /* Markdown's own, HTML's, and what GitHub makes links, mentions, emoji or
         * formulas of. */
        if (strchr("\\`*_{}[]()#+!|~<>&@:$\"", visible.data[i]) != NULL)
            buf_addf(out, "&#%d;", visible.data[i]);
        else
            buf_addc(out, visible.data[i]);
    }
}

/* Line by line, since the line ends are the text's own. */
static void add_literal_lines(const char *text, struct buf *out)
{
    while (*text != '\0') {
        const char *end = strchrnul(text, '\n');
        help_add_literal((struct str){text, (size_t)(end - text)}, out);
        buf_addc(out, '\n');
        text = *end ? end + 1 : end;
    }
}

static void add_claim_name(const struct rule_claim *claim, struct buf *out)
{
    buf_adds(out, str_of(runtime_name(claim->runtime)));
    if (claim->below != 0)
        buf_addf(out, " %s %u.%u.%u", claim->below == '<' ? "before" : "from",
                 claim->version[0], claim->version[1], claim->version[2]);
}

void help_add_text(const struct rule *rule, struct buf *out)
{
    buf_addf(out, "%s\n", rule->why);
    for (size_t i = 0; i < rule->claim_count; i++) {
        const struct rule_claim *claim = &rule->claims[i];
        add_claim_name(claim, out);
        buf_addf(out, " %s: %s\n%s", claim_name(claim->does), claim->as,
                 i + 1 == rule->claim_count ? "\n" : "");
    }
    if (rule->fix != NULL)
        buf_addf(out, "Fix (%s): %s\n\n", safety_name(rule->fix->safety),
                 rule->fix->title);
    for (size_t i = 0; i < rule->see_count; i++) {
        buf_adds(out, STR("See "));
        report_see_url(rule->see[i], out);
        buf_addc(out, '\n');
    }
}

void help_add_markdown(const struct rule *rule, struct buf *out)
{
    add_literal_lines(rule->why, out);
    if (rule->claim_count > 0)
        buf_adds(out, STR("\n| runtime | does | what happens |\n|---|---|---|\n"));
    for (size_t i = 0; i < rule->claim_count; i++) {
        const struct rule_claim *claim = &rule->claims[i];
        AUTO_BUF struct buf name = {0};
        add_claim_name(claim, &name);
        buf_addf(out, "| %s | %s | ", name.data, claim_name(claim->does));
        help_add_literal(str_of(claim->as), out);
        buf_adds(out, STR(" |\n"));
    }
    if (rule->fix != NULL) {
        buf_addf(out, "\n**Fix** (%s): ", safety_name(rule->fix->safety));
        help_add_literal(str_of(rule->fix->title), out);
        buf_addc(out, '\n');
    }
    if (rule->see_count > 0)
        buf_adds(out, STR("\n**See**\n\n"));
    for (size_t i = 0; i < rule->see_count; i++) {
        buf_adds(out, STR("- <"));
        report_see_url(rule->see[i], out);
        buf_adds(out, STR(">\n"));
    }
}
