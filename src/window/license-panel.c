/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/license-panel.h"

#include <glib/gi18n-lib.h>

#include "bus/sandbox.h"
#include "window/chooser.h"
#include "window/first-start.h"
#include "window/license-orders.h"
#include "window/license-page.h"
#include "window/look.h"

/* A short wait shows nothing at all: a spinner that only flashes is worse. */
#define SPINNER_DELAY_MS 400

typedef enum
{
  PAGE_LOADING,
  PAGE_UNREACHABLE,
  PAGE_NO_VENDOR,
  PAGE_NO_LICENSE,
  PAGE_PENDING,
  PAGE_LICENSE,
} Page;

struct _ProlongLicensePanel
{
  AdwBin parent_instance;

  Page page;
  ProlongLicensePage *license;
  GtkWidget *product; /* (nullable) of the page that is shown: name and chooser */
  GtkLabel *name;     /* (nullable) of the page that is shown */
  GtkWidget *button;  /* (nullable) of the page that is shown */
  GtkBox *orders;     /* (nullable) of the page that is shown */
  GtkLabel *where;    /* (nullable) of the page that is shown: where to find Prolong again */
  GtkWidget *spinner; /* (nullable) */
  guint spinner_delay;
};

G_DEFINE_FINAL_TYPE (ProlongLicensePanel, prolong_license_panel, ADW_TYPE_BIN)

static const struct
{
  const char *icon;
  const char *title;
  const char *words; /* (nullable): those of prolong_look_no_product() */
  const char *button;
  const char *action;
} pages[] = {
  [PAGE_UNREACHABLE] = { "network-offline-symbolic", N_ ("Prolong is not running"),
                         N_ ("The part of Prolong that keeps the licenses does not answer. "
                             "Your licenses are safe."),
                         N_ ("Try again"), "win.retry" },
  [PAGE_NO_VENDOR]
  = { "package-x-generic-symbolic", N_ ("No product yet"), NULL, N_ ("Look again"), "win.retry" },
  [PAGE_NO_LICENSE] = { "dialog-password-symbolic", N_ ("No license yet"),
                        N_ ("Enter the activation code from your license e‑mail."),
                        N_ ("Enter activation code"), "win.enter-code" },
  [PAGE_PENDING] = { "emblem-synchronizing-symbolic", N_ ("Activation is under way"),
                     N_ ("It goes on by itself, also when this window is closed."), N_ ("Show the steps"),
                     "win.panel::activate" },
};

static gboolean
on_spinner_delay (gpointer user_data)
{
  ProlongLicensePanel *self = user_data;

  self->spinner_delay = 0;
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_halign (self->spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (self->spinner, 32, 32);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Looking for licenses"), -1);
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  adw_bin_set_child (ADW_BIN (self), self->spinner);
  return G_SOURCE_REMOVE;
}

static GtkWidget *
new_note (const char *text)
{
  GtkWidget *note = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_justify (GTK_LABEL (note), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (note, "dim-label");
  return note;
}

static const char *
get_where (const ProlongSnapshot *snapshot)
{
  return g_str_equal (snapshot->tray, "shown") ? _ ("You find Prolong again by its icon in the tray.")
                                               : _ ("You find Prolong again among your apps.");
}

/* Said once in the life of an account: where to find the window again. */
static void
add_first_start (ProlongLicensePanel *self, GtkBox *box, const ProlongSnapshot *snapshot)
{
  if (!prolong_first_start_claim ())
    return;
  self->where = GTK_LABEL (new_note (get_where (snapshot)));
  gtk_box_append (box, GTK_WIDGET (self->where));
}

/* Codes that were entered before the sandbox came are out of its reach, the computer is the same. */
static void
add_return (ProlongLicensePanel *self, GtkBox *box)
{
  if (prolong_is_sandboxed () && (self->page == PAGE_NO_LICENSE || self->page == PAGE_NO_VENDOR))
    gtk_box_append (
        box, new_note (_ ("Used Prolong here before? Enter your activation code once more; it keeps its "
                          "place among your devices.")));
}

static GtkWidget *
new_product (ProlongLicensePanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (NULL);

  self->name = GTK_LABEL (name);
  gtk_label_set_wrap (self->name, TRUE);
  gtk_label_set_natural_wrap_mode (self->name, GTK_NATURAL_WRAP_NONE);
  gtk_widget_add_css_class (name, "heading");
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), prolong_chooser_new ());
  return box;
}

