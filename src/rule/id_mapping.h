/* SPDX-License-Identifier: Apache-2.0
 *
 * linux.uidMappings and gidMappings as the text that a runtime writes to
 * /proc/PID/uid_map.
 */
#ifndef SPECLINT_ID_MAPPING_H
#define SPECLINT_ID_MAPPING_H

#include "finder.h"

#define MAPPING_LONG "long-id-mappings" /* {have} bytes */

finder_fn id_mapping_check;

#endif
