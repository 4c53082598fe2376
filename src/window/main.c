/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bus/contract.h"
#include "bus/words.h"
#include "window/application.h"

int
main (int argc, char **argv)
{
  g_autoptr (ProlongApplication) application = NULL;

  prolong_words_init ();
  prolong_bus_errors_init ();
  application = prolong_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
