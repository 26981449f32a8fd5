/* SPDX-License-Identifier: Apache-2.0
 *
 * The examples of a rule as whole documents.
 */
#ifndef SPECLINT_EXAMPLE_H
#define SPECLINT_EXAMPLE_H

#include "doc.h"

/* Adds the document that an example stands for, as JSON text. A string is a document's
 * text itself. Anything else is a fragment, merged over the minimal valid document: the
 * members of objects one by one, all else in one piece; the string "<absent>" takes a
 * member away. */
bool example_document(const char *example, struct buf *out, struct fault *fault);

#endif
