/* SPDX-License-Identifier: Apache-2.0 */
#include "mount.h"

#include "sentence.h"

/* The number in "/mounts/N" or "/mounts/N/…". */
static bool index_of(struct str pointer, size_t *index)
{
    static const char prefix[] = "/mounts/";
    size_t at = sizeof prefix - 1;
    if (pointer.len <= at || memcmp(pointer.at, prefix, at) != 0)
        return false;
    *index = 0;
    for (; at < pointer.len && pointer.at[at] != '/'; at++) {
        if (pointer.at[at] < '0' || pointer.at[at] > '9' || *index > UINT32_MAX)
            return false;
        *index = *index * 10 + (size_t)(pointer.at[at] - '0');
    }
    return true;
}

static void describe(const struct mount_report *report, size_t index, struct buf *out)
{
    const struct mount_result *result = &report->results[index];
    if (result->outcome == MOUNT_MOUNTED) {
        buf_adds(out, STR("mounted"));
        if (result->seen_options != NULL)
            buf_addf(out, " %s", result->seen_options);
    } else if (result->outcome == MOUNT_UNTRIED) {
        buf_addf(out, "untried (%s)", result->reason);
    } else if (result->error != 0) {
        sentence_errno(result->error, out);
        buf_addf(out, " at %s", result->stage);
    } else {
        buf_addf(out, "refused at %s", result->stage);
    }
}

/* The first other mount that is worse than it was. */
static bool find_worse(const struct mount_report *before,
                       const struct mount_report *after, size_t target, size_t *index)
{
    for (size_t i = 0; i < after->count; i++) {
        enum mount_outcome was =
            i < before->count ? before->results[i].outcome : MOUNT_MOUNTED;
        if (i != target && after->results[i].outcome > was) {
            *index = i;
            return true;
        }
    }
    return false;
}

static enum confirm compare(const struct mount_report *before,
                            const struct mount_report *after, size_t index,
                            struct buf *sentence)
{
    size_t worse;
    if (index >= before->count || index >= after->count) {
        buf_addf(sentence, "there is no mount %zu to try", index);
        return CONFIRM_UNTRIED;
    }
    buf_adds(sentence, STR("before: "));
    describe(before, index, sentence);
    buf_adds(sentence, STR("; after: "));
    describe(after, index, sentence);
    if (after->results[index].outcome == MOUNT_REFUSED)
        return CONFIRM_NO;
    if (find_worse(before, after, index, &worse)) {
        buf_addf(sentence, "; but /mounts/%zu becomes worse: ", worse);
        describe(after, worse, sentence);
        return after->results[worse].outcome == MOUNT_REFUSED ? CONFIRM_NO
                                                              : CONFIRM_UNTRIED;
    }
    return after->results[index].outcome == MOUNT_MOUNTED ? CONFIRM_YES : CONFIRM_UNTRIED;
}

enum confirm mount_confirm(const struct node *before, const struct node *after,
                           struct str pointer, const struct mount_options *options,
                           char **sentence)
{
    struct mount_report reports[2];
    struct buf text = {0};
    size_t index;
    enum confirm confirm = CONFIRM_UNTRIED;
    if (!index_of(pointer, &index)) {
        buf_adds(&text, STR("the change is not to a mount, so there is none to try"));
    } else {
        mount_try(before, options, &reports[0]);
        mount_try(after, options, &reports[1]);
        confirm = compare(&reports[0], &reports[1], index, &text);
        mount_report_release(&reports[0]);
        mount_report_release(&reports[1]);
    }
    *sentence = text.data;
    return confirm;
}
