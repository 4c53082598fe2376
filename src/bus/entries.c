/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/entries.h"

static void
store_string (gpointer member, GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
      || g_variant_is_of_type (value, G_VARIANT_TYPE_OBJECT_PATH))
    {
      g_free (*(char **)member);
      *(char **)member = g_variant_dup_string (value, NULL);
    }
}

static void
store_details (gpointer member, GVariant *value)
{
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT))
    return;
  g_clear_pointer ((GVariant **)member, g_variant_unref);
  *(GVariant **)member = g_variant_ref (value);
}

static void
store_strings (gpointer member, GVariant *value)
{
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
    return;
  g_strfreev (*(char ***)member);
  *(char ***)member = g_variant_dup_strv (value, NULL);
}

static void
store_uints (gpointer member, GVariant *value)
{
  const guint *numbers;
  gsize n;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE ("au")))
    return;
  numbers = g_variant_get_fixed_array (value, &n, sizeof *numbers);
  g_clear_pointer ((GArray **)member, g_array_unref);
  *(GArray **)member = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_vals (*(GArray **)member, numbers, n);
}

static void
store_name (const ProlongEntry *entry, gpointer member, GVariant *value)
{
  int number = 0;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
      && entry->from_name (g_variant_get_string (value, NULL), &number))
    *(int *)member = number;
}

static void
store (const ProlongEntry *entry, GVariant *value, gpointer object)
{
  gpointer member = G_STRUCT_MEMBER_P (object, entry->offset);

  switch (entry->type)
    {
    case PROLONG_ENTRY_STRING:
      store_string (member, value);
      break;
    case PROLONG_ENTRY_DETAILS:
      store_details (member, value);
      break;
    case PROLONG_ENTRY_STRINGS:
      store_strings (member, value);
      break;
    case PROLONG_ENTRY_UINTS:
      store_uints (member, value);
      break;
    case PROLONG_ENTRY_NAME:
      store_name (entry, member, value);
      break;
    case PROLONG_ENTRY_UINT:
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
        *(guint *)member = g_variant_get_uint32 (value);
      break;
    case PROLONG_ENTRY_INT64:
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
        *(gint64 *)member = g_variant_get_int64 (value);
      break;
    case PROLONG_ENTRY_BOOLEAN:
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
        *(gboolean *)member = g_variant_get_boolean (value);
      break;
    case PROLONG_ENTRY_DOUBLE:
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE))
        *(double *)member = g_variant_get_double (value);
      break;
    }
}

static void
fill_empty (const ProlongEntry *entry, gpointer object)
{
  gpointer member = G_STRUCT_MEMBER_P (object, entry->offset);

  if (entry->type == PROLONG_ENTRY_STRING && *(char **)member == NULL)
    *(char **)member = g_strdup ("");
  if (entry->type == PROLONG_ENTRY_STRINGS && *(char ***)member == NULL)
    *(char ***)member = g_new0 (char *, 1);
  if (entry->type == PROLONG_ENTRY_UINTS && *(GArray **)member == NULL)
    *(GArray **)member = g_array_new (FALSE, FALSE, sizeof (guint));
  if (entry->type == PROLONG_ENTRY_DETAILS && *(GVariant **)member == NULL)
    *(GVariant **)member = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
}

static const ProlongEntry *
find_entry (const ProlongEntry *entries, gsize n_entries, const char *name)
{
  for (gsize i = 0; i < n_entries; i++)
    if (g_str_equal (entries[i].name, name))
      return &entries[i];
  return NULL;
}

void
prolong_entries_read (const ProlongEntry *entries, gsize n_entries, GVariant *dictionary, gpointer object)
{
  if (dictionary != NULL && g_variant_is_of_type (dictionary, G_VARIANT_TYPE_VARDICT))
    {
      GVariantIter iter;
      const char *name;
      GVariant *value;

      g_variant_iter_init (&iter, dictionary);
      while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
        {
          const ProlongEntry *entry = find_entry (entries, n_entries, name);

          if (entry != NULL)
            store (entry, value, object);
        }
    }
  for (gsize i = 0; i < n_entries; i++)
    fill_empty (&entries[i], object);
}

void
prolong_entries_clear (const ProlongEntry *entries, gsize n_entries, gpointer object)
{
  for (gsize i = 0; i < n_entries; i++)
    {
      gpointer member = G_STRUCT_MEMBER_P (object, entries[i].offset);

      if (entries[i].type == PROLONG_ENTRY_STRING)
        g_clear_pointer ((char **)member, g_free);
      if (entries[i].type == PROLONG_ENTRY_STRINGS)
        g_clear_pointer ((char ***)member, g_strfreev);
      if (entries[i].type == PROLONG_ENTRY_UINTS)
        g_clear_pointer ((GArray **)member, g_array_unref);
      if (entries[i].type == PROLONG_ENTRY_DETAILS)
        g_clear_pointer ((GVariant **)member, g_variant_unref);
    }
}

GPtrArray *
prolong_entries_read_list (const ProlongEntry *entries,
                           gsize n_entries,
                           GVariant *dictionary,
                           const char *name,
                           gsize size,
                           GDestroyNotify free_element)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (free_element);
  g_autoptr (GVariant) array = NULL;

  if (dictionary != NULL && g_variant_is_of_type (dictionary, G_VARIANT_TYPE_VARDICT))
    array = g_variant_lookup_value (dictionary, name, G_VARIANT_TYPE ("aa{sv}"));
  for (gsize i = 0; array != NULL && i < g_variant_n_children (array); i++)
    {
      g_autoptr (GVariant) element = g_variant_get_child_value (array, i);
      gpointer object = g_malloc0 (size);

      prolong_entries_read (entries, n_entries, element, object);
      g_ptr_array_add (list, object);
    }
  return list;
}
