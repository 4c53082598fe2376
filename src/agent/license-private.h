/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/license.h"

G_BEGIN_DECLS

/* What license.c (the object, its state in time), license-check.c (Refresh) and license-remove.c (Remove)
 * share. */

struct _ProlongLicense
{
  GObject parent_instance;
  const ProlongContext *context;
  ProlongVendor *vendor;
  ProlongLicenseRecord *record;
  ProlongTicket *ticket;
  char *product_version;

  GQueue waiting;      /* GTask of refresh calls */
  GQueue switches;     /* GTask of calls that switch auto-renewal; one at a time, before the refresh calls */
  GTask *switching;    /* (nullable) the one under way */
  char *nonce;         /* (nullable) of what the service is asked now */
  gint64 check_at;     /* system time of the next check */
  gint64 scheduled_at; /* and when that was decided */
  guint failures;
  int check_problem;
  gboolean pending;    /* a hand-over is due or under way */
  gboolean superseded; /* another record stands, or is about to stand, in its place in the store */
};

void prolong_license_emit_changed (ProlongLicense *license);
void prolong_license_emit_checked (ProlongLicense *license);
void prolong_license_emit_removed (ProlongLicense *license);

/** prolong_license_ask: asks the service what is to be asked next, unless it is being asked. */
void prolong_license_ask (ProlongLicense *license);

/**
 * prolong_license_wait_for_renewal:
 * @asked: when the service was last asked, in the time of the vendor
 *
 * Returns: seconds until it is to be asked whether the subscription was renewed; %G_MAXINT64 for not by that.
 */
gint64 prolong_license_wait_for_renewal (ProlongLicense *license, gint64 asked);

/** prolong_license_schedule_check: the next check by the clock comes in @wait seconds. */
void prolong_license_schedule_check (ProlongLicense *license, gint64 wait);

G_END_DECLS
