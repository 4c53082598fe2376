/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window/activate-panel.h"
#include "window/choice.h"
#include "window/license-panel.h"
#include "window/reserve-panel.h"
#include "window/window.h"

G_BEGIN_DECLS

struct _ProlongWindow
{
  AdwApplicationWindow parent_instance;

  ProlongClient *client; /* (nullable) */
  GArray *choices;       /* (element-type ProlongChoice) of the newest snapshot */
  char *vendor;          /* (nullable) the product that is shown */
  char *product;         /* (nullable) */
  gboolean chosen;       /* whether the person chose it */
  gboolean refreshing;
  gboolean introduced; /* whether the first snapshot was shown */
  gboolean placed;     /* whether a panel was asked for by name */
  char *leaving_order; /* (nullable) the one that the person was asked about */
  GCancellable *cancellable;

  GtkMenuButton *menu;
  AdwViewStack *panels;
  AdwViewSwitcherTitle *switcher;
  GtkBox *content;
  GtkWidget *bar; /* (nullable) the switcher at the bottom, made when the header has no room for it */
  guint bar_update;
  AdwToastOverlay *toasts;
  ProlongLicensePanel *license;
  AdwBin *activate_place;
  ProlongActivatePanel *activate; /* (nullable) made when first shown */
  AdwBin *reserve_place;
  ProlongReservePanel *reserve; /* (nullable) made when first shown */
  GtkButton *label;
  GtkImage *label_icon;
  GtkLabel *label_words;
};

/** prolong_window_get_choice: (nullable): what is shown; valid until the client changes. */
const ProlongChoice *prolong_window_get_choice (ProlongWindow *self);

/** prolong_window_choose: shows another product, which the person wants. */
void prolong_window_choose (ProlongWindow *self, const char *vendor, const char *product);

/** prolong_window_choose_id: the same for what prolong_chooser_dup_id() gives; anything else is passed over.
 */
void prolong_window_choose_id (ProlongWindow *self, const char *id);

/** prolong_window_focus: moves the focus to where the panel in sight begins. */
void prolong_window_focus (ProlongWindow *self);

/** prolong_window_show_panel: opens a panel by name and moves the focus into it. */
void prolong_window_show_panel (ProlongWindow *self, const char *name);

/** prolong_window_enter_code: opens the field for an activation code. */
void prolong_window_enter_code (ProlongWindow *self);

/** prolong_window_update: shows what the client knows. */
void prolong_window_update (ProlongWindow *self);

/** prolong_window_tell: a toast. */
void prolong_window_tell (ProlongWindow *self, const char *words);

/** prolong_window_install_actions: the actions `win.*`. */
void prolong_window_install_actions (GtkWidgetClass *klass);

/** prolong_window_update_actions: enables those that make sense now. */
void prolong_window_update_actions (ProlongWindow *self);

G_END_DECLS
