/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/provider.h"

G_BEGIN_DECLS

/** Where something may have been bought, as FindProvider and GetProviders of Manager1 tell it. Strings are
 * never NULL. */
typedef struct
{
  char *vendor; /* id */
  char *id;     /* empty: an order number that no rule recognises */
  char *name;
  ProlongProviderKind kind;
  ProlongProviderAction action;
  char *url;
  char *email;
  char *phone;
  char *instruction;
  char **subscription; /* its names in the provider of a license */
  char **products;     /* names of those that its rules are for */
  char *min_version;
  char *max_version;
  gboolean applies; /* to the product that was asked about, in its installed version; only of GetProviders */
} ProlongProviderInfo;

/** prolong_provider_info_new: @answer: of FindProvider, `(a{sv})`; what is missing counts as empty. */
ProlongProviderInfo *prolong_provider_info_new (GVariant *answer);
void prolong_provider_info_free (ProlongProviderInfo *provider);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongProviderInfo, prolong_provider_info_free)

/** prolong_provider_infos_new: (transfer full) (element-type ProlongProviderInfo): @answer: of GetProviders,
 * `(aa{sv})`. */
GPtrArray *prolong_provider_infos_new (GVariant *answer);

/**
 * prolong_provider_infos_find:
 * @subscription: the provider of a license; empty for the vendor itself
 *
 * Returns: (transfer none) (nullable): where it was bought; %NULL when the vendor states no rules for that.
 */
const ProlongProviderInfo *prolong_provider_infos_find (GPtrArray *providers, const char *subscription);

G_END_DECLS
