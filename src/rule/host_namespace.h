/* SPDX-License-Identifier: Apache-2.0
 *
 * Namespaces that the machine has: those that a spec joins, and those that it makes.
 */
#ifndef SPECLINT_HOST_NAMESPACE_H
#define SPECLINT_HOST_NAMESPACE_H

#include "site.h"

site_check_fn host_namespace_check;

#endif
