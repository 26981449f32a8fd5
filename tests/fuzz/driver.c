/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs a fuzz target on the files of the folders given, so that the seeds are plain tests
 * where there is no libFuzzer. Fails when there is nothing to run.
 */
#include "file.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
    unsigned count = 0;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        if (folder == NULL) {
            perror(argv[i]);
            return 1;
        }
        for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
            AUTO_BUF struct buf path = {0};
            AUTO_BUF struct buf bytes = {0};
            struct fault fault = {0};
            if (entry->d_name[0] == '.')
                continue;
            buf_addf(&path, "%s/%s", argv[i], entry->d_name);
            if (!file_read(path.data, &bytes, NULL, &fault)) {
                fprintf(stderr, "%s: %s\n", path.data, fault.text);
                return 1;
            }
            /* A copy of the exact size, so that a sanitizer sees a read past the end. */
            AUTO_FREE char *exact = mem_resize(NULL, bytes.len, 1);
            if (bytes.len > 0)
                memcpy(exact, bytes.data, bytes.len);
            LLVMFuzzerTestOneInput((const uint8_t *)exact, bytes.len);
            count++;
        }
        closedir(folder);
    }
    printf("%u seeds\n", count);
    return count > 0 ? 0 : 1;
}
