/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "license/code.h"
#include "license/problem.h"
#include "license/term.h"

G_BEGIN_DECLS

/* Values: what the agent said at one instant. Strings are never NULL; times are seconds UTC, 0 for none. */

typedef struct
{
  char *id;
  char *name;
  char *version;
} ProlongProductInfo;

/** A shop near people that sells licenses of a vendor. */
typedef struct
{
  char *name;
  char *url;
  char **countries; /* ISO 3166; empty: everywhere */
} ProlongPartnerInfo;

/** What a vendor's support may be asked about. */
typedef struct
{
  char *id;
  char *name;
  char **fields; /* what is asked beside name, e-mail and message: names of the wire, with dashes */
} ProlongTopicInfo;

typedef struct
{
  char *id;
  char *name;
  char *service;
  char *code_pattern;
  char *number_pattern;
  ProlongCodeFormat format; /* points to the two patterns */
  char *support_url;
  char *support_email;
  char *shop_url;
  char *service_state; /* of its service: `unknown`, `ok` or a problem name */
  gboolean removable;
  GArray *reminder_days;     /* (element-type guint) days before the end, descending */
  GPtrArray *products;       /* (element-type ProlongProductInfo) */
  GPtrArray *partners;       /* (element-type ProlongPartnerInfo) */
  GPtrArray *support_topics; /* (element-type ProlongTopicInfo) */
} ProlongVendorInfo;

typedef struct
{
  char *path;
  char *id;
  char *vendor;
  char *vendor_name;
  char *product;
  char *name;
  char *number;
  ProlongLicenseKind kind;
  ProlongState state;
  guint days_left;
  gint64 starts_at;
  gint64 expires_at;
  gint64 grace_until;
  gint64 activated_at;
  guint devices_used;
  guint devices_limit;
  gboolean auto_renewal;
  char *provider;
  char *manage_url;
  char *status_url;
  gint64 covered_until;
  gint64 checked_at;
  gboolean confirmed;
  char *check_problem;
  char *clock;
  char *add_code;
  guint first_reminder;
} ProlongLicenseInfo;

/** prolong_license_info_get_end: when the next one takes over: the end of the term or, once that is over, of
 * the grace period. */
gint64 prolong_license_info_get_end (const ProlongLicenseInfo *license);

typedef enum
{
  PROLONG_STEP_CHECKING,
  PROLONG_STEP_STORING,
  PROLONG_STEP_SENDING,
  PROLONG_STEP_VERIFYING,
  PROLONG_STEP_SAVING,
  PROLONG_STEP_WAITING,
  PROLONG_STEP_DONE,
  PROLONG_STEP_REFUSED,
  PROLONG_STEP_CANCELLED,
  PROLONG_N_STEPS
} ProlongStep;

const char *prolong_step_get_name (ProlongStep step);

typedef enum
{
  PROLONG_OPERATION_ACTIVATION,
  PROLONG_OPERATION_RESERVE,
  PROLONG_OPERATION_HAND_OVER,
  PROLONG_N_OPERATION_KINDS
} ProlongOperationKind;

const char *prolong_operation_kind_get_name (ProlongOperationKind kind);

typedef struct
{
  char *path;
  char *id;
  ProlongOperationKind kind;
  char *vendor;
  char *product;
  char *code; /* masked */
  ProlongStep step;
  double progress;
  gboolean cancellable;
  char *error;             /* problem name, empty for none */
  GVariant *error_details; /* a{sv} */
  gint64 retry_at;
  char *license; /* object path or "/" */
  char *reserve; /* object path or "/" */
} ProlongOperationInfo;

typedef enum
{
  PROLONG_RESERVE_READY,
  PROLONG_RESERVE_UNCHECKED,
  PROLONG_RESERVE_PROBLEM,
  PROLONG_RESERVE_ACTIVATING,
  PROLONG_N_RESERVE_STATES
} ProlongReserveState;

const char *prolong_reserve_state_get_name (ProlongReserveState state);

typedef struct
{
  char *path;
  char *id;
  char *vendor;
  char *product;
  char *code; /* masked */
  guint position;
  ProlongReserveState state;
  char *problem;             /* problem name, empty for none */
  GVariant *problem_details; /* a{sv} */
  char *name;
  char *kind; /* name of the kind, empty until it is known */
  gint64 term;
  gint64 starts_at;
  gint64 expires_at;
  guint devices_used;
  guint devices_limit;
  gint64 checked_at;
  char *operation; /* object path or "/" */
} ProlongReserveInfo;

/** How far an order is, for a person. */
typedef enum
{
  PROLONG_STAGE_SENDING, /* the vendor may not have it yet */
  PROLONG_STAGE_REFUSED, /* the vendor did not take it */
  PROLONG_STAGE_TO_PAY,
  PROLONG_STAGE_PAID,
  PROLONG_STAGE_ADDING,  /* the code is on its way into the reserve codes, or is activated */
  PROLONG_STAGE_WAITING, /* the code is here, and something stands in its way */
  PROLONG_STAGE_RESERVE,
  PROLONG_STAGE_ACTIVE,
  PROLONG_STAGE_PRESENT,
  PROLONG_STAGE_NOT_ADDED, /* the code was refused */
  PROLONG_STAGE_CANCELLED,
  PROLONG_STAGE_EXPIRED,
  PROLONG_N_STAGES
} ProlongStage;

typedef struct
{
  char *id;
  char *vendor;
  char *product;
  char *name;
  char *number;
  char *license;
  guint devices;
  guint years;
  gint64 total;
  char *currency;
  gint64 created_at;
  gint64 pay_by;
  gint64 delivers_at;
  gint64 retry_at;
  char *state;
  char *outcome;
  char *problem;
} ProlongOrderInfo;

