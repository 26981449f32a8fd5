/* SPDX-License-Identifier: Apache-2.0
 *
 * The other side of the benchmark: a process that only reads the file with jansson.
 */
#include <jansson.h>

int main(int argc, char **argv)
{
    json_error_t error;
    json_t *value = argc > 1 ? json_load_file(argv[1], 0, &error) : NULL;
    int status = value == NULL;
    json_decref(value);
    return status;
}
