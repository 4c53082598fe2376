/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/license-page.h"

#include <glib/gi18n-lib.h>

#include "bus/subscription-words.h"
#include "bus/words.h"
#include "license/profile.h"
#include "window/chooser.h"
#include "window/license-coverage.h"
#include "window/license-notices.h"
#include "window/license-orders.h"
#include "window/look.h"
#include "window/provider-card.h"
#include "window/ring.h"
#include "window/state-notices.h"
#include "window/wrap-box.h"

typedef enum
{
  ROW_KIND,
  ROW_ACTIVATED,
  ROW_STARTED,
  ROW_DEVICES,
  ROW_AUTO_RENEWAL,
  ROW_CHECKED,
  N_ROWS
} Row;

struct _ProlongLicensePage
{
  AdwBin parent_instance;

  GtkLabel *number;
  GtkMenuButton *more;
  ProlongRing *ring;
  GtkLabel *days;
  GtkLabel *caption;
  GtkLabel *over;
  GtkBox *heading_place;
  GtkLabel *heading;
  GtkWidget *chooser; /* (nullable) made when there is something to choose */
  GtkLabel *until;
  GtkLabel *plan; /* of a subscription: what comes next */
  GtkBox *notices;
  GtkBox *orders;
  GtkBox *states;
  ProlongLicenseCoverage *coverage;
  ProlongWrapBox *buttons;
  GtkWidget *check; /* and the next: of a provider's subscription */
  GtkWidget *manage;
  GtkWidget *renew;
  GtkWidget *enter;
  GtkListBox *rows;
  GtkWidget *row[N_ROWS];
  GtkLabel *value[N_ROWS];
  GtkWidget *refresh;
  GtkWidget *spinner;
  gboolean had_focus; /* the button, when it made place for the spinner */
};

G_DEFINE_FINAL_TYPE (ProlongLicensePage, prolong_license_page, ADW_TYPE_BIN)

static const char *const row_titles[N_ROWS] = {
  [ROW_KIND] = N_ ("Kind"),
  [ROW_ACTIVATED] = N_ ("Activated"),
  [ROW_STARTED] = N_ ("Started"),
  [ROW_DEVICES] = N_ ("Devices"),
  [ROW_AUTO_RENEWAL] = N_ ("Auto-renewal"),
  [ROW_CHECKED] = N_ ("Last checked"),
};

/* Days from the end backwards: a full ring is the whole term, or the whole grace period. */
static double
fraction_left (const ProlongLicenseInfo *license)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gboolean grace = license->state == PROLONG_STATE_GRACE;
  gint64 from = grace ? license->expires_at : license->starts_at;
  gint64 to = grace ? license->grace_until : license->expires_at;

  if (license->state == PROLONG_STATE_EXPIRED || license->state == PROLONG_STATE_BLOCKED
      || license->state == PROLONG_STATE_PENDING || to <= from)
    return 0;
  return CLAMP ((double)(to - now) / (double)(to - from), 0.01, 1.0);
}

static void
show_ring (ProlongLicensePage *self, const ProlongLicenseInfo *license)
{
  g_autofree char *label = prolong_words_label (license->state, license->days_left);
  g_autofree char *days = g_strdup_printf ("%u", license->days_left);
  gboolean over = license->state == PROLONG_STATE_EXPIRED || license->state == PROLONG_STATE_BLOCKED
                  || license->state == PROLONG_STATE_PENDING;
  gboolean last = license->state != PROLONG_STATE_GRACE && license->days_left == 1;

  prolong_ring_show (self->ring, fraction_left (license), prolong_look_license_style (license), label);
  gtk_widget_set_visible (GTK_WIDGET (self->over), over);
  gtk_widget_set_visible (GTK_WIDGET (self->days), !over);
  gtk_widget_set_visible (GTK_WIDGET (self->caption), !over);
  if (license->state == PROLONG_STATE_PENDING)
    gtk_widget_remove_css_class (GTK_WIDGET (self->over), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->over), "error");
  gtk_label_set_label (self->over, license->state == PROLONG_STATE_BLOCKED   ? C_ ("license", "Blocked")
                                   : license->state == PROLONG_STATE_PENDING ? C_ ("license", "Renewing")
                                                                             : C_ ("license", "Expired"));
  gtk_label_set_label (self->days, days);
  /* Translators: stands below the number in the ring. */
  gtk_label_set_label (self->caption,
                       last ? _ ("last day") : ngettext ("day left", "days left", license->days_left));
}

