/* SPDX-License-Identifier: Apache-2.0
 *
 * Sections of the runtime spec, as rules and the shape name them, "config.md#mounts", and
 * where each release has them on the web.
 */
#ifndef SPECLINT_SECTION_H
#define SPECLINT_SECTION_H

#include "buf.h"
#include "shape_version.h"

/* Whether the text names a section of the spec, rather than some web address. */
bool section_is(const char *text);

/* Whether it is one that is known to exist, and so never a dead link. */
bool section_is_known(const char *section);

/* Adds the web address of a section in the documents of a release; in those of the
 * release that brought it where that came later. */
void section_add_url(const char *section, enum release release, struct buf *out);

#endif
