/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/reserves.h"

struct _ProlongReserve
{
  GObject parent_instance;
  ProlongReserveRecord *record; /* belongs to the list's record */
  gint64 starts;
  gint64 expires;
  gint64 turn; /* see ProlongCoverage */
  char *operation;
};

struct _ProlongReserves
{
  GObject parent_instance;
  const ProlongContext *context;
  ProlongVendor *vendor;
  char *product;
  GPtrArray *items;   /* (element-type ProlongReserve) */
  gboolean forgotten; /* the store still has one that is not on the list */
};

enum
{
  RESERVE_CHANGED,
  RESERVE_N_SIGNALS
};

enum
{
  ADDED,
  REMOVED,
  CHANGED,
  N_SIGNALS
};

static guint reserve_signals[RESERVE_N_SIGNALS];
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (ProlongReserve, prolong_reserve, G_TYPE_OBJECT)
G_DEFINE_TYPE (ProlongReserves, prolong_reserves, G_TYPE_OBJECT)

/* One reserve code. */

static void
reserve_changed (ProlongReserve *reserve)
{
  g_signal_emit (reserve, reserve_signals[RESERVE_CHANGED], 0);
}

const ProlongReserveRecord *
prolong_reserve_get_record (ProlongReserve *reserve)
{
  return reserve->record;
}

int
prolong_reserve_get_problem (ProlongReserve *reserve)
{
  ProlongProblem problem;

  if (prolong_problem_from_name (reserve->record->problem, &problem))
    return (int)problem;
  return reserve->turn != 0 ? PROLONG_PROBLEM_RESERVE_ENDS_TOO_EARLY : -1;
}

/* Facts for the words about a code that ends before its turn comes. */
static GVariant *
turn_details_new (ProlongReserve *reserve)
{
  const ProlongReserveRecord *record = reserve->record;
  GVariantDict details;

  g_variant_dict_init (&details, NULL);
  g_variant_dict_insert (&details, "expires", "x", record->first_activated + record->term);
  g_variant_dict_insert (&details, "first_activated", "x", record->first_activated);
  g_variant_dict_insert (&details, "turn", "x", reserve->turn);
  return g_variant_ref_sink (g_variant_dict_end (&details));
}

/* Not as GVariant's text: its parser trips over the escape of half a surrogate pair, which a damaged file may
 * hold. */
static char *
details_to_text (GVariant *details)
{
  return g_base64_encode (g_variant_get_data (details), g_variant_get_size (details));
}

static GVariant *
details_from_text (const char *text)
{
  gsize length = 0;
  guchar *data = g_base64_decode (text, &length);
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, length);
  g_autoptr (GVariant) found
      = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, FALSE));

  return g_variant_is_normal_form (found) ? g_steal_pointer (&found) : NULL;
}

GVariant *
prolong_reserve_get_details (ProlongReserve *reserve)
{
  if (*reserve->record->problem == '\0' && reserve->turn != 0)
    return turn_details_new (reserve);
  if (*reserve->record->details == '\0')
    return NULL;
  return details_from_text (reserve->record->details);
}

void
prolong_reserve_set_coverage (ProlongReserve *reserve, const ProlongCoverage *coverage)
{
  if (reserve->starts == coverage->starts && reserve->expires == coverage->expires
      && reserve->turn == coverage->turn)
    return;
  reserve->starts = coverage->starts;
  reserve->expires = coverage->expires;
  reserve->turn = coverage->turn;
  reserve_changed (reserve);
}

gint64
prolong_reserve_get_starts (ProlongReserve *reserve)
{
  return reserve->starts;
}

gint64
prolong_reserve_get_expires (ProlongReserve *reserve)
{
  return reserve->expires;
}

void
prolong_reserve_set_operation (ProlongReserve *reserve, const char *operation)
{
  char *copy;

  if (g_strcmp0 (reserve->operation, operation) == 0)
    return;
  copy = g_strdup (operation);
  g_free (reserve->operation);
  reserve->operation = copy;
  reserve_changed (reserve);
}

const char *
prolong_reserve_get_operation (ProlongReserve *reserve)
{
  return reserve->operation;
}

static void
prolong_reserve_finalize (GObject *object)
{
  ProlongReserve *reserve = PROLONG_RESERVE (object);

  prolong_reserve_record_free (reserve->record);
  g_free (reserve->operation);
  G_OBJECT_CLASS (prolong_reserve_parent_class)->finalize (object);
}

static void
prolong_reserve_class_init (ProlongReserveClass *class)
{
  G_OBJECT_CLASS (class)->finalize = prolong_reserve_finalize;
  reserve_signals[RESERVE_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0,
                                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
prolong_reserve_init (ProlongReserve *reserve)
{
}

static ProlongReserve *
reserve_new (ProlongReserveRecord *record)
{
  ProlongReserve *reserve = g_object_new (PROLONG_TYPE_RESERVE, NULL);

  reserve->record = record;
  return reserve;
}

/* The list. */

ProlongVendor *
prolong_reserves_get_vendor (ProlongReserves *self)
{
  return self->vendor;
}

const char *
prolong_reserves_get_product (ProlongReserves *self)
{
  return self->product;
}

guint
prolong_reserves_get_length (ProlongReserves *self)
{
  return self->items->len;
}

ProlongReserve *
prolong_reserves_get (ProlongReserves *self, guint position)
{
  return self->items->pdata[position];
}

ProlongReserve *
prolong_reserves_find (ProlongReserves *self, const char *id)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (prolong_reserves_get (self, i)->record->id, id))
      return self->items->pdata[i];
  return NULL;
}

