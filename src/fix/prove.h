/* SPDX-License-Identifier: Apache-2.0
 *
 * The proof of a fix: the edited text, read again, is what the patch makes of the value.
 *
 * Only the array or object that holds all places of a patch (its scope) is compared as a
 * value; everything around it must be the same, node by node.
 */
#ifndef SPECLINT_PROVE_H
#define SPECLINT_PROVE_H

#include "patch.h"
#include "value.h"

/* Whether a patch can be done to the document of that root, and makes a difference. */
bool prove_applies(const struct node *root, const struct patch *patch);

/* Compares `after`, read from the edited text, with the patched document of `before` that
 * is the `index`-th in the file: by what our reader made of both, every digit of a number
 * included, and JSON also by what jansson, which shares no code with it, reads. Faults on
 * any difference, and when jansson cannot read `before`. */
bool prove(const struct doc *before, const struct doc *after, uint32_t index,
           const struct patch *patch, struct fault *fault);

/* Whether jansson reads all of a JSON document too; any YAML one passes. */
bool prove_readable(const struct doc *doc, struct fault *fault);

#endif
