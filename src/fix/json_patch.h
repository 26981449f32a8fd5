/* SPDX-License-Identifier: Apache-2.0
 *
 * RFC 6902 on jansson values: what a patch means, said without any text in view. The
 * edits that are made of the patch are compared with it.
 */
#ifndef SPECLINT_JSON_PATCH_H
#define SPECLINT_JSON_PATCH_H

#include "rule.h"
#include "value.h"

/* Does one operation to `*document`, which may become another value. `value` is borrowed,
 * NULL if the operation has none. False, with the document as it was, where the operation
 * cannot be done: no such place, or a test that fails. */
bool json_patch(json_t **document, enum op_kind kind, const char *path, const char *from,
                json_t *value);

#endif
