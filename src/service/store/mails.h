/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/store/store.h"

G_BEGIN_DECLS

/* The queue of e-mails; as in store.h. */

/** What an e-mail tells. The numbers are in the database. */
typedef enum
{
  PROLONG_MAIL_ORDER = 1,   /* what was ordered, and how to pay */
  PROLONG_MAIL_INVOICE = 2, /* with the bank account where that is how it is paid, else as a receipt */
  PROLONG_MAIL_LICENSE = 3, /* the codes and the download links */
  PROLONG_MAIL_PAYMENT = 4, /* the money has come, and the codes come later */
  PROLONG_MAIL_REQUEST = 5, /* nothing itself: somebody asked for a license e-mail to be sent again */
  PROLONG_MAIL_RENEWED = 6, /* a subscription goes on */
  PROLONG_MAIL_PAYMENT_FAILED = 7,
  PROLONG_MAIL_SUPPORT = 8,          /* a request, to the vendor's support */
  PROLONG_MAIL_SUPPORT_RECEIVED = 9, /* that it came, to whoever made it */
} ProlongMailKind;

/** The numbers are in the database. */
typedef enum
{
  PROLONG_MAIL_WAITING = 0,
  PROLONG_MAIL_SENT = 1,    /* sendmail has taken it */
  PROLONG_MAIL_HANDING = 2, /* sendmail was started, and how that ended is not known yet */
  PROLONG_MAIL_FAILED = 3,  /* for good */
  PROLONG_MAIL_DROPPED = 4, /* what it was to tell is no longer so, or there was nothing to do */
} ProlongMailState;

typedef struct
{
  gint64 id;
  ProlongMailKind kind;
  gint64 order;   /* that it is about; else 0 */
  gint64 code;    /* of the subscription that it is about; else 0 */
  gint64 support; /* the request for support that it is about; else 0 */
  char *number;   /* (nullable) of the order or license, or reference of the request; only read */
  char *language; /* (nullable) another than that of the order */
  GBytes *sealed; /* (nullable) what was asked, of a request */
  ProlongMailState state;
  guint attempts;
  guint doubts; /* attempts whose end nobody saw */
  gint64 created;
  gint64 due;   /* not to be sent before */
  gint64 dated; /* the first attempt, which dates the e-mail; 0: there was none */
  char *reason; /* (nullable) why the last attempt failed; never anything that sendmail said */
} ProlongStoreMail;

void prolong_store_mail_free (ProlongStoreMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongStoreMail, prolong_store_mail_free)

/** prolong_store_add_mail: sets the id of @mail. */
gboolean prolong_store_add_mail (ProlongStore *store,
                                 ProlongStoreMail *mail,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_store_queue_mail:
 * @order: id of the order
 *
 * Notes that a mail is to be sent from @due on. Call it in the transaction that changes the order, so that
 * the one is never without the other.
 */
gboolean prolong_store_queue_mail (ProlongStore *store,
                                   ProlongMailKind kind,
                                   gint64 order,
                                   gint64 due,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
ProlongStoreMail *prolong_store_find_mail (ProlongStore *store, gint64 id, GError **error);

/** prolong_store_update_mail: everything that an attempt changes. */
gboolean prolong_store_update_mail (ProlongStore *store,
                                    const ProlongStoreMail *mail,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean prolong_store_remove_mail (ProlongStore *store, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_store_list_mails:
 * @all: also those that are sent or dropped
 * @after: those with a greater id only, for reading on
 *
 * Returns: (transfer full) (element-type ProlongStoreMail): at most @limit, by id.
 */
GPtrArray *
prolong_store_list_mails (ProlongStore *store, gboolean all, gint64 after, guint limit, GError **error);

/**
 * prolong_store_list_due_mails:
 *
 * Returns: (transfer full) (element-type gint64): the ids of at most @limit e-mails to be seen to at @now:
 * that are due, or whose last attempt did not end.
 */
GArray *prolong_store_list_due_mails (ProlongStore *store, gint64 now, guint limit, GError **error);

/** prolong_store_get_mail_due: when the next e-mail is due after @now; 0 when none is. */
gboolean prolong_store_get_mail_due (ProlongStore *store, gint64 now, gint64 *due, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** prolong_store_get_mail_created: when the newest e-mail of @kind about an order was queued; 0 when none
 * was. */
gboolean prolong_store_get_mail_created (ProlongStore *store,
                                         gint64 order,
                                         ProlongMailKind kind,
                                         gint64 *created,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
