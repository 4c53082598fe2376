/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/names-private.h"

#include "bus/client.h"

static const char *const step_names[] = {
  [PROLONG_STEP_CHECKING] = "checking",   [PROLONG_STEP_STORING] = "storing",
  [PROLONG_STEP_SENDING] = "sending",     [PROLONG_STEP_VERIFYING] = "verifying",
  [PROLONG_STEP_SAVING] = "saving",       [PROLONG_STEP_WAITING] = "waiting",
  [PROLONG_STEP_DONE] = "done",           [PROLONG_STEP_REFUSED] = "refused",
  [PROLONG_STEP_CANCELLED] = "cancelled",
};
G_STATIC_ASSERT (G_N_ELEMENTS (step_names) == PROLONG_N_STEPS);

const char *
prolong_step_get_name (ProlongStep step)
{
  g_return_val_if_fail (step < PROLONG_N_STEPS, NULL);
  return step_names[step];
}

static const char *const operation_kind_names[] = {
  [PROLONG_OPERATION_ACTIVATION] = "activation",
  [PROLONG_OPERATION_RESERVE] = "reserve",
  [PROLONG_OPERATION_HAND_OVER] = "hand-over",
};
G_STATIC_ASSERT (G_N_ELEMENTS (operation_kind_names) == PROLONG_N_OPERATION_KINDS);

const char *
prolong_operation_kind_get_name (ProlongOperationKind kind)
{
  g_return_val_if_fail (kind < PROLONG_N_OPERATION_KINDS, NULL);
  return operation_kind_names[kind];
}

static const char *const reserve_state_names[] = {
  [PROLONG_RESERVE_READY] = "ready",
  [PROLONG_RESERVE_UNCHECKED] = "unchecked",
  [PROLONG_RESERVE_PROBLEM] = "problem",
  [PROLONG_RESERVE_ACTIVATING] = "activating",
};
G_STATIC_ASSERT (G_N_ELEMENTS (reserve_state_names) == PROLONG_N_RESERVE_STATES);

const char *
prolong_reserve_state_get_name (ProlongReserveState state)
{
  g_return_val_if_fail (state < PROLONG_N_RESERVE_STATES, NULL);
  return reserve_state_names[state];
}

static gboolean
find_name (const char *const *names, int n_names, const char *name, int *value)
{
  for (int i = 0; i < n_names; i++)
    if (g_str_equal (names[i], name))
      {
        *value = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
prolong_step_from_name (const char *name, int *value)
{
  return find_name (step_names, PROLONG_N_STEPS, name, value);
}

gboolean
prolong_operation_kind_from_name (const char *name, int *value)
{
  return find_name (operation_kind_names, PROLONG_N_OPERATION_KINDS, name, value);
}

gboolean
prolong_reserve_state_from_name (const char *name, int *value)
{
  return find_name (reserve_state_names, PROLONG_N_RESERVE_STATES, name, value);
}
