/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/provider-card.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/providers.h"
#include "bus/words.h"
#include "license/profile.h"
#include "window/contacts.h"
#include "window/guide.h"

struct _ProlongProviderCard
{
  AdwBin parent_instance;

  ProlongClient *client;
  GCancellable *cancellable;
  char *told;     /* (nullable) what it depends on */
  char *provider; /* (nullable) as the ticket names it */
  ProlongGuide *guide;
};

G_DEFINE_FINAL_TYPE (ProlongProviderCard, prolong_provider_card, ADW_TYPE_BIN)

gboolean
prolong_provider_card_governs (const ProlongChoice *choice)
{
  return choice != NULL && prolong_license_runs (choice->license) && choice->license->provider[0] != '\0';
}

static void
on_providers (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongProviderCard) self = user_data;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, NULL);
  g_autoptr (GPtrArray) providers = answer != NULL ? prolong_provider_infos_new (answer) : NULL;
  const ProlongProviderInfo *provider;
  GtkWidget *contacts;

  if (providers == NULL || self->provider == NULL)
    return;
  provider = prolong_provider_infos_find (providers, self->provider);
  if (provider == NULL)
    return;
  contacts = prolong_contacts_new (_ ("Contact"), provider->url, provider->email, provider->phone);
  if (contacts != NULL)
    prolong_guide_add_after (self->guide, contacts);
}

static void
fill (ProlongProviderCard *self, const ProlongLicenseInfo *license)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *checked = license->checked_at != 0 ? prolong_words_moment (license->checked_at, now)
                                                      : g_strdup (C_ ("last checked", "never"));
  /* Translators: %s is the name of a company. */
  g_autofree char *title = g_strdup_printf (_ ("A subscription from %s"), license->provider);
  g_autofree char *reason = g_strdup_printf (
      /* Translators: %s is the name of a company. */
      license->auto_renewal
          ? _ ("%s renews it and takes the payments. No activation code is needed, and none can be "
               "added while it runs.")
          : _ ("%s has sold it. No activation code can be added while it runs; when it has ended, one can."),
      license->provider);
  /* Translators: %s is a moment, such as "today, 09:12", or "never". */
  g_autofree char *words = g_strdup_printf (_ ("Last checked: %s"), checked);
  g_autofree char *all = g_strdup_printf ("%s\n%s", reason, words);

  prolong_guide_start (self->guide, NULL, title, all);
  prolong_guide_add_button (self->guide, _ ("Check status"), "win.refresh", TRUE);
  if (prolong_url_is_safe (license->manage_url))
    prolong_guide_add_button (self->guide, _ ("Manage subscription"), "win.manage-subscription", FALSE);
  if (prolong_url_is_safe (license->status_url))
    prolong_guide_add_open (self->guide, _ ("Status page"), license->status_url, FALSE);
  if (license->auto_renewal)
    prolong_guide_add_button (self->guide, _ ("Turn auto-renewal off"), "win.auto-renewal", FALSE);
}

void
prolong_provider_card_update (ProlongProviderCard *self, const ProlongChoice *choice)
{
  const ProlongLicenseInfo *license = choice->license;
  g_autofree char *situation = g_strdup_printf ("%s %s %s %s %d %" G_GINT64_FORMAT, license->path,
                                                license->provider, license->manage_url, license->status_url,
                                                license->auto_renewal, license->checked_at);

  if (g_strcmp0 (situation, self->told) == 0)
    return;
  g_free (self->told);
  self->told = g_steal_pointer (&situation);
  g_free (self->provider);
  self->provider = g_strdup (license->provider);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  fill (self, license);
  prolong_client_call (self->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "GetProviders",
                       g_variant_new ("(ss)", choice->vendor_id, choice->product_id), self->cancellable,
                       on_providers, g_object_ref (self));
}

void
prolong_provider_card_focus (ProlongProviderCard *self)
{
  prolong_guide_focus (self->guide);
}

static void
prolong_provider_card_dispose (GObject *object)
{
  ProlongProviderCard *self = PROLONG_PROVIDER_CARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (prolong_provider_card_parent_class)->dispose (object);
}

static void
prolong_provider_card_finalize (GObject *object)
{
  ProlongProviderCard *self = PROLONG_PROVIDER_CARD (object);

  g_object_unref (self->cancellable);
  g_free (self->told);
  g_free (self->provider);
  G_OBJECT_CLASS (prolong_provider_card_parent_class)->finalize (object);
}

static void
prolong_provider_card_class_init (ProlongProviderCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = prolong_provider_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = prolong_provider_card_finalize;
}

static void
prolong_provider_card_init (ProlongProviderCard *self)
{
  self->cancellable = g_cancellable_new ();
  self->guide = PROLONG_GUIDE (prolong_guide_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->guide));
}

GtkWidget *
prolong_provider_card_new (ProlongClient *client)
{
  ProlongProviderCard *self = g_object_new (PROLONG_TYPE_PROVIDER_CARD, NULL);

  g_set_object (&self->client, client);
  return GTK_WIDGET (self);
}
