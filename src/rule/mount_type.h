/* SPDX-License-Identifier: Apache-2.0
 *
 * Mounts whose type looks wrong at once: candidates of rules, which say the rest of it.
 */
#ifndef SPECLINT_MOUNT_TYPE_H
#define SPECLINT_MOUNT_TYPE_H

#include "finder.h"

/* What is found, as rule files name it. */
#define TYPE_NONE "mounts-without-type"         /* or with one that is "" */
#define TYPE_CAPITALS "mount-types-in-capitals" /* with one capital letter at least */

finder_fn mount_type_check;

#endif
