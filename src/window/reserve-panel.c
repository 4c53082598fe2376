/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/reserve-panel.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/words.h"
#include "window/activate-panel.h"
#include "window/code-field.h"
#include "window/look.h"
#include "window/provider-card.h"
#include "window/reserve-list.h"
#include "window/state-notices.h"
#include "window/way-out.h"

typedef enum
{
  EMPTY_NONE,
  EMPTY_UNREACHABLE,
  EMPTY_NO_PRODUCT,
  EMPTY_NO_LICENSE,
  EMPTY_ENDED,
  EMPTY_NO_CODE,
} Empty;

struct _ProlongReservePanel
{
  AdwBin parent_instance;

  ProlongClient *client;
  ProlongActivatePanel *wizard;
  const ProlongSnapshot *snapshot; /* (nullable) valid until the next update */
  const ProlongChoice *choice;     /* (nullable) valid until the next update */
  Empty empty_kind;
  gboolean entering;   /* whether the person wants the field though there is no code yet */
  gboolean saving;     /* whether the wizard is shown */
  char *product;       /* (nullable) vendor and product that the field is for */
  char *other_product; /* (nullable) for which a refused code is */
  char *rule_told;     /* (nullable) what the rule is that is shown */

  GtkStack *stack;
  AdwStatusPage *empty;
  GtkBox *empty_place;
  GtkLabel *heading;
  GtkLabel *words;
  GtkBox *states;
  ProlongReserveList *list;
  GtkBox *rule;
  GtkBox *provider_place;
  ProlongProviderCard *provider;
  GtkWidget *form;
  ProlongCodeField *field;
  ProlongWrapBox *ways_out;
  GtkBox *button_place;
  GtkWidget *button;
  GtkWidget *login_rows;
  AdwActionRow *login_row;
  GtkSwitch *login;
};

G_DEFINE_FINAL_TYPE (ProlongReservePanel, prolong_reserve_panel, ADW_TYPE_BIN)

static const struct
{
  const char *icon;
  const char *title;
  const char *words; /* (nullable): those of prolong_look_no_product() */
  const char *button;
  const char *action;
} empties[] = {
  [EMPTY_UNREACHABLE] = { "network-offline-symbolic", N_ ("Prolong is not running"),
                          N_ ("The part of Prolong that keeps the licenses does not answer. "
                              "Your licenses are safe."),
                          N_ ("Try again"), "win.retry" },
  [EMPTY_NO_PRODUCT]
  = { "package-x-generic-symbolic", N_ ("No product yet"), NULL, N_ ("Look again"), "win.retry" },
  [EMPTY_NO_LICENSE]
  = { "dialog-password-symbolic", N_ ("No license yet"),
      N_ ("A reserve code follows a license, and there is none yet: activate your code right away."),
      N_ ("Enter activation code"), "win.enter-code" },
  [EMPTY_ENDED]
  = { "dialog-password-symbolic", N_ ("No license runs now"),
      N_ ("A reserve code follows a license that runs. Enter your code, and it is activated right away."),
      N_ ("Enter activation code"), "win.enter-code" },
  [EMPTY_NO_CODE]
  = { "prolong-reserve-symbolic", N_ ("No reserve code yet"),
      N_ ("Keep the code of your next license here. It takes over by itself when the current license "
          "ends."),
      N_ ("Enter activation code"), "reserve.enter" },
};

static gboolean
may_add (const ProlongChoice *choice)
{
  return prolong_license_runs (choice->license) && choice->license->provider[0] == '\0'
         && (choice->license->add_code[0] == '\0' || g_str_equal (choice->license->add_code, "allowed"));
}

static Empty
find_empty (ProlongReservePanel *self, guint n_codes)
{
  if (self->snapshot == NULL)
    return EMPTY_UNREACHABLE;
  if (self->choice == NULL)
    return EMPTY_NO_PRODUCT;
  if (n_codes > 0)
    return EMPTY_NONE;
  if (self->choice->license == NULL)
    return EMPTY_NO_LICENSE;
  if (!prolong_license_runs (self->choice->license))
    return EMPTY_ENDED;
  return may_add (self->choice) && !self->entering ? EMPTY_NO_CODE : EMPTY_NONE;
}

static void
show_empty (ProlongReservePanel *self, Empty kind)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->empty_place));

  if (kind == self->empty_kind || kind == EMPTY_NONE)
    {
      self->empty_kind = kind;
      return;
    }
  self->empty_kind = kind;
  if (child != NULL)
    gtk_box_remove (self->empty_place, child);
  adw_status_page_set_icon_name (self->empty, empties[kind].icon);
  adw_status_page_set_title (self->empty, _ (empties[kind].title));
  adw_status_page_set_description (self->empty, empties[kind].words != NULL ? _ (empties[kind].words)
                                                                            : prolong_look_no_product ());
  gtk_box_append (self->empty_place,
                  prolong_look_pill (_ (empties[kind].button), empties[kind].action, TRUE));
}

