/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/json.h"
#include "service/catalog.h"

G_BEGIN_DECLS

/* An empty catalog, to be filled by prolong_catalog_parse(). */
ProlongCatalog *prolong_catalog_new (void);
void prolong_catalog_offer_free (ProlongCatalogOffer *offer);

/* What is being read. The first thing that is wrong ends it, and is told with its place in the file. */
typedef struct
{
  GKeyFile *file;
  const ProlongProfile *profile;
  const char *const *providers;
  ProlongCatalog *catalog;
  int discount;          /* percent */
  GHashTable *languages; /* of the names */
  GError **error;
} ProlongCatalogReader;

/* Both return FALSE. @key: the empty one where the group as a whole is meant. */
gboolean
prolong_catalog_refuse (ProlongCatalogReader *reader, const char *group, const char *key, const char *why);
gboolean prolong_catalog_miss (ProlongCatalogReader *reader, const char *group, const char *key);

gboolean prolong_catalog_is_text (const char *text);
gboolean prolong_catalog_is_upper (const char *text, gsize length);

/* Returns: (transfer full) (nullable): the string, which is there and not empty. */
char *prolong_catalog_read_string (ProlongCatalogReader *reader, const char *group, const char *key);
gboolean prolong_catalog_read_number (ProlongCatalogReader *reader,
                                      const char *group,
                                      const char *key,
                                      gint64 min,
                                      gint64 max,
                                      gint64 *number);

/* The name in the language of nobody in particular must be there, those in others may. */
gboolean prolong_catalog_check_names (ProlongCatalogReader *reader, const char *group);

gboolean prolong_catalog_read_product (ProlongCatalogReader *reader, const char *group, const char *id);
gboolean prolong_catalog_read_offer (ProlongCatalogReader *reader, const char *group, const char *id);

G_END_DECLS
