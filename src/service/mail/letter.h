/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "renewal/shop.h"
#include "renewal/support.h"
#include "service/store/mails.h"

G_BEGIN_DECLS

/** Where a product that was bought is downloaded. */
typedef struct
{
  char *product;
  char *name;    /* for people */
  char *version; /* (nullable) the newest one, when the catalog names it */
  char *url;
} ProlongLetterDownload;

/**
 * ProlongLetter:
 *
 * What the e-mails about an order, a subscription or a request for support say.
 */
typedef struct
{
  char *to;             /* e-mail address */
  char *number;         /* (nullable) of the license that runs and that the order renews */
  gboolean week_before; /* the code comes a week before the new period begins, not at once */
  ProlongOrder order;
  gboolean has_vat;     /* VAT is in the prices */
  guint vat_rate;       /* in hundredths of a percent */
  gint64 vat;           /* so much of the total is it */
  GPtrArray *downloads; /* (element-type ProlongLetterDownload) */

  /* About a subscription, with @number. */
  char *product;  /* for people */
  gint64 expires; /* seconds UTC; 0: it was not activated yet */
  gboolean goes_on;

  /* About a request for support. */
  char *reference;
  char *reply_to; /* (nullable) where an answer goes to, if not to the vendor's support */
  ProlongSupportRequest support;
} ProlongLetter;

ProlongLetter *prolong_letter_new (const char *to);
void prolong_letter_free (ProlongLetter *letter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongLetter, prolong_letter_free)

void prolong_letter_add_download (ProlongLetter *letter,
                                  const char *product,
                                  const char *name,
                                  const char *version,
                                  const char *url);

/** The head of an e-mail, which is not about its order. */
typedef struct
{
  ProlongMailKind kind;
  const char *id;            /* Message-ID, without angle brackets */
  gint64 date;               /* seconds UTC */
  const char *name;          /* of the sender: the vendor */
  const char *from;          /* e-mail address */
  const char *profile_url;   /* where Prolong's profile of the vendor is to be had */
  const char *support_url;   /* (nullable) */
  const char *support_email; /* (nullable) */
} ProlongLetterHead;

typedef enum
{
  PROLONG_LETTER_ERROR_ADDRESS, /* no mail can go from or to such an address */
  PROLONG_LETTER_ERROR_KIND,    /* there is no such e-mail about such an order */
} ProlongLetterError;

#define PROLONG_LETTER_ERROR (prolong_letter_error_quark ())
GQuark prolong_letter_error_quark (void);

/**
 * prolong_letter_compose:
 *
 * Makes the whole message (RFC 5322), in the language of the process: see prolong_speak(). The same values
 * give the same bytes.
 *
 * Returns: (transfer full): the message; its lines end with a line feed, as the sendmail interface takes
 * them.
 */
GBytes *prolong_letter_compose (const ProlongLetter *letter, const ProlongLetterHead *head, GError **error);

G_END_DECLS
