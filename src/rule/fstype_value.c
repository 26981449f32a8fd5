/* SPDX-License-Identifier: Apache-2.0 */
#include "fstype.h"

#include <stdint.h>
#include <stdio.h>

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n';
}

static struct str trim(struct str text)
{
    while (text.len > 0 && is_blank(text.at[0])) {
        text.at++;
        text.len--;
    }
    while (text.len > 0 && is_blank(text.at[text.len - 1]))
        text.len--;
    return text;
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
}

static int digit(char byte)
{
    if (is_digit(byte))
        return byte - '0';
    byte = lower(byte);
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : 16;
}

/* Takes digits of a base from the front: false if there is none, or it overflows. */
static bool take_digits(struct str *text, unsigned base, uint64_t *number)
{
    const uint64_t max = (UINT64_MAX - 15) / base;
    uint64_t value = 0;
    size_t len = 0;
    unsigned next;
    while (len < text->len && (next = (unsigned)digit(text->at[len])) < base) {
        if (value > max)
            return false;
        value = value * base + next;
        len++;
    }
    *number = value;
    text->at += len;
    text->len -= len;
    return len > 0;
}

/* The prefixes of _parse_integer_fixup_radix (lib/kstrtox.c). */
static bool take_number(struct str *text, uint64_t *number)
{
    unsigned base = 10;
    if (text->len > 1 && text->at[0] == '0') {
        base = 8;
        if (text->len > 2 && lower(text->at[1]) == 'x' && digit(text->at[2]) < 16) {
            base = 16;
            text->at += 2;
            text->len -= 2;
        }
    }
    return take_digits(text, base, number);
}

/* kstrtouint(): one + may stand before it. */
static bool parse_uint(struct str text, unsigned base, uint64_t *number)
{
    if (text.len > 0 && text.at[0] == '+') {
        text.at++;
        text.len--;
    }
    bool good = base == 0 ? take_number(&text, number) : take_digits(&text, base, number);
    return good && text.len == 0 && *number <= UINT32_MAX;
}

/* memparse(): a number and one letter of k, m, g, t, p, e. */
static bool parse_bytes(struct str text, bool share, uint64_t *number)
{
    if (!take_number(&text, number))
        return false;
    if (text.len > 0 && memchr("kmgtpe", lower(text.at[0]), 6) != NULL) {
        text.at++;
        text.len--;
    }
    return text.len == 0 || (share && text.len == 1 && text.at[0] == '%');
}

/* "64 MiB", "64mb" and "1.5g" as memparse() has them; exact or not at all. */
static void repair_bytes(struct str text, struct fstype_value *value)
{
    static const char units[] = "kmgtpe";
    uint64_t whole;
    uint64_t part = 0;
    uint64_t scale = 1;
    text = trim(text);
    if (!take_digits(&text, 10, &whole) || whole > UINT32_MAX)
        return;
    if (text.len > 1 && text.at[0] == '.' && is_digit(text.at[1])) {
        struct str digits = {text.at + 1, text.len - 1};
        text = digits;
        if (!take_digits(&text, 10, &part))
            return;
        for (size_t i = 0; i < digits.len - text.len && scale < 1000000; i++)
            scale *= 10;
    }
    text = trim(text);
    const char *unit = text.len > 0 ? memchr(units, lower(text.at[0]), 6) : NULL;
    struct str rest = unit ? (struct str){text.at + 1, text.len - 1} : text;
    bool named = rest.len == 0 || (rest.len == 1 && lower(rest.at[0]) == 'b') ||
                 (rest.len == 2 && lower(rest.at[0]) == 'i' && lower(rest.at[1]) == 'b');
    if (!named || (unit == NULL && (part > 0 || rest.len > 1)))
        return;
    value->sure = true;
    if (part == 0 && unit == NULL)
        snprintf(value->repair, sizeof value->repair, "%llu", (unsigned long long)whole);
    else if (part == 0)
        snprintf(value->repair, sizeof value->repair, "%llu%c", (unsigned long long)whole,
                 *unit);
    else if (unit != units && scale < 1000000 && part * 1024 % scale == 0)
        snprintf(value->repair, sizeof value->repair, "%llu%c",
                 (unsigned long long)(whole * 1024 + part * 1024 / scale), unit[-1]);
    else
        value->sure = false;
}

/* rwxr-xr-x, as ls(1) shows a mode. */
static bool parse_symbolic(struct str text, unsigned *mode)
{
    static const char letters[] = "rwxrwxrwx";
    *mode = 0;
    for (size_t i = 0; text.len == 9 && i < 9; i++) {
        if (text.at[i] != letters[i] && text.at[i] != '-')
            return false;
        *mode = *mode << 1 | (text.at[i] != '-');
    }
    return text.len == 9;
}

/* Modes that people use; a decimal one that is written without thinking is one of
 * these. */
static bool is_usual_mode(uint64_t mode)
{
    static const uint16_t usual[] = {0755, 01777, 0620, 0666, 0777, 0700, 0775, 0771,
                                     0770, 0750,  0711, 0664, 0660, 0644, 0640, 0600,
                                     0555, 0550,  0500, 0444, 0440, 0400};
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        if (usual[i] == mode)
            return true;
    }
    return false;
}

