/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/license.h"

G_BEGIN_DECLS

/* What license.c (the object, its state in time), license-check.c (Refresh) and license-remove.c (Remove) share. */

struct _ProlongLicense
{
  GObject parent_instance;
  const ProlongContext *context;
  ProlongVendor *vendor;
  ProlongLicenseRecord *record;
  ProlongTicket *ticket;
  char *product_version;

  GQueue waiting;  /* GTask of refresh calls; the first one made the request */
  char *nonce;     /* of the check under way */
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

/** prolong_license_schedule_check: the next check by the clock comes in @wait seconds. */
void prolong_license_schedule_check (ProlongLicense *license, gint64 wait);

G_END_DECLS
