/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "renewal/shop.h"
#include "service/store/mails.h"

G_BEGIN_DECLS

/* Orders and their codes; as in store.h. */

/** An order, without its items and codes. */
typedef struct
{
  gint64 id;
  char *number;
  guint8 token[PROLONG_STORE_HASH_BYTES]; /* hash of the token */
  GBytes *sealed;                         /* the token itself, for the links in mails */
  char *email;
  char *country;
  char *language;
  char *payment_method;
  char *currency;
  gint64 total;
  gint64 renews; /* the license that it renews at a discount; 0: none */
  ProlongOrderState state;
  gint64 created;
  gint64 due; /* when it expires while it is not paid, or is delivered while it is paid; 0: never by itself */
} ProlongStoreOrder;

void prolong_store_order_free (ProlongStoreOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongStoreOrder, prolong_store_order_free)

/** prolong_store_add_order: sets the id of @order. */
gboolean prolong_store_add_order (ProlongStore *store,
                                  ProlongStoreOrder *order,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
ProlongStoreOrder *prolong_store_find_order (ProlongStore *store, const char *number, GError **error);
ProlongStoreOrder *prolong_store_get_order (ProlongStore *store, gint64 id, GError **error);

/** prolong_store_find_order_of_code: (nullable): the order with which @code was bought. */
ProlongStoreOrder *prolong_store_find_order_of_code (ProlongStore *store, gint64 code, GError **error);

/** prolong_store_list_orders: (element-type ProlongStoreOrder): at most @limit orders after the one with id
 * @after. */
GPtrArray *prolong_store_list_orders (ProlongStore *store, gint64 after, guint limit, GError **error);

/** prolong_store_list_orders_of: (element-type ProlongStoreOrder): the newest @limit orders with @email, in
 * whatever case. */
GPtrArray *prolong_store_list_orders_of (ProlongStore *store, const char *email, guint limit, GError **error);

/** prolong_store_list_due: (element-type ProlongStoreOrder): at most @limit orders whose due time has come at
 * @now. */
GPtrArray *prolong_store_list_due (ProlongStore *store, gint64 now, guint limit, GError **error);

/** prolong_store_get_next_due: the earliest due time in @due; 0 when there is none. */
gboolean
prolong_store_get_next_due (ProlongStore *store, gint64 *due, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_store_is_renewed: whether an order other than @order (0: any) that renews @license at a discount
 * is paid or delivered. */
gboolean prolong_store_is_renewed (ProlongStore *store,
                                   gint64 license,
                                   gint64 order,
                                   gboolean *renewed,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_store_set_order_state: keeps state and due time of @order. */
gboolean prolong_store_set_order_state (ProlongStore *store,
                                        const ProlongStoreOrder *order,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** A line of an order; @item is one of the wire, with every member set. */
typedef struct
{
  gint64 id;
  ProlongOrderItem item;
} ProlongStoreOrderItem;

gboolean prolong_store_add_order_item (ProlongStore *store,
                                       gint64 order,
                                       const ProlongOrderItem *item,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_store_list_order_items: (element-type ProlongStoreOrderItem): in the order of the cart. */
GPtrArray *prolong_store_list_order_items (ProlongStore *store, gint64 order, GError **error);

/** A code that was given out for an order, still sealed. */
typedef struct
{
  char *product;
  GBytes *sealed;
  char *number; /* of the license */
} ProlongStoreOrderCode;

gboolean prolong_store_add_order_code (ProlongStore *store,
                                       gint64 order,
                                       gint64 item,
                                       gint64 code,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_store_list_order_codes: (element-type ProlongStoreOrderCode): in the order in which they were
 * issued. */
GPtrArray *prolong_store_list_order_codes (ProlongStore *store, gint64 order, GError **error);

/** prolong_store_audit_order: as prolong_store_add_audit(); @detail: who did it. */
gboolean prolong_store_audit_order (ProlongStore *store,
                                    gint64 at,
                                    ProlongStoreEvent event,
                                    gint64 order,
                                    const char *detail,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct
{
  gint64 at;
  ProlongStoreEvent event;
  char *detail; /* (nullable) */
} ProlongStoreAuditRow;

/** prolong_store_list_audit: (element-type ProlongStoreAuditRow): what happened to an order, the oldest
 * first. */
GPtrArray *prolong_store_list_audit (ProlongStore *store, gint64 order, GError **error);

G_END_DECLS
