/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/setup.h"

#include "service/calls.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The shop stands beside the calls: https://…/v1 becomes https://…/shop. */
static char *
make_shop_url (const char *service_url)
{
  g_autofree char *base = g_strdup (service_url);

  if (g_str_has_suffix (base, PROLONG_CALL_BASE))
    base[strlen (base) - strlen (PROLONG_CALL_BASE)] = '\0';
  return g_strconcat (base, "/shop", NULL);
}

ProlongSetup *
prolong_setup_new (ProlongDirectory *directory, const char *url, GError **error)
{
  g_autoptr (ProlongSetup) setup = g_atomic_rc_box_new0 (ProlongSetup);

  setup->directory = directory;
  setup->profile = prolong_directory_dup_profile (directory, url, error);
  setup->names = g_key_file_new ();
  if (!setup->profile
      || !g_key_file_load_from_data (setup->names, setup->profile, strlen (setup->profile),
                                     G_KEY_FILE_KEEP_TRANSLATIONS, error))
    return NULL;
  setup->shop_url = make_shop_url (directory->demo ? url : directory->profile->service_url);
  setup->office.profile = directory->profile;
  setup->office.keys = directory->keys;
  setup->office.policy = &directory->policy;
  setup->office.catalog = directory->catalog;
  setup->office.shop_url = setup->shop_url;
  setup->office.support_email = directory->mail.support;
  setup->office.demo = directory->demo;
  setup->office.names = setup->names;
  return g_steal_pointer (&setup);
}

ProlongSetup *
prolong_setup_reload (const ProlongSetup *setup, const char *url, GError **error)
{
  const char *vendor = setup->directory->profile->id;
  g_autoptr (ProlongDirectory) directory = prolong_directory_load (setup->directory->path, error);

  if (!directory)
    return NULL;
  if (g_str_equal (directory->profile->id, vendor))
    return prolong_setup_new (g_steal_pointer (&directory), url, error);
  g_set_error (error, PROLONG_DIRECTORY_ERROR, PROLONG_DIRECTORY_ERROR_VALUE,
               /* Translators: %s is the id of a vendor */
               _ ("this service is that of the vendor %s until it is started again"), vendor);
  return NULL;
}

ProlongSetup *
prolong_setup_ref (ProlongSetup *setup)
{
  return g_atomic_rc_box_acquire (setup);
}

static void
clear (gpointer data)
{
  ProlongSetup *setup = data;

  prolong_directory_free (setup->directory);
  g_free (setup->shop_url);
  g_free (setup->profile);
  g_clear_pointer (&setup->names, g_key_file_unref);
}

void
prolong_setup_unref (ProlongSetup *setup)
{
  g_atomic_rc_box_release_full (setup, clear);
}