static char *
dup_until (const ProlongLicenseInfo *license)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *end = prolong_words_date (license->expires_at);
  g_autofree char *moment = prolong_words_moment (license->expires_at, now);
  g_autofree char *grace = prolong_words_date (license->grace_until);

  switch (license->state)
    {
    case PROLONG_STATE_GRACE:
      /* Translators: %s is a date. */
      return g_strdup_printf (_ ("grace period until %s"), grace);
    case PROLONG_STATE_EXPIRED:
    case PROLONG_STATE_PENDING:
      /* Translators: %s is a date; a license ended then. */
      return g_strdup_printf (_ ("ended on %s"), end);
    case PROLONG_STATE_ACTIVE:
    case PROLONG_STATE_EXPIRING:
      if (license->auto_renewal)
        /* Translators: %s is a date, or a moment such as "today, 21:30"; a subscription renews then. */
        return g_strdup_printf (_ ("renews by itself: %s"), license->days_left <= 1 ? moment : end);
      if (license->days_left <= 1)
        /* Translators: %s is a moment such as "today, 21:30"; a license ends then. */
        return g_strdup_printf (_ ("ends %s"), moment);
      /* Translators: %s is a date; a license lasts until then. */
      return g_strdup_printf (_ ("until %s"), end);
    case PROLONG_STATE_NONE:
    case PROLONG_STATE_BLOCKED:
    case PROLONG_N_STATES:
    default:
      /* Translators: %s is a date; the license would have lasted until then. */
      return g_strdup_printf (_ ("would last until %s"), end);
    }
}

static void
show_heading (ProlongLicensePage *self, const ProlongChoice *choice, gboolean chooser)
{
  const ProlongLicenseInfo *license = choice->license;
  g_autofree char *devices = g_strdup_printf (ngettext ("%u device", "%u devices", license->devices_limit),
                                              license->devices_limit);
  g_autofree char *heading = g_strdup_printf ("%s\u00a0· %s", license->name, devices);
  g_autofree char *until = dup_until (license);
  g_autofree char *plan = prolong_words_subscription (license, g_get_real_time () / G_USEC_PER_SEC);

  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->plan, plan);
  gtk_widget_set_visible (GTK_WIDGET (self->plan), *plan != '\0');
  if (chooser && self->chooser == NULL)
    {
      self->chooser = prolong_chooser_new ();
      gtk_box_append (self->heading_place, self->chooser);
    }
  if (self->chooser != NULL)
    gtk_widget_set_visible (self->chooser, chooser);
  gtk_label_set_label (self->until, until);
}

static void
show_row (ProlongLicensePage *self, Row row, const char *value, gint64 instant)
{
  g_autofree char *utc = instant != 0 ? prolong_words_instant (instant) : NULL;
  g_autofree char *description = utc != NULL ? g_strdup_printf ("%s, %s", value, utc) : g_strdup (value);

  gtk_label_set_label (self->value[row], value);
  gtk_widget_set_tooltip_text (self->row[row], utc);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->row[row]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

static void
show_rows (ProlongLicensePage *self, const ProlongLicenseInfo *license)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *activated = prolong_words_date (license->activated_at);
  g_autofree char *started = prolong_words_date (license->starts_at);
  g_autofree char *checked = license->checked_at != 0 ? prolong_words_moment (license->checked_at, now)
                                                      : g_strdup (C_ ("last checked", "never"));
  /* Translators: devices used of the devices that the license is for. */
  g_autofree char *devices = g_strdup_printf (_ ("%u of %u"), license->devices_used, license->devices_limit);

  show_row (self, ROW_KIND, prolong_words_kind (license->kind), 0);
  show_row (self, ROW_ACTIVATED, activated, license->activated_at);
  show_row (self, ROW_STARTED, started, license->starts_at);
  show_row (self, ROW_DEVICES, devices, 0);
  show_row (self, ROW_AUTO_RENEWAL,
            license->auto_renewal ? C_ ("auto-renewal", "On") : C_ ("auto-renewal", "Off"), 0);
  show_row (self, ROW_CHECKED, checked, license->checked_at);
}

