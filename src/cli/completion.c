/* SPDX-License-Identifier: Apache-2.0 */
#include "completion.h"

#include "flags.h"

/* Ids, and areas, of the program that is there when someone asks. */
#define LIST_IDS "speclint rules 2>/dev/null | awk 'NR > 1 {print $1}'"
#define LIST_RULES                                                                       \
    "speclint rules 2>/dev/null | awk 'NR > 1 {print $1; print $5}' | sort -u"

/* The words that a value may be, with blanks between; false where there is no list. */
static bool add_words(const struct flag *flag, struct buf *out)
{
    if (flag->value == FLAG_WORDS) {
        for (const char *at = flag->argument; *at != '\0'; at++)
            buf_addc(out, *at == '|' ? ' ' : *at);
    } else if (flag->value == FLAG_FORMAT) {
        size_t count;
        const struct reporter *const *all = reporters(&count);
        for (size_t i = 0; i < count; i++)
            buf_addf(out, "%s%s", i ? " " : "", all[i]->name);
    } else if (flag->value == FLAG_RUNTIMES) {
        for (unsigned i = 0; i < RUNTIME_COUNT; i++)
            buf_addf(out, "%s ", runtime_name((enum runtime)i));
        buf_adds(out, STR("any"));
    } else {
        return false;
    }
    return true;
}

/* Text for single quotes of a shell; `also` are bytes that need a backslash. */
static void add_quoted(struct buf *out, const char *text, const char *also)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            buf_adds(out, STR("'\\''"));
        else if (strchr(also, *text) != NULL)
            buf_addf(out, "\\%c", *text);
        else
            buf_addc(out, *text == '\n' ? ' ' : *text);
    }
}

static bool takes(const struct flag *flag, const struct command *command)
{
    return (flag->commands & command->id) != 0 && flag->about != NULL;
}

static void add_bash_values(struct buf *out)
{
    const struct flag *flag;
    for (size_t i = 0; (flag = flag_at(i)) != NULL; i++) {
        AUTO_BUF struct buf words = {0};
        if (flag->about == NULL || flag->value == FLAG_SWITCH)
            continue;
        buf_addf(out, "    --%s)\n", flag->name);
        if (add_words(flag, &words))
            buf_addf(out, "        _speclint_list '%s'\n", words.data);
        else if (flag->value == FLAG_RULES)
            buf_adds(out, STR("        _speclint_list \"$(" LIST_RULES ")\"\n"));
        else if (flag->value == FLAG_FILE)
            buf_adds(out, STR("        COMPREPLY=($(compgen -f -- \"$word\"))\n"));
        else if (flag->value == FLAG_FOLDER)
            buf_adds(out, STR("        COMPREPLY=($(compgen -d -- \"$word\"))\n"));
        buf_adds(out, STR("        return ;;\n"));
    }
}

void completion_bash(const struct command *commands, size_t count, struct buf *out)
{
    buf_adds(out, STR("# bash completion for speclint\n\n"
                      "# The last of some words with commas between.\n"
                      "_speclint_list()\n{\n"
                      "    local before=\n"
                      "    [[ $word == *,* ]] && before=${word%,*},\n"
                      "    COMPREPLY=($(compgen -P \"$before\" -W \"$1\" -- "
                      "\"${word##*,}\"))\n}\n\n"
                      "_speclint()\n{\n"
                      "    local word=${COMP_WORDS[COMP_CWORD]} options\n"
                      "    case ${COMP_WORDS[COMP_CWORD - 1]} in\n"));
    add_bash_values(out);
    buf_adds(out, STR("    esac\n    case ${COMP_WORDS[1]} in\n"));
    for (size_t i = count; i-- > 0;) {
        const struct flag *flag;
        buf_addf(out, "    %s)\n        options='",
                 commands[i].name[0] ? commands[i].name : "*");
        for (size_t k = 0; (flag = flag_at(k)) != NULL; k++) {
            if (takes(flag, &commands[i]))
                buf_addf(out, " --%s", flag->name);
        }
        buf_adds(out, STR("' ;;\n"));
    }
    buf_adds(out,
             STR("    esac\n    if [[ $word == -* ]]; then\n"
                 "        COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
                 "        return\n    fi\n"
                 "    if [[ ${COMP_WORDS[1]} == explain && $COMP_CWORD -gt 1 ]]; then\n"
                 "        _speclint_list \"$(" LIST_IDS ")\"\n"
                 "        return\n    fi\n"
                 "    COMPREPLY=($(compgen -f -- \"$word\"))\n"
                 "    [[ $COMP_CWORD -gt 1 ]] ||\n"
                 "        COMPREPLY+=($(compgen -W '"));
    for (size_t i = 1; i < count; i++)
        buf_addf(out, "%s%s", i > 1 ? " " : "", commands[i].name);
    buf_adds(out,
             STR("' -- \"$word\"))\n}\n\ncomplete -o filenames -F _speclint speclint\n"));
}

