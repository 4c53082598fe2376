/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/auto-renewal-window.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/providers.h"
#include "bus/words.h"
#include "license/profile.h"
#include "window/auto-renewal-way.h"
#include "window/auto-renewal-where.h"
#include "window/contacts.h"
#include "window/dialogs.h"
#include "window/guide.h"
#include "window/support-window.h"

struct _ProlongAutoRenewalWindow
{
  AdwWindow parent_instance;

  ProlongClient *client;
  GCancellable *cancellable;
  char *vendor;
  char *product;
  GPtrArray *providers; /* (element-type ProlongProviderInfo) */
  guint n_asked;        /* order numbers that were asked about; only the answer about the newest counts */
  gboolean busy;        /* whether the service is being asked */
  gboolean switched;    /* whether it was turned off in this window */
  gboolean was_on;
  char *told; /* (nullable) what the page of the state depends on */

  GtkWidget *back;
  GtkStack *stack;
  ProlongAutoRenewalWhere *where;
  ProlongGuide *way;
  ProlongGuide *state;
};

G_DEFINE_FINAL_TYPE (ProlongAutoRenewalWindow, prolong_auto_renewal_window, ADW_TYPE_WINDOW)

static const ProlongLicenseInfo *
get_license (ProlongAutoRenewalWindow *self)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (self->client);

  return snapshot != NULL ? prolong_snapshot_find_license (snapshot, self->vendor, self->product) : NULL;
}

static const ProlongVendorInfo *
get_vendor (ProlongAutoRenewalWindow *self)
{
  const ProlongSnapshot *snapshot = prolong_client_get_snapshot (self->client);

  return snapshot != NULL ? prolong_snapshot_find_vendor (snapshot, self->vendor) : NULL;
}

/* Pages. */

static void
show_page (ProlongAutoRenewalWindow *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->back, g_str_equal (name, "way") && self->providers->len > 1);
  if (g_str_equal (name, "where"))
    prolong_auto_renewal_where_focus (self->where);
  else
    prolong_guide_focus (g_str_equal (name, "way") ? self->way : self->state);
}

static gboolean
shows (ProlongAutoRenewalWindow *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

static char *
dup_situation (const ProlongLicenseInfo *license)
{
  return g_strdup_printf ("%d %d %" G_GINT64_FORMAT " %s", license->auto_renewal, license->state,
                          license->expires_at, license->add_code);
}

static void
show_state (ProlongAutoRenewalWindow *self)
{
  const ProlongLicenseInfo *license = get_license (self);

  g_free (self->told);
  self->told = dup_situation (license);
  self->was_on = license->auto_renewal;
  self->busy = FALSE;
  prolong_auto_renewal_way_show_state (self->state, license, self->switched);
  show_page (self, "state");
}

/* The agent answers before what it says of the license is read. */
static void
on_client_changed (ProlongAutoRenewalWindow *self)
{
  const ProlongLicenseInfo *license = get_license (self);
  g_autofree char *situation = license != NULL ? dup_situation (license) : NULL;
  gboolean turned_off = license != NULL && self->was_on && !license->auto_renewal;

  if (license == NULL || self->providers == NULL)
    return;
  if (shows (self, "state") ? g_strcmp0 (situation, self->told) != 0 : turned_off)
    show_state (self);
}

static void
show_way (ProlongAutoRenewalWindow *self, const ProlongProviderInfo *provider)
{
  g_autofree char *number = prolong_auto_renewal_where_dup_order_number (self->where);

  prolong_auto_renewal_way_show (self->way, provider, get_license (self), get_vendor (self), number);
  show_page (self, "way");
}

static const ProlongProviderInfo *
find_provider (ProlongAutoRenewalWindow *self, const char *id)
{
  for (guint i = 0; i < self->providers->len; i++)
    {
      const ProlongProviderInfo *provider = g_ptr_array_index (self->providers, i);

      if (g_str_equal (provider->id, id))
        return provider;
    }
  return NULL;
}

static const ProlongProviderInfo *
get_chosen (ProlongAutoRenewalWindow *self)
{
  const char *id = prolong_auto_renewal_where_get_chosen (self->where);

  if (id != NULL)
    return find_provider (self, id);
  return self->providers->len == 1 ? g_ptr_array_index (self->providers, 0) : NULL;
}

static void
show_where (ProlongAutoRenewalWindow *self)
{
  if (self->providers->len == 1)
    show_way (self, g_ptr_array_index (self->providers, 0));
  else
    show_page (self, "where");
}

static void
on_chosen (ProlongAutoRenewalWindow *self)
{
  const ProlongProviderInfo *provider = get_chosen (self);

  if (provider != NULL && get_license (self) != NULL)
    show_way (self, provider);
}

/* Where it was bought. */

/* One that the profile has no rules for, as far as it is known. */
static void
add_provider (ProlongAutoRenewalWindow *self,
              const char *name,
              ProlongProviderKind kind,
              ProlongProviderAction action,
              const char *url)
{
  GVariantDict dictionary;
  g_autoptr (GVariant) answer = NULL;

  g_variant_dict_init (&dictionary, NULL);
  g_variant_dict_insert (&dictionary, "name", "s", name);
  g_variant_dict_insert (&dictionary, "kind", "s", prolong_provider_kind_names[kind]);
  g_variant_dict_insert (&dictionary, "action", "s", prolong_provider_action_names[action]);
  g_variant_dict_insert (&dictionary, "url", "s", url);
  g_variant_dict_insert (&dictionary, "applies", "b", TRUE);
  if (kind == PROLONG_PROVIDER_PARTNER)
    g_variant_dict_insert_value (&dictionary, "subscription", g_variant_new_strv (&name, 1));
  answer = g_variant_ref_sink (g_variant_new ("(@a{sv})", g_variant_dict_end (&dictionary)));
  g_ptr_array_insert (self->providers, 0, prolong_provider_info_new (answer));
}

/* What the ticket names is a choice also where the profile has no rule for it. */
static void
add_known (ProlongAutoRenewalWindow *self, const ProlongLicenseInfo *license)
{
  gboolean own = license->kind == PROLONG_LICENSE_SUBSCRIPTION;

  if (prolong_provider_infos_find (self->providers, license->provider) != NULL)
    return;
  if (*license->provider != '\0')
    add_provider (self, license->provider, PROLONG_PROVIDER_PARTNER, PROLONG_PROVIDER_ACTION_CONTACT,
                  license->manage_url);
  else if (own || self->providers->len == 0)
    add_provider (self, license->vendor_name, PROLONG_PROVIDER_VENDOR,
                  own ? PROLONG_PROVIDER_ACTION_SERVICE : PROLONG_PROVIDER_ACTION_SUPPORT, "");
}

/* A license that is no subscription of the service was bought elsewhere; the service cannot tell where. */
static const ProlongProviderInfo *
find_known (ProlongAutoRenewalWindow *self, const ProlongLicenseInfo *license)
{
  if (*license->provider == '\0' && license->kind != PROLONG_LICENSE_SUBSCRIPTION)
    return NULL;
  return prolong_provider_infos_find (self->providers, license->provider);
}

static void
start (ProlongAutoRenewalWindow *self)
{
  const ProlongLicenseInfo *license = get_license (self);

  if (license == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  self->was_on = license->auto_renewal;
  add_known (self, license);
  prolong_auto_renewal_where_show (self->where, license->name, self->providers, find_known (self, license));
  if (license->auto_renewal)
    show_where (self);
  else
    show_state (self);
}

static void
on_providers (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongAutoRenewalWindow) self = user_data;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, NULL);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->providers = answer != NULL
                        ? prolong_provider_infos_new (answer)
                        : g_ptr_array_new_with_free_func ((GDestroyNotify)prolong_provider_info_free);
  start (self);
}

