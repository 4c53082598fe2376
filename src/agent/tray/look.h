/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "license/term.h"

G_BEGIN_DECLS

/* What the tray says, as a value: made of facts by a table, without a bus and without a clock. */

typedef enum
{
  PROLONG_TRAY_FINE,
  PROLONG_TRAY_SOON,
  PROLONG_TRAY_ENDED,
  PROLONG_TRAY_ATTENTION,
  PROLONG_TRAY_N_ICONS
} ProlongTrayIcon;

/** prolong_tray_icon_get_name: (transfer none): the name in the icon theme. */
const char *prolong_tray_icon_get_name (ProlongTrayIcon icon);

/**
 * ProlongTrayProduct:
 * @name: of the license, for people
 * @vendor_name: for people
 * @held: whether there is a license; if not, reserve codes are kept for the product
 * @state: of the license
 * @expires: its end, seconds UTC
 * @covered: what follows it lasts beyond the first reminder, or it renews by itself
 * @failed: a reserve code was to take over and did not
 * @clock_behind: the clock of this device is set back
 * @problem: something stands against a reserve code
 *
 * What is to be known of one product. The strings are not owned.
 */
typedef struct
{
  const char *vendor;
  const char *vendor_name;
  const char *product;
  const char *name;
  gboolean held;
  ProlongState state;
  guint days_left;
  gint64 expires;
  gboolean covered;
  gboolean failed;
  gboolean clock_behind;
  gboolean problem;
} ProlongTrayProduct;

/** What an entry of the menu does. */
typedef enum
{
  PROLONG_TRAY_OPEN_PANEL, /* @target: its name */
  PROLONG_TRAY_OPEN_LICENSE,
  PROLONG_TRAY_ENTER_CODE,
  PROLONG_TRAY_RENEW,
  PROLONG_TRAY_CHECK_STATUS,
  PROLONG_TRAY_PREFERENCES,
  PROLONG_TRAY_QUIT,
  PROLONG_TRAY_SEPARATOR,
} ProlongTrayAction;

/**
 * ProlongTrayEntry:
 * @id: above 0, and the same for the same entry as long as the menu lives
 * @label: (nullable): as text, without mnemonics; %NULL for a separator
 * @target: (nullable): of a panel, its name; of a license, the vendor
 * @product: (nullable): of a license
 */
typedef struct
{
  gint32 id;
  ProlongTrayAction action;
  char *label;
  char *target;
  char *product;
} ProlongTrayEntry;

/**
 * ProlongTrayLook:
 * @label: of what needs attention first, for example "License: 23 days left" (A1)
 * @details: (nullable): what is to be said besides: why the icon asks for attention, and the other licenses
 * @urgent: whether the icon should not be hidden in a drawer
 * @asks: whether quitting costs something, so that the person is to be asked: a reserve code would not take
 * over
 * @entries: (element-type ProlongTrayEntry)
 */
typedef struct
{
  ProlongTrayIcon icon;
  gboolean urgent;
  gboolean asks;
  char *label;
  char *details;
  GPtrArray *entries;
} ProlongTrayLook;

/**
 * prolong_tray_look_new:
 * @products: (array length=n_products): those with a license or with reserve codes
 * @pending: whether an activation is under way
 * @reserves: whether there are reserve codes that could take over
 */
ProlongTrayLook *prolong_tray_look_new (const ProlongTrayProduct *products,
                                        guint n_products,
                                        gboolean pending,
                                        gboolean reserves);
void prolong_tray_look_free (ProlongTrayLook *look);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongTrayLook, prolong_tray_look_free)

/** prolong_tray_look_find: (nullable): the entry with an id. */
const ProlongTrayEntry *prolong_tray_look_find (const ProlongTrayLook *look, gint32 id);

G_END_DECLS
