/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/tray/look.h"

#include <glib/gi18n-lib.h>

#include "bus/words.h"

/* Ids of the menu: one for each fixed entry, and a range for the licenses. */
enum
{
  ID_LABEL = 1,
  ID_AFTER_LABEL,
  ID_ENTER_CODE,
  ID_RESERVE_CODE,
  ID_RENEW,
  ID_CHECK_STATUS,
  ID_AFTER_CODES,
  ID_PREFERENCES,
  ID_QUIT,
  ID_FIRST_LICENSE = 100,
};

const char *
prolong_tray_icon_get_name (ProlongTrayIcon icon)
{
  static const char *const names[] = {
    [PROLONG_TRAY_FINE] = PROLONG_APP_ID "-fine-symbolic",
    [PROLONG_TRAY_SOON] = PROLONG_APP_ID "-soon-symbolic",
    [PROLONG_TRAY_ENDED] = PROLONG_APP_ID "-ended-symbolic",
    [PROLONG_TRAY_ATTENTION] = PROLONG_APP_ID "-attention-symbolic",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == PROLONG_TRAY_N_ICONS);
  g_return_val_if_fail (icon < PROLONG_TRAY_N_ICONS, NULL);
  return names[icon];
}

/* What needs attention, the most urgent first. */

static gboolean
has_failed (const ProlongTrayProduct *product)
{
  return product->failed;
}

static gboolean
is_blocked (const ProlongTrayProduct *product)
{
  return product->state == PROLONG_STATE_BLOCKED;
}

static gboolean
has_ended (const ProlongTrayProduct *product)
{
  return product->state == PROLONG_STATE_EXPIRED || product->state == PROLONG_STATE_NONE;
}

static gboolean
is_clock_behind (const ProlongTrayProduct *product)
{
  return product->clock_behind;
}

static gboolean
has_problem (const ProlongTrayProduct *product)
{
  return product->problem;
}

/* Until the end of its grace a license works, so that there is time; one that renews by itself needs none
 * (E1). */
static gboolean
ends_soon (const ProlongTrayProduct *product)
{
  gboolean ends = product->state == PROLONG_STATE_EXPIRING || product->state == PROLONG_STATE_GRACE;

  return (ends && !product->covered) || product->state == PROLONG_STATE_PENDING;
}

static gboolean
is_fine (const ProlongTrayProduct *product)
{
  return TRUE;
}

static const struct
{
  gboolean (*holds) (const ProlongTrayProduct *product);
  ProlongTrayIcon icon;
  const char *reason; /* (nullable) where the label does not tell it */
} situations[] = {
  { has_failed, PROLONG_TRAY_ATTENTION, N_ ("A reserve code was not activated.") },
  { is_blocked, PROLONG_TRAY_ATTENTION, NULL },
  { has_ended, PROLONG_TRAY_ENDED, NULL },
  { is_clock_behind, PROLONG_TRAY_ATTENTION, N_ ("The clock of this device is behind.") },
  { has_problem, PROLONG_TRAY_ATTENTION, N_ ("A reserve code would not be activated.") },
  { ends_soon, PROLONG_TRAY_SOON, NULL },
  { is_fine, PROLONG_TRAY_FINE, NULL },
};

static gsize
find_situation (const ProlongTrayProduct *product)
{
  gsize i = 0;

  while (!situations[i].holds (product))
    i++;
  return i;
}

static int
compare_need (gconstpointer a, gconstpointer b)
{
  const ProlongTrayProduct *first = *(const ProlongTrayProduct *const *)a;
  const ProlongTrayProduct *second = *(const ProlongTrayProduct *const *)b;
  gsize first_situation = find_situation (first);
  gsize second_situation = find_situation (second);
  int order;

  if (first_situation != second_situation)
    return first_situation < second_situation ? -1 : 1;
  if (first->expires != second->expires)
    return first->expires < second->expires ? -1 : 1;
  order = strcmp (first->vendor, second->vendor);
  return order != 0 ? order : strcmp (first->product, second->product);
}

static GPtrArray *
sort_by_need (const ProlongTrayProduct *products, guint n_products)
{
  GPtrArray *sorted = g_ptr_array_new ();

  for (guint i = 0; i < n_products; i++)
    g_ptr_array_add (sorted, (gpointer)&products[i]);
  g_ptr_array_sort (sorted, compare_need);
  return sorted;
}

/* The words. */

static gboolean
is_name_shared (const ProlongTrayProduct *product, GPtrArray *products)
{
  for (guint i = 0; i < products->len; i++)
    {
      const ProlongTrayProduct *other = products->pdata[i];

      if (other != product && g_str_equal (other->name, product->name))
        return TRUE;
    }
  return FALSE;
}

/* The words of the label, with the name where there are several. */
static char *
label_of (const ProlongTrayProduct *product, GPtrArray *products)
{
  const char *vendor = is_name_shared (product, products) ? product->vendor_name : NULL;

  if (products->len < 2)
    return prolong_words_label (product->state, product->days_left);
  return prolong_words_named_label (product->name, vendor, product->state, product->days_left);
}

static char *
details_of (GPtrArray *products)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < products->len; i++)
    {
      const char *reason = situations[find_situation (products->pdata[i])].reason;

      if (i > 0)
        g_ptr_array_add (lines, label_of (products->pdata[i], products));
      if (reason != NULL)
        g_ptr_array_add (lines, g_strdup (_ (reason)));
    }
  if (lines->len == 0)
    return NULL;
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}

/* The menu. */

static void
entry_free (gpointer data)
{
  ProlongTrayEntry *entry = data;

  g_free (entry->label);
  g_free (entry->target);
  g_free (entry->product);
  g_free (entry);
}

