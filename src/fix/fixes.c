/* SPDX-License-Identifier: Apache-2.0 */
#include "fixes.h"

#include "comment.h"
#include "draft.h"
#include "pass.h"
#include "prove.h"

enum { WORTHWHILE = 8 }; /* a joint proof is tried for at least one in so many */

struct job {
    const struct doc *doc;
    struct finding **findings;
    struct draft *drafts;
    size_t count;
    fixes_fault_fn *on_fault;
    void *context;
};

static bool is_unproven(const struct job *job, size_t i)
{
    return job->drafts[i].unproven.count > 0;
}

static void offer(struct job *job, size_t i)
{
    struct draft *draft = &job->drafts[i];
    if (draft->fix.patch == NULL)
        return;
    job->findings[i]->fix = mem_alloc(1, sizeof *job->findings[i]->fix);
    *job->findings[i]->fix = draft->fix;
    draft->fix = (struct fix){0};
}

static void settle(struct job *job, size_t i)
{
    patch_release(&job->drafts[i].unproven);
    job->drafts[i].unproven = (struct patch){0};
}

static void prove_alone(struct job *job, size_t i)
{
    struct fault fault = {0};
    struct draft *draft = &job->drafts[i];
    struct finding *finding = job->findings[i];
    draft->fix = *finding->fix;
    bool proven = draft_prove(draft, job->doc, finding, &fault);
    settle(job, i);
    *finding->fix = draft->fix;
    draft->fix = (struct fix){0};
    if (proven)
        return;
    fix_release(finding->fix);
    free(finding->fix);
    finding->fix = NULL;
    job->on_fault(job->context, finding, &fault);
}

/* Whether the text with all edits is the value with all operations done; no comment may
 * be lost, for then it is open by which. */
static bool prove_all(const struct job *job, const struct pass *pass,
                      const struct patch *patch)
{
    struct edits edits = {0};
    struct buf text = {0};
    AUTO_DOC struct doc edited = {0};
    pass_edit(pass, &edits);
    edits_apply(&edits, buf_str(&job->doc->bytes), &text);
    edits_release(&edits);
    return doc_parse(&edited, "the edited text", job->doc->syntax, &text, NULL) &&
           prove(job->doc, &edited, pass->findings[0]->root->index, patch, NULL) &&
           comment_lost(job->doc, &edited).len == 0;
}

/* A draft of a joint proof. */
struct taken {
    size_t index;
    uint32_t start; /* of its first edit */
};

static int compare_start(const void *left, const void *right)
{
    const struct taken *a = left;
    const struct taken *b = right;
    return (a->start > b->start) - (a->start < b->start);
}

static bool prove_together(const struct job *job, const struct taken *taken, size_t count)
{
    AUTO_PASS struct pass pass = {0};
    AUTO_PATCH struct patch all = {0};
    /* The last of the document first, so that the places of those to come still hold. */
    for (size_t k = count; k-- > 0;) {
        const struct patch *patch = &job->drafts[taken[k].index].unproven;
        pass_add(&pass, job->findings[taken[k].index]);
        for (size_t i = 0; i < patch->count; i++) /* more than one where aliases are */
            patch_append(&all, patch->items[i].kind, patch->items[i].path,
                         patch->items[i].from, patch->items[i].value);
    }
    return prove_all(job, &pass, &all);
}

/* Proves them together or, where that fails, those of each part. Many parts, so that it
 * costs little more than each by itself if each is to blame. */
static void prove_parts(struct job *job, const struct taken *taken, size_t count)
{
    enum { PARTS = 8 };
    if (count == 1) {
        prove_alone(job, taken->index);
    } else if (prove_together(job, taken, count)) {
        for (size_t k = 0; k < count; k++)
            settle(job, taken[k].index);
    } else {
        for (size_t part = 0; part < PARTS; part++) {
            size_t from = count * part / PARTS;
            size_t to = count * (part + 1) / PARTS;
            if (from < to)
                prove_parts(job, taken + from, to - from);
        }
    }
}

/* Proves as many as are not in each other's way; returns how many that are. */
static size_t prove_some(struct job *job)
{
    AUTO_PASS struct pass pass = {.only_proof = true};
    AUTO_FREE struct taken *taken = mem_alloc(job->count, sizeof *taken);
    for (size_t i = 0; i < job->count; i++) {
        struct finding *finding = job->findings[i];
        if (!is_unproven(job, i) ||
            (pass.count > 0 && finding->root != pass.findings[0]->root) ||
            pass_holds(&pass, finding, &job->drafts[i].unproven) ||
            pass_touches(&pass, finding))
            continue;
        taken[pass.count] = (struct taken){i, finding->fix->edits.items[0].span.start};
        pass_take(&pass, finding, &job->drafts[i].unproven);
    }
    if (pass.count > 0) {
        qsort(taken, pass.count, sizeof *taken, compare_start);
        prove_parts(job, taken, pass.count);
    }
    return pass.count;
}

void fixes_make(const struct doc *doc, struct finding **findings, size_t count,
                fixes_fault_fn *on_fault, void *context)
{
    struct job job = {
        .doc = doc,
        .findings = findings,
        .drafts = mem_alloc(count + 1, sizeof *job.drafts),
        .count = count,
        .on_fault = on_fault,
        .context = context,
    };
    size_t left = 0;
    for (size_t i = 0; i < count; i++) {
        struct fault fault = {0};
        if (draft_make(&job.drafts[i], doc, findings[i], count > 1, &fault))
            offer(&job, i);
        else
            on_fault(context, findings[i], &fault);
        left += is_unproven(&job, i);
    }
    for (bool worthwhile = true; left > 0 && worthwhile;) {
        size_t tried = prove_some(&job);
        left -= tried;
        worthwhile = tried > left / WORTHWHILE;
    }
    for (size_t i = 0; i < count; i++) {
        if (is_unproven(&job, i))
            prove_alone(&job, i);
        draft_release(&job.drafts[i]);
    }
    free(job.drafts);
}