static void add_zsh_value(const struct flag *flag, struct buf *out)
{
    AUTO_BUF struct buf words = {0};
    if (flag->value == FLAG_SWITCH)
        return;
    buf_addf(out, ":%s:", flag->name);
    if (add_words(flag, &words))
        buf_addf(out, "(%s)", words.data);
    else if (flag->value == FLAG_RULES)
        buf_adds(out, STR("_speclint_rules"));
    else if (flag->value == FLAG_FILE)
        buf_adds(out, STR("_files"));
    else if (flag->value == FLAG_FOLDER)
        buf_adds(out, STR("_files -/"));
}

void completion_zsh(const struct command *commands, size_t count, struct buf *out)
{
    const struct flag *flag;
    buf_adds(out, STR("#compdef speclint\n\n"
                      "_speclint_rules()\n{\n"
                      "    local -a rules\n"
                      "    rules=(${(f)\"$(" LIST_RULES ")\"})\n"
                      "    _values -s , rule $rules\n}\n\n"
                      "_speclint_ids()\n{\n"
                      "    local -a ids\n"
                      "    ids=(${(f)\"$(" LIST_IDS ")\"})\n"
                      "    _describe rule ids\n}\n\n"
                      "_speclint()\n{\n"
                      "    local -a commands\n"
                      "    commands=(\n"));
    for (size_t i = 1; i < count; i++) {
        buf_addf(out, "        '%s:", commands[i].name);
        add_quoted(out, commands[i].about, ":");
        buf_adds(out, STR("'\n"));
    }
    buf_adds(out, STR("    )\n    case $words[2] in\n"));
    for (size_t i = count; i-- > 0;) {
        const struct command *command = &commands[i];
        buf_addf(out, "    %s)\n        _arguments",
                 command->name[0] ? command->name : "*");
        for (size_t k = 0; (flag = flag_at(k)) != NULL; k++) {
            if (!takes(flag, command))
                continue;
            buf_addf(out, " \\\n            '*--%s%s[", flag->name,
                     flag->value == FLAG_SWITCH ? "" : "=");
            add_quoted(out, flag->about, "[]:\\");
            buf_addc(out, ']');
            add_zsh_value(flag, out);
            buf_addc(out, '\'');
        }
        if (command->id == COMMAND_EXPLAIN)
            buf_adds(out, STR(" \\\n            '*:rule:_speclint_ids'"));
        else
            buf_adds(out, STR(" \\\n            '*:path:_files'"));
        buf_adds(out, STR("\n        ;;\n"));
    }
    buf_adds(out, STR("    esac\n"
                      "    (( CURRENT > 2 )) || _describe command commands\n"
                      "}\n\n_speclint \"$@\"\n"));
}

static void add_fish_option(const struct flag *flag, const char *condition,
                            struct buf *out)
{
    AUTO_BUF struct buf words = {0};
    buf_addf(out, "complete -c speclint -n '%s' -l %s", condition, flag->name);
    if (add_words(flag, &words))
        buf_addf(out, " -x -a '%s'", words.data);
    else if (flag->value == FLAG_RULES)
        buf_adds(out, STR(" -x -a '(__fish_complete_list , __speclint_rules)'"));
    else if (flag->value == FLAG_FOLDER)
        buf_adds(out, STR(" -x -a '(__fish_complete_directories)'"));
    else if (flag->value == FLAG_FILE)
        buf_adds(out, STR(" -r -F"));
    else if (flag->value == FLAG_TEXT)
        buf_adds(out, STR(" -x"));
    buf_adds(out, STR(" -d '"));
    for (const char *at = flag->about; *at != '\0'; at++) {
        if (*at == '\'' || *at == '\\')
            buf_addc(out, '\\');
        buf_addc(out, *at);
    }
    buf_adds(out, STR("'\n"));
}

void completion_fish(const struct command *commands, size_t count, struct buf *out)
{
    const struct flag *flag;
    AUTO_BUF struct buf names = {0};
    buf_adds(out, STR("# fish completion for speclint\n\n"
                      "function __speclint_rules\n    " LIST_RULES "\nend\n\n"
                      "function __speclint_ids\n    " LIST_IDS "\nend\n\n"));
    for (size_t i = 1; i < count; i++) {
        buf_addf(&names, " %s", commands[i].name);
        buf_addf(out, "complete -c speclint -n __fish_is_first_arg -a %s -d '",
                 commands[i].name);
        add_quoted(out, commands[i].about, "");
        buf_adds(out, STR("'\n"));
    }
    for (size_t i = 0; i < count; i++) {
        AUTO_BUF struct buf condition = {0};
        if (commands[i].name[0] == '\0')
            buf_addf(&condition, "not __fish_seen_subcommand_from%s", names.data);
        else
            buf_addf(&condition, "__fish_seen_subcommand_from %s", commands[i].name);
        buf_addc(out, '\n');
        for (size_t k = 0; (flag = flag_at(k)) != NULL; k++) {
            if (takes(flag, &commands[i]))
                add_fish_option(flag, condition.data, out);
        }
        if (commands[i].id == COMMAND_EXPLAIN)
            buf_addf(out, "complete -c speclint -n '%s' -x -a '(__speclint_ids)'\n",
                     condition.data);
    }
}
