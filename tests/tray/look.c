/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/tray/look.h"

#include <string.h>

#include "bus/words.h"

#define DAY PROLONG_SECONDS_PER_DAY

static int language;

#define A .vendor = "demo", .vendor_name = "Demo Vendor", .product = "a", .name = "Alpha"
#define B .vendor = "demo", .vendor_name = "Demo Vendor", .product = "b", .name = "Beta"
#define A2 .vendor = "second", .vendor_name = "Second Vendor", .product = "a", .name = "Alpha"

/* What is held, and what the tray then says. The label in three languages where it has no name in it. */
static const struct
{
  const char *reason;
  ProlongTrayProduct products[3];
  guint n_products;
  gboolean pending;
  ProlongTrayIcon icon;
  gboolean urgent;
  const char *labels[3]; /* (nullable) the first alone: in English only */
  const char *details;   /* (nullable) in English */
} rows[] = {
  { "nothing was ever held: nothing is missing",
    { { NULL } },
    0,
    FALSE,
    PROLONG_TRAY_ENDED,
    FALSE,
    { "No license", "Geen licentie", "Лицензия отсутствует" },
    NULL },
  { "the first activation",
    { { NULL } },
    0,
    TRUE,
    PROLONG_TRAY_SOON,
    FALSE,
    { "License: activation is under way", "Licentie: activering loopt", "Лицензия: выполняется активация" },
    NULL },
  { "a year to go",
    { { A, .held = TRUE, .state = PROLONG_STATE_ACTIVE, .days_left = 365 } },
    1,
    FALSE,
    PROLONG_TRAY_FINE,
    FALSE,
    { "License: 365 days left", "Licentie: nog 365 dagen", "Лицензия: осталось 365 дней" },
    NULL },
  { "from the first reminder on",
    { { A, .held = TRUE, .state = PROLONG_STATE_EXPIRING, .days_left = 23 } },
    1,
    FALSE,
    PROLONG_TRAY_SOON,
    FALSE,
    { "License: 23 days left", "Licentie: nog 23 dagen", "Лицензия: осталось 23 дня" },
    NULL },
  { "a reserve code takes over: no cause to hurry",
    { { A, .held = TRUE, .state = PROLONG_STATE_EXPIRING, .days_left = 23, .covered = TRUE } },
    1,
    FALSE,
    PROLONG_TRAY_FINE,
    FALSE,
    { "License: 23 days left" },
    NULL },
  { "the last day",
    { { A, .held = TRUE, .state = PROLONG_STATE_EXPIRING, .days_left = 1 } },
    1,
    FALSE,
    PROLONG_TRAY_SOON,
    FALSE,
    { "License: last day", "Licentie: laatste dag", "Лицензия: последний день" },
    NULL },
  { "grace while it renews by itself is no alarm (E1)",
    { { A, .held = TRUE, .state = PROLONG_STATE_GRACE, .days_left = 3, .covered = TRUE } },
    1,
    FALSE,
    PROLONG_TRAY_FINE,
    FALSE,
    { "License ended, grace period: 3 days left" },
    NULL },
  { "grace after which nothing comes",
    { { A, .held = TRUE, .state = PROLONG_STATE_GRACE, .days_left = 3 } },
    1,
    FALSE,
    PROLONG_TRAY_SOON,
    FALSE,
    { "License ended, grace period: 3 days left" },
    NULL },
  { "over",
    { { A, .held = TRUE, .state = PROLONG_STATE_EXPIRED } },
    1,
    FALSE,
    PROLONG_TRAY_ENDED,
    TRUE,
    { "License expired", "Licentie verlopen", "Срок действия лицензии истёк" },
    NULL },
  { "a reserve code is taking over",
    { { A, .held = TRUE, .state = PROLONG_STATE_PENDING } },
    1,
    FALSE,
    PROLONG_TRAY_SOON,
    FALSE,
    { "License: activation is under way" },
    NULL },
  { "blocked by the vendor",
    { { A, .held = TRUE, .state = PROLONG_STATE_BLOCKED } },
    1,
    FALSE,
    PROLONG_TRAY_ATTENTION,
    TRUE,
    { "License blocked", "Licentie geblokkeerd", "Лицензия заблокирована" },
    NULL },
  { "over, and the reserve code was refused",
    { { A, .held = TRUE, .state = PROLONG_STATE_EXPIRED, .failed = TRUE, .problem = TRUE } },
    1,
    FALSE,
    PROLONG_TRAY_ATTENTION,
    TRUE,
    { "License expired" },
    "A reserve code was not activated." },
  { "the license was removed and its reserve code refused",
    { { A, .failed = TRUE, .problem = TRUE } },
    1,
    FALSE,
    PROLONG_TRAY_ATTENTION,
    TRUE,
    { "No license" },
    "A reserve code was not activated." },
  { "known before the last day",
    { { A, .held = TRUE, .state = PROLONG_STATE_ACTIVE, .days_left = 200, .problem = TRUE } },
    1,
    FALSE,
    PROLONG_TRAY_ATTENTION,
    TRUE,
    { "License: 200 days left" },
    "A reserve code would not be activated." },
  { "the clock is set back",
    { { A, .held = TRUE, .state = PROLONG_STATE_ACTIVE, .days_left = 200, .clock_behind = TRUE } },
    1,
    FALSE,
    PROLONG_TRAY_ATTENTION,
    TRUE,
    { "License: 200 days left" },
    "The clock of this device is behind." },
  { "two licenses: what ends first speaks",
    { { A, .held = TRUE, .state = PROLONG_STATE_ACTIVE, .days_left = 300, .expires = 300 * DAY },
      { B, .held = TRUE, .state = PROLONG_STATE_ACTIVE, .days_left = 100, .expires = 100 * DAY } },
    2,
    FALSE,
    PROLONG_TRAY_FINE,
    FALSE,
    { "Beta · License: 100 days left" },
    "Alpha · License: 300 days left" },
  { "blocked comes before what ends first",
    { { A, .held = TRUE, .state = PROLONG_STATE_BLOCKED, .expires = 300 * DAY },
      { B, .held = TRUE, .state = PROLONG_STATE_EXPIRING, .days_left = 3, .expires = 3 * DAY } },
    2,
    FALSE,
    PROLONG_TRAY_ATTENTION,
    TRUE,
    { "Alpha · License blocked" },
    "Beta · License: 3 days left" },
  { "what is over comes before a reserve code that would fail later",
    { { A, .held = TRUE, .state = PROLONG_STATE_ACTIVE, .days_left = 300, .expires = 300 * DAY,
        .problem = TRUE },
      { B, .held = TRUE, .state = PROLONG_STATE_EXPIRED, .expires = 1 } },
    2,
    FALSE,
    PROLONG_TRAY_ENDED,
    TRUE,
    { "Beta · License expired" },
    "Alpha · License: 300 days left\nA reserve code would not be activated." },
  { "covered comes after what is not, though it ends first",
    { { A, .held = TRUE, .state = PROLONG_STATE_EXPIRING, .days_left = 2, .expires = 2 * DAY,
        .covered = TRUE },
      { B, .held = TRUE, .state = PROLONG_STATE_EXPIRING, .days_left = 20, .expires = 20 * DAY } },
    2,
    FALSE,
    PROLONG_TRAY_SOON,
    FALSE,
    { "Beta · License: 20 days left" },
    "Alpha · License: 2 days left" },
  { "two vendors with the same name for a license",
    { { A, .held = TRUE, .state = PROLONG_STATE_ACTIVE, .days_left = 9, .expires = 9 * DAY },
      { A2, .held = TRUE, .state = PROLONG_STATE_ACTIVE, .days_left = 99, .expires = 99 * DAY } },
    2,
    FALSE,
    PROLONG_TRAY_FINE,
    FALSE,
    { "Alpha (Demo Vendor) · License: 9 days left" },
    "Alpha (Second Vendor) · License: 99 days left" },
};

