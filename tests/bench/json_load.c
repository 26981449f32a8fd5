/* SPDX-License-Identifier: Apache-2.0
 *
 * The other side of the benchmark: a process that only reads the files with jansson.
 */
#include <jansson.h>

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        json_error_t error;
        json_t *value = json_load_file(argv[i], 0, &error);
        if (value == NULL)
            return 1;
        json_decref(value);
    }
    return 0;
}
