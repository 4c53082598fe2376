/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/license-orders.h"

#include <glib/gi18n-lib.h>

#include "bus/contract.h"
#include "bus/order-words.h"
#include "window/look.h"
#include "window/wrap-box.h"

typedef struct
{
  const char *label;
  const char *action;
  gboolean of_order; /* the action is told which order */
} Way;

typedef enum
{
  WAY_NONE,
  WAY_PAY,
  WAY_CHECK,
  WAY_RETRY,
  WAY_SHOW_RESERVES,
  WAY_RENEW,
  WAY_FORGET,
  WAY_CLOSE,
} WayName;

static const Way ways[] = {
  [WAY_PAY] = { N_ ("Open the payment page"), "win.pay", TRUE },
  [WAY_CHECK] = { N_ ("Check now"), "win.check-order", TRUE },
  [WAY_RETRY] = { N_ ("Try again"), "win.check-order", TRUE },
  [WAY_SHOW_RESERVES] = { NC_ ("button", "Show"), "win.panel", FALSE },
  [WAY_RENEW] = { N_ ("Renew"), "win.renew", FALSE },
  [WAY_FORGET] = { N_ ("Forget the order"), "win.forget-order", TRUE },
  [WAY_CLOSE] = { N_ ("Close"), "win.forget-order", TRUE },
};

static const struct
{
  const char *icon;
  WayName ways[2];
} looks[] = {
  [PROLONG_STAGE_SENDING] = { "network-offline-symbolic", { WAY_RETRY, WAY_FORGET } },
  [PROLONG_STAGE_REFUSED] = { "dialog-warning-symbolic", { WAY_RENEW, WAY_CLOSE } },
  [PROLONG_STAGE_TO_PAY] = { "content-loading-symbolic", { WAY_PAY, WAY_FORGET } },
  [PROLONG_STAGE_PAID] = { "emblem-ok-symbolic", { WAY_CHECK } },
  [PROLONG_STAGE_ADDING] = { "content-loading-symbolic", { WAY_NONE } },
  [PROLONG_STAGE_WAITING] = { "content-loading-symbolic", { WAY_RETRY } },
  [PROLONG_STAGE_RESERVE] = { "emblem-ok-symbolic", { WAY_SHOW_RESERVES, WAY_CLOSE } },
  [PROLONG_STAGE_ACTIVE] = { "emblem-ok-symbolic", { WAY_CLOSE } },
  [PROLONG_STAGE_PRESENT] = { "emblem-ok-symbolic", { WAY_CLOSE } },
  [PROLONG_STAGE_NOT_ADDED] = { "dialog-warning-symbolic", { WAY_RETRY, WAY_CLOSE } },
  [PROLONG_STAGE_CANCELLED] = { "action-unavailable-symbolic", { WAY_RENEW, WAY_CLOSE } },
  [PROLONG_STAGE_EXPIRED] = { "action-unavailable-symbolic", { WAY_RENEW, WAY_CLOSE } },
};
G_STATIC_ASSERT (G_N_ELEMENTS (looks) == PROLONG_N_STAGES);

static const char *
get_label (WayName name)
{
  return name == WAY_SHOW_RESERVES ? g_dpgettext2 (GETTEXT_PACKAGE, "button", ways[name].label)
                                   : _ (ways[name].label);
}

static GtkWidget *
new_button (WayName name, const ProlongOrderInfo *order, const char *title)
{
  GtkWidget *button = prolong_look_button (get_label (name));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                    ways[name].of_order ? order->id : "reserve");
  if (name == WAY_RENEW)
    gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), ways[name].action);
  /* Of several orders, which one. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  return button;
}

static void
add_order (GtkBox *box, const ProlongOrderInfo *order)
{
  ProlongStage stage = prolong_order_info_get_stage (order);
  g_autofree char *what = prolong_words_order (order);
  g_autofree char *title
      = *order->number != '\0' ? g_strdup_printf ("%s · %s", what, order->number) : g_strdup (what);
  g_autofree char *body = prolong_words_order_stage (order);
  GtkWidget *notice = prolong_look_notice (looks[stage].icon, title, body, NULL, NULL);
  GtkWidget *buttons = g_object_new (PROLONG_TYPE_WRAP_BOX, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (looks[stage].ways); i++)
    if (looks[stage].ways[i] != WAY_NONE)
      prolong_wrap_box_append (PROLONG_WRAP_BOX (buttons), new_button (looks[stage].ways[i], order, title));
  gtk_widget_set_margin_top (buttons, 6);
  gtk_widget_set_visible (buttons, looks[stage].ways[0] != WAY_NONE);
  gtk_box_append (GTK_BOX (gtk_widget_get_last_child (notice)), buttons);
  gtk_box_append (box, notice);
}

/* What the rows depend on; while it stays the same they stay too, and keep the focus. */
static char *
dup_situation (GPtrArray *orders)
{
  GString *situation = g_string_new (NULL);

  for (guint i = 0; i < orders->len; i++)
    {
      const ProlongOrderInfo *order = g_ptr_array_index (orders, i);

      g_string_append_printf (situation, "%s %d %s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", order->id,
                              prolong_order_info_get_stage (order), order->problem, order->name,
                              order->delivers_at, order->pay_by);
    }
  return g_string_free (situation, FALSE);
}

void
prolong_license_orders_update (GtkBox *box, const ProlongChoice *choice)
{
  g_autoptr (GPtrArray) orders
      = prolong_snapshot_list_orders (choice->snapshot, choice->vendor_id, choice->product_id);
  g_autofree char *situation = dup_situation (orders);
  GtkWidget *child;

  if (g_strcmp0 (g_object_get_data (G_OBJECT (box), "situation"), situation) == 0)
    return;
  g_object_set_data_full (G_OBJECT (box), "situation", g_steal_pointer (&situation), g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (guint i = 0; i < orders->len; i++)
    add_order (box, g_ptr_array_index (orders, i));
  gtk_widget_set_visible (GTK_WIDGET (box), orders->len > 0);
}

static gboolean
is_awaited (const ProlongSnapshot *snapshot)
{
  for (guint i = 0; i < snapshot->orders->len; i++)
    {
      ProlongStage stage = prolong_order_info_get_stage (g_ptr_array_index (snapshot->orders, i));

      if (stage == PROLONG_STAGE_SENDING || stage == PROLONG_STAGE_TO_PAY || stage == PROLONG_STAGE_PAID)
        return TRUE;
    }
  return FALSE;
}

void
prolong_license_orders_ask (ProlongClient *client)
{
  const ProlongSnapshot *snapshot = client != NULL ? prolong_client_get_snapshot (client) : NULL;

  if (snapshot != NULL && is_awaited (snapshot))
    prolong_client_call (client, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "CheckOrder",
                         g_variant_new ("(s)", ""), NULL, NULL, NULL);
}