static void
test_look (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ProlongTrayLook) look
      = prolong_tray_look_new (rows[i].products, rows[i].n_products, rows[i].pending, FALSE);

  g_assert_cmpint (look->icon, ==, rows[i].icon);
  g_assert_cmpint (look->urgent, ==, rows[i].urgent);
  if (rows[i].labels[language] != NULL)
    g_assert_cmpstr (look->label, ==, rows[i].labels[language]);
  g_assert_cmpint (look->details != NULL, ==, rows[i].details != NULL);
  if (language == 0)
    g_assert_cmpstr (look->details, ==, rows[i].details);
}

static void
assert_menu (const ProlongTrayLook *look, const char *wanted)
{
  GString *menu = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < look->entries->len; i++)
    {
      const ProlongTrayEntry *entry = look->entries->pdata[i];

      g_string_append_printf (menu, "%s%s", i > 0 ? "|" : "", entry->label != NULL ? entry->label : "");
      for (guint j = 0; j < i; j++)
        g_assert_cmpint (((const ProlongTrayEntry *)look->entries->pdata[j])->id, !=, entry->id);
      g_assert_true (prolong_tray_look_find (look, entry->id) == entry);
    }
  text = g_string_free (menu, FALSE);
  g_assert_cmpstr (text, ==, wanted);
}

