/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PROLONG_ENTRY_STRING,  /* s or o -> char * */
  PROLONG_ENTRY_UINT,    /* u -> guint */
  PROLONG_ENTRY_STRINGS, /* as -> GStrv */
  PROLONG_ENTRY_UINTS,   /* au -> GArray * of guint */
  PROLONG_ENTRY_INT64,   /* x -> gint64 */
  PROLONG_ENTRY_BOOLEAN, /* b -> gboolean */
  PROLONG_ENTRY_DOUBLE,  /* d -> double */
  PROLONG_ENTRY_DETAILS, /* a{sv} -> GVariant * */
  PROLONG_ENTRY_NAME,    /* s, one of a list of names -> an enumeration */
} ProlongEntryType;

/** ProlongEntry: where one entry of a dictionary goes in a structure. */
typedef struct
{
  const char *name;
  ProlongEntryType type;
  gsize offset;
  gboolean (*from_name) (const char *name, int *value);
} ProlongEntry;

#define PROLONG_ENTRY(name, type, struct_type, member)                                                       \
  {                                                                                                          \
    name, PROLONG_ENTRY_##type, offsetof (struct_type, member), NULL                                         \
  }
#define PROLONG_ENTRY_ENUM(name, struct_type, member, from_name)                                             \
  {                                                                                                          \
    name, PROLONG_ENTRY_NAME, offsetof (struct_type, member), from_name                                      \
  }

/**
 * prolong_entries_read:
 * @dictionary: (nullable): an `a{sv}`, else it counts as empty
 * @object: a structure of zeros
 *
 * Fills in what @dictionary has; strings, arrays and details that it lacks become empty ones.
 */
void
prolong_entries_read (const ProlongEntry *entries, gsize n_entries, GVariant *dictionary, gpointer object);

/**
 * prolong_entries_read_list:
 * @size: of a structure
 *
 * Returns: (transfer full): a structure for each dictionary of the entry @name of @dictionary, an `aa{sv}`;
 * to be freed with @free_element, which clears it too.
 */
GPtrArray *prolong_entries_read_list (const ProlongEntry *entries,
                                      gsize n_entries,
                                      GVariant *dictionary,
                                      const char *name,
                                      gsize size,
                                      GDestroyNotify free_element);

/** prolong_entries_clear: frees the strings, arrays and details of @object, not @object. */
void prolong_entries_clear (const ProlongEntry *entries, gsize n_entries, gpointer object);

G_END_DECLS
