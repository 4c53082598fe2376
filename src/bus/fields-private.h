/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PROLONG_FIELD_STRING,  /* s or o -> char * */
  PROLONG_FIELD_UINT,    /* u -> guint */
  PROLONG_FIELD_TIME,    /* x -> gint64 */
  PROLONG_FIELD_BOOLEAN, /* b -> gboolean */
  PROLONG_FIELD_DOUBLE,  /* d -> double */
  PROLONG_FIELD_DETAILS, /* a{sv} -> GVariant * */
  PROLONG_FIELD_NAME,    /* s, one of a list of names -> an enumeration */
} ProlongFieldType;

/** ProlongField: where one entry of a dictionary goes in a structure. */
typedef struct
{
  const char *name;
  ProlongFieldType type;
  gsize offset;
  gboolean (*from_name) (const char *name, int *value);
} ProlongField;

#define PROLONG_FIELD(name, type, struct_type, member) { name, PROLONG_FIELD_##type, offsetof (struct_type, member), NULL }
#define PROLONG_FIELD_ENUM(name, struct_type, member, from_name)                                                     \
  { name, PROLONG_FIELD_NAME, offsetof (struct_type, member), from_name }

/**
 * prolong_fields_read:
 * @dictionary: (nullable): an `a{sv}`, else it counts as empty
 * @object: a structure of zeros
 *
 * Fills in what @dictionary has; strings and details that it lacks become empty ones.
 */
void prolong_fields_read (const ProlongField *fields, gsize n_fields, GVariant *dictionary, gpointer object);

/** prolong_fields_clear: frees the strings and details of @object, not @object. */
void prolong_fields_clear (const ProlongField *fields, gsize n_fields, gpointer object);

G_END_DECLS
