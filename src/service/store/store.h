/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/ticket.h"

G_BEGIN_DECLS

/*
 * What the service remembers. All SQL is in this folder; the rules are not. The functions block and belong to
 * one thread at a time per ProlongStore. Times are seconds UTC; a time that does not apply is 0. A function
 * that finds nothing returns NULL without an error.
 */

#define PROLONG_STORE_HASH_BYTES 32

typedef enum
{
  PROLONG_STORE_ERROR_OPEN,   /* cannot be opened, or was written by a newer version of the service */
  PROLONG_STORE_ERROR_FAILED, /* the database refused; nothing of the statement was done */
} ProlongStoreError;

#define PROLONG_STORE_ERROR (prolong_store_error_quark ())
GQuark prolong_store_error_quark (void);

/** A connection to the store. Writers take turns, also those of other processes (`codes issue`). */
typedef struct _ProlongStore ProlongStore;

typedef enum
{
  PROLONG_STORE_READ,
  PROLONG_STORE_WRITE, /* creates the file (0600) and brings an older schema up to date */
} ProlongStoreMode;

ProlongStore *
prolong_store_open (const char *path, ProlongStoreMode mode, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void prolong_store_close (ProlongStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongStore, prolong_store_close)

/** prolong_store_begin: starts a transaction; waits for another writer. */
gboolean prolong_store_begin (ProlongStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_store_commit: makes the transaction durable; when %FALSE is returned it was rolled back. */
gboolean prolong_store_commit (ProlongStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void prolong_store_rollback (ProlongStore *store);

/**
 * prolong_store_tidy:
 * @idle: whether nothing waits for the store
 *
 * Moves committed pages from the log to the database when the log has grown, or when @idle. Call it outside
 * of a transaction.
 */
void prolong_store_tidy (ProlongStore *store, gboolean idle);

/** How the next period of a subscription stands, as its provider reported it. The numbers are in the
 * database. */
typedef enum
{
  PROLONG_SUBSCRIPTION_ACTIVE = 0,
  PROLONG_SUBSCRIPTION_PAYMENT_FAILED = 1,
  PROLONG_SUBSCRIPTION_CANCELLED = 2, /* for good; works to the end of its period */
  PROLONG_SUBSCRIPTION_ENDED = 3,     /* never in the database: what each of the above becomes in time */
  PROLONG_N_SUBSCRIPTION_STATES
} ProlongSubscriptionState;

/** A code that was issued, with what it grants. */
typedef struct
{
  gint64 id;
  guint8 lookup[PROLONG_STORE_HASH_BYTES]; /* keyed hash of the code */
  GBytes *sealed; /* (nullable) the encrypted code; only written, never read back here */
  char *number;   /* license number */
  char *product;
  ProlongLicenseKind kind;
  gint64 term;   /* seconds; the shorter one once that was accepted; with all that renewals added */
  gint64 period; /* seconds; what the code granted first, and what each renewal adds */
  guint devices;
  gboolean renewal; /* needs an earlier license of the device */
  gboolean blocked;
  char *min_version; /* (nullable) */
  char *max_version; /* (nullable) */
  gint64 sell_by;    /* from then on it cannot be activated for the first time */
  gint64 issued;
  gint64 first_activated;
  gboolean has_subscription; /* the members below are set */
  char *provider;            /* empty: the vendor itself */
  ProlongSubscriptionState state;
  gint64 off_since;    /* when its auto-renewal was turned off; 0: it is on */
  char *manage_url;    /* (nullable) */
  char *status_url;    /* (nullable) */
  char *email;         /* (nullable) of the person, for mails about it */
  char *language;      /* (nullable) of these */
  gint64 shorter_term; /* what a renewal offers a device without an earlier license; 0: nothing */
  gboolean shortened;  /* that was accepted */
  gint64 renews;       /* the license that it was bought to renew; 0: whichever the device has */
} ProlongStoreCode;

void prolong_store_code_free (ProlongStoreCode *code);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongStoreCode, prolong_store_code_free)

/** prolong_store_add_code: sets the id of @code. */
gboolean prolong_store_add_code (ProlongStore *store,
                                 ProlongStoreCode *code,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
ProlongStoreCode *prolong_store_find_code (ProlongStore *store, const guint8 *lookup, GError **error);

/** prolong_store_find_number: by license number. */
ProlongStoreCode *prolong_store_find_number (ProlongStore *store, const char *number, GError **error);
ProlongStoreCode *prolong_store_get_code (ProlongStore *store, gint64 code, GError **error);
gboolean prolong_store_set_first_activated (ProlongStore *store, gint64 code, gint64 at, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean prolong_store_set_blocked (ProlongStore *store, gint64 code, gboolean blocked, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** prolong_store_set_shortened: from now on @code grants its shorter term. */
gboolean
prolong_store_set_shortened (ProlongStore *store, gint64 code, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* No license counts for longer than so many seconds after its end. */
#define PROLONG_STORE_GRACE_MAX G_GINT64_CONSTANT (86400)

/**
 * prolong_store_find_running:
 * @code: another license is wanted than this one
 *
 * Returns: (transfer full) (nullable): of the licenses for @product on which @device holds a seat, which are
 * not blocked, and which had not ended %PROLONG_STORE_GRACE_MAX before @now, the one that ends last.
 */
ProlongStoreCode *prolong_store_find_running (ProlongStore *store,
                                              const char *device,
                                              const char *product,
                                              gint64 code,
                                              gint64 now,
                                              GError **error);

/** The place of a device on a license; kept when the seat is released, so that the device gets it again. */
typedef struct
{
  gint64 row;
  char *id; /* as in the path and in tickets */
  gint64 code;
  char *device;
  char *device_name;
  char *product_version;                  /* (nullable) */
  guint8 token[PROLONG_STORE_HASH_BYTES]; /* hash of the seat token */
  gint64 serial;                          /* of the newest ticket */
  gint64 activated;
  gint64 last_seen;
  gboolean released;
} ProlongStoreActivation;

void prolong_store_activation_free (ProlongStoreActivation *activation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongStoreActivation, prolong_store_activation_free)

gboolean prolong_store_add_activation (ProlongStore *store,
                                       ProlongStoreActivation *activation,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean prolong_store_update_activation (ProlongStore *store,
                                          const ProlongStoreActivation *activation,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_store_find_activation: by its id; @code is set to its code. */
ProlongStoreActivation *
prolong_store_find_activation (ProlongStore *store, const char *id, ProlongStoreCode **code, GError **error);
ProlongStoreActivation *
prolong_store_find_device (ProlongStore *store, gint64 code, const char *device, GError **error);

/** prolong_store_count_seats: how many devices hold a seat of @code now. */
gboolean prolong_store_count_seats (ProlongStore *store, gint64 code, guint *used, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_store_list_seats:
 *
 * Returns: (transfer full) (element-type ProlongStoreActivation): at most @limit holders of seats, those
 * first that were not seen for longest; only id, device, device_name and last_seen are set.
 */
GPtrArray *prolong_store_list_seats (ProlongStore *store, gint64 code, guint limit, GError **error);

/** prolong_store_has_earlier: whether @device ever activated another code for @product; it is then in
 * @earlier. */
gboolean prolong_store_has_earlier (ProlongStore *store,
                                    const char *device,
                                    const char *product,
                                    gint64 code,
                                    gboolean *earlier,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** The answer that was given under an idempotency key. */
typedef struct
{
  guint8 key[PROLONG_STORE_HASH_BYTES];     /* hash of the call and its key */
  guint8 request[PROLONG_STORE_HASH_BYTES]; /* hash of what was asked */
  guint status;
  GBytes *body; /* sealed, for it may hold a seat token */
  gint64 created;
} ProlongStoreAnswer;

void prolong_store_answer_free (ProlongStoreAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongStoreAnswer, prolong_store_answer_free)

gboolean prolong_store_add_answer (ProlongStore *store,
                                   const ProlongStoreAnswer *answer,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
ProlongStoreAnswer *prolong_store_find_answer (ProlongStore *store, const guint8 *key, GError **error);

/** prolong_store_forget_answers: deletes some of the answers from before @before; call it again while it is
 * %TRUE. */
gboolean prolong_store_forget_answers (ProlongStore *store, gint64 before);

typedef enum
{
  PROLONG_STORE_EVENT_ISSUED = 1,
  PROLONG_STORE_EVENT_ACTIVATED = 2,
  PROLONG_STORE_EVENT_ACTIVATED_AGAIN = 3,
  PROLONG_STORE_EVENT_RELEASED = 4,
  PROLONG_STORE_EVENT_BLOCKED = 5,
  PROLONG_STORE_EVENT_REFUSED = 6,
  PROLONG_STORE_EVENT_SHORTENED = 7,      /* activated for the shorter term */
  PROLONG_STORE_EVENT_RELEASED_OTHER = 8, /* by somebody who has the code, from another device */
  /* Of an order: the state that it came to. */
  PROLONG_STORE_EVENT_ORDER_OPEN = 20,
  PROLONG_STORE_EVENT_ORDER_AWAITING_PAYMENT = 21,
  PROLONG_STORE_EVENT_ORDER_PAID = 22,
  PROLONG_STORE_EVENT_ORDER_DELIVERED = 23,
  PROLONG_STORE_EVENT_ORDER_CANCELLED = 24,
  PROLONG_STORE_EVENT_ORDER_EXPIRED = 25,
  /* Of a subscription. */
  PROLONG_STORE_EVENT_RENEWED = 40,
  PROLONG_STORE_EVENT_PAYMENT_FAILED = 41,
  PROLONG_STORE_EVENT_CANCELLED = 42,
  PROLONG_STORE_EVENT_AUTO_RENEWAL_ON = 43,
  PROLONG_STORE_EVENT_AUTO_RENEWAL_OFF = 44,
  /* Of a request for support, whose reference is the detail. */
  PROLONG_STORE_EVENT_SUPPORT_ASKED = 60,
  PROLONG_STORE_EVENT_SUPPORT_CLOSED = 61,
} ProlongStoreEvent;

/**
 * prolong_store_add_audit:
 * @activation: row of the activation, 0 for none
 * @detail: (nullable): a problem name, or who did it; never anything that a client sent
 */
gboolean prolong_store_add_audit (ProlongStore *store,
                                  gint64 at,
                                  ProlongStoreEvent event,
                                  gint64 code,
                                  gint64 activation,
                                  const char *detail,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