static void
show_heading (ProlongReservePanel *self)
{
  /* Translators: %s is the name of a product. */
  g_autofree char *heading = g_strdup_printf (_ ("Reserve codes for %s"), self->choice->name);
  g_autofree char *date = NULL;
  g_autofree char *words = NULL;

  if (may_add (self->choice))
    {
      date = prolong_words_date (prolong_license_info_get_end (self->choice->license));
      /* Translators: %s is a date. */
      words = g_strdup_printf (_ ("The first one takes over by itself when the current license ends, on %s."),
                               date);
    }
  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->words, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words), words != NULL);
}

static GtkWidget *
new_rule_card (const ProlongLicenseInfo *license)
{
  g_auto (ProlongWords) words = { NULL, NULL };
  ProlongProblem problem;

  if (!prolong_problem_from_name (license->add_code, &problem))
    problem = PROLONG_PROBLEM_SERVICE_UNAVAILABLE;
  prolong_words_for_refusal (problem, NULL, license, &words);
  return prolong_look_notice ("dialog-information-symbolic", words.what, words.way_out,
                              license->auto_renewal ? _ ("Turn auto-renewal off") : _ ("Check status"),
                              license->auto_renewal ? "win.auto-renewal" : "win.refresh");
}

/* Where no code can be added, the reason and the way out stand in the place of the field. */
static void
show_rule (ProlongReservePanel *self)
{
  const ProlongLicenseInfo *license = self->choice->license;
  gboolean provider = prolong_provider_card_governs (self->choice);
  gboolean rule
      = prolong_license_runs (license) && !provider && (!may_add (self->choice) || license->auto_renewal);
  g_autofree char *situation
      = rule ? g_strdup_printf ("%d %s", license->auto_renewal, license->add_code) : NULL;
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->rule));

  gtk_widget_set_visible (GTK_WIDGET (self->rule), rule);
  gtk_widget_set_visible (GTK_WIDGET (self->provider), provider);
  if (provider)
    prolong_provider_card_update (self->provider, self->choice);
  gtk_widget_set_visible (self->form, may_add (self->choice));
  if (g_strcmp0 (situation, self->rule_told) == 0)
    return;
  g_free (self->rule_told);
  self->rule_told = g_steal_pointer (&situation);
  if (child != NULL)
    gtk_box_remove (self->rule, child);
  if (rule)
    gtk_box_append (self->rule, may_add (self->choice) ? prolong_look_twice ("win.auto-renewal")
                                                       : new_rule_card (license));
}

static void
show_login (ProlongReservePanel *self, gboolean codes)
{
  const char *state = self->snapshot->start_at_login;
  gboolean on = g_str_equal (state, "on");

  gtk_widget_set_visible (self->login_rows, codes);
  adw_action_row_set_subtitle (self->login_row, prolong_words_start_at_login (state));
  if (gtk_switch_get_state (self->login) != on)
    gtk_switch_set_state (self->login, on);
  if (gtk_switch_get_active (self->login) != on)
    gtk_switch_set_active (self->login, on);
}

static void
update_default (ProlongReservePanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)) || self->saving)
    return;
  gtk_window_set_default_widget (GTK_WINDOW (root),
                                 gtk_widget_get_visible (self->form) ? self->button : NULL);
}

static void
show_page (ProlongReservePanel *self)
{
  gtk_stack_set_visible_child_name (self->stack, self->saving                     ? "wizard"
                                                 : self->empty_kind != EMPTY_NONE ? "empty"
                                                                                  : "codes");
}

/* A code that was typed for one product is not left in the field of another. */
static void
watch_product (ProlongReservePanel *self)
{
  g_autofree char *product = g_strconcat (self->choice->vendor_id, "/", self->choice->product_id, NULL);

  prolong_code_field_set_vendors (self->field, self->snapshot, self->choice->vendor);
  if (g_strcmp0 (product, self->product) == 0)
    return;
  if (self->product != NULL)
    self->entering = FALSE;
  g_free (self->product);
  self->product = g_steal_pointer (&product);
}

static void
show (ProlongReservePanel *self)
{
  guint n_codes = prolong_reserve_list_update (self->list, self->snapshot, self->choice);

  if (self->snapshot != NULL && self->choice != NULL)
    {
      watch_product (self);
      show_heading (self);
      prolong_state_notices_update (self->states, self->snapshot, self->choice, n_codes > 0);
      show_rule (self);
      show_login (self, n_codes > 0);
    }
  show_empty (self, find_empty (self, n_codes));
  show_page (self);
}