static void
test_menu_of_one (void)
{
  static const char *const menus[] = {
    "License: 40 days left||Enter activation code|Reserve code|Renew|Check status||Preferences|Quit",
    "Licentie: nog 40 dagen||Activatiecode invoeren|Reservecode|Verlengen|Status "
    "controleren||Voorkeuren|Afsluiten",
    "Лицензия: осталось 40 дней||Ввести код активации|Резервный код|Продлить|Проверить "
    "статус||Параметры|Выйти",
  };
  const ProlongTrayProduct product = { A, .held = TRUE, .state = PROLONG_STATE_ACTIVE, .days_left = 40 };
  g_autoptr (ProlongTrayLook) look = prolong_tray_look_new (&product, 1, FALSE, TRUE);

  assert_menu (look, menus[language]);
  g_assert_true (look->asks);
  g_assert_null (prolong_tray_look_find (look, 0));
}

/* Each license has its entry, in the order of their names whichever ends first; the label leads to the one it
 * is about. */
static void
test_menu_of_several (void)
{
  const ProlongTrayProduct products[] = {
    { B, .held = TRUE, .state = PROLONG_STATE_EXPIRING, .days_left = 2, .expires = 2 * DAY },
    { A, .held = TRUE, .state = PROLONG_STATE_ACTIVE, .days_left = 40, .expires = 40 * DAY },
  };
  g_autoptr (ProlongTrayLook) look = prolong_tray_look_new (products, 2, FALSE, FALSE);
  const ProlongTrayEntry *label = look->entries->pdata[0];

  if (language == 0)
    assert_menu (look, "License: 2 days left|Alpha · License: 40 days left|Beta · License: 2 days left||"
                       "Enter activation code|Reserve code|Renew|Check status||Preferences|Quit");
  g_assert_cmpint (label->action, ==, PROLONG_TRAY_OPEN_LICENSE);
  g_assert_cmpstr (label->target, ==, "demo");
  g_assert_cmpstr (label->product, ==, "b");
  g_assert_false (look->asks);
}

/* Without a license there is nothing to check, and nothing to renew. */
static void
test_menu_of_none (void)
{
  g_autoptr (ProlongTrayLook) look = prolong_tray_look_new (NULL, 0, FALSE, FALSE);

  if (language == 0)
    assert_menu (look, "No license||Enter activation code|Reserve code||Preferences|Quit");
}

static void
test_icon_names (void)
{
  for (guint i = 0; i < PROLONG_TRAY_N_ICONS; i++)
    {
      g_autofree char *file = g_strconcat (prolong_tray_icon_get_name (i), ".svg", NULL);
      g_autofree char *path
          = g_build_filename (g_getenv ("PROLONG_SOURCE"), "data/icons/hicolor/symbolic/apps", file, NULL);

      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

int
main (int argc, char **argv)
{
  static const char *const languages[] = { "en", "nl", "ru", NULL };
  const char *wanted = g_getenv ("PROLONG_TEST_LANGUAGE");

  for (int i = 0; wanted != NULL && languages[i] != NULL; i++)
    if (g_str_equal (wanted, languages[i]))
      language = i;
  g_setenv ("LANGUAGE", languages[language], TRUE);
  prolong_words_init ();
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/tray/look/", rows[i].reason, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_look);
    }
  g_test_add_func ("/tray/menu/one", test_menu_of_one);
  g_test_add_func ("/tray/menu/several", test_menu_of_several);
  g_test_add_func ("/tray/menu/none", test_menu_of_none);
  g_test_add_func ("/tray/icon-names", test_icon_names);
  return g_test_run ();
}
