/* SPDX-License-Identifier: Apache-2.0
 *
 * Nodes as jansson values, for comparing documents before and after a fix. A number is
 * not a jansson number, which would lose digits, but a string of VALUE_NUMBER and the
 * number's text; no string of a document can begin with that byte, which UTF-8 lacks.
 */
#ifndef SPECLINT_VALUE_H
#define SPECLINT_VALUE_H

#include "doc.h"

#include <jansson.h>

#define VALUE_NUMBER '\xFF'

/* A new reference to the value of a node. Of repeated names the last counts. */
json_t *value_of(const struct node *node);

static inline void json_decref_cleanup(json_t **value)
{
    json_decref(*value);
}
#define AUTO_JSON __attribute__((cleanup(json_decref_cleanup)))

#endif