static ProlongTrayEntry *
add_entry (ProlongTrayLook *look,
           gint32 id,
           ProlongTrayAction action,
           const char *label,
           const char *target,
           const char *product)
{
  ProlongTrayEntry *entry = g_new0 (ProlongTrayEntry, 1);

  entry->id = id;
  entry->action = action;
  entry->label = g_strdup (label);
  entry->target = g_strdup (target);
  entry->product = g_strdup (product);
  g_ptr_array_add (look->entries, entry);
  return entry;
}

/* Where the label leads: to the license that it speaks of; without one to the panel. */
static void
add_label (ProlongTrayLook *look, const ProlongTrayProduct *first, guint n_held)
{
  g_autofree char *label
      = first != NULL ? prolong_words_label (first->state, first->days_left) : g_strdup (look->label);

  if (n_held > 1 && first->held)
    add_entry (look, ID_LABEL, PROLONG_TRAY_OPEN_LICENSE, label, first->vendor, first->product);
  else
    add_entry (look, ID_LABEL, PROLONG_TRAY_OPEN_PANEL, label, "license", NULL);
}

/* In an order that does not change by the day, so that a hand finds its entry again. */
static int
compare_name (gconstpointer a, gconstpointer b)
{
  const ProlongTrayProduct *first = *(const ProlongTrayProduct *const *)a;
  const ProlongTrayProduct *second = *(const ProlongTrayProduct *const *)b;
  int order = g_utf8_collate (first->name, second->name);

  if (order == 0)
    order = strcmp (first->vendor, second->vendor);
  return order != 0 ? order : strcmp (first->product, second->product);
}

static void
add_licenses (ProlongTrayLook *look, GPtrArray *products)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new ();

  for (guint i = 0; i < products->len; i++)
    if (((const ProlongTrayProduct *)products->pdata[i])->held)
      g_ptr_array_add (held, products->pdata[i]);
  g_ptr_array_sort (held, compare_name);
  for (guint i = 0; i < held->len; i++)
    {
      const ProlongTrayProduct *product = held->pdata[i];
      g_autofree char *label = label_of (product, products);

      add_entry (look, ID_FIRST_LICENSE + (gint32)i, PROLONG_TRAY_OPEN_LICENSE, label, product->vendor,
                 product->product);
    }
}

static guint
count_held (GPtrArray *products)
{
  guint n_held = 0;

  for (guint i = 0; i < products->len; i++)
    n_held += ((const ProlongTrayProduct *)products->pdata[i])->held ? 1 : 0;
  return n_held;
}

static void
fill_menu (ProlongTrayLook *look, GPtrArray *products)
{
  const ProlongTrayProduct *first = products->len > 0 ? products->pdata[0] : NULL;
  guint n_held = count_held (products);

  add_label (look, first, n_held);
  if (n_held > 1)
    add_licenses (look, products);
  add_entry (look, ID_AFTER_LABEL, PROLONG_TRAY_SEPARATOR, NULL, NULL, NULL);
  add_entry (look, ID_ENTER_CODE, PROLONG_TRAY_ENTER_CODE, _ ("Enter activation code"), NULL, NULL);
  add_entry (look, ID_RESERVE_CODE, PROLONG_TRAY_OPEN_PANEL, _ ("Reserve code"), "reserve", NULL);
  if (first != NULL)
    add_entry (look, ID_RENEW, PROLONG_TRAY_RENEW, _ ("Renew"), first->vendor, first->product);
  if (n_held > 0)
    add_entry (look, ID_CHECK_STATUS, PROLONG_TRAY_CHECK_STATUS, _ ("Check status"), NULL, NULL);
  add_entry (look, ID_AFTER_CODES, PROLONG_TRAY_SEPARATOR, NULL, NULL, NULL);
  add_entry (look, ID_PREFERENCES, PROLONG_TRAY_PREFERENCES, _ ("Preferences"), NULL, NULL);
  add_entry (look, ID_QUIT, PROLONG_TRAY_QUIT, _ ("Quit"), NULL, NULL);
}

ProlongTrayLook *
prolong_tray_look_new (const ProlongTrayProduct *products,
                       guint n_products,
                       gboolean pending,
                       gboolean reserves)
{
  ProlongTrayLook *look = g_new0 (ProlongTrayLook, 1);
  g_autoptr (GPtrArray) sorted = sort_by_need (products, n_products);

  look->entries = g_ptr_array_new_with_free_func (entry_free);
  look->asks = reserves;
  if (sorted->len > 0)
    {
      look->icon = situations[find_situation (sorted->pdata[0])].icon;
      look->label = label_of (sorted->pdata[0], sorted);
      look->details = details_of (sorted);
    }
  else
    {
      look->icon = pending ? PROLONG_TRAY_SOON : PROLONG_TRAY_ENDED;
      look->label = prolong_words_label (pending ? PROLONG_STATE_PENDING : PROLONG_STATE_NONE, 0);
    }
  /* A device that never had a license misses nothing. */
  look->urgent
      = sorted->len > 0 && (look->icon == PROLONG_TRAY_ENDED || look->icon == PROLONG_TRAY_ATTENTION);
  fill_menu (look, sorted);
  return look;
}

void
prolong_tray_look_free (ProlongTrayLook *look)
{
  if (look == NULL)
    return;
  g_free (look->label);
  g_free (look->details);
  g_ptr_array_unref (look->entries);
  g_free (look);
}

const ProlongTrayEntry *
prolong_tray_look_find (const ProlongTrayLook *look, gint32 id)
{
  for (guint i = 0; i < look->entries->len; i++)
    if (((const ProlongTrayEntry *)look->entries->pdata[i])->id == id)
      return look->entries->pdata[i];
  return NULL;
}
