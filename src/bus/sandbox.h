/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** prolong_is_sandboxed: whether this process runs in a Flatpak. */
static inline gboolean
prolong_is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

G_END_DECLS
