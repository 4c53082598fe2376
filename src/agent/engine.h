/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/context.h"
#include "agent/license.h"
#include "agent/operation.h"
#include "agent/purchase.h"
#include "agent/reserves.h"
#include "agent/support-case.h"
#include "agent/vendor.h"

G_BEGIN_DECLS

/**
 * ProlongEngine:
 *
 * Everything that the agent does, without a bus: vendors, licenses and operations, and the one alarm that
 * wakes them.
 *
 * Emits `license-added` and `license-removed` (#ProlongLicense), `operation-added` and `operation-removed`
 * (#ProlongOperation), `reserve-added` and `reserve-removed` (#ProlongReserves and #ProlongReserve), and
 * `changed` when vendors, the newest experience with a service or the reasons to stay changed.
 */
#define PROLONG_TYPE_ENGINE (prolong_engine_get_type ())
G_DECLARE_FINAL_TYPE (ProlongEngine, prolong_engine, PROLONG, ENGINE, GObject)

ProlongEngine *prolong_engine_new (ProlongClock *clock, ProlongStore *store, ProlongKeyring *keyring);

/**
 * prolong_engine_load:
 *
 * Reads profiles, licenses and journals, before the main loop runs, so that the first question is answered in
 * full.
 */
void prolong_engine_load (ProlongEngine *engine);

/** prolong_engine_resume: goes on with what was under way; to be called once clients can see it. */
void prolong_engine_resume (ProlongEngine *engine);

/** prolong_engine_read_profiles: looks whether profiles came or changed. */
void prolong_engine_read_profiles (ProlongEngine *engine);

GPtrArray *prolong_engine_get_vendors (ProlongEngine *engine);    /* (element-type ProlongVendor) */
GPtrArray *prolong_engine_get_licenses (ProlongEngine *engine);   /* (element-type ProlongLicense) */
GPtrArray *prolong_engine_get_operations (ProlongEngine *engine); /* (element-type ProlongOperation) */

GPtrArray *prolong_engine_get_reserves (ProlongEngine *engine); /* (element-type ProlongReserves) */

GPtrArray *prolong_engine_get_purchases (ProlongEngine *engine); /* (element-type ProlongPurchase) */

GPtrArray *prolong_engine_get_support (ProlongEngine *engine); /* (element-type ProlongSupportCase) */

/** prolong_engine_get_settings: (transfer none): what the person chose. */
ProlongSettings *prolong_engine_get_settings (ProlongEngine *engine);

/** prolong_engine_get_covered_until: until when a license and what follows it last without a gap. */
gint64 prolong_engine_get_covered_until (ProlongEngine *engine, ProlongLicense *license);

/** prolong_engine_get_service_state: `unknown`, `ok` or the name of the newest problem with a service. */
const char *prolong_engine_get_service_state (ProlongEngine *engine);

/** prolong_engine_is_storage_full: whether something waits because the state cannot be written. */
gboolean prolong_engine_is_storage_full (ProlongEngine *engine);

/** prolong_engine_get_system_time: the system clock, seconds UTC. */
gint64 prolong_engine_get_system_time (ProlongEngine *engine);

/**
 * ProlongEngineFollower:
 * @look: something may have changed, or the time has come; must not change the engine at once
 * @get_alarm: the system time at which @look is due next, %G_MAXINT64 for never
 *
 * Somebody who acts on what the engine holds, and shares its one alarm.
 */
typedef struct
{
  void (*look) (gpointer data);
  gint64 (*get_alarm) (gpointer data);
  gpointer data;
} ProlongEngineFollower;

/** prolong_engine_set_follower: (nullable) @follower, which stays the caller's. */
void prolong_engine_set_follower (ProlongEngine *engine, const ProlongEngineFollower *follower);

/** prolong_engine_set_alarm: the alarm of the follower is another. */
void prolong_engine_set_alarm (ProlongEngine *engine);

/** prolong_engine_has_work: whether there is a license or an operation, and so a reason to stay. */
gboolean prolong_engine_has_work (ProlongEngine *engine);

/** prolong_engine_dup_product_version: (transfer full): registered by the product or stated in the profile,
 * or "". */
char *prolong_engine_dup_product_version (ProlongEngine *engine, const char *vendor, const char *product);

/**
 * ProlongCodeWish:
 * @vendor: id of a vendor; may be empty when there is only one
 * @product: id of a product, or empty
 * @text: what the person typed
 * @previous: (nullable): what the person typed as the code of the previous license
 * @accept_shorter_term: there is none, and the shorter term is taken
 * @only_reserve: the person wants a reserve code and nothing else
 * @operation: (nullable): id of the operation, for whoever wants to know it before it begins
 *
 * What a person wants with a code.
 */
