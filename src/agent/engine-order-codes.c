/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/engine-private.h"

/* What became of a code, and what is seen to end that stands in the way of one that waits. */

typedef enum
{
  UNSEEN,
  LICENSE,
  OPERATION,
  KEYRING, /* its own signal tells */
} Obstacle;

static const struct
{
  ProlongProblem problem;
  ProlongOutcome outcome;
  Obstacle obstacle;
} outcomes[] = {
  { PROLONG_PROBLEM_ALREADY_ADDED, PROLONG_OUTCOME_PRESENT, UNSEEN },
  { PROLONG_PROBLEM_SUBSCRIPTION_RUNNING, PROLONG_OUTCOME_PENDING, LICENSE },
  { PROLONG_PROBLEM_TRIAL_RUNNING, PROLONG_OUTCOME_PENDING, LICENSE },
  { PROLONG_PROBLEM_LICENSE_RUNNING, PROLONG_OUTCOME_PENDING, LICENSE },
  { PROLONG_PROBLEM_REQUEST_IN_FLIGHT, PROLONG_OUTCOME_PENDING, OPERATION },
  { PROLONG_PROBLEM_RATE_LIMITED, PROLONG_OUTCOME_PENDING, UNSEEN },
  { PROLONG_PROBLEM_SERVICE_UNAVAILABLE, PROLONG_OUTCOME_PENDING, UNSEEN },
  { PROLONG_PROBLEM_SERVICE_UNTRUSTED, PROLONG_OUTCOME_PENDING, UNSEEN },
  { PROLONG_PROBLEM_KEYRING_LOCKED, PROLONG_OUTCOME_PENDING, KEYRING },
  { PROLONG_PROBLEM_KEYRING_UNAVAILABLE, PROLONG_OUTCOME_PENDING, KEYRING },
  { PROLONG_PROBLEM_STORAGE_FULL, PROLONG_OUTCOME_PENDING, UNSEEN },
};

static ProlongOutcome
find_outcome (int problem, Obstacle *obstacle)
{
  *obstacle = UNSEEN;
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if ((int)outcomes[i].problem == problem)
      {
        *obstacle = outcomes[i].obstacle;
        return outcomes[i].outcome;
      }
  return PROLONG_OUTCOME_REFUSED;
}

static gboolean
is_under_way (ProlongEngine *self, ProlongVendor *vendor)
{
  for (guint i = 0; i < self->operations->len; i++)
    if (prolong_operation_get_vendor (self->operations->pdata[i]) == vendor
        && !prolong_operation_has_ended (self->operations->pdata[i]))
      return TRUE;
  return FALSE;
}

/* Whether something that is seen to end stands in the way of the code at @index. */
static gboolean
stands (ProlongEngine *self, ProlongPurchase *purchase, guint index, Obstacle obstacle)
{
  const ProlongPurchaseRecord *record = prolong_purchase_get_record (purchase);
  const char *product = prolong_purchase_record_get_product (record, index);
  ProlongLicense *license = prolong_engine_find_license (self, record->vendor, product);

  if (obstacle == LICENSE)
    return license != NULL && prolong_license_is_running (license);
  return obstacle == OPERATION && is_under_way (self, prolong_purchase_get_vendor (purchase));
}

static void
note_problem (ProlongEngine *self, ProlongPurchase *purchase, guint index, int problem)
{
  Obstacle obstacle;
  ProlongOutcome outcome = find_outcome (problem, &obstacle);

  prolong_purchase_note_outcome (purchase, index, outcome, outcome == PROLONG_OUTCOME_PRESENT ? -1 : problem,
                                 stands (self, purchase, index, obstacle));
}

static void
note_added (ProlongPurchase *purchase, guint index, ProlongOutcome outcome)
{
  prolong_purchase_note_outcome (purchase, index, outcome, -1, FALSE);
}

static void
note_operation (ProlongEngine *self, ProlongPurchase *purchase, guint index, ProlongOperation *operation)
{
  const GError *error = prolong_operation_get_error (operation);

  if (prolong_operation_get_step (operation) != PROLONG_OPERATION_DONE)
    note_problem (self, purchase, index, error != NULL ? error->code : (int)PROLONG_PROBLEM_CANCELLED);
  else if (prolong_operation_get_intent (operation)->kind == PROLONG_INTENT_RESERVE)
    note_added (purchase, index, PROLONG_OUTCOME_RESERVE);
  else
    note_added (purchase, index, PROLONG_OUTCOME_ACTIVE);
}

