/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime.h"

#include "buf.h"

static const struct {
    const char *name;
    uint16_t newest[3];
} runtimes[RUNTIME_COUNT] = {
    [RUNTIME_RUNC] = {"runc", {1, 5, 1}},
    [RUNTIME_CRUN] = {"crun", {1, 27, 1}},
    [RUNTIME_YOUKI] = {"youki", {0, 7, 0}},
};

const char *runtime_name(enum runtime runtime)
{
    return runtimes[runtime].name;
}

struct runtime_version runtime_newest(enum runtime runtime)
{
    struct runtime_version version = {.runtime = runtime};
    memcpy(version.number, runtimes[runtime].newest, sizeof version.number);
    return version;
}

struct runtime_set runtime_default(void)
{
    return (struct runtime_set){
        .items = {runtime_newest(RUNTIME_RUNC), runtime_newest(RUNTIME_CRUN)},
        .count = 2,
    };
}

bool runtime_version_parse(struct str text, uint16_t number[static 3])
{
    size_t at = 0;
    memset(number, 0, 3 * sizeof number[0]);
    for (size_t part = 0; part < 3; part++) {
        size_t start = at;
        unsigned value = 0;
        for (; at < text.len && text.at[at] >= '0' && text.at[at] <= '9'; at++) {
            value = value * 10 + (unsigned)(text.at[at] - '0');
            if (value > UINT16_MAX)
                return false;
        }
        if (at == start)
            return false;
        number[part] = (uint16_t)value;
        if (at == text.len)
            return true;
        if (text.at[at++] != '.')
            return false;
    }
    return false;
}

bool runtime_parse(struct str name, enum runtime *runtime)
{
    for (size_t i = 0; i < RUNTIME_COUNT; i++) {
        if (str_equal(name, str_of(runtimes[i].name))) {
            *runtime = (enum runtime)i;
            return true;
        }
    }
    return false;
}

static bool add(struct runtime_set *set, struct runtime_version version,
                struct fault *fault)
{
    for (size_t i = 0; i < set->count; i++) {
        if (set->items[i].runtime == version.runtime &&
            runtime_compare(set->items[i].number, version.number) == 0)
            return true;
    }
    if (set->count == RUNTIME_MAX)
        return fault_set(fault, "more than %d runtimes are chosen", RUNTIME_MAX);
    set->items[set->count++] = version;
    return true;
}

static bool add_word(struct runtime_set *set, struct str word, struct fault *fault)
{
    const char *sign = word.len > 0 ? memchr(word.at, '@', word.len) : NULL;
    struct str name = {word.at, sign ? (size_t)(sign - word.at) : word.len};
    enum runtime runtime;
    if (str_equal(word, STR("any"))) {
        for (size_t i = 0; i < RUNTIME_COUNT; i++) {
            if (!add(set, runtime_newest((enum runtime)i), fault))
                return false;
        }
        return true;
    }
    if (!runtime_parse(name, &runtime))
        return fault_set(
            fault, "unknown runtime '%.*s'; speclint knows runc, crun, youki and any",
            (int)word.len, word.at);
    struct runtime_version version = runtime_newest(runtime);
    if (sign != NULL) {
        struct str number = {sign + 1, word.len - name.len - 1};
        if (number.len > 0 && number.at[0] == 'v')
            number = (struct str){number.at + 1, number.len - 1};
        if (!runtime_version_parse(number, version.number))
            return fault_set(fault, "'%.*s' is no version of %s; write it as %s@%u.%u.%u",
                             (int)number.len, number.at, runtime_name(runtime),
                             runtime_name(runtime), runtimes[runtime].newest[0],
                             runtimes[runtime].newest[1], runtimes[runtime].newest[2]);
    }
    return add(set, version, fault);
}

bool runtime_set_parse(struct runtime_set *set, const char *text, struct fault *fault)
{
    for (;;) {
        const char *comma = strchrnul(text, ',');
        if (!add_word(set, (struct str){text, (size_t)(comma - text)}, fault))
            return false;
        if (*comma == '\0')
            return true;
        text = comma + 1;
    }
}

int runtime_compare(const uint16_t a[3], const uint16_t b[3])
{
    for (size_t i = 0; i < 3; i++) {
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    }
    return 0;
}

void runtime_format(struct runtime_version version, struct buf *out)
{
    buf_addf(out, "%s@%u.%u.%u", runtime_name(version.runtime), version.number[0],
             version.number[1], version.number[2]);
}
