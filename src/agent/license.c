/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/license-private.h"

#include "agent/schedule.h"

enum
{
  CHANGED,
  CHECKED,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (ProlongLicense, prolong_license, G_TYPE_OBJECT)

void
prolong_license_emit_changed (ProlongLicense *license)
{
  g_signal_emit (license, signals[CHANGED], 0);
}

void
prolong_license_emit_checked (ProlongLicense *license)
{
  g_signal_emit (license, signals[CHECKED], 0);
}

void
prolong_license_emit_removed (ProlongLicense *license)
{
  g_signal_emit (license, signals[REMOVED], 0);
}

static gint64
get_now (ProlongLicense *license)
{
  return prolong_vendor_get_now (license->vendor, license->context->clock, NULL);
}

char *
prolong_license_file_name (const char *vendor, const char *product)
{
  return g_strconcat (vendor, ".", product, PROLONG_LICENSE_SUFFIX, NULL);
}

ProlongVendor *
prolong_license_get_vendor (ProlongLicense *license)
{
  return license->vendor;
}

const ProlongTicket *
prolong_license_get_ticket (ProlongLicense *license)
{
  return license->ticket;
}

const ProlongLicenseRecord *
prolong_license_get_record (ProlongLicense *license)
{
  return license->record;
}

static ProlongState
get_own_state (ProlongLicense *license)
{
  const ProlongProfile *profile = prolong_vendor_get_profile (license->vendor);

  return prolong_ticket_get_state (license->ticket, get_now (license),
                                   prolong_profile_get_first_reminder (profile));
}

ProlongState
prolong_license_get_state (ProlongLicense *license)
{
  ProlongState state = get_own_state (license);

  return state == PROLONG_STATE_EXPIRED && license->pending ? PROLONG_STATE_PENDING : state;
}

gboolean
prolong_license_has_ended (ProlongLicense *license)
{
  return get_own_state (license) == PROLONG_STATE_EXPIRED;
}

void
prolong_license_set_pending (ProlongLicense *license, gboolean pending)
{
  if (license->pending == pending)
    return;
  license->pending = pending;
  prolong_license_emit_changed (license);
}

guint
prolong_license_get_days_left (ProlongLicense *license)
{
  return prolong_ticket_get_days_left (license->ticket, get_now (license));
}

gboolean
prolong_license_is_running (ProlongLicense *license)
{
  return prolong_state_is_running (prolong_license_get_state (license));
}

gboolean
prolong_license_is_confirmed (ProlongLicense *license)
{
  return get_now (license) <= license->ticket->check_by;
}

gboolean
prolong_license_is_clock_behind (ProlongLicense *license)
{
  gboolean behind;

  prolong_vendor_get_now (license->vendor, license->context->clock, &behind);
  return behind;
}

int
prolong_license_get_check_problem (ProlongLicense *license)
{
  return license->check_problem;
}

void
prolong_license_set_superseded (ProlongLicense *license, gboolean superseded)
{
  license->superseded = superseded;
}

void
prolong_license_set_product_version (ProlongLicense *license, const char *version)
{
  char *copy = g_strdup (version);

  g_free (license->product_version);
  license->product_version = copy;
}

static void
on_background_check (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The outcome stands in the properties; a check by the clock has nobody else to tell. */
  if (!prolong_license_refresh_finish (PROLONG_LICENSE (source), result, &error))
    g_debug ("Check failed: %s", prolong_problem_get_name (error->code));
}

/* A clock that was ahead and is set right must not put the next check off. */
static void
follow_clock (ProlongLicense *license)
{
  gint64 wait = license->check_at - license->scheduled_at;

  if (prolong_clock_get_system (license->context->clock) < license->scheduled_at)
    prolong_license_schedule_check (license, wait);
}

void
prolong_license_wake (ProlongLicense *license)
{
  prolong_license_emit_changed (license);
  follow_clock (license);
  if (license->check_at <= prolong_clock_get_system (license->context->clock) && license->nonce == NULL)
    prolong_license_refresh_async (license, on_background_check, NULL);
}

gint64
prolong_license_get_alarm (ProlongLicense *license)
{
  gint64 system = prolong_clock_get_system (license->context->clock);
  gint64 now = get_now (license);
  gint64 change = prolong_ticket_next_change (license->ticket, now);
  gint64 confirm = license->ticket->check_by >= now ? license->ticket->check_by + 1 : G_MAXINT64;
  gint64 check = license->nonce == NULL ? license->check_at : G_MAXINT64;

  change = MIN (change, confirm);
  if (change != G_MAXINT64)
    change = system + (change - now);
  return MIN (change, check);
}

void
prolong_license_schedule_check (ProlongLicense *license, gint64 wait)
{
  license->scheduled_at = prolong_clock_get_system (license->context->clock);
  license->check_at = license->scheduled_at + wait;
}

/* As often as any license, and around the end of a subscription when its renewal can be known. */
gint64
prolong_license_wait_for_renewal (ProlongLicense *license, gint64 asked)
{
  const ProlongTicket *ticket = license->ticket;
  double chance = prolong_schedule_chance ();
  gint64 renewal = G_MAXINT64;

  if (ticket->has_subscription && ticket->status != PROLONG_LICENSE_BLOCKED)
    renewal = prolong_schedule_renewal (ticket->expires, ticket->grace_until, asked, chance);
  if (renewal == G_MAXINT64)
    return G_MAXINT64;
  return MAX (renewal - get_now (license), prolong_schedule_soon (chance));
}

void
prolong_license_check_soon (ProlongLicense *license)
{
  if (license->check_problem >= 0)
    prolong_license_schedule_check (license, prolong_schedule_return (prolong_schedule_chance ()));
}

static void
prolong_license_finalize (GObject *object)
{
  ProlongLicense *license = PROLONG_LICENSE (object);

  g_object_unref (license->vendor);
  prolong_license_record_free (license->record);
  prolong_ticket_free (license->ticket);
  g_free (license->product_version);
  g_free (license->nonce);
  G_OBJECT_CLASS (prolong_license_parent_class)->finalize (object);
}

static void
prolong_license_class_init (ProlongLicenseClass *class)
{
  G_OBJECT_CLASS (class)->finalize = prolong_license_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[CHECKED] = g_signal_new ("checked", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
prolong_license_init (ProlongLicense *license)
{
  g_queue_init (&license->waiting);
  g_queue_init (&license->switches);
  license->check_problem = -1;
}

ProlongLicense *
prolong_license_new (const ProlongContext *context,
                     ProlongVendor *vendor,
                     ProlongLicenseRecord *record,
                     ProlongTicket *ticket)
{
  ProlongLicense *license = g_object_new (PROLONG_TYPE_LICENSE, NULL);
  gint64 system = prolong_clock_get_system (context->clock);
  gint64 wait = prolong_schedule_check (prolong_schedule_chance ());
  gint64 renewal;

  license->context = context;
  license->vendor = g_object_ref (vendor);
  license->record = record;
  license->ticket = ticket;
  prolong_vendor_learn_time (vendor, record->service_time, record->boot_id, record->boot_time);
  /* A day after the last check, or, when that has passed, within a minute: not all devices at the start of
   * the day. */
  license->scheduled_at = system;
  license->check_at = CLAMP (record->checked_at + wait,
                             system + prolong_schedule_soon (prolong_schedule_chance ()), system + wait);
  renewal = prolong_license_wait_for_renewal (license, ticket->iat);
  if (renewal != G_MAXINT64)
    license->check_at = MIN (license->check_at, system + renewal);
  return license;
}