static gboolean
is_pending (const ProlongPurchaseCode *code)
{
  return code->outcome == PROLONG_OUTCOME_PENDING;
}

/* Its result stands on the row of the order; one that the person began is also told where that was. */
void
prolong_engine_settle_operation (ProlongEngine *self, ProlongOperation *operation)
{
  const char *id = prolong_operation_get_intent (operation)->id;

  for (guint i = 0; i < self->purchases->len; i++)
    {
      ProlongPurchase *purchase = self->purchases->pdata[i];
      const GPtrArray *codes = prolong_purchase_get_record (purchase)->codes;

      for (guint j = 0; codes != NULL && j < codes->len; j++)
        {
          const ProlongPurchaseCode *code = codes->pdata[j];

          if (!is_pending (code) || !g_str_equal (code->operation, id))
            continue;
          note_operation (self, purchase, j, operation);
          if (!code->theirs)
            prolong_engine_dismiss (self, operation, NULL);
          return;
        }
    }
}

/* A code that no keyring holds is asked for once more; what was delivered need not be entered by anybody. */
void
prolong_engine_help_operation (ProlongEngine *self, ProlongOperation *operation)
{
  const char *id = prolong_operation_get_intent (operation)->id;

  if (!prolong_operation_waits_for (operation, PROLONG_PROBLEM_KEYRING_UNAVAILABLE))
    return;
  for (guint i = 0; i < self->purchases->len; i++)
    {
      const GPtrArray *codes = prolong_purchase_get_record (self->purchases->pdata[i])->codes;

      for (guint j = 0; codes != NULL && j < codes->len; j++)
        if (g_str_equal (((const ProlongPurchaseCode *)codes->pdata[j])->operation, id))
          prolong_purchase_ask_soon (self->purchases->pdata[i]);
    }
}

static ProlongOperation *
find_operation (ProlongEngine *self, const char *id)
{
  for (guint i = 0; i < self->operations->len; i++)
    if (g_str_equal (prolong_operation_get_intent (self->operations->pdata[i])->id, id))
      return self->operations->pdata[i];
  return NULL;
}

static gboolean
is_reserve (ProlongEngine *self, const char *operation)
{
  for (guint i = 0; i < self->reserves->len; i++)
    if (prolong_reserves_find (self->reserves->pdata[i], operation) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_license (ProlongEngine *self, const char *operation)
{
  for (guint i = 0; i < self->licenses->len; i++)
    if (g_str_equal (prolong_license_get_record (self->licenses->pdata[i])->operation, operation))
      return TRUE;
  return FALSE;
}

/* Whether the code at @index is added already, or on its way; the agent may have ended before it wrote so. */
static gboolean
is_taken (ProlongEngine *self, ProlongPurchase *purchase, guint index)
{
  const ProlongPurchaseCode *code = prolong_purchase_get_record (purchase)->codes->pdata[index];
  ProlongOperation *operation = find_operation (self, code->operation);

  if (!is_pending (code))
    return TRUE;
  if (operation != NULL && !prolong_operation_has_ended (operation))
    return TRUE;
  if (operation != NULL)
    prolong_engine_settle_operation (self, operation);
  else if (is_reserve (self, code->operation))
    note_added (purchase, index, PROLONG_OUTCOME_RESERVE);
  else if (is_license (self, code->operation))
    note_added (purchase, index, PROLONG_OUTCOME_ACTIVE);
  else
    return FALSE;
  return TRUE;
}

/* Its operation began before a restart, and the code was not in the keyring yet. */
static void
provide_code (ProlongEngine *self, const ProlongPurchaseCode *code, const ProlongOrderCode *delivered)
{
  ProlongOperation *operation = is_pending (code) ? find_operation (self, code->operation) : NULL;
  g_autoptr (GError) error = NULL;

  if (operation != NULL && prolong_operation_waits_for (operation, PROLONG_PROBLEM_KEYRING_UNAVAILABLE)
      && !prolong_operation_provide_code (operation, delivered->code, &error))
    g_message ("The code of an order: %s", error->message);
}

/* Codes that were delivered go the way of one that a person enters. */

typedef struct
{
  ProlongPurchase *purchase;
  guint index;
} Taking;

static void
on_code_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Taking *taking = user_data;
  ProlongEngine *self = PROLONG_ENGINE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongOperation) operation = prolong_engine_add_code_finish (self, result, &error);

  if (operation != NULL)
    {
      prolong_purchase_note_operation (taking->purchase, taking->index,
                                       prolong_operation_get_intent (operation)->id);
      if (prolong_operation_has_ended (operation))
        prolong_engine_settle_operation (self, operation);
    }
  else if (error->domain == PROLONG_PROBLEM)
    note_problem (self, taking->purchase, taking->index, error->code);
  else
    note_problem (self, taking->purchase, taking->index, PROLONG_PROBLEM_CODE_WRONG_PRODUCT);
  g_object_unref (taking->purchase);
  g_free (taking);
}