ProlongReserve *
prolong_reserves_find_code (ProlongReserves *self, const char *code_id)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (prolong_reserves_get (self, i)->record->code_id, code_id))
      return self->items->pdata[i];
  return NULL;
}

guint
prolong_reserves_get_position (ProlongReserves *self, ProlongReserve *reserve)
{
  guint position = 0;

  g_ptr_array_find (self->items, reserve, &position);
  return position;
}

ProlongReserve *
prolong_reserves_get_next (ProlongReserves *self)
{
  for (guint i = 0; i < self->items->len; i++)
    if (!prolong_reserves_get (self, i)->record->refused)
      return self->items->pdata[i];
  return NULL;
}

void
prolong_reserves_forget_code (ProlongReserves *self, const char *code_id)
{
  ProlongReserve *reserve = prolong_reserves_find_code (self, code_id);

  if (reserve == NULL)
    return;
  g_ptr_array_remove (self->items, reserve);
  self->forgotten = TRUE;
}

/* A change is made in memory, written, and undone when it could not be written: another change may be on its
 * way, so that what is written is always all that is known. */

typedef enum
{
  CHANGE_ADD,
  CHANGE_REMOVE,
  CHANGE_MOVE,
  CHANGE_NOTE,
} ChangeKind;

typedef struct
{
  ChangeKind kind;
  ProlongReserve *reserve;
  guint position;               /* where it was before */
  ProlongReserveRecord *before; /* of a note */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_object_unref (change->reserve);
  g_clear_pointer (&change->before, prolong_reserve_record_free);
  g_free (change);
}

static void
insert (ProlongReserves *self, guint position, ProlongReserve *reserve)
{
  g_ptr_array_insert (self->items, MIN (position, self->items->len), g_object_ref (reserve));
}

static void
undo (ProlongReserves *self, Change *change)
{
  switch (change->kind)
    {
    case CHANGE_ADD:
      g_ptr_array_remove (self->items, change->reserve);
      break;
    case CHANGE_REMOVE:
      insert (self, change->position, change->reserve);
      break;
    case CHANGE_MOVE:
      g_ptr_array_remove (self->items, change->reserve);
      insert (self, change->position, change->reserve);
      break;
    case CHANGE_NOTE:
      prolong_reserve_record_free (change->reserve->record);
      change->reserve->record = g_steal_pointer (&change->before);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
tell (ProlongReserves *self, const Change *change)
{
  if (change->kind == CHANGE_ADD)
    g_signal_emit (self, signals[ADDED], 0, change->reserve);
  else if (change->kind == CHANGE_REMOVE)
    g_signal_emit (self, signals[REMOVED], 0, change->reserve);
  else
    reserve_changed (change->reserve);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ProlongReserves *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    {
      undo (self, change);
      g_task_return_error (task, error);
      return;
    }
  tell (self, change);
  g_task_return_boolean (task, TRUE);
}

static GBytes *
encode (ProlongReserves *self)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  ProlongReservesRecord record
      = { (char *)prolong_vendor_get_profile (self->vendor)->id, self->product, records };

  if (self->items->len == 0)
    return NULL;
  for (guint i = 0; i < self->items->len; i++)
    g_ptr_array_add (records, prolong_reserves_get (self, i)->record);
  return prolong_reserves_record_encode (&record);
}

static void
write_list (ProlongReserves *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *name = g_strconcat (prolong_vendor_get_profile (self->vendor)->id, ".", self->product,
                                       PROLONG_RESERVES_SUFFIX, NULL);
  g_autoptr (GBytes) bytes = encode (self);

  prolong_store_write_async (self->context->store, name, bytes, callback, user_data);
}

static void
on_forgotten_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!prolong_store_write_finish (PROLONG_STORE (source), result, &error))
    g_message ("%s", error->message);
}

void
prolong_reserves_write_forgotten (ProlongReserves *self)
{
  if (!self->forgotten)
    return;
  self->forgotten = FALSE;
  write_list (self, on_forgotten_written, NULL);
}

static void
write_change (ProlongReserves *self,
              Change *change,
              gpointer tag,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, change, change_free);
  write_list (self, on_written, task);
}

static Change *
change_new (ProlongReserves *self, ChangeKind kind, ProlongReserve *reserve)
{
  Change *change = g_new0 (Change, 1);

  change->kind = kind;
  change->reserve = g_object_ref (reserve);
  change->position = prolong_reserves_get_position (self, reserve);
  return change;
}

void
prolong_reserves_add_async (ProlongReserves *self,
                            ProlongReserveRecord *record,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (ProlongReserve) reserve = reserve_new (record);

  insert (self, self->items->len, reserve);
  write_change (self, change_new (self, CHANGE_ADD, reserve), prolong_reserves_add_async, callback,
                user_data);
}

