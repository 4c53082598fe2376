/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window/first-start.h"

#include <fcntl.h>
#include <unistd.h>

gboolean
prolong_first_start_claim (void)
{
  g_autofree char *directory = g_build_filename (g_get_user_state_dir (), "prolong", NULL);
  g_autofree char *path = g_build_filename (directory, "window-shown", NULL);
  int fd;

  if (g_mkdir_with_parents (directory, 0700) != 0)
    return FALSE;
  fd = open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  return fd >= 0 && close (fd) == 0;
}
