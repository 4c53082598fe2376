/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * The files of the state directory, as JSON. They pass the same strict gate as what comes from the network: a
 * file may be damaged, or another program's.
 */

#define PROLONG_LICENSE_SUFFIX ".license"
#define PROLONG_JOURNAL_SUFFIX ".journal"
#define PROLONG_RESERVES_SUFFIX ".reserves"

/** A license held: the ticket as received and what goes with it. */
typedef struct
{
  char *vendor;
  char *product;
  char *ticket;      /* compact JWS */
  char *seat_token;  /* Bearer for this activation */
  char *code_id;     /* (nullable) the item in the keyring */
  char *operation;   /* id of the intent that led to it */
  char *replaces;    /* the item in the keyring of the license before it, until that is cleared; else empty */
  gint64 checked_at; /* system time of the last confirmation */
  gint64 service_time; /* newest signed time of the service */
  char *boot_id;       /* the run of the machine in which service_time came */
  gint64 boot_time;    /* and the boot time at that instant */
} ProlongLicenseRecord;

/** What an operation is for. */
typedef enum
{
  PROLONG_INTENT_ACTIVATION,
  PROLONG_INTENT_RESERVE,   /* the code is saved for later */
  PROLONG_INTENT_HAND_OVER, /* a code saved earlier is activated */
} ProlongIntentKind;

const char *prolong_intent_kind_get_name (ProlongIntentKind kind);

/** Where an activation is, as far as it matters after a restart. */
typedef enum
{
  PROLONG_PHASE_STORING, /* the code may or may not be in the keyring; nothing was sent */
  PROLONG_PHASE_READY,   /* the code is kept; nothing was sent */
  PROLONG_PHASE_SENT,    /* the service may know of it */
} ProlongPhase;

/**
 * An intent: the promise to carry an activation to its end. The request is made of it anew at each attempt,
 * byte for byte the same, as the idempotency key demands.
 */
typedef struct
{
  char *id;
  ProlongIntentKind kind;
  char *vendor;
  char *product;     /* empty: any */
  char *code_id;     /* the item in the keyring */
  char *mask;        /* the code, masked */
  char *reserve;     /* id of the reserve code of a hand-over, else empty */
  char *previous_id; /* the item in the keyring with the code of the previous license, or empty */
  gboolean accept_shorter_term;
  char *key; /* idempotency key, a UUID */
  char *nonce;
  char *device_name;
  char *product_version; /* empty: unknown */
  ProlongPhase phase;
  guint failures;
  gint64 retry_at; /* system time, 0 for none */
  char *problem;   /* what the newest attempt failed with, empty for nothing */
} ProlongIntent;

/** A reserve code, as far as it is not in the keyring. */
typedef struct
{
  char *id;
  char *code_id; /* the item in the keyring */
  char *mask;
  gint64 added_at;

  /* What the service said of it; 0 and empty before the first time. */
  char *name;
  char *kind;
  gint64 term;
  gint64 first_activated;
  guint devices_used;
  guint devices_limit;
  gint64 checked_at;

  gboolean refused; /* by an activation: it is left alone until the person tries again */
  char *problem;    /* empty for none */
  char *details;    /* of the problem, an a{sv} in base64, or empty */
  guint failures;   /* checks in a row that reached no service */
} ProlongReserveRecord;

/** The reserve codes of one product, in the order in which they take over. */
typedef struct
{
  char *vendor;
  char *product;
  GPtrArray *reserves; /* (element-type ProlongReserveRecord) */
} ProlongReservesRecord;

/**
 * ProlongSettingsRecord:
 * @notification_days: (element-type guint): descending, none twice; empty: as each vendor's profile says
 * @device_name: empty: the host name
 * @email: kept for the next order; empty: none
 * @unknown: what a later version wrote, so that it is not lost
 *
 * What the person chose, see agent/settings.h.
 */
typedef struct
{
  gboolean tray;
  gboolean notifications;
  GArray *notification_days;
  char *device_name;
  char *email;
  JsonObject *unknown;
} ProlongSettingsRecord;

/** prolong_settings_record_new: (transfer full): as it is before the person chose anything. */
ProlongSettingsRecord *prolong_settings_record_new (void);
ProlongSettingsRecord *prolong_settings_record_copy (const ProlongSettingsRecord *record);
void prolong_settings_record_free (ProlongSettingsRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongSettingsRecord, prolong_settings_record_free)

/**
 * prolong_settings_record_decode:
 *
 * Each member counts by itself: one that is missing, or not what it must be, is as it was before the person
 * chose.
 *
 * Returns: (transfer full): the record; an error when @text is no object at all.
 */
ProlongSettingsRecord *prolong_settings_record_decode (const char *text, gsize length, GError **error);
GBytes *prolong_settings_record_encode (const ProlongSettingsRecord *record);

/** prolong_settings_record_set_days: whether each of @days can be one; they are then in the record, in order.
 */
gboolean prolong_settings_record_set_days (ProlongSettingsRecord *record, const guint *days, gsize n);

/** prolong_settings_record_set_device_name: whether @name can be one; it is then in the record, without
 * blanks around. */
gboolean prolong_settings_record_set_device_name (ProlongSettingsRecord *record, const char *name);

/** prolong_settings_record_set_email: whether @email is an address, or empty; it is then in the record. */
gboolean prolong_settings_record_set_email (ProlongSettingsRecord *record, const char *email);

ProlongReservesRecord *prolong_reserves_record_decode (const char *text, gsize length, GError **error);
GBytes *prolong_reserves_record_encode (const ProlongReservesRecord *record);
void prolong_reserves_record_free (ProlongReservesRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongReservesRecord, prolong_reserves_record_free)

void prolong_reserve_record_free (ProlongReserveRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongReserveRecord, prolong_reserve_record_free)

ProlongLicenseRecord *prolong_license_record_decode (const char *text, gsize length, GError **error);
GBytes *prolong_license_record_encode (const ProlongLicenseRecord *record);
void prolong_license_record_free (ProlongLicenseRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongLicenseRecord, prolong_license_record_free)

ProlongIntent *prolong_intent_decode (const char *text, gsize length, GError **error);
GBytes *prolong_intent_encode (const ProlongIntent *intent);
void prolong_intent_free (ProlongIntent *intent);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongIntent, prolong_intent_free)

G_END_DECLS
