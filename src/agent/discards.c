/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/discards.h"

#include "agent/operation.h"

#define SUFFIX ".discard"

struct _ProlongDiscards
{
  GObject parent_instance;
  ProlongStore *store;
  ProlongKeyring *keyring;
  GHashTable *codes; /* ids of items in the keyring */
};

G_DEFINE_TYPE (ProlongDiscards, prolong_discards, G_TYPE_OBJECT)

static void
on_note_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    g_message ("%s", error->message);
  prolong_operation_reach (user_data);
}

static void
write_note (ProlongDiscards *self, const char *code_id, GBytes *text, const char *point)
{
  g_autofree char *name = g_strconcat (code_id, SUFFIX, NULL);

  prolong_store_write_async (self->store, name, text, on_note_written, (gpointer)point);
}

gboolean
prolong_discards_contains (ProlongDiscards *self, const char *code_id)
{
  return g_hash_table_contains (self->codes, code_id);
}

void
prolong_discards_add (ProlongDiscards *self, const char *code_id)
{
  /* The name of the file says it all. */
  g_autoptr (GBytes) text = g_bytes_new_static ("{}", 2);

  if (g_hash_table_add (self->codes, g_strdup (code_id)))
    write_note (self, code_id, text, "noted");
}

void
prolong_discards_withdraw (ProlongDiscards *self, const char *code_id)
{
  if (g_hash_table_remove (self->codes, code_id))
    write_note (self, code_id, NULL, "forgotten");
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!prolong_keyring_clear_finish (PROLONG_KEYRING (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  prolong_operation_reach ("discarded");
  prolong_discards_withdraw (g_task_get_source_object (task), g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

void
prolong_discards_carry_out_async (ProlongDiscards *self,
                                  const char *code_id,
                                  gboolean may_prompt,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, prolong_discards_carry_out_async);
  g_task_set_task_data (task, g_strdup (code_id), g_free);
  prolong_keyring_clear_async (self->keyring, code_id, may_prompt, on_cleared, task);
}

gboolean
prolong_discards_carry_out_finish (ProlongDiscards *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
prolong_discards_carry_out_all (ProlongDiscards *self)
{
  g_autofree gpointer *codes = g_hash_table_get_keys_as_array (self->codes, NULL);

  for (gpointer *code = codes; *code != NULL; code++)
    prolong_discards_carry_out_async (self, *code, FALSE, NULL, NULL);
}

static void
prolong_discards_finalize (GObject *object)
{
  ProlongDiscards *self = PROLONG_DISCARDS (object);

  g_object_unref (self->store);
  g_object_unref (self->keyring);
  g_hash_table_unref (self->codes);
  G_OBJECT_CLASS (prolong_discards_parent_class)->finalize (object);
}

static void
prolong_discards_class_init (ProlongDiscardsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = prolong_discards_finalize;
}

static void
prolong_discards_init (ProlongDiscards *self)
{
  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

ProlongDiscards *
prolong_discards_new (ProlongStore *store, ProlongKeyring *keyring)
{
  ProlongDiscards *self = g_object_new (PROLONG_TYPE_DISCARDS, NULL);
  g_autoptr (GPtrArray) names = prolong_store_list (store, SUFFIX);

  self->store = g_object_ref (store);
  self->keyring = g_object_ref (keyring);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autofree char *code_id = g_strndup (name, strlen (name) - strlen (SUFFIX));

      if (g_uuid_string_is_valid (code_id))
        g_hash_table_add (self->codes, g_steal_pointer (&code_id));
    }
  return self;
}
