/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine.h"

#include "agent/engine-private.h"
#include "agent/profiles.h"
#include "agent/schedule.h"

enum
{
  LICENSE_ADDED,
  LICENSE_REMOVED,
  OPERATION_ADDED,
  OPERATION_REMOVED,
  RESERVE_ADDED,
  RESERVE_REMOVED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (ProlongEngine, prolong_engine, G_TYPE_OBJECT)

/* The alarm. */

void
prolong_engine_set_alarm (ProlongEngine *self)
{
  gint64 instant = G_MAXINT64;

  for (guint i = 0; i < self->licenses->len; i++)
    instant = MIN (instant, prolong_license_get_alarm (self->licenses->pdata[i]));
  for (guint i = 0; i < self->operations->len; i++)
    instant = MIN (instant, prolong_operation_get_alarm (self->operations->pdata[i]));
  instant = MIN (instant, prolong_engine_get_hand_over_alarm (self));
  instant = MIN (instant, prolong_engine_get_check_alarm (self));
  for (guint i = 0; i < self->purchases->len; i++)
    instant = MIN (instant, prolong_purchase_get_alarm (self->purchases->pdata[i]));
  for (guint i = 0; i < self->support->len; i++)
    instant = MIN (instant, prolong_support_case_get_alarm (self->support->pdata[i]));
  if (self->follower != NULL)
    instant = MIN (instant, self->follower->get_alarm (self->follower->data));
  prolong_clock_set_alarm (self->context.clock, instant);
}

static void
set_alarm (ProlongEngine *self)
{
  prolong_engine_set_alarm (self);
  if (self->follower != NULL)
    self->follower->look (self->follower->data);
}

void
prolong_engine_set_follower (ProlongEngine *self, const ProlongEngineFollower *follower)
{
  self->follower = follower;
  set_alarm (self);
}

void
prolong_engine_update (ProlongEngine *self)
{
  for (guint i = 0; i < self->reserves->len; i++)
    prolong_engine_lay_out (self, self->reserves->pdata[i]);
  if (self->resumed)
    {
      prolong_engine_hand_over (self);
      prolong_engine_check_reserves (self);
      prolong_engine_consider_purchases (self);
    }
  set_alarm (self);
}

/* What is to happen takes references, for a wake may take an object off its list. */
static GPtrArray *
copy_list (GPtrArray *list)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (copy, g_object_ref (list->pdata[i]));
  return copy;
}

static void
on_woke (ProlongClock *clock, ProlongEngine *self)
{
  g_autoptr (GPtrArray) licenses = copy_list (self->licenses);
  g_autoptr (GPtrArray) operations = copy_list (self->operations);
  g_autoptr (GPtrArray) purchases = copy_list (self->purchases);

  for (guint i = 0; i < licenses->len; i++)
    prolong_license_wake (licenses->pdata[i]);
  for (guint i = 0; i < operations->len; i++)
    prolong_operation_wake (operations->pdata[i]);
  for (guint i = 0; i < purchases->len; i++)
    prolong_purchase_wake (purchases->pdata[i]);
  prolong_engine_wake_support (self);
  prolong_engine_update (self);
}

/* The network. */

static void
on_network_changed (GNetworkMonitor *monitor, gboolean available, ProlongEngine *self)
{
  if (!available)
    return;
  for (guint i = 0; i < self->licenses->len; i++)
    prolong_license_check_soon (self->licenses->pdata[i]);
  for (guint i = 0; i < self->operations->len; i++)
    if (prolong_operation_waits_for (self->operations->pdata[i], PROLONG_PROBLEM_SERVICE_UNAVAILABLE))
      prolong_operation_retry_soon (self->operations->pdata[i]);
  for (guint i = 0; i < self->purchases->len; i++)
    prolong_purchase_ask_soon (self->purchases->pdata[i]);
  prolong_engine_send_support_soon (self);
  set_alarm (self);
}

/* The monitor costs a socket and memory, so it is watched from the first time that a service was out of
 * reach. */
static void
watch_network (ProlongEngine *self)
{
  if (self->network != NULL)
    return;
  self->network = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (self->network, "network-changed", G_CALLBACK (on_network_changed), self, 0);
}