static void
set_suggested (GtkWidget *button, gboolean suggested)
{
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

/* The marked button is what helps now; while nothing presses, none is marked. */
static void
show_buttons (ProlongLicensePage *self, const ProlongChoice *choice)
{
  const ProlongLicenseInfo *license = choice->license;
  gboolean ends = license->state != PROLONG_STATE_ACTIVE && license->state != PROLONG_STATE_BLOCKED
                  && !prolong_license_info_is_calm (license);
  gboolean provider = prolong_provider_card_governs (choice);

  gtk_widget_set_visible (self->check, *license->provider != '\0');
  gtk_widget_set_visible (self->manage,
                          *license->provider != '\0' && prolong_url_is_safe (license->manage_url));
  gtk_widget_set_visible (self->renew, choice->vendor != NULL && !provider);
  gtk_widget_set_visible (self->enter, !provider);
  set_suggested (self->renew, choice->vendor != NULL && ends);
  set_suggested (self->enter, choice->vendor == NULL && ends);
}

/* When the button goes, nothing has the focus, and with the next frame its row; else the person went on. */
static gboolean
waits_for_refresh (ProlongLicensePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return self->had_focus && (focus == NULL || focus == self->row[ROW_CHECKED] || focus == self->refresh);
}

static void
show_refresh (ProlongLicensePage *self, gboolean refreshing)
{
  if (refreshing == gtk_widget_get_visible (self->spinner))
    return;
  if (refreshing)
    self->had_focus = gtk_widget_has_focus (self->refresh);
  gtk_widget_set_visible (self->refresh, !refreshing);
  gtk_widget_set_visible (self->spinner, refreshing);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), refreshing);
  if (!refreshing && waits_for_refresh (self))
    gtk_widget_grab_focus (self->refresh);
}

void
prolong_license_page_update (ProlongLicensePage *self,
                             const ProlongChoice *choice,
                             gboolean chooser,
                             gboolean refreshing)
{
  gtk_label_set_label (self->number, choice->license->number);
  show_ring (self, choice->license);
  show_heading (self, choice, chooser);
  prolong_license_notices_update (self->notices, choice);
  prolong_license_orders_update (self->orders, choice);
  prolong_state_notices_update (self->states, choice->snapshot, choice,
                                prolong_license_coverage_update (self->coverage, choice) > 0);
  show_buttons (self, choice);
  show_rows (self, choice->license);
  show_refresh (self, refreshing);
}

void
prolong_license_page_focus (ProlongLicensePage *self)
{
  prolong_look_focus (self->heading);
}

static void
create_more_popover (GtkMenuButton *button, gpointer user_data)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _ ("License details"), "win.details");
  g_menu_append (menu, _ ("Remove from this device…"), "win.remove");
  prolong_look_menu (button, G_MENU_MODEL (menu), _ ("More actions"));
}

static void
build_buttons (ProlongLicensePage *self)
{
  self->check = prolong_look_pill (_ ("Check status"), "win.refresh", FALSE);
  self->manage = prolong_look_pill (_ ("Manage subscription"), "win.manage-subscription", FALSE);
  self->renew = prolong_look_pill (_ ("Renew"), "win.renew", FALSE);
  self->enter = prolong_look_pill (_ ("Enter activation code"), "win.enter-code", FALSE);
  prolong_wrap_box_append (self->buttons, self->check);
  prolong_wrap_box_append (self->buttons, self->manage);
  prolong_wrap_box_append (self->buttons, self->renew);
  prolong_wrap_box_append (self->buttons, self->enter);
}

