/* SPDX-License-Identifier: Apache-2.0
 *
 * The proof of a fix: the edited text, read again, is what the patch makes of the value.
 */
#ifndef SPECLINT_PROVE_H
#define SPECLINT_PROVE_H

#include "patch.h"
#include "value.h"

/* Does all operations of a patch to the `index`-th of the values; false, and the values
 * are of no use, where one cannot be done. */
bool prove_patch(json_t *values, uint32_t index, const struct patch *patch);

/* Compares `after`, read from the edited text, with the patched values of `before`: all
 * of their documents by what our reader made of them, every digit of a number included,
 * and JSON also by what jansson, which shares no code with it, reads in both texts.
 * Faults on any difference, and when jansson cannot read `before`. */
bool prove(const struct doc *before, const struct doc *after, uint32_t index,
           const struct patch *patch, struct fault *fault);

#endif
