/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/store/store.h"

G_BEGIN_DECLS

/* Requests for support; as in store.h. */

typedef struct
{
  gint64 id;
  char *reference;
  GBytes *sealed; /* the request as it came, for it is personal */
  gint64 created;
  gint64 closed; /* 0: it is open */
} ProlongStoreSupport;

void prolong_store_support_free (ProlongStoreSupport *support);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongStoreSupport, prolong_store_support_free)

/** prolong_store_add_support: sets the id of @support. */
gboolean prolong_store_add_support (ProlongStore *store,
                                    ProlongStoreSupport *support,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
ProlongStoreSupport *prolong_store_find_support (ProlongStore *store, const char *reference, GError **error);
ProlongStoreSupport *prolong_store_get_support (ProlongStore *store, gint64 id, GError **error);

/**
 * prolong_store_list_support:
 * @all: also those that are closed
 * @after: those with a greater id only, for reading on
 *
 * Returns: (transfer full) (element-type ProlongStoreSupport): at most @limit, by id.
 */
GPtrArray *
prolong_store_list_support (ProlongStore *store, gboolean all, gint64 after, guint limit, GError **error);
gboolean prolong_store_close_support (ProlongStore *store, gint64 id, gint64 at, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
