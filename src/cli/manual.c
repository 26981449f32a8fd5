/* SPDX-License-Identifier: Apache-2.0 */
#include "manual.h"

#include "config.h"
#include "flags.h"

/* Adds text so that man(7) shows just this. */
static void add(struct buf *out, const char *text)
{
    bool line_start = out->len == 0 || out->data[out->len - 1] == '\n';
    for (; *text != '\0'; text++) {
        if (line_start && (*text == '.' || *text == '\''))
            buf_adds(out, STR("\\&"));
        if (*text == '\\')
            buf_adds(out, STR("\\e"));
        else if (*text == '-')
            buf_adds(out, STR("\\-"));
        else
            buf_addc(out, *text);
        line_start = *text == '\n';
    }
}

static void add_line(struct buf *out, const char *text)
{
    add(out, text);
    buf_addc(out, '\n');
}

static void begin(struct buf *out, const char *name, const char *section,
                  const char *about)
{
    buf_adds(out, STR("'\\\" -*- coding: UTF-8 -*-\n"));
    buf_addf(out, ".TH %s %s \"\" \"speclint " SPECLINT_VERSION "\"\n.SH NAME\n", name,
             section);
    add(out, name);
    buf_adds(out, STR(" \\- "));
    add_line(out, about);
}

static void add_section(struct buf *out, const char *title)
{
    buf_addf(out, ".SH %s\n", title);
}

/* A term in bold, and what stands behind it. */
static void add_term(struct buf *out, const char *before, const char *term,
                     const char *behind)
{
    buf_adds(out, STR(".TP\n\\fB"));
    add(out, before);
    add(out, term);
    buf_adds(out, STR("\\fR"));
    if (behind != NULL && behind[0] != '\0') {
        buf_adds(out, STR(" \\fI"));
        add(out, behind);
        buf_adds(out, STR("\\fR"));
    }
    buf_addc(out, '\n');
}

/* "" for the options of linting, else "mounts, query: ". */
static void add_takers(struct buf *out, const struct flag *flag,
                       const struct command *commands, size_t count)
{
    bool first = true;
    if ((flag->commands & COMMAND_LINT) != 0)
        return;
    for (size_t i = 0; i < count; i++) {
        if ((flag->commands & commands[i].id) == 0)
            continue;
        buf_addf(out, "%s%s", first ? "" : ", ", commands[i].name);
        first = false;
    }
    buf_adds(out, STR(": "));
}

static void add_options(const struct command *commands, size_t count, struct buf *out)
{
    const struct flag *flag;
    for (size_t i = 0; (flag = flag_at(i)) != NULL; i++) {
        if (flag->about == NULL)
            continue;
        add_term(out, "--", flag->name, flag->argument);
        add_takers(out, flag, commands, count);
        add_line(out, flag->about);
    }
}

static const struct {
    const char *name;
    const char *about;
} statuses[] = {
    {"0", "Nothing at or above the level of --fail-on is left."},
    {"1", "Something is: a finding, or an entry of the baseline that finds nothing any "
          "more, which counts as a warning."},
    {"2", "speclint could not do what was asked: an unknown option, rule or key, a file "
          "that cannot be read or written, a fix that it refused to write."},
};

static const struct {
    const char *name;
    const char *about;
} variables[] = {
    {"NO_COLOR", "Where it is not empty, text is not coloured."},
    {"FORCE_COLOR", "Where it is not empty, text is coloured, whatever stdout is."},
    {"TERM", "With dumb, text is not coloured and no progress is shown."},
    {"GITHUB_STEP_SUMMARY", "The file to which --format github adds its summary."},
    {"GITHUB_WORKSPACE, CI_PROJECT_DIR",
     "The folder from which reports for a CI name files."},
};

static void add_suppressions(struct buf *out)
{
    add_section(out, "SUPPRESSION");
    add_line(out, "A finding that is meant to be can be suppressed where it is:");
    buf_adds(out, STR(".PP\n.nf\n"));
    add_line(out, "\"annotations\": {");
    add_line(out, "  \"dev.speclint.ignore/RULE\": \"reason\",");
    add_line(out, "  \"dev.speclint.ignore/RULE\": \"/mounts/4: reason\"");
    add_line(out, "}");
    buf_adds(out, STR(".fi\n.PP\n"));
    add_line(out,
             "The second form is about what is at that JSON Pointer and below. Runtimes "
             "ignore such annotations, but pass them on to hooks. In YAML, a comment "
             "is about its line, or on a line of its own about the next node, or above "
             "everything about the whole document:");
    buf_adds(out, STR(".PP\n.nf\n"));
    add_line(out, "# speclint: ignore[RULE, RULE] reason");
    buf_adds(out, STR(".fi\n.PP\n"));
    add_line(out,
             "Suppressions that are unknown, unused or without a reason are findings. "
             "What is suppressed is not counted and never fixed.");
    add_line(out,
             "Overrides in speclint.yaml(5) suppress by path, and --baseline what was "
             "found when it was written. An entry of a baseline is the rule, the path "
             "relative to the baseline, the JSON Pointer, and a hash of the value.");
}