/* The keyring was locked or gone when a code was to be taken out of it; now it answers. */
static void
on_keyring_state (ProlongKeyring *keyring, GParamSpec *pspec, ProlongEngine *self)
{
  if (!g_str_equal (prolong_keyring_get_state (keyring), "available"))
    return;
  for (guint i = 0; i < self->licenses->len; i++)
    prolong_license_clear_replaced (self->licenses->pdata[i]);
  prolong_discards_carry_out_all (self->context.discards);
  prolong_engine_unlock_purchases (self);
}

static gboolean
waits_for_keyring (ProlongOperation *operation)
{
  return prolong_operation_waits_for (operation, PROLONG_PROBLEM_KEYRING_LOCKED)
         || prolong_operation_waits_for (operation, PROLONG_PROBLEM_KEYRING_UNAVAILABLE);
}

static void
on_keyring_ready (ProlongKeyring *keyring, ProlongEngine *self)
{
  for (guint i = 0; i < self->operations->len; i++)
    if (waits_for_keyring (self->operations->pdata[i]))
      prolong_operation_retry_soon (self->operations->pdata[i]);
  prolong_engine_unlock_purchases (self);
  set_alarm (self);
}

void
prolong_engine_note_service (ProlongEngine *self, ProlongVendor *vendor, int problem)
{
  const char *state = problem < 0 ? "ok" : prolong_problem_get_name (problem);

  if (problem == PROLONG_PROBLEM_SERVICE_UNAVAILABLE)
    watch_network (self);
  if (g_str_equal (self->service_state, state)
      && g_str_equal (prolong_vendor_get_service_state (vendor), state))
    return;
  self->service_state = state;
  prolong_vendor_set_service_state (vendor, state);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
note_problem (ProlongEngine *self,
              ProlongTried tried,
              ProlongVendor *vendor,
              const char *product,
              int problem)
{
  prolong_recent_note (self->recent, tried, prolong_vendor_get_profile (vendor)->id, product, problem,
                       prolong_engine_get_system_time (self));
}

/* Licenses. */

static void
on_license_changed (ProlongLicense *license, ProlongEngine *self)
{
  set_alarm (self);
}

static void
on_license_checked (ProlongLicense *license, ProlongEngine *self)
{
  int problem = prolong_license_get_check_problem (license);
  gboolean about_service
      = problem == PROLONG_PROBLEM_SERVICE_UNAVAILABLE || problem == PROLONG_PROBLEM_SERVICE_UNTRUSTED;

  prolong_engine_note_service (self, prolong_license_get_vendor (license), about_service ? problem : -1);
  note_problem (self, PROLONG_TRIED_CHECK, prolong_license_get_vendor (license),
                prolong_license_get_record (license)->product, problem);
  /* The service may have said that it ended, or that it goes on. */
  prolong_engine_update (self);
}

static void
drop_license (ProlongEngine *self, ProlongLicense *license)
{
  g_autoptr (ProlongLicense) kept = g_object_ref (license);

  g_signal_handlers_disconnect_by_data (license, self);
  g_ptr_array_remove (self->licenses, license);
  g_signal_emit (self, signals[LICENSE_REMOVED], 0, kept);
}

static void
on_license_removed (ProlongLicense *license, ProlongEngine *self)
{
  drop_license (self, license);
  prolong_engine_update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
prolong_engine_add_license (ProlongEngine *self,
                            ProlongVendor *vendor,
                            ProlongLicenseRecord *record,
                            ProlongTicket *ticket)
{
  g_autoptr (ProlongLicense) license = prolong_license_new (&self->context, vendor, record, ticket);
  g_autofree char *version = prolong_engine_dup_product_version (self, record->vendor, record->product);

  prolong_license_set_product_version (license, *version != '\0' ? version : NULL);
  g_signal_connect (license, "changed", G_CALLBACK (on_license_changed), self);
  g_signal_connect (license, "checked", G_CALLBACK (on_license_checked), self);
  g_signal_connect (license, "removed", G_CALLBACK (on_license_removed), self);
  g_ptr_array_add (self->licenses, g_object_ref (license));
  if (self->resumed)
    prolong_license_clear_replaced (license);
  g_signal_emit (self, signals[LICENSE_ADDED], 0, license);
}

ProlongLicense *
prolong_engine_find_license (ProlongEngine *self, const char *vendor, const char *product)
{
  for (guint i = 0; i < self->licenses->len; i++)
    {
      const ProlongLicenseRecord *record = prolong_license_get_record (self->licenses->pdata[i]);

      if (g_str_equal (record->vendor, vendor) && g_str_equal (record->product, product))
        return self->licenses->pdata[i];
    }
  return NULL;
}

static ProlongLicense *
host_find_license (gpointer data, ProlongVendor *vendor, const char *product)
{
  return prolong_engine_find_license (data, prolong_vendor_get_profile (vendor)->id, product);
}

static void
host_adopt (gpointer data, ProlongVendor *vendor, ProlongLicenseRecord *record, ProlongTicket *ticket)
{
  ProlongEngine *self = data;
  ProlongLicense *old = prolong_engine_find_license (self, record->vendor, record->product);

  prolong_engine_note_service (self, vendor, -1);
  if (old != NULL)
    drop_license (self, old);
  prolong_engine_add_license (self, vendor, record, ticket);
  prolong_engine_update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Operations. */

static void
link_reserve (ProlongEngine *self, ProlongOperation *operation)
{
  const ProlongIntent *intent = prolong_operation_get_intent (operation);
  ProlongReserves *reserves = prolong_engine_find_reserves (self, intent->vendor, intent->product);
  ProlongReserve *reserve = reserves != NULL ? prolong_reserves_find (reserves, intent->reserve) : NULL;

  if (reserve != NULL && intent->kind == PROLONG_INTENT_HAND_OVER)
    prolong_reserve_set_operation (reserve, prolong_operation_has_ended (operation) ? NULL : intent->id);
}

static void
on_operation_changed (ProlongOperation *operation, ProlongEngine *self)
{
  const GError *error = prolong_operation_get_error (operation);
  ProlongOperationStep step = prolong_operation_get_step (operation);

  note_problem (self, PROLONG_TRIED_CODE, prolong_operation_get_vendor (operation),
                prolong_operation_get_intent (operation)->product, error != NULL ? error->code : -1);
  if (step == PROLONG_OPERATION_WAITING
      && (error->code == PROLONG_PROBLEM_SERVICE_UNAVAILABLE
          || error->code == PROLONG_PROBLEM_SERVICE_UNTRUSTED))
    prolong_engine_note_service (self, prolong_operation_get_vendor (operation), error->code);
  if (step == PROLONG_OPERATION_WAITING)
    g_signal_emit (self, signals[CHANGED], 0);
  if (!prolong_operation_has_ended (operation))
    {
      prolong_engine_help_operation (self, operation);
      set_alarm (self);
      return;
    }
  link_reserve (self, operation);
  /* One that turned out not to be due was nobody's wish. */
  if (step == PROLONG_OPERATION_CANCELLED
      && prolong_operation_get_intent (operation)->kind == PROLONG_INTENT_HAND_OVER)
    prolong_engine_dismiss (self, operation, NULL);
  prolong_engine_settle_operation (self, operation);
  prolong_engine_update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
prolong_engine_add_operation (ProlongEngine *self, ProlongOperation *operation)
{
  g_signal_connect (operation, "changed", G_CALLBACK (on_operation_changed), self);
  g_ptr_array_add (self->operations, g_object_ref (operation));
  link_reserve (self, operation);
  g_signal_emit (self, signals[OPERATION_ADDED], 0, operation);
}

gboolean
prolong_engine_dismiss (ProlongEngine *self, ProlongOperation *operation, GError **error)
{
  g_autoptr (ProlongOperation) kept = g_object_ref (operation);

  if (!prolong_operation_has_ended (operation))
    {
      g_set_error_literal (error, PROLONG_PROBLEM, PROLONG_PROBLEM_REQUEST_IN_FLIGHT,
                           "The operation is under way");
      return FALSE;
    }
  g_signal_handlers_disconnect_by_data (operation, self);
  if (g_ptr_array_remove (self->operations, operation))
    g_signal_emit (self, signals[OPERATION_REMOVED], 0, kept);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

/* Start. */

void
prolong_engine_resume (ProlongEngine *self)
{
  g_autoptr (GPtrArray) operations = copy_list (self->operations);

  prolong_store_remove_partial (self->context.store);
  prolong_engine_clear_carried_out (self);
  for (guint i = 0; i < self->reserves->len; i++)
    prolong_reserves_write_forgotten (self->reserves->pdata[i]);
  for (guint i = 0; i < self->licenses->len; i++)
    prolong_license_clear_replaced (self->licenses->pdata[i]);
  prolong_discards_carry_out_all (self->context.discards);
  for (guint i = 0; i < operations->len; i++)
    prolong_operation_start (operations->pdata[i]);
  self->resumed = TRUE;
  prolong_engine_resume_purchases (self);
  prolong_engine_wake_support (self);
  prolong_engine_update (self);
}

GPtrArray *
prolong_engine_get_vendors (ProlongEngine *self)
{
  return self->vendors;
}

GPtrArray *
prolong_engine_get_licenses (ProlongEngine *self)
{
  return self->licenses;
}

GPtrArray *
prolong_engine_get_operations (ProlongEngine *self)
{
  return self->operations;
}

GPtrArray *
prolong_engine_get_reserves (ProlongEngine *self)
{
  return self->reserves;
}

GPtrArray *
prolong_engine_get_purchases (ProlongEngine *self)
{
  return self->purchases;
}

GPtrArray *
prolong_engine_get_support (ProlongEngine *self)
{
  return self->support;
}

ProlongSettings *
prolong_engine_get_settings (ProlongEngine *self)
{
  return self->context.settings;
}

const char *
prolong_engine_get_service_state (ProlongEngine *self)
{
  return self->service_state;
}

gboolean
prolong_engine_is_storage_full (ProlongEngine *self)
{
  for (guint i = 0; i < self->operations->len; i++)
    if (prolong_operation_waits_for (self->operations->pdata[i], PROLONG_PROBLEM_STORAGE_FULL))
      return TRUE;
  for (guint i = 0; i < self->licenses->len; i++)
    if (prolong_license_get_check_problem (self->licenses->pdata[i]) == PROLONG_PROBLEM_STORAGE_FULL)
      return TRUE;
  return FALSE;
}

gint64
prolong_engine_get_system_time (ProlongEngine *self)
{
  return prolong_clock_get_system (self->context.clock);
}

gboolean
prolong_engine_has_work (ProlongEngine *self)
{
  for (guint i = 0; i < self->reserves->len; i++)
    if (prolong_reserves_get_length (self->reserves->pdata[i]) > 0)
      return TRUE;
  for (guint i = 0; i < self->purchases->len; i++)
    if (!prolong_purchase_record_is_settled (prolong_purchase_get_record (self->purchases->pdata[i])))
      return TRUE;
  for (guint i = 0; i < self->support->len; i++)
    if (!prolong_support_record_is_settled (prolong_support_case_get_record (self->support->pdata[i])))
      return TRUE;
  return self->licenses->len > 0 || self->operations->len > 0;
}

static void
prolong_engine_dispose (GObject *object)
{
  ProlongEngine *self = PROLONG_ENGINE (object);

  for (guint i = 0; i < self->licenses->len; i++)
    g_signal_handlers_disconnect_by_data (self->licenses->pdata[i], self);
  for (guint i = 0; i < self->operations->len; i++)
    g_signal_handlers_disconnect_by_data (self->operations->pdata[i], self);
  for (guint i = 0; i < self->purchases->len; i++)
    g_signal_handlers_disconnect_by_data (self->purchases->pdata[i], self);
  for (guint i = 0; i < self->support->len; i++)
    g_signal_handlers_disconnect_by_data (self->support->pdata[i], self);
  g_ptr_array_set_size (self->purchases, 0);
  g_ptr_array_set_size (self->support, 0);
  g_ptr_array_set_size (self->licenses, 0);
  g_ptr_array_set_size (self->operations, 0);
  g_ptr_array_set_size (self->reserves, 0);
  g_clear_object (&self->network);
  G_OBJECT_CLASS (prolong_engine_parent_class)->dispose (object);
}

static void
prolong_engine_finalize (GObject *object)
{
  ProlongEngine *self = PROLONG_ENGINE (object);

  g_ptr_array_unref (self->vendors);
  g_ptr_array_unref (self->licenses);
  g_ptr_array_unref (self->operations);
  g_ptr_array_unref (self->carried_out);
  g_ptr_array_unref (self->reserves);
  g_ptr_array_unref (self->purchases);
  g_ptr_array_unref (self->support);
  prolong_recent_free (self->recent);
  g_hash_table_unref (self->due);
  g_hash_table_unref (self->checking);
  g_hash_table_unref (self->leaving);
  g_clear_object (&self->own_profiles);
  g_key_file_unref (self->products);
  g_object_unref (self->context.clock);
  g_object_unref (self->context.store);
  g_object_unref (self->context.keyring);
  g_object_unref (self->context.settings);
  g_object_unref (self->context.discards);
  G_OBJECT_CLASS (prolong_engine_parent_class)->finalize (object);
}

static guint
add_reserve_signal (const char *name)
{
  return g_signal_new (name, PROLONG_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                       PROLONG_TYPE_RESERVES, PROLONG_TYPE_RESERVE);
}

static guint
add_signal (const char *name, GType argument)
{
  if (argument == G_TYPE_NONE)
    return g_signal_new (name, PROLONG_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  return g_signal_new (name, PROLONG_TYPE_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                       argument);
}

static void
prolong_engine_class_init (ProlongEngineClass *class)
{
  G_OBJECT_CLASS (class)->dispose = prolong_engine_dispose;
  G_OBJECT_CLASS (class)->finalize = prolong_engine_finalize;
  signals[LICENSE_ADDED] = add_signal ("license-added", PROLONG_TYPE_LICENSE);
  signals[LICENSE_REMOVED] = add_signal ("license-removed", PROLONG_TYPE_LICENSE);
  signals[OPERATION_ADDED] = add_signal ("operation-added", PROLONG_TYPE_OPERATION);
  signals[OPERATION_REMOVED] = add_signal ("operation-removed", PROLONG_TYPE_OPERATION);
  signals[RESERVE_ADDED] = add_reserve_signal ("reserve-added");
  signals[RESERVE_REMOVED] = add_reserve_signal ("reserve-removed");
  signals[CHANGED] = add_signal ("changed", G_TYPE_NONE);
}

static void
prolong_engine_init (ProlongEngine *self)
{
  self->vendors = g_ptr_array_new_with_free_func (g_object_unref);
  self->licenses = g_ptr_array_new_with_free_func (g_object_unref);
  self->operations = g_ptr_array_new_with_free_func (g_object_unref);
  self->reserves = g_ptr_array_new_with_free_func (g_object_unref);
  self->purchases = g_ptr_array_new_with_free_func (g_object_unref);
  self->support = g_ptr_array_new_with_free_func (g_object_unref);
  self->recent = prolong_recent_new ();
  self->due = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->checking = g_hash_table_new (NULL, NULL);
  self->leaving = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->carried_out = g_ptr_array_new_with_free_func (g_free);
  self->products = g_key_file_new ();
  self->service_state = "unknown";
  self->host.find_license = host_find_license;
  self->host.adopt = host_adopt;
  self->host.confirm_end = prolong_engine_confirm_end;
  self->host.confirm_end_finish = prolong_engine_confirm_end_finish;
  prolong_engine_fill_host_for_reserves (&self->host);
  self->host.data = self;
}

ProlongEngine *
prolong_engine_new (ProlongClock *clock, ProlongStore *store, ProlongKeyring *keyring)
{
  ProlongEngine *self = g_object_new (PROLONG_TYPE_ENGINE, NULL);

  g_autofree char *own = prolong_profiles_dup_own_directory ();

  self->own_profiles = prolong_store_new (own);
  self->context.clock = g_object_ref (clock);
  self->context.store = g_object_ref (store);
  self->context.keyring = g_object_ref (keyring);
  self->context.settings = prolong_settings_new (store);
  self->context.discards = prolong_discards_new (store, keyring);
  g_signal_connect_object (clock, "woke", G_CALLBACK (on_woke), self, 0);
  g_signal_connect_object (keyring, "notify::state", G_CALLBACK (on_keyring_state), self, 0);
  g_signal_connect_object (keyring, "ready", G_CALLBACK (on_keyring_ready), self, 0);
  return self;
}
