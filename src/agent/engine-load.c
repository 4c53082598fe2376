/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine-private.h"

static void
load_license (ProlongEngine *self, const char *name, GError **error)
{
  gsize length;
  g_autofree char *text = prolong_store_read (self->context.store, name, &length, error);
  g_autoptr (ProlongLicenseRecord) record = NULL;
  g_autoptr (ProlongTicket) ticket = NULL;
  const ProlongProfile *profile;
  ProlongVendor *vendor;

  if (text != NULL)
    record = prolong_license_record_decode (text, length, error);
  if (record == NULL)
    return;
  vendor = prolong_engine_find_vendor (self, record->vendor);
  if (vendor == NULL)
    {
      g_set_error (error, PROLONG_PROBLEM, PROLONG_PROBLEM_NO_LICENSE, "no profile of its vendor");
      return;
    }
  profile = prolong_vendor_get_profile (vendor);
  ticket = prolong_ticket_verify (record->ticket, strlen (record->ticket), profile->keys, profile->id,
                                  prolong_vendor_get_device (vendor), error);
  if (ticket != NULL)
    prolong_engine_add_license (self, vendor, g_steal_pointer (&record), g_steal_pointer (&ticket));
}

static gboolean
is_carried_out (ProlongEngine *self, const ProlongIntent *intent)
{
  for (guint i = 0; i < self->licenses->len; i++)
    if (g_str_equal (prolong_license_get_record (self->licenses->pdata[i])->operation, intent->id))
      return TRUE;
  return FALSE;
}

static void
on_journal_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    g_message ("%s", error->message);
}

static void
load_journal (ProlongEngine *self, const char *name, GError **error)
{
  gsize length;
  g_autofree char *text = prolong_store_read (self->context.store, name, &length, error);
  g_autoptr (ProlongIntent) intent = NULL;
  g_autoptr (ProlongOperation) operation = NULL;
  ProlongVendor *vendor;

  if (text != NULL)
    intent = prolong_intent_decode (text, length, error);
  if (intent == NULL)
    return;
  if (is_carried_out (self, intent))
    {
      g_ptr_array_add (self->carried_out, g_strdup (name));
      return;
    }
  vendor = prolong_engine_find_vendor (self, intent->vendor);
  if (vendor == NULL)
    {
      g_set_error (error, PROLONG_PROBLEM, PROLONG_PROBLEM_NO_LICENSE, "no profile of its vendor");
      return;
    }
  operation = prolong_operation_resume (&self->context, &self->host, vendor, g_steal_pointer (&intent));
  prolong_engine_add_operation (self, operation);
}

/* The agent may have ended between taking a reserve code over and writing so. */
static void
forget_licensed (ProlongEngine *self, ProlongReserves *reserves)
{
  for (guint i = 0; i < self->licenses->len; i++)
    {
      const char *code_id = prolong_license_get_record (self->licenses->pdata[i])->code_id;

      if (code_id != NULL)
        prolong_reserves_forget_code (reserves, code_id);
    }
}

static void
load_reserves (ProlongEngine *self, const char *name, GError **error)
{
  gsize length;
  g_autofree char *text = prolong_store_read (self->context.store, name, &length, error);
  g_autoptr (ProlongReservesRecord) record = NULL;
  ProlongVendor *vendor;

  if (text != NULL)
    record = prolong_reserves_record_decode (text, length, error);
  if (record == NULL)
    return;
  vendor = prolong_engine_find_vendor (self, record->vendor);
  if (vendor == NULL)
    {
      g_set_error (error, PROLONG_PROBLEM, PROLONG_PROBLEM_NO_LICENSE, "no profile of its vendor");
      return;
    }
  forget_licensed (self, prolong_engine_add_reserves (self, vendor, g_steal_pointer (&record)));
}

static void
load_files (ProlongEngine *self, const char *suffix, void (*load) (ProlongEngine *, const char *, GError **))
{
  g_autoptr (GPtrArray) names = prolong_store_list (self->context.store, suffix);

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GError) error = NULL;

      /* A file that cannot be used stays where it is: a later version or a restored profile may read it. */
      load (self, names->pdata[i], &error);
      if (error != NULL)
        g_warning ("%s: %s", (const char *) names->pdata[i], error->message);
    }
}

void
prolong_engine_load (ProlongEngine *self)
{
  prolong_engine_read_profiles (self);
  prolong_engine_load_products (self);
  load_files (self, PROLONG_LICENSE_SUFFIX, load_license);
  load_files (self, PROLONG_RESERVES_SUFFIX, load_reserves);
  load_files (self, PROLONG_JOURNAL_SUFFIX, load_journal);
}

void
prolong_engine_clear_carried_out (ProlongEngine *self)
{
  for (guint i = 0; i < self->carried_out->len; i++)
    prolong_store_write_async (self->context.store, self->carried_out->pdata[i], NULL, on_journal_removed, NULL);
  g_ptr_array_set_size (self->carried_out, 0);
}
