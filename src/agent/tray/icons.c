/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/tray/icons.h"

#include "agent/tray/icons-private.h"

/* Neither light nor dark: each stands out at least 3 to 1 against white and against a dark panel (#2e3436),
 * as WCAG 2 asks of pictures. */
static const guint8 colors[PROLONG_TRAY_N_ICONS][3] = {
  [PROLONG_TRAY_FINE] = { 0x35, 0x84, 0xe4 },
  [PROLONG_TRAY_SOON] = { 0xc0, 0x7f, 0x00 },
  [PROLONG_TRAY_ENDED] = { 0xed, 0x33, 0x3b },
  [PROLONG_TRAY_ATTENTION] = { 0xe6, 0x61, 0x00 },
};

static GVariant *
pixmap_new (const ProlongTrayPixmap *pixmap, const guint8 *color)
{
  gsize n_pixels = (gsize)pixmap->size * (gsize)pixmap->size;
  guint8 *bytes = g_malloc (n_pixels * 4);
  GVariant *data;

  for (gsize i = 0; i < n_pixels; i++)
    {
      bytes[i * 4] = pixmap->coverage[i];
      memcpy (bytes + i * 4 + 1, color, 3);
    }
  data = g_variant_new_from_data (G_VARIANT_TYPE_BYTESTRING, bytes, n_pixels * 4, TRUE, g_free, bytes);
  return g_variant_new ("(ii@ay)", pixmap->size, pixmap->size, data);
}

GVariant *
prolong_tray_icon_pixmaps_new (ProlongTrayIcon icon)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(iiay)"));
  for (gsize i = 0; i < PROLONG_TRAY_N_SIZES; i++)
    g_variant_builder_add_value (&builder, pixmap_new (&prolong_tray_pixmaps[icon][i], colors[icon]));
  return g_variant_builder_end (&builder);
}
