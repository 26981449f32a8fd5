/* SPDX-License-Identifier: Apache-2.0 */
#include "width.h"

#include "utf8.h"

static const struct {
    unsigned first;
    unsigned last;
    unsigned width;
} ranges[] = {
    {0x0300, 0x036F, 0},   /* combining diacritical marks */
    {0x1100, 0x115F, 2},   /* Hangul initial consonants */
    {0x1160, 0x11FF, 0},   /* Hangul vowels and finals, which join them */
    {0x1AB0, 0x1AFF, 0},   /* combining marks, extended */
    {0x1DC0, 0x1DFF, 0},   /* combining marks, supplement */
    {0x200B, 0x200D, 0},   /* zero-width space and joiners */
    {0x20D0, 0x20FF, 0},   /* combining marks for symbols */
    {0x2E80, 0x303E, 2},   /* CJK radicals, punctuation */
    {0x3041, 0xA4CF, 2},   /* kana, CJK ideographs, Yi */
    {0xA960, 0xA97F, 2},   /* Hangul initial consonants, extended */
    {0xAC00, 0xD7A3, 2},   /* Hangul syllables */
    {0xF900, 0xFAFF, 2},   /* CJK compatibility ideographs */
    {0xFE00, 0xFE0F, 0},   /* variation selectors */
    {0xFE10, 0xFE19, 2},   /* vertical forms */
    {0xFE20, 0xFE2F, 0},   /* combining half marks */
    {0xFE30, 0xFE6F, 2},   /* CJK compatibility and small forms */
    {0xFF00, 0xFF60, 2},   /* full-width forms */
    {0xFFE0, 0xFFE6, 2},   /* full-width signs */
    {0x16FE0, 0x18CFF, 2}, /* Tangut, Khitan */
    {0x1AFF0, 0x1B2FF, 2}, /* kana supplements, Nushu */
    {0x1F300, 0x1F64F, 2}, /* pictographs, emoticons */
    {0x1F680, 0x1F6FF, 2}, /* transport */
    {0x1F900, 0x1FAFF, 2}, /* more pictographs */
    {0x20000, 0x3FFFD, 2}, /* ideographs of planes 2 and 3 */
    {0xE0100, 0xE01EF, 0}, /* variation selectors, supplement */
};

unsigned width_of(unsigned code_point)
{
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (code_point < ranges[i].first)
            return 1;
        if (code_point <= ranges[i].last)
            return ranges[i].width;
    }
    return 1;
}

size_t width_text(struct str text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.len;) {
        unsigned code_point;
        size_t len = utf8_decode(text.at + i, text.len - i, &code_point);
        width += len ? width_of(code_point) : 1;
        i += len ? len : 1;
    }
    return width;
}