void
prolong_reserve_panel_update (ProlongReservePanel *self,
                              const ProlongSnapshot *snapshot,
                              const ProlongChoice *choice)
{
  self->snapshot = snapshot;
  self->choice = choice;
  prolong_activate_panel_update (self->wizard, snapshot, choice);
  show (self);
}

void
prolong_reserve_panel_focus (ProlongReservePanel *self)
{
  if (self->saving)
    {
      prolong_activate_panel_focus (self->wizard);
      return;
    }
  update_default (self);
  if (self->empty_kind != EMPTY_NONE)
    gtk_widget_child_focus (GTK_WIDGET (self->empty_place), GTK_DIR_TAB_FORWARD);
  else if (self->entering)
    prolong_code_field_focus (self->field);
  else
    prolong_look_focus (self->heading);
}

static void
on_submitted (ProlongReservePanel *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "activate.submit", NULL);
}

static void
on_changed (ProlongReservePanel *self)
{
  prolong_way_out_update (self->ways_out, "", NULL, NULL);
}

static void
on_submit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongReservePanel *self = PROLONG_RESERVE_PANEL (widget);
  g_autoptr (ProlongCode) code = NULL;

  if (self->saving || self->choice == NULL)
    return;
  code = prolong_code_field_read (self->field);
  if (code == NULL)
    {
      prolong_code_field_focus (self->field);
      return;
    }
  prolong_way_out_update (self->ways_out, "", NULL, NULL);
  self->saving = TRUE;
  show_page (self);
  prolong_activate_panel_save (self->wizard, code);
}

static void
on_refused (ProlongReservePanel *self, const char *problem, GVariant *details)
{
  g_auto (ProlongWords) words = { NULL, NULL };
  ProlongProblem known;

  if (prolong_problem_from_name (problem, &known))
    prolong_words_for_refusal (known, details, self->choice != NULL ? self->choice->license : NULL, &words);
  else
    words.what = g_strdup (_ ("The code could not be saved."));
  g_clear_pointer (&self->other_product, g_free);
  if (details != NULL)
    g_variant_lookup (details, "product", "s", &self->other_product);
  prolong_code_field_tell (self->field, &words);
  prolong_way_out_update (self->ways_out, problem, details,
                          self->choice != NULL ? self->choice->vendor : NULL);
  self->saving = FALSE;
  self->entering = TRUE;
  show (self);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  update_default (self);
  prolong_code_field_focus (self->field);
}

static void
on_left (ProlongReservePanel *self, gboolean done)
{
  self->saving = FALSE;
  self->entering = !done;
  if (done)
    prolong_code_field_clear (self->field);
  show (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    prolong_reserve_panel_focus (self);
}

static void
on_enter (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongReservePanel *self = PROLONG_RESERVE_PANEL (widget);

  self->entering = TRUE;
  show (self);
  prolong_reserve_panel_focus (self);
}

static void
on_another (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongReservePanel *self = PROLONG_RESERVE_PANEL (widget);

  prolong_code_field_clear (self->field);
  on_changed (self);
  prolong_code_field_focus (self->field);
}

/* The code stays in the field, and the panel shows the product that the code is for. */
static void
on_other_product (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongReservePanel *self = PROLONG_RESERVE_PANEL (widget);
  g_autofree char *id = NULL;

  if (self->other_product == NULL || self->choice == NULL)
    return;
  id = g_strdup_printf ("%s/%s", self->choice->vendor_id, self->other_product);
  gtk_widget_activate_action (widget, "win.product", "s", id);
  self->entering = TRUE;
  show (self);
  if (self->empty_kind == EMPTY_NONE && gtk_widget_get_visible (self->form))
    on_submit (widget, action, NULL);
}

static void
on_reserve_changed (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ProlongReservePanel *self = PROLONG_RESERVE_PANEL (widget);
  gboolean was_empty = self->empty_kind != EMPTY_NONE;

  show (self);
  if (!was_empty && self->empty_kind != EMPTY_NONE && gtk_widget_get_mapped (widget))
    prolong_reserve_panel_focus (self);
}

static void
on_login_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ProlongReservePanel) self = user_data;
  G_GNUC_UNUSED g_autoptr (GVariant) answer
      = prolong_client_call_finish (PROLONG_CLIENT (source), result, NULL);

  if (self->snapshot != NULL)
    show_login (self, gtk_widget_get_visible (self->login_rows));
}

