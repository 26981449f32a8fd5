/* SPDX-License-Identifier: Apache-2.0 */
#include "generate.h"

#include "completion.h"
#include "manual.h"
#include "nearest.h"
#include "output.h"

static const struct {
    const char *kind;
    void (*add)(const struct command *commands, size_t count, struct buf *out);
} kinds[] = {
    {"speclint.1", manual_program},
    {"speclint.yaml.5", manual_config},
    {"speclint-rules.7", manual_rules},
    {"bash", completion_bash},
    {"zsh", completion_zsh},
    {"fish", completion_fish},
    {"commands", manual_table_commands},
    {"options", manual_table_options},
    {"config", manual_table_config},
    {"rules", manual_table_rules},
};

bool generate(const char *kind, const struct command *commands, size_t count,
              struct fault *fault)
{
    struct nearest nearest = {.word = str_of(kind)};
    AUTO_BUF struct buf known = {0};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        AUTO_BUF struct buf out = {0};
        if (strcmp(kinds[i].kind, kind) == 0) {
            kinds[i].add(commands, count, &out);
            return print_all(buf_str(&out));
        }
        nearest_try(&nearest, kinds[i].kind);
        buf_addf(&known, "%s%s", i ? ", " : "", kinds[i].kind);
    }
    return fault_set(fault, "unknown kind '%s' of --generate; %s%s%s", kind,
                     nearest.best ? "did you mean " : "use ",
                     nearest.best ? nearest.best : known.data, nearest.best ? "?" : "");
}
