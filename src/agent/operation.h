/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/context.h"
#include "agent/license.h"
#include "agent/record.h"
#include "agent/vendor.h"
#include "license/problem.h"

G_BEGIN_DECLS

/** The `Step` of Operation1, in the order in which they come. */
typedef enum
{
  PROLONG_OPERATION_CHECKING,
  PROLONG_OPERATION_STORING,
  PROLONG_OPERATION_SENDING,
  PROLONG_OPERATION_VERIFYING,
  PROLONG_OPERATION_SAVING,
  PROLONG_OPERATION_WAITING,
  PROLONG_OPERATION_DONE,
  PROLONG_OPERATION_REFUSED,
  PROLONG_OPERATION_CANCELLED,
} ProlongOperationStep;

const char *prolong_operation_step_get_name (ProlongOperationStep step);

/**
 * ProlongOperation:
 *
 * The journal of one activation (design: the agent). Its intent is written before the code is kept, so that no kill
 * leaves a code in the keyring that nobody knows of, and cleared after the ticket is durable, so that none leaves a
 * seat taken that this device does not know of. In between every attempt sends the same bytes under one idempotency
 * key.
 *
 * Emits `changed` when anything that a client sees is another, and `licensed` with the record and ticket once they
 * are durable.
 */
#define PROLONG_TYPE_OPERATION (prolong_operation_get_type ())
G_DECLARE_FINAL_TYPE (ProlongOperation, prolong_operation, PROLONG, OPERATION, GObject)

/**
 * ProlongOperationHost:
 * @find_license: (nullable): the license held for a product of a vendor
 * @adopt: takes over a license whose record is durable; both are (transfer full)
 *
 * What an operation asks of the engine.
 */
typedef struct
{
  ProlongLicense *(*find_license) (gpointer data, ProlongVendor *vendor, const char *product);
  void (*adopt) (gpointer data, ProlongVendor *vendor, ProlongLicenseRecord *record, ProlongTicket *ticket);
  gpointer data;
} ProlongOperationHost;

/** prolong_operation_new: a new activation of @code; @product and @version may be empty. */
ProlongOperation *prolong_operation_new (const ProlongContext *context, const ProlongOperationHost *host,
                                         ProlongVendor *vendor, const char *product, const char *version,
                                         ProlongCode *code);

/** prolong_operation_resume: (transfer full) @intent: one that was under way when the agent ended. */
ProlongOperation *prolong_operation_resume (const ProlongContext *context, const ProlongOperationHost *host,
                                            ProlongVendor *vendor, ProlongIntent *intent);

/** prolong_operation_start: makes the first step; both after new and after resume. */
void prolong_operation_start (ProlongOperation *operation);

const ProlongIntent *prolong_operation_get_intent (ProlongOperation *operation);
ProlongVendor *prolong_operation_get_vendor (ProlongOperation *operation);
ProlongOperationStep prolong_operation_get_step (ProlongOperation *operation);
double prolong_operation_get_progress (ProlongOperation *operation);
gboolean prolong_operation_is_cancellable (ProlongOperation *operation);

/** prolong_operation_has_ended: whether it is done, refused or cancelled. */
gboolean prolong_operation_has_ended (ProlongOperation *operation);

/** prolong_operation_get_error: (nullable): what it waits for or was refused with. */
const GError *prolong_operation_get_error (ProlongOperation *operation);

/** prolong_operation_has_code: whether it is about @code, as far as this process knows. */
gboolean prolong_operation_has_code (ProlongOperation *operation, ProlongCode *code);

gboolean prolong_operation_cancel (ProlongOperation *operation, GError **error);

/** prolong_operation_retry: the person wants the next attempt now, and may be asked to unlock the keyring. */
void prolong_operation_retry (ProlongOperation *operation);

/** prolong_operation_retry_soon: the network or the keyring is back: the next attempt comes within a minute. */
void prolong_operation_retry_soon (ProlongOperation *operation);

/** prolong_operation_waits_for: whether it waits because of @problem. */
gboolean prolong_operation_waits_for (ProlongOperation *operation, ProlongProblem problem);

/** prolong_operation_provide_code: the person entered the code once more; @text is forgiven like everywhere. */
gboolean prolong_operation_provide_code (ProlongOperation *operation, const char *text, GError **error);

/** prolong_operation_wake: makes the next attempt when it is due. */
void prolong_operation_wake (ProlongOperation *operation);

/** prolong_operation_get_alarm: system time of the next attempt, %G_MAXINT64 for none. */
gint64 prolong_operation_get_alarm (ProlongOperation *operation);

/**
 * prolong_operation_set_observer:
 * @observer: (nullable): called with the name of each point of the journal that is reached
 *
 * For tests that end the agent at every point.
 */
void prolong_operation_set_observer (void (*observer) (const char *point));

G_END_DECLS