/** What was written to a vendor's support. */
typedef struct
{
  char *id;
  char *vendor;
  char *topic;
  char *state;     /* `sending`, `waiting`, `sent` or `refused` */
  char *reference; /* empty until it is sent */
  char *problem;   /* problem name, empty for none */
  guint codes_hidden;
  gint64 created_at;
  gint64 retry_at;
} ProlongSupportInfo;

ProlongStage prolong_order_info_get_stage (const ProlongOrderInfo *order);

/** prolong_order_info_may_forget: whether nothing is lost by taking it off the list. */
gboolean prolong_order_info_may_forget (const ProlongOrderInfo *order);

typedef struct
{
  GPtrArray *vendors;    /* (element-type ProlongVendorInfo) */
  GPtrArray *licenses;   /* (element-type ProlongLicenseInfo) what needs attention first, first */
  GPtrArray *operations; /* (element-type ProlongOperationInfo) */
  GPtrArray *reserves;   /* (element-type ProlongReserveInfo) by vendor, product and position */
  GPtrArray *orders;     /* (element-type ProlongOrderInfo) the oldest first */
  GPtrArray *support;    /* (element-type ProlongSupportInfo) the oldest first */
  char *keyring;
  char *service;
  char *tray;
  char *storage;
  char *start_at_login;
  char *device_name;
  char *email; /* for the next order */
  gboolean notifications;
  GArray *notification_days; /* (element-type guint) descending; empty: the reminder_days of each vendor */
} ProlongSnapshot;

/**
 * prolong_snapshot_new:
 * @objects: the answer of GetManagedObjects, `(a{oa{sa{sv}}})`
 * @manager: the properties of Manager1, `(a{sv})`
 *
 * What is missing or of another type counts as empty.
 */
ProlongSnapshot *prolong_snapshot_new (GVariant *objects, GVariant *manager);
void prolong_snapshot_free (ProlongSnapshot *snapshot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongSnapshot, prolong_snapshot_free)

const ProlongVendorInfo *prolong_snapshot_find_vendor (const ProlongSnapshot *snapshot, const char *id);

/**
 * prolong_snapshot_find_owners:
 * @text: what a person typed or pasted
 *
 * Returns: (transfer container) (element-type ProlongVendorInfo): the vendors whose codes look like that;
 * only one of them is to be asked about it.
 */
GPtrArray *prolong_snapshot_find_owners (const ProlongSnapshot *snapshot, const char *text);
const ProlongLicenseInfo *
prolong_snapshot_find_license (const ProlongSnapshot *snapshot, const char *vendor, const char *product);
const ProlongOperationInfo *prolong_snapshot_find_operation (const ProlongSnapshot *snapshot,
                                                             const char *path);

/** prolong_snapshot_find_reserve: by its object path. */
const ProlongReserveInfo *prolong_snapshot_find_reserve (const ProlongSnapshot *snapshot, const char *path);

/**
 * prolong_snapshot_list_reserves:
 *
 * Returns: (transfer container) (element-type ProlongReserveInfo): those of one product, in their order.
 */
GPtrArray *
prolong_snapshot_list_reserves (const ProlongSnapshot *snapshot, const char *vendor, const char *product);

/** prolong_snapshot_find_order: (nullable): by its id. */
const ProlongOrderInfo *prolong_snapshot_find_order (const ProlongSnapshot *snapshot, const char *id);

/** prolong_snapshot_find_support: (nullable): by its id. */
const ProlongSupportInfo *prolong_snapshot_find_support (const ProlongSnapshot *snapshot, const char *id);

/** prolong_snapshot_list_orders: (transfer container): those of one product, the oldest first. */
GPtrArray *
prolong_snapshot_list_orders (const ProlongSnapshot *snapshot, const char *vendor, const char *product);

/** prolong_snapshot_read_sync: for the command line: two calls, both on their way before the first answer is
 * awaited. */
ProlongSnapshot *prolong_snapshot_read_sync (GDBusConnection *bus, GCancellable *cancellable, GError **error);

/**
 * ProlongClient:
 *
 * The agent as the window sees it: keeps a snapshot up to date. Emits `changed` when there is a new snapshot
 * or error. It starts the agent when needed, attaches to it, and comes back to it after it was restarted.
 */
#define PROLONG_TYPE_CLIENT (prolong_client_get_type ())
G_DECLARE_FINAL_TYPE (ProlongClient, prolong_client, PROLONG, CLIENT, GObject)

ProlongClient *prolong_client_new (GDBusConnection *bus);

/** prolong_client_get_snapshot: (transfer none) (nullable): the newest snapshot; NULL before the first. */
const ProlongSnapshot *prolong_client_get_snapshot (ProlongClient *client);

/** prolong_client_get_error: (nullable): why the agent cannot be reached; NULL when it can. */
const GError *prolong_client_get_error (ProlongClient *client);

/** prolong_client_retry: reads again after an error. */
void prolong_client_retry (ProlongClient *client);

/**
 * prolong_client_call:
 * @path: an object of the snapshot, or %PROLONG_BUS_PATH
 * @arguments: (nullable): a tuple; a floating reference is taken
 *
 * Calls a method of the agent. The call has no time limit of its own: activations may take minutes.
 */
void prolong_client_call (ProlongClient *client,
                          const char *path,
                          const char *interface,
                          const char *method,
                          GVariant *arguments,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/** prolong_client_call_finish: (transfer full): the answer; errors are #PROLONG_PROBLEM, without the D-Bus
 * prefix. */
GVariant *prolong_client_call_finish (ProlongClient *client, GAsyncResult *result, GError **error);

G_END_DECLS
