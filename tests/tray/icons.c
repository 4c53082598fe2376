/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/tray/icons.h"

#include <math.h>

#define N_SIZES 5

typedef struct
{
  int size;
  GBytes *bytes;
} Picture;

static void
picture_clear (gpointer data)
{
  g_bytes_unref (((Picture *)data)->bytes);
}

static GArray *
read_pictures (ProlongTrayIcon icon)
{
  g_autoptr (GVariant) pixmaps = g_variant_ref_sink (prolong_tray_icon_pixmaps_new (icon));
  GArray *pictures = g_array_new (FALSE, FALSE, sizeof (Picture));
  GVariantIter iter;
  GVariant *data;
  int width, height;

  g_assert_cmpstr (g_variant_get_type_string (pixmaps), ==, "a(iiay)");
  g_array_set_clear_func (pictures, picture_clear);
  g_variant_iter_init (&iter, pixmaps);
  while (g_variant_iter_loop (&iter, "(ii@ay)", &width, &height, &data))
    {
      Picture picture = { width, g_variant_get_data_as_bytes (data) };

      g_assert_cmpint (width, ==, height);
      g_assert_cmpint (g_bytes_get_size (picture.bytes), ==, width * height * 4);
      g_array_append_val (pictures, picture);
    }
  return pictures;
}

/* Relative luminance and contrast, as WCAG 2 reckons them. */

static double
linear (int value)
{
  double part = value / 255.0;

  return part <= 0.03928 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

static double
luminance (const guint8 *color)
{
  return 0.2126 * linear (color[0]) + 0.7152 * linear (color[1]) + 0.0722 * linear (color[2]);
}

static double
contrast (double a, double b)
{
  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

static void
test_sizes (void)
{
  static const int sizes[N_SIZES] = { 16, 22, 24, 32, 48 };

  for (guint icon = 0; icon < PROLONG_TRAY_N_ICONS; icon++)
    {
      g_autoptr (GArray) pictures = read_pictures (icon);

      g_assert_cmpuint (pictures->len, ==, N_SIZES);
      for (guint i = 0; i < N_SIZES; i++)
        g_assert_cmpint (g_array_index (pictures, Picture, i).size, ==, sizes[i]);
    }
}

/* 3 to 1 against white and against a dark panel is what WCAG asks of pictures. */
static void
test_colors (void)
{
  const guint8 light[] = { 0xff, 0xff, 0xff }, dark[] = { 0x2e, 0x34, 0x36 };

  for (guint icon = 0; icon < PROLONG_TRAY_N_ICONS; icon++)
    {
      g_autoptr (GArray) pictures = read_pictures (icon);
      const guint8 *pixel = g_bytes_get_data (g_array_index (pictures, Picture, 0).bytes, NULL);

      g_assert_cmpfloat (contrast (luminance (pixel + 1), luminance (light)), >=, 3);
      g_assert_cmpfloat (contrast (luminance (pixel + 1), luminance (dark)), >=, 3);
    }
}

/* At every size any two differ on a tenth of their area or more, whatever their colours. */
static void
test_shapes (void)
{
  for (guint a = 0; a < PROLONG_TRAY_N_ICONS; a++)
    for (guint b = a + 1; b < PROLONG_TRAY_N_ICONS; b++)
      {
        g_autoptr (GArray) first = read_pictures (a);
        g_autoptr (GArray) second = read_pictures (b);

        for (guint i = 0; i < N_SIZES; i++)
          {
            const guint8 *one = g_bytes_get_data (g_array_index (first, Picture, i).bytes, NULL);
            const guint8 *other = g_bytes_get_data (g_array_index (second, Picture, i).bytes, NULL);
            int n_pixels = g_array_index (first, Picture, i).size * g_array_index (first, Picture, i).size;
            int area = 0; /* in parts of 255 of a pixel */

            for (int j = 0; j < n_pixels; j++)
              area += ABS (one[j * 4] - other[j * 4]);
            g_assert_cmpint (area * 10, >=, n_pixels * 255);
          }
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tray/icons/sizes", test_sizes);
  g_test_add_func ("/tray/icons/colors", test_colors);
  g_test_add_func ("/tray/icons/shapes", test_shapes);
  return g_test_run ();
}
