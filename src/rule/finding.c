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

void findings_sweep(struct findings *findings)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].by == SUPPRESSED_NOT) {
            findings->items[kept++] = findings->items[i];
            continue;
        }
        findings->suppressed =
            mem_grow(findings->suppressed, findings->suppressed_count,
                     &findings->suppressed_capacity, sizeof *findings->suppressed);
        findings->suppressed[findings->suppressed_count++] = findings->items[i];
    }
    findings->count = kept;
}

static void release_fixes(struct finding *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i].fix != NULL) {
            fix_release(items[i].fix);
            free(items[i].fix);
        }
    }
}

void findings_release(struct findings *findings)
{
    release_fixes(findings->items, findings->count);
    release_fixes(findings->suppressed, findings->suppressed_count);
    free(findings->items);
    free(findings->suppressed);
    arena_release(&findings->arena);
    *findings = (struct findings){0};
}