static void
take_code (ProlongEngine *self, ProlongPurchase *purchase, guint index, const ProlongOrderCode *delivered)
{
  const ProlongPurchaseRecord *record = prolong_purchase_get_record (purchase);
  const ProlongPurchaseCode *code = record->codes->pdata[index];
  const ProlongProfile *profile = prolong_vendor_get_profile (prolong_purchase_get_vendor (purchase));
  gboolean known = prolong_profile_find_product (profile, delivered->product) != NULL;
  Taking *taking = g_new0 (Taking, 1);
  ProlongCodeWish wish = {
    .vendor = record->vendor,
    .product = known ? delivered->product : "",
    .text = delivered->code,
    .operation = code->operation,
  };

  taking->purchase = g_object_ref (purchase);
  taking->index = index;
  prolong_engine_add_code_async (self, &wish, on_code_added, taking);
}

void
prolong_engine_recall_codes (ProlongEngine *self, ProlongPurchase *purchase)
{
  const GPtrArray *codes = prolong_purchase_get_record (purchase)->codes;

  for (guint i = 0; codes != NULL && i < codes->len; i++)
    is_taken (self, purchase, i);
}

void
prolong_engine_take_codes (ProlongPurchase *purchase, GPtrArray *codes, ProlongEngine *self)
{
  const GPtrArray *known = prolong_purchase_get_record (purchase)->codes;

  for (guint i = 0; i < codes->len && i < known->len; i++)
    if (is_taken (self, purchase, i))
      provide_code (self, known->pdata[i], codes->pdata[i]);
    else
      take_code (self, purchase, i, codes->pdata[i]);
}

/* What stood in the way. */

static Obstacle
get_obstacle (const ProlongPurchaseCode *code)
{
  Obstacle obstacle = UNSEEN;
  ProlongProblem problem;

  if (is_pending (code) && prolong_problem_from_name (code->problem, &problem))
    find_outcome (problem, &obstacle);
  return obstacle;
}

static gboolean
is_unlocked (ProlongEngine *self, ProlongPurchase *purchase, guint index, Obstacle obstacle)
{
  return obstacle == KEYRING;
}

static gboolean
has_gone (ProlongEngine *self, ProlongPurchase *purchase, guint index, Obstacle obstacle)
{
  const ProlongPurchaseCode *code = prolong_purchase_get_record (purchase)->codes->pdata[index];

  return code->watched && (obstacle == LICENSE || obstacle == OPERATION)
         && !stands (self, purchase, index, obstacle);
}

static void
try_again_where (
    ProlongEngine *self,
    gboolean (*may) (ProlongEngine *self, ProlongPurchase *purchase, guint index, Obstacle obstacle))
{
  for (guint i = 0; i < self->purchases->len; i++)
    {
      ProlongPurchase *purchase = self->purchases->pdata[i];
      const GPtrArray *codes = prolong_purchase_get_record (purchase)->codes;

      for (guint j = 0; codes != NULL && j < codes->len; j++)
        if (may (self, purchase, j, get_obstacle (codes->pdata[j])))
          prolong_purchase_try_again (purchase, j);
    }
}

void
prolong_engine_consider_purchases (ProlongEngine *self)
{
  try_again_where (self, has_gone);
}

void
prolong_engine_unlock_purchases (ProlongEngine *self)
{
  try_again_where (self, is_unlocked);
}
