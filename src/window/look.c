/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/look.h"

#include <glib/gi18n-lib.h>

#include "bus/provider-words.h"
#include "bus/sandbox.h"
#include "bus/subscription-words.h"

/* The icons of the tray, which are drawn from that of the app. */
#define ICON(state) "prolong-" state "-symbolic"

static const struct
{
  const char *icon;
  const char *style;
} looks[PROLONG_N_STATES] = {
  [PROLONG_STATE_NONE] = { ICON ("ended"), NULL },
  [PROLONG_STATE_ACTIVE] = { ICON ("fine"), "success" },
  [PROLONG_STATE_EXPIRING] = { ICON ("soon"), "warning" },
  [PROLONG_STATE_GRACE] = { ICON ("soon"), "warning" },
  [PROLONG_STATE_EXPIRED] = { ICON ("ended"), "error" },
  [PROLONG_STATE_BLOCKED] = { ICON ("attention"), "error" },
  [PROLONG_STATE_PENDING] = { ICON ("soon"), NULL },
};

const char *
prolong_look_icon (ProlongState state)
{
  return looks[state].icon;
}

const char *
prolong_look_style (ProlongState state, guint days_left)
{
  if (state == PROLONG_STATE_EXPIRING && days_left <= 1)
    return "error";
  return looks[state].style;
}

const char *
prolong_look_license_style (const ProlongLicenseInfo *license)
{
  return prolong_license_info_is_calm (license) ? looks[PROLONG_STATE_ACTIVE].style
                                                : prolong_look_style (license->state, license->days_left);
}

const char *
prolong_look_license_icon (const ProlongLicenseInfo *license)
{
  return prolong_look_icon (prolong_license_info_is_calm (license) ? PROLONG_STATE_ACTIVE : license->state);
}

static GtkWidget *
new_wrapping_label (const char *text, float xalign, const char *style_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  if (style_class != NULL)
    gtk_widget_add_css_class (label, style_class);
  return label;
}

GtkWidget *
prolong_look_pill (const char *label, const char *action, gboolean suggested)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *child = new_wrapping_label (label, 0.5, NULL);

  gtk_label_set_justify (GTK_LABEL (child), GTK_JUSTIFY_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), child);
  gtk_widget_add_css_class (button, "pill");
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

GtkWidget *
prolong_look_button (const char *label)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), new_wrapping_label (label, 0.5, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

static GtkWidget *
new_notice_button (const char *label, const char *action)
{
  GtkWidget *button = prolong_look_button (label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 6);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

void
prolong_look_focus (GtkLabel *heading)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (heading));

  if (root != NULL && gtk_widget_get_mapped (GTK_WIDGET (heading)))
    gtk_root_set_focus (root, GTK_WIDGET (heading));
}

/* What was just shown or moved has its place after the first frame only. */
#define FRAMES_TO_LAYOUT 2

static gboolean
on_scroll_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  guint *frames = user_data;
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  if (++*frames < FRAMES_TO_LAYOUT)
    return G_SOURCE_CONTINUE;
  if (scroller != NULL && gtk_widget_get_mapped (widget)
      && gtk_widget_compute_bounds (widget, scroller, &bounds))
    {
      GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
      double top = gtk_adjustment_get_value (adjustment) + bounds.origin.y;

      gtk_adjustment_clamp_page (adjustment, top, top + bounds.size.height);
    }
  return G_SOURCE_REMOVE;
}

void
prolong_look_scroll_to (GtkWidget *widget)
{
  gtk_widget_add_tick_callback (widget, on_scroll_frame, g_new0 (guint, 1), g_free);
}

void
prolong_look_name_alone (GtkWidget *row)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
}

void
prolong_look_menu (GtkMenuButton *button, GMenuModel *menu, const char *name)
{
  GtkWidget *popover = gtk_popover_menu_new_from_model (menu);

  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_menu_button_set_popover (button, popover);
}

GtkWidget *
prolong_look_arrow (void)
{
  return g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role",
                       GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}

void
prolong_look_mark (GtkWidget *notice)
{
  GtkWidget *words = gtk_widget_get_last_child (notice);

  gtk_widget_add_css_class (gtk_widget_get_last_child (words), "suggested-action");
}

const char *
prolong_look_no_product (void)
{
  /* What is installed on the system is out of sight in a sandbox. */
  if (prolong_is_sandboxed ())
    return _ (
        "Open the vendor profile: a link in your license e‑mail leads to it. The product then appears here.");
  return _ ("No installed product uses Prolong. A product appears here by itself once it is installed.");
}

GtkWidget *
prolong_look_notice (const char *icon,
                     const char *title,
                     const char *body,
                     const char *button,
                     const char *action)
{
  GtkWidget *notice = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (notice, "card");
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_margin_start (image, 12);
  gtk_widget_set_margin_top (image, 14);
  gtk_box_append (GTK_BOX (notice), image);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_margin_top (words, 12);
  gtk_widget_set_margin_bottom (words, 12);
  gtk_widget_set_margin_end (words, 12);
  if (title != NULL)
    gtk_box_append (GTK_BOX (words), new_wrapping_label (title, 0, "heading"));
  if (body != NULL)
    gtk_box_append (GTK_BOX (words), new_wrapping_label (body, 0, NULL));
  if (button != NULL)
    gtk_box_append (GTK_BOX (words), new_notice_button (button, action));
  gtk_box_append (GTK_BOX (notice), words);
  return notice;
}

GtkWidget *
prolong_look_twice (const char *action)
{
  g_auto (ProlongWords) words = { NULL, NULL };

  prolong_words_for_double_payment (&words);
  return prolong_look_notice ("dialog-warning-symbolic", words.what, words.way_out,
                              _ ("Turn auto-renewal off"), action);
}
