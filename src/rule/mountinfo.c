/* SPDX-License-Identifier: Apache-2.0 */
#include "mountinfo.h"

#include "option.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The next line with its end replaced by NUL, or NULL. */
static char *line(struct mountinfo *info)
{
    for (;;) {
        char *at = info->buffer + info->start;
        char *newline = memchr(at, '\n', info->end - info->start);
        if (newline != NULL) {
            *newline = '\0';
            info->start = (size_t)(newline + 1 - info->buffer);
            return at;
        }
        if (info->start == 0 && info->end == sizeof info->buffer)
            info->end = 0; /* too long: what is left of it fails to parse */
        memmove(info->buffer, info->buffer + info->start, info->end - info->start);
        info->end -= info->start;
        info->start = 0;
        ssize_t got =
            read(info->fd, info->buffer + info->end, sizeof info->buffer - info->end);
        if (got <= 0)
            return NULL;
        info->end += (size_t)got;
    }
}

static unsigned attributes(char *words)
{
    unsigned found = 0;
    char *rest = NULL;
    for (char *word = strtok_r(words, ",", &rest); word != NULL;
         word = strtok_r(NULL, ",", &rest)) {
        const struct option *option = option_find(str_of(word));
        if (option != NULL && option->kind == OPTION_SET)
            found |= option->bits;
    }
    return found;
}

/* "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw" */
static bool parse(struct mountinfo *info, char *text)
{
    char *fields[6], *rest = NULL;
    for (size_t i = 0; i < 6; i++) {
        fields[i] = strtok_r(i == 0 ? text : NULL, " ", &rest);
        if (fields[i] == NULL)
            return false;
    }
    char *word;
    do {
        word = strtok_r(NULL, " ", &rest);
        if (word == NULL)
            return false;
    } while (strcmp(word, "-") != 0);
    info->type = strtok_r(NULL, " ", &rest);
    info->source = strtok_r(NULL, " ", &rest);
    info->super = strtok_r(NULL, " ", &rest);
    if (info->source == NULL || info->super == NULL)
        info->source = info->super = "";
    info->id = strtoull(fields[0], NULL, 10);
    info->parent = strtoull(fields[1], NULL, 10);
    info->root = fields[3];
    info->point = fields[4];
    info->attributes = attributes(fields[5]);
    return info->type != NULL;
}

bool mountinfo_next(struct mountinfo *info)
{
    for (char *text = line(info); text != NULL; text = line(info)) {
        if (parse(info, text))
            return true;
    }
    return false;
}
