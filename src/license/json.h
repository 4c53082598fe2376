/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The limits of JSON from outside. A renewal message has a few hundred bytes and is nested three deep. */
#define PROLONG_JSON_MAX_BYTES (64 * 1024)
#define PROLONG_JSON_MAX_DEPTH 8

typedef enum
{
  PROLONG_JSON_ERROR_TOO_LARGE, /* more bytes or deeper nesting than allowed */
  PROLONG_JSON_ERROR_SYNTAX,    /* not one RFC 8259 document in UTF-8 */
  PROLONG_JSON_ERROR_DUPLICATE, /* the same name twice in one object */
  PROLONG_JSON_ERROR_RANGE,     /* a number that does not fit 64 bits or a finite double */
  PROLONG_JSON_ERROR_MEMBER,    /* a member is missing or is of another type */
} ProlongJsonError;

#define PROLONG_JSON_ERROR (prolong_json_error_quark ())
GQuark prolong_json_error_quark (void);

/**
 * prolong_json_check:
 * @text: bytes from outside, not necessarily UTF-8 or terminated
 * @length: their number
 * @error: #PROLONG_JSON_ERROR
 *
 * The strict gate before json-glib, which crashes on deep nesting and accepts comments.
 *
 * Returns: whether @text is exactly one JSON document within the limits and without duplicate names.
 */
gboolean prolong_json_check (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_json_parse_object:
 *
 * Passes @text through prolong_json_check() and parses it; the document must be an object.
 *
 * Returns: (transfer full): the object.
 */
JsonObject *
prolong_json_parse_object (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_json_get_string:
 * @max_length: the most bytes a value may have; a longer one is an error
 *
 * Returns: (transfer none): the member @name of @object, which must be a string.
 */
const char *prolong_json_get_string (JsonObject *object, const char *name, gsize max_length, GError **error);

/**
 * prolong_json_get_int:
 *
 * Returns: whether the member @name of @object is an integer from @min to @max; it is then in @value.
 */
gboolean prolong_json_get_int (JsonObject *object,
                               const char *name,
                               gint64 min,
                               gint64 max,
                               gint64 *value,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_json_get_boolean: whether @name is a boolean; it is then in @value. */
gboolean prolong_json_get_boolean (JsonObject *object, const char *name, gboolean *value, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** prolong_json_get_object: (transfer none): the member @name, which must be an object. */
JsonObject *prolong_json_get_object (JsonObject *object, const char *name, GError **error);

/**
 * prolong_json_to_string:
 * @object: an object
 *
 * Returns: (transfer full): @object as compact UTF-8 JSON.
 */
char *prolong_json_to_string (JsonObject *object);

G_END_DECLS