typedef struct
{
  ProlongAutoRenewalWindow *window;
  guint number;
} Question;

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Question *question = user_data;
  g_autoptr (ProlongAutoRenewalWindow) self = question->window;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, NULL);
  g_autoptr (ProlongProviderInfo) found = answer != NULL ? prolong_provider_info_new (answer) : NULL;

  if (g_cancellable_is_cancelled (self->cancellable) || question->number != self->n_asked)
    return;
  prolong_auto_renewal_where_tell (
      self->where, found != NULL && *found->id != '\0' ? find_provider (self, found->id) : NULL);
}

static void
on_order_number (ProlongAutoRenewalWindow *self)
{
  g_autofree char *number = prolong_auto_renewal_where_dup_order_number (self->where);
  Question *question;

  self->n_asked++;
  if (*number == '\0')
    {
      prolong_auto_renewal_where_tell (self->where, NULL);
      return;
    }
  question = g_new0 (Question, 1);
  question->window = g_object_ref (self);
  question->number = self->n_asked;
  prolong_client_call (self->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "FindProvider",
                       g_variant_new ("(ss)", self->vendor, number), self->cancellable, on_found, question);
}

/* Switching. */

static ProlongGuide *
get_step (ProlongAutoRenewalWindow *self)
{
  return shows (self, "way") ? self->way : self->state;
}

static void
set_busy (ProlongAutoRenewalWindow *self, gboolean busy)
{
  self->busy = busy;
  prolong_guide_set_busy (get_step (self), busy);
  if (busy)
    prolong_guide_tell (get_step (self), NULL);
}

static void
tell_error (ProlongAutoRenewalWindow *self, const GError *error)
{
  g_auto (ProlongWords) words = { NULL, NULL };

  prolong_words_for_error (error, &words);
  prolong_guide_tell (get_step (self), &words);
}

static void
on_switched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongAutoRenewalWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (answer != NULL)
    {
      on_client_changed (self);
      return;
    }
  set_busy (self, FALSE);
  tell_error (self, error);
}

