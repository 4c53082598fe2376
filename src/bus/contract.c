/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bus/contract.h"

char *
prolong_bus_error_get_name (ProlongProblem problem)
{
  g_auto (GStrv) words = g_strsplit (prolong_problem_get_name (problem), "-", -1);
  GString *name = g_string_new (PROLONG_BUS_ERROR_PREFIX);

  for (char **word = words; *word != NULL; word++)
    {
      g_string_append_c (name, g_ascii_toupper (**word));
      g_string_append (name, *word + 1);
    }
  return g_string_free (name, FALSE);
}

void
prolong_bus_errors_init (void)
{
  for (int problem = 0; problem < PROLONG_N_PROBLEMS; problem++)
    {
      g_autofree char *name = prolong_bus_error_get_name (problem);

      g_dbus_error_register_error (PROLONG_PROBLEM, problem, name);
    }
}
