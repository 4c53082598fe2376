/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Where a subscription was bought. */
typedef enum
{
  PROLONG_PROVIDER_SHOP,
  PROLONG_PROVIDER_PORTAL, /* of the vendor */
  PROLONG_PROVIDER_VENDOR, /* itself, through its renewal service */
  PROLONG_PROVIDER_INTERNET_PROVIDER,
  PROLONG_PROVIDER_PARTNER,
  PROLONG_PROVIDER_PHONE, /* the store of a phone */
  PROLONG_N_PROVIDER_KINDS
} ProlongProviderKind;

/** How auto-renewal is turned off there. */
typedef enum
{
  PROLONG_PROVIDER_ACTION_SUPPORT,     /* the person asks the vendor's support, as where nothing is known */
  PROLONG_PROVIDER_ACTION_SERVICE,     /* the renewal service does it */
  PROLONG_PROVIDER_ACTION_CONTACT,     /* the person asks the provider */
  PROLONG_PROVIDER_ACTION_INSTRUCTION, /* the person follows an instruction */
  PROLONG_N_PROVIDER_ACTIONS
} ProlongProviderAction;

/* By value, ended by NULL. */
extern const char *const prolong_provider_kind_names[];
extern const char *const prolong_provider_action_names[];

/**
 * ProlongProvider:
 *
 * A place where subscriptions are bought, and the rules of the vendor for it. Strings belong to the profile.
 */
typedef struct
{
  char *id;
  char *name; /* in the language of the session */
  ProlongProviderKind kind;
  ProlongProviderAction action;
  char **orders;        /* (nullable) patterns of order numbers, see order-pattern.h */
  char *url;            /* (nullable) */
  char *email;          /* (nullable) */
  char *phone;          /* (nullable) */
  char *instruction;    /* (nullable) in the language of the session */
  char **subscriptions; /* (nullable) its names in tickets */
  char **products;      /* (nullable) ids of those that it applies to; %NULL: all */
  char *min_version;    /* (nullable) the first that it applies to */
  char *max_version;    /* (nullable) the last that it applies to */
} ProlongProvider;

/**
 * prolong_provider_find:
 * @providers: (element-type ProlongProvider): those of a profile
 * @order_number: what a person typed or pasted; case, white space and look-alike Cyrillic letters are
 * forgiven
 *
 * Returns: (transfer none) (nullable): the first one that has such order numbers; %NULL when it is not
 * recognised.
 */
const ProlongProvider *prolong_provider_find (const GPtrArray *providers, const char *order_number);

/**
 * prolong_provider_applies:
 * @product: id of a product
 * @version: the installed one; empty for unknown, which every rule applies to
 *
 * Returns: whether the rules of @provider are for that product and version.
 */
gboolean prolong_provider_applies (const ProlongProvider *provider, const char *product, const char *version);

G_END_DECLS