static void
set_auto_renewal (ProlongAutoRenewalWindow *self, gboolean on)
{
  const ProlongLicenseInfo *license = get_license (self);

  if (license == NULL || self->busy)
    return;
  self->switched = TRUE;
  set_busy (self, TRUE);
  prolong_client_call (self->client, license->path, PROLONG_BUS_LICENSE, "SetAutoRenewal",
                       g_variant_new ("(b)", on), self->cancellable, on_switched, g_object_ref (self));
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongAutoRenewalWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = prolong_client_call_finish (PROLONG_CLIENT (source), result, &error);
  const ProlongLicenseInfo *license;
  g_auto (ProlongWords) words = { NULL, NULL };

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  license = get_license (self);
  set_busy (self, FALSE);
  if (answer == NULL)
    {
      tell_error (self, error);
      return;
    }
  if (license == NULL || !license->auto_renewal)
    return;
  words.what = g_strdup (_ ("The vendor says that auto-renewal is still on."));
  words.way_out = g_strdup (_ ("It may learn of a change up to 24 hours later."));
  prolong_guide_tell (get_step (self), &words);
}

/* Actions. */

static void
on_off (GtkWidget *widget, const char *action, GVariant *parameter)
{
  set_auto_renewal (PROLONG_AUTO_RENEWAL_WINDOW (widget), FALSE);
}

static void
on_on (GtkWidget *widget, const char *action, GVariant *parameter)
{
  set_auto_renewal (PROLONG_AUTO_RENEWAL_WINDOW (widget), TRUE);
}

static void
on_check (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongAutoRenewalWindow *self = PROLONG_AUTO_RENEWAL_WINDOW (widget);
  const ProlongLicenseInfo *license = get_license (self);

  if (license == NULL || self->busy)
    return;
  set_busy (self, TRUE);
  prolong_client_call (self->client, license->path, PROLONG_BUS_LICENSE, "Refresh", NULL, self->cancellable,
                       on_checked, g_object_ref (self));
}

static void
on_where (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_where (PROLONG_AUTO_RENEWAL_WINDOW (widget));
}

static void
on_support (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongAutoRenewalWindow *self = PROLONG_AUTO_RENEWAL_WINDOW (widget);
  const ProlongProviderInfo *provider = get_chosen (self);
  g_autofree char *number = prolong_auto_renewal_where_dup_order_number (self->where);
  g_autofree char *message = NULL;
  ProlongSupportDraft draft = { .topic = "auto-renewal", .order_number = number };

  if (provider != NULL)
    /* Translators: written to the support of a vendor; %s is the name of a shop. */
    message = g_strdup_printf (_ ("Please turn auto-renewal of my subscription off. I bought it here: %s."),
                               provider->name);
  draft.message = message;
  prolong_support_window_show (GTK_WINDOW (self), self->client, self->vendor, self->product, &draft);
}

/* Escape: one step back, then out. */
static void
on_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongAutoRenewalWindow *self = PROLONG_AUTO_RENEWAL_WINDOW (widget);

  if (gtk_widget_get_visible (self->back))
    show_page (self, "where");
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
prolong_auto_renewal_window_dispose (GObject *object)
{
  ProlongAutoRenewalWindow *self = PROLONG_AUTO_RENEWAL_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (prolong_auto_renewal_window_parent_class)->dispose (object);
}

static void
prolong_auto_renewal_window_finalize (GObject *object)
{
  ProlongAutoRenewalWindow *self = PROLONG_AUTO_RENEWAL_WINDOW (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->providers, g_ptr_array_unref);
  g_free (self->told);
  g_free (self->vendor);
  g_free (self->product);
  G_OBJECT_CLASS (prolong_auto_renewal_window_parent_class)->finalize (object);
}

static void
prolong_auto_renewal_window_class_init (ProlongAutoRenewalWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "renewal.off", on_off },     { "renewal.on", on_on },           { "renewal.check", on_check },
    { "renewal.where", on_where }, { "renewal.support", on_support }, { "renewal.back", on_back },
  };

  G_OBJECT_CLASS (klass)->dispose = prolong_auto_renewal_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = prolong_auto_renewal_window_finalize;
  g_type_ensure (PROLONG_TYPE_AUTO_RENEWAL_WHERE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/prolong/Prolong/auto-renewal-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ProlongAutoRenewalWindow, back);
  gtk_widget_class_bind_template_child (widget_class, ProlongAutoRenewalWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ProlongAutoRenewalWindow, where);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_order_number);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
  prolong_contacts_install_action (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "renewal.back", NULL);
}

static void
prolong_auto_renewal_window_init (ProlongAutoRenewalWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_stack_add_named (self->stack, prolong_guide_new_page (&self->way), "way");
  gtk_stack_add_named (self->stack, prolong_guide_new_page (&self->state), "state");
}

void
prolong_auto_renewal_window_show (GtkWindow *parent,
                                  ProlongClient *client,
                                  const char *vendor,
                                  const char *product)
{
  ProlongAutoRenewalWindow *self = g_object_new (PROLONG_TYPE_AUTO_RENEWAL_WINDOW, NULL);

  prolong_dialogs_set_parent (GTK_WINDOW (self), parent);
  g_set_object (&self->client, client);
  self->vendor = g_strdup (vendor);
  self->product = g_strdup (product);
  g_signal_connect_object (client, "changed", G_CALLBACK (on_client_changed), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self));
  prolong_client_call (client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "GetProviders",
                       g_variant_new ("(ss)", vendor, product), self->cancellable, on_providers,
                       g_object_ref (self));
}
