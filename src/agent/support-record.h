/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PROLONG_SUPPORT_SUFFIX ".support"

typedef enum
{
  PROLONG_SUPPORT_SENDING, /* for the first time */
  PROLONG_SUPPORT_WAITING, /* for the next attempt */
  PROLONG_SUPPORT_SENT,
  PROLONG_SUPPORT_REFUSED, /* by the service, when nobody was there to be told */
} ProlongSupportState;

const char *prolong_support_state_get_name (ProlongSupportState state);

/**
 * ProlongSupportRecord:
 * @request: (nullable): what is sent, byte for byte, until it is settled: nothing that the person wrote stays
 * longer
 * @settled_at: system time, 0 before
 * @failures: attempts in a row that got no answer
 * @retry_at: system time, 0 for not by itself
 * @problem: (nullable): what the newest attempt failed with, or why it was refused
 *
 * What was written to a vendor's support: a file of the state directory.
 */
typedef struct
{
  char *id;
  char *vendor;
  char *topic;
  char *key; /* idempotency key */
  char *request;
  ProlongSupportState state;
  char *reference; /* (nullable) under which the vendor has it */
  guint codes_hidden;
  gint64 created_at;
  gint64 settled_at;
  guint failures;
  gint64 retry_at;
  char *problem;
} ProlongSupportRecord;

ProlongSupportRecord *prolong_support_record_decode (const char *text, gsize length, GError **error);

/** prolong_support_record_encode: (transfer full). */
GBytes *prolong_support_record_encode (const ProlongSupportRecord *record);
void prolong_support_record_free (ProlongSupportRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongSupportRecord, prolong_support_record_free)

/** prolong_support_record_is_settled: whether nothing more happens by itself. */
gboolean prolong_support_record_is_settled (const ProlongSupportRecord *record);

G_END_DECLS
