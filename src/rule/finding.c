/* SPDX-License-Identifier: Apache-2.0 */
#include "finding.h"

void fix_release(struct fix *fix)
{
    edits_release(&fix->edits);
    free(fix->demoted);
    free(fix->patch);
    free(fix->confirm_text);
    *fix = (struct fix){0};
}

static const char *fix_title(const struct rule *rule)
{
    return rule->fix != NULL ? rule->fix->title : rule->title;
}

const char *finding_fix_title(const struct finding *finding)
{
    return fix_title(finding->rule);
}

const char *repair_title(const struct repair_entry *entry)
{
    return fix_title(entry->rule);
}

void findings_release(struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].fix != NULL) {
            fix_release(findings->items[i].fix);
            free(findings->items[i].fix);
        }
    }
    free(findings->items);
    arena_release(&findings->arena);
    *findings = (struct findings){0};
}
