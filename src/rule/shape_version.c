/* SPDX-License-Identifier: Apache-2.0 */
#include "shape_version.h"

static const struct {
    char name[6];
    uint16_t number[3];
} releases[] = {
    [RELEASE_OLD] = {"0.5.0", {0, 5, 0}},   [RELEASE_1_0_0] = {"1.0.0", {1, 0, 0}},
    [RELEASE_1_0_1] = {"1.0.1", {1, 0, 1}}, [RELEASE_1_0_2] = {"1.0.2", {1, 0, 2}},
    [RELEASE_1_1_0] = {"1.1.0", {1, 1, 0}}, [RELEASE_1_2_0] = {"1.2.0", {1, 2, 0}},
    [RELEASE_1_2_1] = {"1.2.1", {1, 2, 1}}, [RELEASE_1_3_0] = {"1.3.0", {1, 3, 0}},
};

const char *release_name(enum release release)
{
    return releases[release].name;
}

bool release_parse(struct str text, enum release *release)
{
    for (unsigned i = RELEASE_1_0_0; i < RELEASE_COUNT; i++) {
        size_t len = sizeof releases[i].name - 1;
        if (text.len == len && memcmp(text.at, releases[i].name, len) == 0) {
            *release = (enum release)i;
            return true;
        }
    }
    return false;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Takes one number of a version core. False where there is none, one with leading zeros,
 * or one too great to be a version. */
static bool take_number(struct str *text, uint16_t *number)
{
    size_t len = 0;
    unsigned value = 0;
    while (len < text->len && is_digit(text->at[len])) {
        value = value * 10 + (unsigned)(text->at[len++] - '0');
        if (value > UINT16_MAX)
            return false;
    }
    if (len == 0 || (len > 1 && text->at[0] == '0'))
        return false;
    *number = (uint16_t)value;
    *text = (struct str){text->at + len, text->len - len};
    return true;
}

static bool take_core(struct str *text, uint16_t number[static 3])
{
    for (int i = 0; i < 3; i++) {
        if (i > 0) {
            if (text->len == 0 || text->at[0] != '.')
                return false;
            *text = (struct str){text->at + 1, text->len - 1};
        }
        if (!take_number(text, &number[i]))
            return false;
    }
    return true;
}

/* Takes the identifiers between dots of a pre-release or of build metadata (SemVer 2.0.0
 * sections 9 and 10); only in the first is a number without leading zeros. */
static bool take_identifiers(struct str *text, bool numbers)
{
    for (;;) {
        size_t len = 0;
        bool digits = true;
        while (len < text->len && (is_digit(text->at[len]) || text->at[len] == '-' ||
                                   (text->at[len] >= 'a' && text->at[len] <= 'z') ||
                                   (text->at[len] >= 'A' && text->at[len] <= 'Z')))
            digits = is_digit(text->at[len++]) && digits;
        if (len == 0 || (numbers && digits && len > 1 && text->at[0] == '0'))
            return false;
        *text = (struct str){text->at + len, text->len - len};
        if (text->len == 0 || text->at[0] != '.')
            return true;
        *text = (struct str){text->at + 1, text->len - 1};
    }
}

/* Takes a version apart: what is left of the text is its pre-release and build metadata.
 * False if it is none. */
static bool take_version(struct str *version, uint16_t number[static 3])
{
    if (!take_core(version, number))
        return false;
    struct str text = *version;
    if (text.len > 0 && text.at[0] == '-') {
        text = (struct str){text.at + 1, text.len - 1};
        if (!take_identifiers(&text, true))
            return false;
    }
    if (text.len > 0 && text.at[0] == '+') {
        text = (struct str){text.at + 1, text.len - 1};
        if (!take_identifiers(&text, false))
            return false;
    }
    return text.len == 0;
}

bool shape_version_is_semver(struct str text)
{
    enum release release;
    uint16_t number[3];
    return release_parse(text, &release) || take_version(&text, number);
}

static int compare(const uint16_t a[3], const uint16_t b[3])
{
    for (int i = 0; i < 3; i++) {
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    }
    return 0;
}

static bool is_candidate(struct str suffix)
{
    return suffix.len >= 3 && memcmp(suffix.at, "-rc", 3) == 0;
}

struct shape_version shape_version_parse(struct str text)
{
    struct shape_version version = {VERSION_ABSENT, RELEASE_NEWEST, RELEASE_NEWEST};
    enum release release;
    uint16_t number[3];
    if (release_parse(text, &release)) /* as nearly all are */
        return (struct shape_version){VERSION_RELEASED, release, release};
    if (!take_version(&text, number))
        return version;
    int first = compare(number, releases[RELEASE_1_0_0].number);
    if (first < 0 || (first == 0 && is_candidate(text)))
        return (struct shape_version){VERSION_OLD, RELEASE_OLD, RELEASE_1_0_0};
    if (compare(number, releases[RELEASE_NEWEST].number) > 0) {
        version.kind = number[0] > 1 ? VERSION_ALIEN : VERSION_NEWER;
        return version;
    }
    unsigned at = RELEASE_NEWEST;
    while (compare(number, releases[at].number) < 0)
        at--;
    bool exact = compare(number, releases[at].number) == 0;
    bool between = !exact || (text.len > 0 && !is_candidate(text));
    version.kind = exact ? VERSION_RELEASED : VERSION_UNRELEASED;
    version.at = (enum release)at;
    version.upto = (enum release)(between && at < RELEASE_NEWEST ? at + 1 : at);
    return version;
}