void
prolong_reserves_remove_async (ProlongReserves *self,
                               ProlongReserve *reserve,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Change *change = change_new (self, CHANGE_REMOVE, reserve);

  g_ptr_array_remove (self->items, reserve);
  write_change (self, change, prolong_reserves_remove_async, callback, user_data);
}

void
prolong_reserves_move_async (ProlongReserves *self,
                             ProlongReserve *reserve,
                             guint position,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Change *change = change_new (self, CHANGE_MOVE, reserve);

  g_ptr_array_remove (self->items, reserve);
  insert (self, position, change->reserve);
  write_change (self, change, prolong_reserves_move_async, callback, user_data);
}

static void
replace (char **field, const char *text)
{
  char *copy = g_strdup (text != NULL ? text : "");

  g_free (*field);
  *field = copy;
}

static ProlongReserveRecord *
record_copy (const ProlongReserveRecord *record)
{
  ProlongReserveRecord *copy = g_memdup2 (record, sizeof *record);

  copy->id = g_strdup (record->id);
  copy->code_id = g_strdup (record->code_id);
  copy->mask = g_strdup (record->mask);
  copy->name = g_strdup (record->name);
  copy->kind = g_strdup (record->kind);
  copy->problem = g_strdup (record->problem);
  copy->details = g_strdup (record->details);
  return copy;
}

static Change *
note_new (ProlongReserves *self, ProlongReserve *reserve)
{
  Change *change = change_new (self, CHANGE_NOTE, reserve);

  change->before = record_copy (reserve->record);
  return change;
}

void
prolong_reserve_record_note_preflight (ProlongReserveRecord *record,
                                       const ProlongPreflight *preflight,
                                       gint64 now)
{
  replace (&record->name, preflight->name);
  replace (&record->kind, prolong_license_kind_get_name (preflight->kind));
  replace (&record->problem, NULL);
  replace (&record->details, NULL);
  record->term = preflight->term;
  record->first_activated = preflight->first_activated;
  record->devices_used = preflight->devices_used;
  record->devices_limit = preflight->devices_limit;
  record->checked_at = now;
  record->refused = FALSE;
  record->failures = 0;
}

void
prolong_reserves_note_preflight_async (ProlongReserves *self,
                                       ProlongReserve *reserve,
                                       const ProlongPreflight *preflight,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  Change *change = note_new (self, reserve);

  prolong_reserve_record_note_preflight (reserve->record, preflight,
                                         prolong_clock_get_system (self->context->clock));
  write_change (self, change, prolong_reserves_note_preflight_async, callback, user_data);
}

void
prolong_reserves_note_problem_async (ProlongReserves *self,
                                     ProlongReserve *reserve,
                                     const GError *problem,
                                     gboolean refused,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  Change *change = note_new (self, reserve);
  GVariant *details = problem != NULL ? prolong_problem_error_get_details (problem) : NULL;
  g_autofree char *text = details != NULL ? details_to_text (details) : NULL;

  replace (&reserve->record->problem, problem != NULL ? prolong_problem_get_name (problem->code) : NULL);
  replace (&reserve->record->details, text);
  reserve->record->refused = refused;
  reserve->record->failures = 0;
  if (problem != NULL)
    reserve->record->checked_at = prolong_clock_get_system (self->context->clock);
  write_change (self, change, prolong_reserves_note_problem_async, callback, user_data);
}

void
prolong_reserves_note_failure_async (ProlongReserves *self,
                                     ProlongReserve *reserve,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  Change *change = note_new (self, reserve);

  reserve->record->failures++;
  write_change (self, change, prolong_reserves_note_failure_async, callback, user_data);
}

gboolean
prolong_reserves_change_finish (ProlongReserves *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
prolong_reserves_finalize (GObject *object)
{
  ProlongReserves *self = PROLONG_RESERVES (object);

  g_object_unref (self->vendor);
  g_free (self->product);
  g_ptr_array_unref (self->items);
  G_OBJECT_CLASS (prolong_reserves_parent_class)->finalize (object);
}

static void
prolong_reserves_class_init (ProlongReservesClass *class)
{
  G_OBJECT_CLASS (class)->finalize = prolong_reserves_finalize;
  signals[ADDED] = g_signal_new ("added", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, PROLONG_TYPE_RESERVE);
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, PROLONG_TYPE_RESERVE);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
prolong_reserves_init (ProlongReserves *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

ProlongReserves *
prolong_reserves_new (const ProlongContext *context, ProlongVendor *vendor, ProlongReservesRecord *record)
{
  ProlongReserves *self = g_object_new (PROLONG_TYPE_RESERVES, NULL);

  self->context = context;
  self->vendor = g_object_ref (vendor);
  self->product = g_strdup (record->product);
  g_ptr_array_set_free_func (record->reserves, NULL);
  for (guint i = 0; i < record->reserves->len; i++)
    g_ptr_array_add (self->items, reserve_new (record->reserves->pdata[i]));
  prolong_reserves_record_free (record);
  return self;
}