typedef struct
{
  const char *vendor;
  const char *product;
  const char *text;
  const char *previous;
  gboolean accept_shorter_term;
  gboolean only_reserve;
  const char *operation;
} ProlongCodeWish;

/**
 * prolong_engine_add_code_async:
 *
 * Checks the code and the rules known here (license/rules.h). Where the product is not named, the service is
 * asked first what the code is for, so that its rules and its installed version are known.
 */
void prolong_engine_add_code_async (ProlongEngine *engine,
                                    const ProlongCodeWish *wish,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/** prolong_engine_add_code_finish: (transfer full): the operation, which may be one that was under way
 * already. */
ProlongOperation *prolong_engine_add_code_finish (ProlongEngine *engine,
                                                  GAsyncResult *result,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_engine_preflight_async: asks the service what a code would give this device. */
void prolong_engine_preflight_async (ProlongEngine *engine,
                                     const char *vendor,
                                     const char *product,
                                     const char *text,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

/**
 * prolong_engine_preflight_finish:
 *
 * Returns: (transfer full): an `a{sv}` as Preflight of Manager1 answers; a refusal is a verdict, not an
 * error.
 */
GVariant *prolong_engine_preflight_finish (ProlongEngine *engine,
                                           GAsyncResult *result,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_engine_find_product_license:
 * @vendor: id of the vendor, or empty for any
 *
 * Returns: (transfer none) (nullable): the license of a product; of several, one that runs.
 */
ProlongLicense *
prolong_engine_find_product_license (ProlongEngine *engine, const char *vendor, const char *product);

/** prolong_engine_register_product_async: remembers the installed version of a product; empty forgets it. */
void prolong_engine_register_product_async (ProlongEngine *engine,
                                            const char *vendor,
                                            const char *product,
                                            const char *version,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
gboolean prolong_engine_register_product_finish (ProlongEngine *engine, GAsyncResult *result, GError **error);

/**
 * prolong_engine_activate_reserve:
 *
 * The person wants a reserve code activated now, or tried again (C3).
 *
 * Returns: (transfer none): the operation, which may be one that was under way already; %NULL with an error
 * of #PROLONG_PROBLEM while a license runs.
 */
ProlongOperation *prolong_engine_activate_reserve (ProlongEngine *engine,
                                                   ProlongReserves *reserves,
                                                   ProlongReserve *reserve,
                                                   GError **error);

/** prolong_engine_check_reserve_async: asks the service now what it would give. */
void prolong_engine_check_reserve_async (ProlongEngine *engine,
                                         ProlongReserves *reserves,
                                         ProlongReserve *reserve,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean prolong_engine_check_reserve_finish (ProlongEngine *engine, GAsyncResult *result, GError **error);

/** prolong_engine_remove_reserve_async: forgets it, in the list and in the keyring. */
void prolong_engine_remove_reserve_async (ProlongEngine *engine,
                                          ProlongReserves *reserves,
                                          ProlongReserve *reserve,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean prolong_engine_remove_reserve_finish (ProlongEngine *engine, GAsyncResult *result, GError **error);

/**
 * prolong_engine_query_seats_async:
 * @license: (nullable): whose code is in the keyring; else @vendor and @text say which code
 */
void prolong_engine_query_seats_async (ProlongEngine *engine,
                                       ProlongLicense *license,
                                       const char *vendor,
                                       const char *text,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/** prolong_engine_query_seats_finish: (transfer full) (element-type ProlongSeat). */
GPtrArray *prolong_engine_query_seats_finish (ProlongEngine *engine, GAsyncResult *result, GError **error);

/** prolong_engine_release_seat_async: takes @seat from its device. */
void prolong_engine_release_seat_async (ProlongEngine *engine,
                                        ProlongLicense *license,
                                        const char *vendor,
                                        const char *text,
                                        const char *seat,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean prolong_engine_release_seat_finish (ProlongEngine *engine, GAsyncResult *result, GError **error);

/**
 * prolong_engine_check_vendor:
 * @text: of a profile file
 *
 * Returns: (transfer full): what adding it would do, an `a{sv}` as CheckVendor of Manager1 answers; %NULL
 * with an error of #PROLONG_PROBLEM when it would be refused.
 */
GVariant *prolong_engine_check_vendor (ProlongEngine *engine,
                                       const char *text,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_engine_add_vendor_async: takes the profile @text in, or in the place of an older one. */
void prolong_engine_add_vendor_async (ProlongEngine *engine,
                                      const char *text,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

/** prolong_engine_add_vendor_finish: (transfer full): the id of the vendor. */
char *prolong_engine_add_vendor_finish (ProlongEngine *engine,
                                        GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_engine_remove_vendor_async: forgets a profile that the person added, while nothing of its vendor
 * is held. */
void prolong_engine_remove_vendor_async (ProlongEngine *engine,
                                         const char *id,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean prolong_engine_remove_vendor_finish (ProlongEngine *engine, GAsyncResult *result, GError **error);

/* Renewing. */

/** prolong_engine_dup_language: (transfer full): of the session, such as `nl`: for names and letters to the
 * person. */
char *prolong_engine_dup_language (void);

/** prolong_engine_check_number_async: asks the service what it knows of a license number. */
void prolong_engine_check_number_async (ProlongEngine *engine,
                                        const char *vendor,
                                        const char *number,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);

/**
 * prolong_engine_get_offers_async:
 * @number: of the license to renew, or empty
 * @country: ISO 3166, or empty for the first that the service has
 *
 * Asks the service what it sells.
 */
void prolong_engine_get_offers_async (ProlongEngine *engine,
                                      const char *vendor,
                                      const char *number,
                                      const char *country,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

/** prolong_engine_send_license_mail_async: asks the service to send the license e-mail again. */
void prolong_engine_send_license_mail_async (ProlongEngine *engine,
                                             const char *vendor,
                                             const char *email,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);

/** prolong_engine_shop_finish: (transfer full): an `a{sv}` as Manager1 answers; empty for an e-mail. */
GVariant *prolong_engine_shop_finish (ProlongEngine *engine,
                                      GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_engine_order_async:
 * @product: of the first item, or empty
 *
 * Places an order. The same one again, while it is not known whether the service has it, is the same order.
 */
void prolong_engine_order_async (ProlongEngine *engine,
                                 const char *vendor,
                                 const char *product,
                                 const ProlongOrderRequest *request,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/** prolong_engine_order_finish: (transfer full): the order. */
ProlongPurchase *prolong_engine_order_finish (ProlongEngine *engine,
                                              GAsyncResult *result,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_engine_find_purchase: (transfer none) (nullable). */
ProlongPurchase *prolong_engine_find_purchase (ProlongEngine *engine, const char *id);

/**
 * prolong_engine_check_order_async:
 * @id: of an order, or empty for all
 *
 * The person wants to know how it stands, and what was refused to be tried again.
 */
void prolong_engine_check_order_async (ProlongEngine *engine,
                                       const char *id,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean prolong_engine_check_order_finish (ProlongEngine *engine, GAsyncResult *result, GError **error);

/** prolong_engine_forget_order_async: takes an order off the list, unless its code is still to come. */
void prolong_engine_forget_order_async (ProlongEngine *engine,
                                        const char *id,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean prolong_engine_forget_order_finish (ProlongEngine *engine, GAsyncResult *result, GError **error);

/**
 * prolong_engine_set_auto_renewal_async:
 *
 * Has the service switch the auto-renewal of a subscription; the new ticket is held then.
 */
void prolong_engine_set_auto_renewal_async (ProlongEngine *engine,
                                            ProlongLicense *license,
                                            gboolean on,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
gboolean prolong_engine_set_auto_renewal_finish (ProlongEngine *engine,
                                                 GAsyncResult *result,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Support (engine-support.c). */

/** prolong_engine_hide_secrets: (transfer full): @text with dots for the codes and tokens in it; @count is
 * how many. */
char *prolong_engine_hide_secrets (ProlongEngine *engine, const char *text, guint *count);

/**
 * prolong_engine_send_support_async:
 *
 * Writes to the vendor's support; secrets in the message and the diagnosis are sent as dots. The same once
 * more, while it is not sent, is the same request.
 */
void prolong_engine_send_support_async (ProlongEngine *engine,
                                        const char *vendor,
                                        const ProlongSupportRequest *request,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);

/** prolong_engine_send_support_finish: (transfer full): it; it may wait for the next attempt. */
ProlongSupportCase *prolong_engine_send_support_finish (ProlongEngine *engine,
                                                        GAsyncResult *result,
                                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** prolong_engine_send_support_soon: what waits is tried again within a minute, since somebody looks. */
void prolong_engine_send_support_soon (ProlongEngine *engine);

/** prolong_engine_forget_support_async: takes one off the list. */
void prolong_engine_forget_support_async (ProlongEngine *engine,
                                          const char *id,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean prolong_engine_forget_support_finish (ProlongEngine *engine, GAsyncResult *result, GError **error);

/** prolong_engine_dismiss: takes an operation that has ended off the list. */
gboolean prolong_engine_dismiss (ProlongEngine *engine, ProlongOperation *operation, GError **error);

G_END_DECLS
