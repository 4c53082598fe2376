/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/auto-renewal-way.h"

#include <glib/gi18n-lib.h>

#include "bus/provider-words.h"
#include "bus/subscription-words.h"
#include "bus/words.h"
#include "license/profile.h"
#include "window/contacts.h"
#include "window/look.h"

typedef struct
{
  const ProlongProviderInfo *provider;
  const ProlongLicenseInfo *license;
} Case;

static GtkWidget *
new_words (const char *text, const char *style_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  if (style_class != NULL)
    gtk_widget_add_css_class (label, style_class);
  return label;
}

static void
start_service (ProlongGuide *guide, const Case *subject, const ProlongWords *how)
{
  g_autofree char *words = prolong_words_auto_renewal_off (subject->license);

  prolong_guide_start (guide, NULL, how->what, words);
  prolong_guide_add (guide, new_words (how->way_out, NULL));
  prolong_guide_add_button (guide, _ ("Turn auto-renewal off"), "renewal.off", TRUE);
}

static void
start_contact (ProlongGuide *guide, const Case *subject, const ProlongWords *how)
{
  g_autofree char *mail = g_strconcat ("mailto:", subject->provider->email, NULL);

  prolong_guide_start (guide, NULL, how->what, how->way_out);
  if (prolong_url_is_safe (subject->provider->url))
    prolong_guide_add_open (guide, _ ("Open the support page"), subject->provider->url, TRUE);
  else if (*subject->provider->email != '\0')
    prolong_guide_add_open (guide, _ ("Write an e‑mail"), mail, TRUE);
}

static void
start_instruction (ProlongGuide *guide, const Case *subject, const ProlongWords *how)
{
  prolong_guide_start (guide, NULL, how->what, how->way_out);
  if (prolong_url_is_safe (subject->provider->url))
    prolong_guide_add_open (guide, _ ("Open the instruction"), subject->provider->url, TRUE);
}

static void
start_support (ProlongGuide *guide, const Case *subject, const ProlongWords *how)
{
  prolong_guide_start (guide, NULL, how->what, how->way_out);
  prolong_guide_add_button (guide, C_ ("button", "Write to support"), "renewal.support", TRUE);
}

static void (*const starts[]) (ProlongGuide *guide, const Case *subject, const ProlongWords *how) = {
  [PROLONG_PROVIDER_ACTION_CONTACT] = start_contact,
  [PROLONG_PROVIDER_ACTION_SERVICE] = start_service,
  [PROLONG_PROVIDER_ACTION_INSTRUCTION] = start_instruction,
  [PROLONG_PROVIDER_ACTION_SUPPORT] = start_support,
};
G_STATIC_ASSERT (G_N_ELEMENTS (starts) == PROLONG_N_PROVIDER_ACTIONS);

/* A provider's subscription has an own page where the provider says so in the ticket. */
static void
add_manage (ProlongGuide *guide, const Case *subject)
{
  const ProlongLicenseInfo *license = subject->license;

  if (*license->provider != '\0' && prolong_url_is_safe (license->manage_url)
      && g_strv_contains ((const char *const *)subject->provider->subscription, license->provider))
    prolong_guide_add_open (guide, _ ("Manage subscription"), license->manage_url, FALSE);
}

static void
add_contacts (ProlongGuide *guide, const ProlongProviderInfo *provider)
{
  GtkWidget *contacts = prolong_contacts_new (_ ("Contact"), provider->url, provider->email, provider->phone);

  if (contacts != NULL)
    prolong_guide_add_after (guide, contacts);
}

static void
add_further (ProlongGuide *guide, const char *words, const char *label, const char *action)
{
  prolong_guide_add_after (guide,
                           prolong_look_notice ("dialog-question-symbolic", NULL, words, label, action));
}

