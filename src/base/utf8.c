/* SPDX-License-Identifier: Apache-2.0 */
#include "utf8.h"

#include <stdint.h>
#include <string.h>

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

size_t utf8_decode(const char *at, size_t len, unsigned *code_point)
{
    const unsigned char *byte = (const unsigned char *)at;
    if (len == 0)
        return 0;
    if (byte[0] < 0x80) {
        *code_point = byte[0];
        return 1;
    }
    if (byte[0] >= 0xC2 && byte[0] <= 0xDF && len >= 2 && is_continuation(byte[1])) {
        *code_point = (byte[0] & 0x1Fu) << 6 | (byte[1] & 0x3Fu);
        return 2;
    }
    if (byte[0] >= 0xE0 && byte[0] <= 0xEF && len >= 3 && is_continuation(byte[1]) &&
        is_continuation(byte[2])) {
        unsigned value =
            (byte[0] & 0x0Fu) << 12 | (byte[1] & 0x3Fu) << 6 | (byte[2] & 0x3Fu);
        if (value < 0x800 || (value >= 0xD800 && value <= 0xDFFF))
            return 0;
        *code_point = value;
        return 3;
    }
    if (byte[0] >= 0xF0 && byte[0] <= 0xF4 && len >= 4 && is_continuation(byte[1]) &&
        is_continuation(byte[2]) && is_continuation(byte[3])) {
        unsigned value = (byte[0] & 0x07u) << 18 | (byte[1] & 0x3Fu) << 12 |
                         (byte[2] & 0x3Fu) << 6 | (byte[3] & 0x3Fu);
        if (value < 0x10000 || value > 0x10FFFF)
            return 0;
        *code_point = value;
        return 4;
    }
    return 0;
}

size_t utf8_write(unsigned code_point, char out[static UTF8_MAX])
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xC0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xE0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code_point >> 18);
    out[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}

size_t utf8_valid(const char *at, size_t len)
{
    size_t i = 0;
    while (i < len) {
        uint64_t word;
        unsigned code_point;
        while (len - i >= sizeof word) { /* specs are nearly all ASCII */
            memcpy(&word, at + i, sizeof word);
            if (word & 0x8080808080808080u)
                break;
            i += sizeof word;
        }
        size_t char_len = utf8_decode(at + i, len - i, &code_point);
        if (char_len == 0)
            return i;
        i += char_len;
    }
    return len;
}

bool utf8_is_control(unsigned code_point)
{
    return code_point < 0x20 || (code_point >= 0x7F && code_point <= 0x9F) ||
           code_point == 0x061C || (code_point >= 0x200E && code_point <= 0x200F) ||
           (code_point >= 0x2028 && code_point <= 0x202E) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}
