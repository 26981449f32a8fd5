/* SPDX-License-Identifier: Apache-2.0
 *
 * Where things stand in a YAML text: what libyaml does not tell, or tells otherwise. All
 * offsets are bytes; no function goes beyond the `end` it is given.
 */
#ifndef SPECLINT_YAML_PLACE_H
#define SPECLINT_YAML_PLACE_H

#include "fault.h"
#include "text.h"

/* Refuses bytes that are not UTF-8 and characters that YAML does not have or that readers
 * take differently; says whether all of the text is ASCII. */
bool yaml_check_characters(struct text *text, bool *ascii, struct fault *fault);

/* The way from characters, which libyaml counts, to bytes. It starts anywhere, and goes
 * on from where it was: marks that come in order cost one walk over the text. */
struct yaml_walk {
    const struct text *text; /* UTF-8 */
    bool ascii;              /* as yaml_check_characters said */
    size_t character;
    uint32_t offset;
};

/* The offset of a character, or the end of the text if there are not so many. */
uint32_t yaml_walk_to(struct yaml_walk *walk, size_t character);

/* The first place from `at` that is no white space, line end or comment. */
uint32_t yaml_skip_space(const struct text *text, uint32_t at, uint32_t end);

/* Moves `at`, where a node begins, past its anchor and its tag to the value. False, with
 * `at` at the place, where an anchor's name goes on with a character that YAML 1.2 takes
 * as part of it (section 6.9.2) and libyaml as the beginning of the value. */
bool yaml_skip_properties(const struct text *text, uint32_t *at, uint32_t end);

/* The end of a block scalar, from its | or > to where libyaml sees it end, behind the
 * blank lines that follow. Its last line that is not blank ends it, without the line end;
 * where blank lines count (indicator +, or white space as content) the last of them. */
uint32_t yaml_block_end(const struct text *text, struct span block, struct str value);

#endif