void manual_program(const struct command *commands, size_t count, struct buf *out)
{
    begin(out, "speclint", "1", "lint, fix and dry-run OCI runtime specs");
    add_section(out, "SYNOPSIS");
    for (size_t i = 0; i < count; i++) {
        buf_addf(out, "%s\\fBspeclint%s%s\\fR [OPTIONS] ", i ? ".br\n" : "",
                 commands[i].name[0] ? " " : "", commands[i].name);
        add_line(out, commands[i].arguments);
    }
    add_section(out, "DESCRIPTION");
    add_line(out, commands[0].about);
    add_line(out,
             "Without a command it lints. In a tree, files that git ignores and files "
             "that are no spec are passed over.");
    add_section(out, "COMMANDS");
    for (size_t i = 1; i < count; i++) {
        add_term(out, "", commands[i].name, commands[i].arguments);
        add_line(out, commands[i].about);
    }
    add_section(out, "OPTIONS");
    add_options(commands, count, out);
    add_section(out, "FORMATS");
    size_t reporter_count;
    const struct reporter *const *all = reporters(&reporter_count);
    for (size_t i = 0; i < reporter_count; i++) {
        add_term(out, "", all[i]->name, NULL);
        add_line(out, all[i]->about);
    }
    add_suppressions(out);
    add_section(out, "EXIT STATUS");
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        add_term(out, "", statuses[i].name, NULL);
        add_line(out, statuses[i].about);
    }
    add_section(out, "ENVIRONMENT");
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        add_term(out, "", variables[i].name, NULL);
        add_line(out, variables[i].about);
    }
    add_section(out, "SEE ALSO");
    add_line(out, "speclint.yaml(5), speclint-rules(7)");
}

static void add_keys(const struct config_key *keys, struct buf *out)
{
    for (; keys->name != NULL; keys++) {
        AUTO_BUF struct buf name = {0};
        buf_addf(&name, "%s:", keys->name);
        add_term(out, "", name.data, keys->value);
        add_line(out, keys->about);
    }
}

void manual_config(const struct command *commands, size_t count, struct buf *out)
{
    (void)commands, (void)count;
    begin(out, "speclint.yaml", "5", "configuration of speclint");
    add_section(out, "DESCRIPTION");
    add_line(out, "For each file that it lints, speclint reads the nearest " CONFIG_NAME
                  " in its folder and those above, up to the root of the repository (the "
                  "folder with .git), or up to the current folder where there is no "
                  "repository. --config names another file, whose paths are relative to "
                  "the current folder; --isolated reads none; --show-config PATH shows "
                  "what holds for a path.");
    buf_adds(out, STR(".PP\n"));
    add_line(out,
             "The command line wins: --profile and --runtime replace what the file "
             "says, --select replaces both of its lists, --ignore adds to its list.");
    add_section(out, "KEYS");
    add_keys(config_keys, out);
    add_section(out, "KEYS OF AN OVERRIDE");
    add_keys(config_override_keys, out);
    buf_adds(out, STR(".PP\n"));
    add_line(out,
             "Overrides are read in their order; of several levels the last counts.");
    add_section(out, "EXAMPLE");
    buf_adds(out, STR(".nf\n"));
    add_line(out, "required-version: \">=" SPECLINT_VERSION "\"\n"
                  "profile: strict\n"
                  "runtimes: [crun]\n"
                  "levels: {seccomp: note}\n"
                  "overrides:\n"
                  "  - files: \"images/legacy/**#/mounts\"\n"
                  "    ignore: [sysfs-without-netns]\n"
                  "    reason: built by an engine of 2019");
    buf_adds(out, STR(".fi\n"));
    add_section(out, "SEE ALSO");
    add_line(out, "speclint(1), speclint-rules(7)");
}

/* A text of paragraphs. */
static void add_text(struct buf *out, const char *text)
{
    while (*text != '\0') {
        size_t len = strcspn(text, "\n");
        AUTO_FREE char *line = mem_copy(text, len);
        if (len > 0)
            add_line(out, line);
        else
            buf_adds(out, STR(".sp\n"));
        text += len + (text[len] == '\n');
    }
}