static void check_mode(struct str text, struct fstype_value *value)
{
    uint64_t octal;
    uint64_t decimal;
    unsigned symbolic;
    bool good = parse_uint(text, 8, &octal);
    if (good && is_usual_mode(octal))
        return;
    bool meant = text.len > 0 && text.at[0] != '0' && parse_uint(text, 10, &decimal) &&
                 is_usual_mode(decimal);
    value->want = "an octal number such as 0755";
    if (meant) {
        value->verdict = good ? VALUE_ODD : VALUE_BAD;
        value->sure = !good;
        snprintf(value->repair, sizeof value->repair, "%04llo",
                 (unsigned long long)decimal);
        if (good)
            value->want = "is read as octal, and looks like a decimal number";
        return;
    }
    if (good) {
        value->verdict = octal > 07777 ? VALUE_ODD : VALUE_GOOD;
        value->want =
            "has more than the twelve bits of a mode, and the others are cut off";
        return;
    }
    value->verdict = VALUE_BAD;
    struct str trimmed = trim(text);
    if (trimmed.len > 2 && trimmed.at[0] == '0' && lower(trimmed.at[1]) == 'o') {
        trimmed.at += 2;
        trimmed.len -= 2;
    }
    value->sure = true;
    if (parse_uint(trimmed, 8, &octal) && octal <= 07777)
        snprintf(value->repair, sizeof value->repair, "%04llo",
                 (unsigned long long)octal);
    else if (parse_symbolic(trimmed, &symbolic))
        snprintf(value->repair, sizeof value->repair, "%04o", symbolic);
}

static void check_bytes(struct str text, enum value_kind kind, struct fstype_value *value)
{
    uint64_t number;
    bool share = kind == VALUE_SHARE;
    value->want = share ? "a number, with k, m or g behind it, or a percentage: 65536k, "
                          "64m, 10%"
                        : "a number, with k, m or g behind it";
    if (parse_bytes(text, share, &number)) {
        value->verdict = number == 0 && kind != VALUE_BYTES ? VALUE_ODD : VALUE_GOOD;
        value->want = "means that there is no limit";
        return;
    }
    value->verdict = VALUE_BAD;
    repair_bytes(text, value);
}

static void check_number(struct str text, bool id, struct fstype_value *value)
{
    uint64_t number;
    struct str trimmed = trim(text);
    value->want =
        id ? "a number; names such as root or tty are not looked up" : "a number";
    value->verdict = parse_uint(text, 0, &number) ? VALUE_GOOD : VALUE_BAD;
    value->id = value->verdict == VALUE_GOOD ? (uint32_t)number : 0;
    if (id && value->verdict == VALUE_GOOD && number == UINT32_MAX)
        value->verdict = VALUE_BAD; /* make_kuid(): that one is no id */
    if (value->verdict == VALUE_GOOD)
        return;
    value->sure = true;
    if (trimmed.len < text.len && parse_uint(trimmed, 0, &number))
        snprintf(value->repair, sizeof value->repair, "%llu", (unsigned long long)number);
    else if (id && str_equal(trimmed, STR("root")))
        snprintf(value->repair, sizeof value->repair, "0");
}

/* The words that are spelt alike but for case and blanks are meant. */
static void check_word(const char *words, struct str text, struct fstype_value *value)
{
    struct str trimmed = trim(text);
    value->verdict = VALUE_BAD;
    value->want = words;
    for (const char *at = words; *at != '\0';) {
        size_t len = strcspn(at, " ");
        size_t same = 0;
        while (same < len && same < trimmed.len && lower(trimmed.at[same]) == at[same])
            same++;
        if (len == text.len && memcmp(at, text.at, len) == 0) {
            value->verdict = VALUE_GOOD;
            value->repair[0] = '\0';
            return;
        }
        if (same == len && len == trimmed.len) {
            value->sure = true;
            snprintf(value->repair, sizeof value->repair, "%.*s", (int)len, at);
        }
        at += len + (at[len] == ' ');
    }
}

void fstype_value_check(const struct fstype_option *option, struct str text, bool has,
                        struct fstype_value *value)
{
    *value = (struct fstype_value){.verdict = VALUE_GOOD};
    if (!has) {
        if (option->kind > VALUE_SWITCH && option->kind != VALUE_OPEN) {
            value->verdict = VALUE_BAD;
            value->want = "followed by = and a value";
        }
        return;
    }
    switch (option->kind) {
    case VALUE_NONE:
        value->verdict = VALUE_BAD;
        value->want = "written without a value";
        break;
    case VALUE_SWITCH:
    case VALUE_OPEN:
        break;
    case VALUE_TEXT:
    case VALUE_PATH:
        value->verdict = text.len > 0 ? VALUE_GOOD : VALUE_BAD;
        value->want = "not empty";
        break;
    case VALUE_NUMBER:
    case VALUE_UID:
    case VALUE_GID:
        check_number(text, option->kind != VALUE_NUMBER, value);
        break;
    case VALUE_OCTAL:
        check_mode(text, value);
        break;
    case VALUE_BYTES:
    case VALUE_LIMIT:
    case VALUE_SHARE:
        check_bytes(text, option->kind, value);
        break;
    case VALUE_WORD:
        check_word(option->words, text, value);
        break;
    }
}
