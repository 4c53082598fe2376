/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus/client.h"
#include "bus/words.h"

G_BEGIN_DECLS

/** The exit codes, as the man page promises them. */
typedef enum
{
  PROLONG_EXIT_DONE = 0,
  PROLONG_EXIT_FAILED = 1,
  PROLONG_EXIT_USAGE = 2,
  PROLONG_EXIT_NOTHING = 3, /* status --check, and nothing is licensed */
  PROLONG_EXIT_LATER = 4,   /* service or agent cannot be reached */
  PROLONG_EXIT_REFUSED = 5,
} ProlongExit;

/** What the person asked for. */
typedef struct
{
  const char *verb;
  gboolean json;
  gboolean check;
  gboolean yes;
  gboolean dismiss;
  gboolean code;
  gboolean previous;
  gboolean accept_shorter_term;
  char *vendor;         /* (nullable) */
  char *product;        /* (nullable) */
  char *country;        /* (nullable) */
  char *devices;        /* (nullable) */
  char *years;          /* (nullable) */
  char *method;         /* (nullable) */
  char *email;          /* (nullable) */
  char *topic;          /* (nullable) */
  char *name;           /* (nullable) */
  char *order_number;   /* (nullable) */
  char *purchase_date;  /* (nullable) */
  char *license_number; /* (nullable) */
  gboolean diagnosis;
  char **arguments; /* what follows the verb and is no option */
} ProlongCli;

/* The verbs. */
ProlongExit prolong_cli_status (const ProlongCli *cli);
ProlongExit prolong_cli_activate (const ProlongCli *cli);
ProlongExit prolong_cli_reserve (const ProlongCli *cli);
ProlongExit prolong_cli_preflight (const ProlongCli *cli);
ProlongExit prolong_cli_refresh (const ProlongCli *cli);
ProlongExit prolong_cli_remove (const ProlongCli *cli);
ProlongExit prolong_cli_seats (const ProlongCli *cli);
ProlongExit prolong_cli_number (const ProlongCli *cli);
ProlongExit prolong_cli_offers (const ProlongCli *cli);
ProlongExit prolong_cli_order (const ProlongCli *cli);
ProlongExit prolong_cli_provider (const ProlongCli *cli);
ProlongExit prolong_cli_auto_renewal (const ProlongCli *cli);
ProlongExit prolong_cli_support (const ProlongCli *cli);
ProlongExit prolong_cli_profile (const ProlongCli *cli);

/** prolong_cli_connect: (transfer full) (nullable): the session bus. */
GDBusConnection *prolong_cli_connect (GError **error);

/** prolong_cli_call: (transfer full) (nullable): the answer to a method of the agent, however long it takes.
 */
GVariant *prolong_cli_call (GDBusConnection *bus,
                            const char *path,
                            const char *interface,
                            const char *method,
                            GVariant *arguments,
                            GError **error);

/**
 * prolong_cli_find_vendors:
 *
 * Returns: (transfer container) (element-type ProlongVendorInfo) (nullable): the vendors that the options
 * leave open, at least one; with %NULL the person was told what is missing.
 */
GPtrArray *
prolong_cli_find_vendors (const ProlongCli *cli, const ProlongSnapshot *snapshot, ProlongExit *status);

/** prolong_cli_list_ids: (transfer full): the ids of vendors, separated by commas. */
char *prolong_cli_list_ids (GPtrArray *vendors);

/** prolong_cli_is_meant: whether the options name the license of @product of @vendor, or none at all. */
gboolean prolong_cli_is_meant (const ProlongCli *cli, const char *vendor, const char *product);

/**
 * prolong_cli_warn_of_double_payment:
 *
 * Says so on standard error where the only license that the options name renews by itself (E7), before a code
 * is bought or entered.
 */
void prolong_cli_warn_of_double_payment (const ProlongCli *cli, const ProlongSnapshot *snapshot);

/** prolong_cli_find_licenses: (transfer container): the licenses of @snapshot that the options name. */
GPtrArray *prolong_cli_find_licenses (const ProlongCli *cli, const ProlongSnapshot *snapshot);

G_END_DECLS