static void
build_row (ProlongLicensePage *self, Row row)
{
  GtkWidget *value = gtk_label_new (NULL);

  self->row[row] = adw_action_row_new ();
  self->value[row] = GTK_LABEL (value);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row[row]), _ (row_titles[row]));
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (value), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_label_set_justify (GTK_LABEL (value), GTK_JUSTIFY_RIGHT);
  gtk_widget_add_css_class (value, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row[row]), value);
  gtk_list_box_append (self->rows, self->row[row]);
}

static void
open_by_row (ProlongLicensePage *self, Row row, const char *action)
{
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row[row]), prolong_look_arrow ());
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->row[row]), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->row[row]), action);
}

static void
build_refresh (ProlongLicensePage *self)
{
  self->refresh = gtk_button_new_from_icon_name ("view-refresh-symbolic");
  gtk_widget_set_tooltip_text (self->refresh, _ ("Check the license now"));
  gtk_widget_set_valign (self->refresh, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->refresh, "flat");
  gtk_widget_add_css_class (self->refresh, "circular");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->refresh), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Check the license now"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->refresh), "win.refresh");

  self->spinner = gtk_spinner_new ();
  gtk_widget_set_size_request (self->spinner, 34, 34);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Checking the license"), -1);
  gtk_widget_set_visible (self->spinner, FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row[ROW_CHECKED]), self->refresh);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row[ROW_CHECKED]), self->spinner);
}

static void
prolong_license_page_class_init (ProlongLicensePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PROLONG_TYPE_LICENSE_COVERAGE);
  g_type_ensure (PROLONG_TYPE_RING);
  g_type_ensure (PROLONG_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/prolong/Prolong/license-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ProlongLicensePage, number);
  gtk_widget_class_bind_template_child (widget_class, ProlongLicensePage, more);
  gtk_widget_class_bind_template_child (widget_class, ProlongLicensePage, ring);
  gtk_widget_class_bind_template_child (widget_class, ProlongLicensePage, days);
  gtk_widget_class_bind_template_child (widget_class, ProlongLicensePage, caption);
  gtk_widget_class_bind_template_child (widget_class, ProlongLicensePage, over);
  gtk_widget_class_bind_template_child (widget_class, ProlongLicensePage, heading_place);
  gtk_widget_class_bind_template_child (widget_class, ProlongLicensePage, heading);
  gtk_widget_class_bind_template_child (widget_class, ProlongLicensePage, until);
  gtk_widget_class_bind_template_child (widget_class, ProlongLicensePage, plan);
  gtk_widget_class_bind_template_child (widget_class, ProlongLicensePage, notices);
  gtk_widget_class_bind_template_child (widget_class, ProlongLicensePage, orders);
  gtk_widget_class_bind_template_child (widget_class, ProlongLicensePage, states);
  gtk_widget_class_bind_template_child (widget_class, ProlongLicensePage, coverage);
  gtk_widget_class_bind_template_child (widget_class, ProlongLicensePage, buttons);
  gtk_widget_class_bind_template_child (widget_class, ProlongLicensePage, rows);
}

static void
prolong_license_page_init (ProlongLicensePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->more, create_more_popover, NULL, NULL);
  build_buttons (self);
  for (Row row = 0; row < N_ROWS; row++)
    build_row (self, row);
  open_by_row (self, ROW_DEVICES, "win.seats");
  open_by_row (self, ROW_AUTO_RENEWAL, "win.auto-renewal");
  build_refresh (self);
}

GtkWidget *
prolong_license_page_new (void)
{
  return g_object_new (PROLONG_TYPE_LICENSE_PAGE, NULL);
}