static GtkWidget *
new_status_page (ProlongLicensePanel *self, const ProlongSnapshot *snapshot)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), pages[self->page].icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ (pages[self->page].title));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), pages[self->page].words != NULL
                                                               ? _ (pages[self->page].words)
                                                               : prolong_look_no_product ());
  self->product = new_product (self);
  self->button = prolong_look_pill (_ (pages[self->page].button), pages[self->page].action, TRUE);
  gtk_widget_set_halign (self->button, GTK_ALIGN_CENTER);
  self->orders = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_widget_set_visible (GTK_WIDGET (self->orders), FALSE);
  gtk_box_append (GTK_BOX (box), self->product);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->orders));
  gtk_box_append (GTK_BOX (box), self->button);
  add_return (self, GTK_BOX (box));
  if (self->page == PAGE_NO_LICENSE)
    add_first_start (self, GTK_BOX (box), snapshot);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), box);
  return page;
}

static void
show_page (ProlongLicensePanel *self, Page page, const ProlongSnapshot *snapshot)
{
  if (page == self->page)
    return;
  g_clear_handle_id (&self->spinner_delay, g_source_remove);
  self->page = page;
  self->license = NULL;
  self->name = NULL;
  self->product = self->button = self->spinner = NULL;
  self->where = NULL;
  self->orders = NULL;
  if (page == PAGE_LICENSE)
    {
      self->license = PROLONG_LICENSE_PAGE (prolong_license_page_new ());
      adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->license));
    }
  else
    {
      adw_bin_set_child (ADW_BIN (self), new_status_page (self, snapshot));
    }
}

static Page
find_page (const ProlongSnapshot *snapshot, gboolean failed, const ProlongChoice *choice)
{
  if (failed)
    return PAGE_UNREACHABLE;
  if (snapshot == NULL)
    return PAGE_LOADING;
  if (choice == NULL)
    return PAGE_NO_VENDOR;
  if (choice->license != NULL)
    return PAGE_LICENSE;
  return choice->operation != NULL ? PAGE_PENDING : PAGE_NO_LICENSE;
}

void
prolong_license_panel_update (ProlongLicensePanel *self,
                              const ProlongSnapshot *snapshot,
                              gboolean failed,
                              const ProlongChoice *choice,
                              gboolean chooser,
                              gboolean refreshing)
{
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  Page page = self->page;

  show_page (self, find_page (snapshot, failed, choice), snapshot);
  if (self->license != NULL)
    prolong_license_page_update (self->license, choice, chooser, refreshing);
  if (self->product != NULL)
    {
      gtk_widget_set_visible (self->product, chooser && !failed && choice != NULL);
      gtk_label_set_label (self->name, choice != NULL ? choice->name : "");
    }
  if (self->orders != NULL && choice != NULL && !failed)
    prolong_license_orders_update (self->orders, choice);
  /* An agent that was just started finds the tray a moment after it has answered. */
  if (self->where != NULL && snapshot != NULL)
    gtk_label_set_label (self->where, get_where (snapshot));
  /* The page that had the focus is gone, and keys would go nowhere. */
  if (focused && page != self->page)
    prolong_license_panel_focus (self);
}

void
prolong_license_panel_focus (ProlongLicensePanel *self)
{
  if (self->license != NULL)
    prolong_license_page_focus (self->license);
  else if (self->button != NULL)
    gtk_widget_grab_focus (self->button);
}

static void
prolong_license_panel_dispose (GObject *object)
{
  g_clear_handle_id (&PROLONG_LICENSE_PANEL (object)->spinner_delay, g_source_remove);
  G_OBJECT_CLASS (prolong_license_panel_parent_class)->dispose (object);
}

static void
prolong_license_panel_class_init (ProlongLicensePanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = prolong_license_panel_dispose;
}

static void
prolong_license_panel_init (ProlongLicensePanel *self)
{
  self->page = PAGE_LOADING;
  self->spinner_delay = g_timeout_add (SPINNER_DELAY_MS, on_spinner_delay, self);
}
