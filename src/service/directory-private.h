/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/directory.h"

G_BEGIN_DECLS

#define STORE_FILE "store.db"
#define CONFIG_FILE "service.conf"
#define CATALOG_FILE "catalog.conf"
#define LISTEN_DEFAULT "127.0.0.1:8497"

/* A typing error never gets here (the check symbol), so that even a clumsy household stays far below. */
#define WRONG_CODES_DEFAULT 60

/* What a directory of a vendor and that of a demo have in common. */
gboolean prolong_directory_write_file (const char *path, const char *text, int mode, GError **error);
gboolean prolong_directory_refuse_folder (const char *path, GError **error);
gboolean prolong_directory_check_pinned (ProlongDirectory *directory, GError **error);
gboolean prolong_directory_read_catalog (ProlongDirectory *directory, GError **error);

/* One of the catalogs that are in the program. */
char *prolong_directory_dup_catalog (const char *name, GError **error);

G_END_DECLS
