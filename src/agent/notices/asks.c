/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/notices/asks.h"

#define PATIENCE G_GINT64_CONSTANT (3600)

/* So fresh is a confirmation that another one would say the same. */
#define FRESH G_GINT64_CONSTANT (600)

struct _ProlongAsks
{
  ProlongClock *clock;
  GHashTable *asked; /* id of an activation or an operation -> Ask */
};

typedef struct
{
  gint64 since; /* system time */
  gboolean confirmed;
} Ask;

ProlongAsks *
prolong_asks_new (ProlongClock *clock)
{
  ProlongAsks *asks = g_new0 (ProlongAsks, 1);

  asks->clock = g_object_ref (clock);
  asks->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return asks;
}

void
prolong_asks_free (ProlongAsks *asks)
{
  g_object_unref (asks->clock);
  g_hash_table_unref (asks->asked);
  g_free (asks);
}

static Ask *
ask_new (ProlongAsks *asks, const char *id)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->since = prolong_clock_get_system (asks->clock);
  g_hash_table_insert (asks->asked, g_strdup (id), ask);
  return ask;
}

/* The clock may have been set: what lies in the future is as old as what lies as far in the past. */
static gint64
age (ProlongAsks *asks, gint64 instant)
{
  return ABS (prolong_clock_get_system (asks->clock) - instant);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The engine hears of the outcome as well, and lets everybody look again. */
  if (!prolong_license_refresh_finish (PROLONG_LICENSE (source), result, &error))
    g_debug ("Not asked before a warning: %s", error->message);
}

ProlongAskState
prolong_asks_look (ProlongAsks *asks, ProlongLicense *license, gint64 *until)
{
  const char *id = prolong_license_get_ticket (license)->sub;
  gint64 checked_at = prolong_license_get_record (license)->checked_at;
  gboolean fresh = age (asks, checked_at) <= FRESH;
  Ask *ask = g_hash_table_lookup (asks->asked, id);

  /* An answer of which no use was made, for it could not be told, is asked for again; so is one of the
   * future. */
  if (ask == NULL || (!fresh && (ask->confirmed || checked_at > ask->since))
      || ask->since > prolong_clock_get_system (asks->clock))
    {
      ask = ask_new (asks, id);
      if (!fresh)
        prolong_license_refresh_async (license, on_refreshed, NULL);
    }
  ask->confirmed = ask->confirmed || fresh;
  *until = ask->since + PATIENCE;
  if (ask->confirmed)
    return PROLONG_ASK_CONFIRMED;
  return prolong_asks_is_in_vain (asks, license) ? PROLONG_ASK_IN_VAIN : PROLONG_ASK_WAITING;
}

gboolean
prolong_asks_is_in_vain (ProlongAsks *asks, ProlongLicense *license)
{
  const Ask *ask = g_hash_table_lookup (asks->asked, prolong_license_get_ticket (license)->sub);

  return ask != NULL && !ask->confirmed && age (asks, ask->since) >= PATIENCE;
}

void
prolong_asks_forget (ProlongAsks *asks, ProlongLicense *license)
{
  g_hash_table_remove (asks->asked, prolong_license_get_ticket (license)->sub);
}

gint64
prolong_asks_get_now (ProlongAsks *asks, ProlongLicense *license)
{
  const ProlongLicenseRecord *record = prolong_license_get_record (license);
  const Ask *ask = g_hash_table_lookup (asks->asked, prolong_license_get_ticket (license)->sub);
  gint64 now = prolong_vendor_get_now (prolong_license_get_vendor (license), asks->clock, NULL);
  gint64 elapsed;

  if (ask == NULL || !ask->confirmed)
    return now;
  elapsed = g_strcmp0 (record->boot_id, prolong_clock_get_boot_id (asks->clock)) == 0
                ? prolong_clock_get_boot (asks->clock) - record->boot_time
                : prolong_clock_get_system (asks->clock) - record->checked_at;
  return MIN (now, record->service_time + MAX (elapsed, 0));
}

gboolean
prolong_asks_has_waited (ProlongAsks *asks, const char *operation, gint64 *until)
{
  Ask *ask = g_hash_table_lookup (asks->asked, operation);

  if (ask == NULL)
    ask = ask_new (asks, operation);
  *until = ask->since + PATIENCE;
  return age (asks, ask->since) >= PATIENCE;
}
