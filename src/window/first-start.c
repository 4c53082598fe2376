/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/first-start.h"

#include <fcntl.h>
#include <unistd.h>

static gboolean
claim (const char *name)
{
  g_autofree char *directory = g_build_filename (g_get_user_state_dir (), "prolong", NULL);
  g_autofree char *path = g_build_filename (directory, name, NULL);
  int fd;

  if (g_mkdir_with_parents (directory, 0700) != 0)
    return FALSE;
  fd = open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  return fd >= 0 && close (fd) == 0;
}

gboolean
prolong_first_start_claim (void)
{
  return claim ("window-shown");
}

gboolean
prolong_tell_once (const char *what)
{
  g_autofree char *name = g_strconcat ("told-", what, NULL);

  return claim (name);
}
