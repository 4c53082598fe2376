/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/device.h"

#include <sys/random.h>
#include <unistd.h>

#include "license/jws.h"

static const char *const machine_id_files[] = { "/etc/machine-id", "/var/lib/dbus/machine-id" };

static char *
read_machine_id (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (machine_id_files); i++)
    {
      char *id;

      if (!g_file_get_contents (machine_id_files[i], &id, NULL, NULL))
        continue;
      if (*g_strstrip (id) != '\0')
        return id;
      g_free (id);
    }

  /* A machine without an id is told apart by its name; that is weak, but stable. */
  return g_strdup (g_get_host_name ());
}

char *
prolong_device_id (const char *vendor)
{
  g_autofree char *machine = read_machine_id ();
  g_autofree char *user = g_strdup_printf ("%u", (guint)getuid ());
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)machine, strlen (machine));
  guint8 digest[32];
  gsize length = sizeof digest;

  g_hmac_update (hmac, (const guchar *)vendor, strlen (vendor) + 1);
  g_hmac_update (hmac, (const guchar *)user, strlen (user));
  g_hmac_get_digest (hmac, digest, &length);
  return prolong_base64url_encode (digest, length);
}

char *
prolong_device_name (ProlongSettings *settings)
{
  const char *chosen = prolong_settings_get_device_name (settings);

  return g_strdup (*chosen != '\0' ? chosen : g_get_host_name ());
}

char *
prolong_random_token (void)
{
  guint8 bytes[32];

  /* Requests of up to 256 bytes are answered whole once the kernel's pool is ready. */
  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    return NULL;
  return prolong_base64url_encode (bytes, sizeof bytes);
}
