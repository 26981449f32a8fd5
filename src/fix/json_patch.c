/* SPDX-License-Identifier: Apache-2.0 */
#include "json_patch.h"

#include "number.h"
#include "patch.h"

/* A place: a member or element of `parent`, or the document itself where that is NULL. */
struct json_place {
    json_t *parent;
    char *token;  /* owned; the name of a member */
    size_t index; /* of an element; at most the length */
};

static void json_place_release(struct json_place *place)
{
    free(place->token);
}
#define AUTO_JSON_PLACE __attribute__((cleanup(json_place_release)))

static bool array_index(const json_t *array, const char *token, size_t *index)
{
    size_t len = strlen(token);
    if (strcmp(token, "-") == 0) {
        *index = json_array_size(array);
        return true;
    }
    if (len == 0 || len > 9 || strspn(token, "0123456789") != len ||
        (token[0] == '0' && len > 1))
        return false;
    *index = strtoul(token, NULL, 10);
    return *index <= json_array_size(array);
}

static json_t *get(const struct json_place *place, json_t *document)
{
    if (place->parent == NULL)
        return document;
    return json_is_object(place->parent) ? json_object_get(place->parent, place->token)
                                         : json_array_get(place->parent, place->index);
}

static bool find(json_t *document, const char *pointer, struct json_place *place)
{
    json_t *value = document;
    *place = (struct json_place){0};
    while (*pointer == '/') {
        size_t len = strcspn(pointer + 1, "/");
        size_t token_len;
        free(place->token);
        *place = (struct json_place){
            value, patch_token((struct str){pointer + 1, len}, &token_len), 0};
        if (place->token == NULL)
            return false;
        if (json_is_array(value) ? !array_index(value, place->token, &place->index)
                                 : !json_is_object(value))
            return false;
        pointer += 1 + len;
        value = get(place, document);
        if (value == NULL && *pointer != '\0')
            return false;
    }
    return *pointer == '\0';
}

/* Takes over the reference to `value`. */
static void put(json_t **document, const struct json_place *place, json_t *value,
                bool replace)
{
    int failed = 0;
    if (place->parent == NULL) {
        json_decref(*document);
        *document = value;
    } else if (json_is_object(place->parent)) {
        failed = json_object_set_new_nocheck(place->parent, place->token, value);
    } else if (replace) {
        failed = json_array_set_new(place->parent, place->index, value);
    } else {
        failed = json_array_insert_new(place->parent, place->index, value);
    }
    if (failed != 0)
        abort(); /* no memory */
}

static void take_out(const struct json_place *place)
{
    if (json_is_object(place->parent))
        json_object_del(place->parent, place->token);
    else
        json_array_remove(place->parent, place->index);
}

static json_t *copy_of(json_t *value)
{
    json_t *copy = json_deep_copy(value);
    if (copy == NULL)
        abort(); /* no memory */
    return copy;
}

static bool number_of(const json_t *value, struct buf *out)
{
    if (json_is_integer(value))
        buf_addf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else if (json_is_real(value))
        buf_addf(out, "%.17g", json_real_value(value));
    else if (json_is_string(value) && json_string_length(value) > 1 &&
             json_string_value(value)[0] == VALUE_NUMBER)
        buf_add(out, json_string_value(value) + 1, json_string_length(value) - 1);
    return out->len > 0;
}

/* RFC 6902 section 4.6: numbers by value, all else as it is. */
static bool is_equal(json_t *a, json_t *b)
{
    AUTO_BUF struct buf a_number = {0}, b_number = {0};
    if (number_of(a, &a_number))
        return number_of(b, &b_number) &&
               number_compare(buf_str(&a_number), buf_str(&b_number)) == 0;
    if (json_is_array(a) && json_is_array(b)) {
        for (size_t i = 0; i < json_array_size(a); i++)
            if (i == json_array_size(b) ||
                !is_equal(json_array_get(a, i), json_array_get(b, i)))
                return false;
        return json_array_size(a) == json_array_size(b);
    }
    if (json_is_object(a) && json_is_object(b)) {
        const char *key;
        json_t *member;
        json_object_foreach(a, key, member)
        {
            json_t *other = json_object_get(b, key);
            if (other == NULL || !is_equal(member, other))
                return false;
        }
        return json_object_size(a) == json_object_size(b);
    }
    return json_equal(a, b);
}

/* Section 4.4: a value cannot move into itself. */
static bool is_inside(const char *path, const char *from)
{
    size_t len = strlen(from);
    return strncmp(path, from, len) == 0 && path[len] == '/';
}

bool json_patch(json_t **document, enum op_kind kind, const char *path, const char *from,
                json_t *value)
{
    AUTO_JSON_PLACE struct json_place to;
    AUTO_JSON_PLACE struct json_place source = {0};
    if (!find(*document, path, &to))
        return false;
    json_t *there = get(&to, *document);
    json_t *moved = NULL;
    switch (kind) {
    case OP_ADD:
        put(document, &to, copy_of(value), false);
        return true;
    case OP_REPLACE:
        if (there == NULL)
            return false;
        put(document, &to, copy_of(value), true);
        return true;
    case OP_TEST:
        return there != NULL && is_equal(there, value);
    case OP_REMOVE:
        if (there == NULL || to.parent == NULL)
            return false;
        take_out(&to);
        return true;
    case OP_MOVE:
    case OP_COPY:
        if (!find(*document, from, &source))
            return false;
        moved = get(&source, *document);
        if (moved == NULL)
            return false;
        if (kind == OP_COPY) {
            put(document, &to, copy_of(moved), false);
            return true;
        }
        if (strcmp(from, path) == 0)
            return true;
        if (is_inside(path, from) || source.parent == NULL)
            return false;
        json_incref(moved);
        take_out(&source);
        /* The place again, as it is named without what moved. */
        json_place_release(&to);
        if (!find(*document, path, &to)) {
            put(document, &source, moved, false);
            return false;
        }
        put(document, &to, moved, false);
        return true;
    }
    return false;
}
