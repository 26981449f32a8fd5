/* SPDX-License-Identifier: Apache-2.0 */
#include "gitignore.h"

#include "file.h"
#include "repository.h"
#include "wildcard.h"

void gitignore_load(struct gitignore *rules, const struct gitignore *above,
                    const char *folder)
{
    AUTO_BUF struct buf path = {0};
    *rules =
        (struct gitignore){.above = above, .folder = mem_copy(folder, strlen(folder))};
    path_join(folder, ".gitignore", &path);
    if (!file_read(path.data, &rules->text, NULL, NULL))
        buf_clear(&rules->text);
}

static struct str take_line(struct str *rest)
{
    const char *feed = memchr(rest->at, '\n', rest->len);
    struct str line = {rest->at, feed ? (size_t)(feed - rest->at) : rest->len};
    size_t used = line.len + (feed != NULL);
    *rest = (struct str){rest->at + used, rest->len - used};
    if (line.len > 0 && line.at[line.len - 1] == '\r')
        line.len--;
    while (line.len > 0 && line.at[line.len - 1] == ' ' &&
           (line.len < 2 || line.at[line.len - 2] != '\\'))
        line.len--;
    return line;
}

/* What a line says of a path below its folder: 1 ignored, -1 not, 0 nothing. */
static int match_line(struct str line, struct str path, bool is_folder)
{
    bool negated = line.len > 0 && line.at[0] == '!';
    if (line.len == 0 || line.at[0] == '#')
        return 0;
    if (negated)
        line = (struct str){line.at + 1, line.len - 1};
    if (line.len > 0 && line.at[line.len - 1] == '/') {
        if (!is_folder)
            return 0;
        line.len--;
    }
    if (line.len == 0)
        return 0;
    if (memchr(line.at, '/', line.len) == NULL) {
        const char *slash = memrchr(path.at, '/', path.len);
        if (slash != NULL)
            path = (struct str){slash + 1, path.len - (size_t)(slash + 1 - path.at)};
    } else if (line.at[0] == '/') {
        line = (struct str){line.at + 1, line.len - 1};
    }
    if (!glob_match(line, path))
        return 0;
    return negated ? -1 : 1;
}

/* The last line that matches counts, and the file of the deepest folder. */
bool gitignore_matches(const struct gitignore *rules, const char *path, bool is_folder)
{
    for (; rules != NULL; rules = rules->above) {
        struct str below = str_of(path_below(rules->folder, path));
        struct str rest = buf_str(&rules->text);
        int answer = 0;
        if (rest.len >= 3 && memcmp(rest.at, "\xEF\xBB\xBF", 3) == 0)
            rest = (struct str){rest.at + 3, rest.len - 3};
        while (rest.len > 0) {
            int said = match_line(take_line(&rest), below, is_folder);
            answer = said != 0 ? said : answer;
        }
        if (answer != 0)
            return answer > 0;
    }
    return false;
}

void gitignore_release(struct gitignore *rules)
{
    free(rules->folder);
    buf_release(&rules->text);
    *rules = (struct gitignore){0};
}
