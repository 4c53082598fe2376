/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/context.h"
#include "agent/license.h"
#include "agent/record.h"
#include "agent/vendor.h"
#include "license/problem.h"
#include "renewal/messages.h"

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
 * The journal of one activation, or of a reserve code on its way into the keyring (design: the agent). Its
 * intent is written before the code is kept, so that no kill leaves a code in the keyring that nobody knows
 * of, and cleared after the ticket is durable, so that none leaves a seat taken that this device does not
 * know of. In between every attempt sends the same bytes under one idempotency key.
 *
 * Emits `changed` when anything that a client sees is another, and `licensed` with the record and ticket once
 * they are durable.
 */
#define PROLONG_TYPE_OPERATION (prolong_operation_get_type ())
G_DECLARE_FINAL_TYPE (ProlongOperation, prolong_operation, PROLONG, OPERATION, GObject)

/** What a hand-over finds out first: whether the license that it follows has really ended. */
typedef enum
{
  PROLONG_END_REACHED,
  PROLONG_END_NOT_YET, /* the service says that it runs: the clock of this device is ahead, or it was renewed
                        */
  PROLONG_END_UNKNOWN, /* the service could not be asked */
} ProlongEnd;

/**
 * ProlongOperationHost:
 * @find_license: (nullable): the license held for a product of a vendor
 * @adopt: takes over a license whose record is durable; both are (transfer full)
 * @confirm_end: asks the service whether the license of a product has ended
 * @confirm_end_finish: its outcome; for %PROLONG_END_UNKNOWN with the reason in @error
 * @get_current: (nullable): id of the activation that a reserve code for a product is to follow
 * @keep: saves the code of @intent as a reserve code; @preflight is NULL when the service could not be asked
 * @give_up: notes why the reserve code of @intent was refused
 * @hand_over: takes the reserve code of @intent off the list, since it is a license now
 * @change_finish: the outcome of the last three
 *
 * What an operation asks of the engine.
 */
typedef struct
{
  ProlongLicense *(*find_license) (gpointer data, ProlongVendor *vendor, const char *product);
  void (*adopt) (gpointer data, ProlongVendor *vendor, ProlongLicenseRecord *record, ProlongTicket *ticket);
  void (*confirm_end) (gpointer data,
                       const ProlongIntent *intent,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  ProlongEnd (*confirm_end_finish) (gpointer data, GAsyncResult *result, GError **error);
  const char *(*get_current) (gpointer data, const ProlongIntent *intent);
  void (*keep) (gpointer data,
                const ProlongIntent *intent,
                const ProlongPreflight *preflight,
                GAsyncReadyCallback callback,
                gpointer user_data);
  void (*give_up) (gpointer data,
                   const ProlongIntent *intent,
                   const GError *problem,
                   GAsyncReadyCallback callback,
                   gpointer user_data);
  void (*hand_over) (gpointer data,
                     const ProlongIntent *intent,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
  gboolean (*change_finish) (gpointer data, GAsyncResult *result, GError **error);
  gpointer data;
} ProlongOperationHost;

/**
 * ProlongOperationPlan:
 * @id: (nullable): the id that it is to have; else one of its own
 * @product: id of the product, or empty
 * @version: its installed version, or empty
 * @code: (nullable): the code; NULL for a hand-over, whose code is in the keyring
 * @previous_code: (nullable): of the previous license, for a renewal code
 * @accept_shorter_term: there is none, and the person takes the shorter term
 * @reserve: (nullable): the reserve code of a hand-over
 *
 * What a new operation is to do. Its first attempt may ask the person to unlock the keyring, for then the
 * code is really needed; the ones after it, and those after a restart, only when the person wants to try
 * again.
 */
typedef struct
{
  ProlongIntentKind kind;
  const char *id;
  const char *product;
  const char *version;
  ProlongCode *code;
  ProlongCode *previous_code;
  gboolean accept_shorter_term;
  const ProlongReserveRecord *reserve;
} ProlongOperationPlan;

ProlongOperation *prolong_operation_new (const ProlongContext *context,
                                         const ProlongOperationHost *host,
                                         ProlongVendor *vendor,
                                         const ProlongOperationPlan *plan);

/** prolong_operation_resume: (transfer full) @intent: one that was under way when the agent ended. */
ProlongOperation *prolong_operation_resume (const ProlongContext *context,
                                            const ProlongOperationHost *host,
                                            ProlongVendor *vendor,
                                            ProlongIntent *intent);

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

/** prolong_operation_abandon: ends a hand-over that waits and was not sent; returns whether it did. */
gboolean prolong_operation_abandon (ProlongOperation *operation);

/** prolong_operation_retry: the person wants the next attempt now, and may be asked to unlock the keyring. */
void prolong_operation_retry (ProlongOperation *operation);

/** prolong_operation_retry_soon: the network or the keyring is back: the next attempt comes within a minute.
 */
void prolong_operation_retry_soon (ProlongOperation *operation);

/** prolong_operation_waits_for: whether it waits because of @problem. */
gboolean prolong_operation_waits_for (ProlongOperation *operation, ProlongProblem problem);

/** prolong_operation_provide_code: the person entered the code once more; @text is forgiven like everywhere.
 */
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

/** prolong_operation_reach: tells the observer of a point of the journal. */
void prolong_operation_reach (const char *point);

G_END_DECLS
