/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/operation.h"
#include "agent/code-request.h"

G_BEGIN_DECLS

/* What operation.c (the object), operation-journal.c (keep, send, wait, clear) and operation-answer.c
 * (verify, save) and operation-reserve.c (what only reserve codes do) share. */

struct _ProlongOperation
{
  GObject parent_instance;
  const ProlongContext *context;
  const ProlongOperationHost *host;
  ProlongVendor *vendor;
  ProlongIntent *intent;
  ProlongCode *code; /* NULL after a restart, until it is looked up */
  ProlongCode *previous_code;

  ProlongOperationStep step;
  GError *error;
  GCancellable *cancellable;
  gboolean cancelled;
  gboolean fresh;       /* begun in this run, not read from the store */
  gboolean busy;        /* a step is under way and will call back */
  gboolean may_prompt;  /* the person is there */
  gboolean end_reached; /* the service confirmed that a hand-over is due */
  gboolean maybe_kept;  /* the code may be in the keyring */
  gboolean maybe_sent;  /* an attempt before this one may have reached the service */

  /* What the service said before a reserve code was kept. */
  ProlongPreflight preflight;
  gboolean has_preflight;

  /* Between the answer and the durable record. */
  ProlongLicenseRecord *record;
  ProlongTicket *ticket;
};

void prolong_operation_set_step (ProlongOperation *operation, ProlongOperationStep step);

/** prolong_operation_set_error: (transfer full) @error. */
void prolong_operation_set_error (ProlongOperation *operation, GError *error);

/** prolong_operation_begin: the first writing of the intent, and all that follows. */
void prolong_operation_begin (ProlongOperation *operation);

/** prolong_operation_go_on: the next attempt, with the code in hand or from the keyring. */
void prolong_operation_go_on (ProlongOperation *operation);

/** prolong_operation_go_on_with_code: the same, with a code that the person entered once more. */
void prolong_operation_go_on_with_code (ProlongOperation *operation);

/** prolong_operation_undo: takes the code and the intent away, which ends the operation. */
void prolong_operation_undo (ProlongOperation *operation);

/** prolong_operation_wait: (transfer full) @error: waits for the next attempt, as durable as everything else.
 */
void prolong_operation_wait (ProlongOperation *operation, GError *error, gint64 retry_after);

/** prolong_operation_clear_intent: step 7. */
void prolong_operation_clear_intent (ProlongOperation *operation);

/** prolong_operation_refuse: (transfer full) @error: a decision; a code that is no reserve code is taken
 * away. */
void prolong_operation_refuse (ProlongOperation *operation, GError *error);

/** prolong_operation_write_draft: the first durable trace. */
void prolong_operation_write_draft (ProlongOperation *operation);

/** prolong_operation_use_code: the code is in hand: activates it, or keeps it as a reserve code. */
void prolong_operation_use_code (ProlongOperation *operation);

/** prolong_operation_attempt: steps 3 and 4. */
void prolong_operation_attempt (ProlongOperation *operation);

/** prolong_operation_fill_request: what is asked of the service, the same at each attempt. */
void prolong_operation_fill_request (ProlongOperation *operation, ProlongCodeRequest *request);

/* What only reserve codes do. */

/** prolong_operation_ask_first: a preflight, before a code is kept for later. */
void prolong_operation_ask_first (ProlongOperation *operation);

/** prolong_operation_keep: puts the code on the list of reserve codes. */
void prolong_operation_keep (ProlongOperation *operation);

/** prolong_operation_confirm_end: before a hand-over: has the license ended? */
void prolong_operation_confirm_end (ProlongOperation *operation);

/** prolong_operation_leave_list: after a hand-over: the code is no reserve code any more. */
void prolong_operation_leave_list (ProlongOperation *operation);

/** prolong_operation_give_up: (transfer full) @error: the reserve code was refused; it stays, with the
 * reason. */
void prolong_operation_give_up (ProlongOperation *operation, GError *error);

/** prolong_operation_take_answer: steps 5 and 6. */
void prolong_operation_take_answer (ProlongOperation *operation, const ProlongAnswer *answer);

G_END_DECLS