/* The switch shows what is, not what was asked for: the desktop may refuse. */
static gboolean
on_login (GtkSwitch *login, gboolean state, gpointer user_data)
{
  ProlongReservePanel *self
      = PROLONG_RESERVE_PANEL (gtk_widget_get_ancestor (GTK_WIDGET (login), PROLONG_TYPE_RESERVE_PANEL));

  if (self == NULL || self->snapshot == NULL || state == g_str_equal (self->snapshot->start_at_login, "on"))
    return FALSE;
  prolong_client_call (self->client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "SetStartAtLogin",
                       g_variant_new ("(b)", state), NULL, on_login_set, g_object_ref (self));
  return TRUE;
}

static void
prolong_reserve_panel_dispose (GObject *object)
{
  g_clear_object (&PROLONG_RESERVE_PANEL (object)->client);
  G_OBJECT_CLASS (prolong_reserve_panel_parent_class)->dispose (object);
}

static void
prolong_reserve_panel_finalize (GObject *object)
{
  ProlongReservePanel *self = PROLONG_RESERVE_PANEL (object);

  g_free (self->product);
  g_free (self->other_product);
  g_free (self->rule_told);
  G_OBJECT_CLASS (prolong_reserve_panel_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass, "/io/github/prolong/Prolong/reserve-panel.ui");
  gtk_widget_class_bind_template_child (klass, ProlongReservePanel, stack);
  gtk_widget_class_bind_template_child (klass, ProlongReservePanel, empty);
  gtk_widget_class_bind_template_child (klass, ProlongReservePanel, empty_place);
  gtk_widget_class_bind_template_child (klass, ProlongReservePanel, heading);
  gtk_widget_class_bind_template_child (klass, ProlongReservePanel, words);
  gtk_widget_class_bind_template_child (klass, ProlongReservePanel, states);
  gtk_widget_class_bind_template_child (klass, ProlongReservePanel, list);
  gtk_widget_class_bind_template_child (klass, ProlongReservePanel, rule);
  gtk_widget_class_bind_template_child (klass, ProlongReservePanel, provider_place);
  gtk_widget_class_bind_template_child (klass, ProlongReservePanel, form);
  gtk_widget_class_bind_template_child (klass, ProlongReservePanel, field);
  gtk_widget_class_bind_template_child (klass, ProlongReservePanel, ways_out);
  gtk_widget_class_bind_template_child (klass, ProlongReservePanel, button_place);
  gtk_widget_class_bind_template_child (klass, ProlongReservePanel, login_rows);
  gtk_widget_class_bind_template_child (klass, ProlongReservePanel, login_row);
  gtk_widget_class_bind_template_child (klass, ProlongReservePanel, login);
  gtk_widget_class_bind_template_callback (klass, on_submitted);
  gtk_widget_class_bind_template_callback (klass, on_changed);
  gtk_widget_class_bind_template_callback (klass, on_login);
}

static void
prolong_reserve_panel_class_init (ProlongReservePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "activate.submit", on_submit },
    { "activate.another", on_another },
    { "activate.other-product", on_other_product },
    { "reserve.enter", on_enter },
    { "reserve.changed", on_reserve_changed },
  };

  G_OBJECT_CLASS (klass)->dispose = prolong_reserve_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = prolong_reserve_panel_finalize;
  g_type_ensure (PROLONG_TYPE_CODE_FIELD);
  g_type_ensure (PROLONG_TYPE_RESERVE_LIST);
  g_type_ensure (PROLONG_TYPE_WRAP_BOX);
  bind_children (widget_class);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
}

static void
prolong_reserve_panel_init (ProlongReservePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->button = prolong_look_pill (_ ("Save activation code"), "activate.submit", TRUE);
  gtk_box_append (self->button_place, self->button);
}

GtkWidget *
prolong_reserve_panel_new (ProlongClient *client, AdwToastOverlay *toasts)
{
  ProlongReservePanel *self = g_object_new (PROLONG_TYPE_RESERVE_PANEL, NULL);

  g_set_object (&self->client, client);
  prolong_reserve_list_set_up (self->list, client, toasts);
  self->provider = PROLONG_PROVIDER_CARD (prolong_provider_card_new (client));
  gtk_widget_set_visible (GTK_WIDGET (self->provider), FALSE);
  gtk_box_append (self->provider_place, GTK_WIDGET (self->provider));
  self->wizard = PROLONG_ACTIVATE_PANEL (prolong_activate_panel_new_reserve (client));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->wizard), "wizard");
  g_signal_connect_object (self->wizard, "refused", G_CALLBACK (on_refused), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->wizard, "left", G_CALLBACK (on_left), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