void manual_rules(const struct command *commands, size_t count, struct buf *out)
{
    (void)commands, (void)count;
    struct ruleset set = {0};
    ruleset_add_builtin(&set);
    begin(out, "speclint-rules", "7", "the rules of speclint");
    add_section(out, "DESCRIPTION");
    add_line(out, "Each rule with its level, its profile where that is not the default, "
                  "what it is about and why. speclint explain RULE also shows what each "
                  "runtime does, examples, and links.");
    add_section(out, "RULES");
    for (size_t i = 0; i < set.count; i++) {
        const struct rule *rule = set.rules[i];
        AUTO_BUF struct buf head = {0};
        buf_addf(&head, "(%s: %s%s%s%s%s)", rule->area, level_name(rule->level),
                 rule->profile != PROFILE_DEFAULT ? ", " : "",
                 rule->profile != PROFILE_DEFAULT ? profile_name(rule->profile) : "",
                 rule->fix ? ", fix " : "",
                 rule->fix ? safety_name(rule->fix->safety) : "");
        add_term(out, "", rule->id, head.data);
        add(out, rule->title);
        buf_adds(out, STR(".\n.sp\n"));
        add_text(out, rule->why);
    }
    add_section(out, "SEE ALSO");
    add_line(out, "speclint(1), speclint.yaml(5)");
    ruleset_release(&set);
}

/* Adds text for a cell of a Markdown table. */
static void add_cell(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '|' || *text == '<' || *text == '*')
            buf_addc(out, '\\');
        buf_addc(out, *text == '\n' ? ' ' : *text);
    }
}

/* Adds text in back quotes, where a bar ends a cell all the same. */
static void add_code(struct buf *out, const char *before, const char *text,
                     const char *behind)
{
    AUTO_BUF struct buf all = {0};
    buf_addf(&all, "%s%s%s%s", before, text, behind && behind[0] ? " " : "",
             behind ? behind : "");
    buf_addc(out, '`');
    for (size_t i = 0; i < all.len; i++) {
        if (all.data[i] == '|')
            buf_addc(out, '\\');
        buf_addc(out, all.data[i]);
    }
    buf_addc(out, '`');
}

void manual_table_commands(const struct command *commands, size_t count, struct buf *out)
{
    buf_adds(out, STR("| command | what |\n|---|---|\n"));
    for (size_t i = 0; i < count; i++) {
        AUTO_BUF struct buf name = {0};
        buf_addf(&name, "speclint%s%s", commands[i].name[0] ? " " : "", commands[i].name);
        buf_adds(out, STR("| "));
        add_code(out, "", name.data, commands[i].arguments);
        buf_adds(out, STR(" | "));
        add_cell(out, i > 0 ? commands[i].about : "lint, or repair with `--fix`");
        buf_adds(out, STR(" |\n"));
    }
}

void manual_table_options(const struct command *commands, size_t count, struct buf *out)
{
    const struct flag *flag;
    buf_adds(out, STR("| option | what |\n|---|---|\n"));
    for (size_t i = 0; (flag = flag_at(i)) != NULL; i++) {
        if (flag->about == NULL)
            continue;
        buf_adds(out, STR("| "));
        add_code(out, "--", flag->name, flag->argument);
        buf_adds(out, STR(" | "));
        add_takers(out, flag, commands, count);
        add_cell(out, flag->about);
        buf_adds(out, STR(" |\n"));
    }
}

static void add_key_rows(const struct config_key *keys, const char *before,
                         struct buf *out)
{
    for (; keys->name != NULL; keys++) {
        AUTO_BUF struct buf name = {0};
        buf_addf(&name, "%s:", keys->name);
        buf_adds(out, STR("| "));
        add_code(out, before, name.data, keys->value);
        buf_adds(out, STR(" | "));
        add_cell(out, keys->about);
        buf_adds(out, STR(" |\n"));
    }
}

void manual_table_config(const struct command *commands, size_t count, struct buf *out)
{
    (void)commands, (void)count;
    buf_adds(out, STR("| key | what |\n|---|---|\n"));
    add_key_rows(config_keys, "", out);
    add_key_rows(config_override_keys, "overrides: ", out);
}

void manual_table_rules(const struct command *commands, size_t count, struct buf *out)
{
    (void)commands, (void)count;
    struct ruleset set = {0};
    ruleset_add_builtin(&set);
    buf_adds(out, STR("| rule | area | level | fix | what |\n|---|---|---|---|---|\n"));
    for (size_t i = 0; i < set.count; i++) {
        const struct rule *rule = set.rules[i];
        buf_addf(out, "| `%s` | %s | %s%s%s | %s | ", rule->id, rule->area,
                 level_name(rule->level), rule->profile != PROFILE_DEFAULT ? ", " : "",
                 rule->profile != PROFILE_DEFAULT ? profile_name(rule->profile) : "",
                 rule->fix ? safety_name(rule->fix->safety) : "");
        add_cell(out, rule->title);
        buf_adds(out, STR(" |\n"));
    }
    ruleset_release(&set);
}
