/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/json.h"

G_BEGIN_DECLS

/* The last second of the year 9999, the latest that RFC 3339 can write. */
#define PROLONG_TIME_MAX G_GINT64_CONSTANT (253402300799)

/**
 * ProlongFieldType:
 * @PROLONG_FIELD_TEXT: char *, for people: no control characters
 * @PROLONG_FIELD_LINES: char *, for people: as TEXT, but with tabs and line breaks (LF)
 * @PROLONG_FIELD_VISIBLE: char *, visible ASCII
 * @PROLONG_FIELD_TOKEN: char *, the alphabet of base64url
 * @PROLONG_FIELD_URL: char *, as prolong_url_is_safe() wants it
 * @PROLONG_FIELD_INT64: gint64
 * @PROLONG_FIELD_UINT: guint
 * @PROLONG_FIELD_BOOLEAN: gboolean
 * @PROLONG_FIELD_CHOICE: an enum whose values from 0 on have the names in `names`
 * @PROLONG_FIELD_CONSTANT: not in the record: always the string `names[0]`
 * @PROLONG_FIELD_OBJECT: an object with `fields`, which are in the same record; when it is optional, `offset`
 * is that of a gboolean that tells whether it is there
 * @PROLONG_FIELD_LIST: GPtrArray * of records of `size` bytes with `fields`; `min` and `max` are their number
 * @PROLONG_FIELD_TOKENS: GStrv, strings in the alphabet of base64url; `min` and `max` are their number
 */
typedef enum
{
  PROLONG_FIELD_TEXT,
  PROLONG_FIELD_LINES,
  PROLONG_FIELD_VISIBLE,
  PROLONG_FIELD_TOKEN,
  PROLONG_FIELD_URL,
  PROLONG_FIELD_INT64,
  PROLONG_FIELD_UINT,
  PROLONG_FIELD_BOOLEAN,
  PROLONG_FIELD_CHOICE,
  PROLONG_FIELD_CONSTANT,
  PROLONG_FIELD_OBJECT,
  PROLONG_FIELD_LIST,
  PROLONG_FIELD_TOKENS,
} ProlongFieldType;

/**
 * ProlongField:
 * @min: of a number; of a string: its bytes
 * @max: likewise
 *
 * One member of a JSON object and its place in a C record. A table of fields ends with an empty one; it
 * decodes, encodes and clears the record. An optional number or boolean that is zero is left out, and so is
 * an optional list that is %NULL.
 */
typedef struct _ProlongField ProlongField;
struct _ProlongField
{
  const char *name;
  ProlongFieldType type;
  gsize offset;
  gint64 min, max;
  gboolean optional;
  const char *const *names; /* ends with NULL */
  const ProlongField *fields;
  gsize size;
};

/**
 * prolong_fields_decode:
 * @record: (out): zeroed by the caller; on failure to be cleared all the same
 * @error: #PROLONG_JSON_ERROR
 *
 * Members that no field names are passed over, so that a newer peer may add some.
 *
 * Returns: whether every field is there and within its limits.
 */
gboolean prolong_fields_decode (const ProlongField *fields,
                                JsonObject *object,
                                gpointer record,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_fields_encode: (transfer full): @record as an object. */
JsonObject *prolong_fields_encode (const ProlongField *fields, gconstpointer record);

/** prolong_fields_clear: wipes and frees the strings and lists of @record and sets them to %NULL. */
void prolong_fields_clear (const ProlongField *fields, gpointer record);

G_END_DECLS