static void
add_scope (ProlongGuide *guide, const ProlongProviderInfo *provider)
{
  g_autofree char *scope = prolong_words_provider_scope (provider);

  if (*scope == '\0')
    return;
  if (provider->applies)
    prolong_guide_add (guide, new_words (scope, "dim-label"));
  else
    prolong_guide_add (guide,
                       prolong_look_notice ("dialog-warning-symbolic", _ ("Not for your product or version"),
                                            scope, C_ ("button", "Write to support"), "renewal.support"));
}

void
prolong_auto_renewal_way_show (ProlongGuide *guide,
                               const ProlongProviderInfo *provider,
                               const ProlongLicenseInfo *license,
                               const ProlongVendorInfo *vendor,
                               const char *order_number)
{
  Case subject = { provider, license };
  g_auto (ProlongWords) how = { NULL, NULL };

  prolong_words_for_provider (provider, vendor != NULL ? vendor->name : license->vendor_name, &how);
  starts[provider->action](guide, &subject, &how);
  if (*order_number != '\0' && provider->action != PROLONG_PROVIDER_ACTION_SERVICE)
    {
      /* Translators: %s is an order number. */
      g_autofree char *number = g_strdup_printf (_ ("Your order number: %s"), order_number);

      prolong_guide_add (guide, new_words (number, "heading"));
    }
  add_scope (guide, provider);
  add_manage (guide, &subject);
  if (provider->action != PROLONG_PROVIDER_ACTION_SERVICE
      && provider->action != PROLONG_PROVIDER_ACTION_SUPPORT)
    add_contacts (guide, provider);
  if (provider->action != PROLONG_PROVIDER_ACTION_SERVICE)
    add_further (guide, _ ("Is it done? The vendor may learn of it up to 24 hours later."),
                 _ ("Check status"), "renewal.check");
  if (provider->action != PROLONG_PROVIDER_ACTION_SUPPORT && provider->applies)
    add_further (guide,
                 _ ("Did it not work? The support of the vendor helps, and gets the request filled in."),
                 C_ ("button", "Write to support"), "renewal.support");
}

/* What holds now. */

static gboolean
may_switch (const ProlongLicenseInfo *license)
{
  return license->kind == PROLONG_LICENSE_SUBSCRIPTION && *license->provider == '\0'
         && prolong_state_is_running (license->state);
}

static void
show_off (ProlongGuide *guide, const ProlongLicenseInfo *license, gboolean changed)
{
  g_autofree char *words = prolong_state_is_running (license->state)
                               ? prolong_words_auto_renewal_off (license)
                               : prolong_words_subscription (license, g_get_real_time () / G_USEC_PER_SEC);

  prolong_guide_start (guide, "emblem-ok-symbolic", _ ("Auto-renewal is off"), words);
  if (may_switch (license))
    prolong_guide_add_button (guide, changed ? _ ("Undo") : _ ("Turn auto-renewal on"), "renewal.on", FALSE);
  prolong_guide_add_button (guide, _ ("Close"), "window.close", TRUE);
  if (!changed)
    add_further (guide,
                 _ ("Are you charged all the same? Then it was bought where the vendor does not see it."),
                 _ ("Where did you buy it?"), "renewal.where");
}

static void
show_on (ProlongGuide *guide, const ProlongLicenseInfo *license)
{
  g_autofree char *date = prolong_words_date (license->expires_at);
  /* Translators: the first %s is the name of a product, the second a date. */
  g_autofree char *words = g_strdup_printf (_ ("%s renews by itself on %s."), license->name, date);

  prolong_guide_start (guide, "view-refresh-symbolic", _ ("Auto-renewal is on"), words);
  prolong_guide_add_button (guide, _ ("Turn auto-renewal off"), "renewal.where", FALSE);
  prolong_guide_add_button (guide, _ ("Close"), "window.close", TRUE);
}

void
prolong_auto_renewal_way_show_state (ProlongGuide *guide, const ProlongLicenseInfo *license, gboolean changed)
{
  if (license->auto_renewal)
    show_on (guide, license);
  else
    show_off (guide, license, changed);
}
