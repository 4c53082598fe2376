/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "license/email.h"
#include "license/fields.h"
#include "service/commands.h"
#include "service/mail/courier.h"
#include "service/orders.h"
#include "service/store/subscriptions.h"
#include "service/subscriptions.h"
#include "service/verbs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  ProlongVerbOptions common;
  char *product;
  char *period;
  int devices;
  char *provider;
  char *manage_url;
  char *status_url;
  char *email;
  char *language;
  char *event;
  gboolean json;
} Options;

static void
options_clear (Options *options)
{
  prolong_verb_options_clear (&options->common);
  g_free (options->product);
  g_free (options->period);
  g_free (options->provider);
  g_free (options->manage_url);
  g_free (options->status_url);
  g_free (options->email);
  g_free (options->language);
  g_free (options->event);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static char *
dup_time (gint64 time)
{
  g_autoptr (GDateTime) date = time ? g_date_time_new_from_unix_utc (time) : NULL;

  return date ? g_date_time_format_iso8601 (date) : NULL;
}

static gint64
get_end (const ProlongStoreCode *code)
{
  return code->first_activated ? code->first_activated + code->term : 0;
}

static ProlongStoreCode *
find (const ProlongOffice *office, ProlongStore *store, const Options *options, GError **error)
{
  g_autoptr (ProlongStoreCode) code
      = prolong_office_find_license (office, store, options->common.words[0], error);

  if (!code || code->has_subscription)
    return g_steal_pointer (&code);
  (void)prolong_office_refuse (PROLONG_PROBLEM_NO_SUBSCRIPTION, _ ("This license is no subscription"), error);
  return NULL;
}

static ProlongStoreCode *
make_grant (const Options *options)
{
  ProlongStoreCode *grant = g_new0 (ProlongStoreCode, 1);

  grant->product = g_strdup (options->product);
  grant->kind = PROLONG_LICENSE_SUBSCRIPTION;
  grant->term = prolong_command_parse_term (options->period ? options->period : "365d");
  grant->devices = (guint)options->devices;
  grant->has_subscription = TRUE;
  grant->provider = g_strdup (options->provider ? options->provider : "");
  grant->manage_url = g_strdup (options->manage_url);
  grant->status_url = g_strdup (options->status_url);
  grant->email = g_strdup (options->email);
  grant->language = g_strdup (options->language);
  return grant;
}

static gboolean
is_url (const char *url)
{
  return !url || (strlen (url) <= PROLONG_RENEWAL_MAX_URL && prolong_url_is_safe (url));
}

static int
check_create (const ProlongOffice *office, const Options *options)
{
  if (!options->product || !prolong_profile_find_product (office->profile, options->product))
    /* Translators: the first %s is a folder, the second the name of a file in it */
    return prolong_command_usage (_ ("--product must be one of the products in %s/%s.conf"),
                                  options->common.directory, office->profile->id);
  if (options->period && prolong_command_parse_term (options->period) == 0)
    return prolong_command_usage ("%s", _ ("--period is a duration such as 365d, 12h, 90m or 120s"));
  if (options->devices < 1)
    return prolong_command_usage ("%s", _ ("--devices is at least 1"));
  if (options->provider && strlen (options->provider) > PROLONG_RENEWAL_MAX_PROVIDER)
    return prolong_command_usage ("%s", _ ("--provider is too long"));
  if (!is_url (options->manage_url) || !is_url (options->status_url))
    return prolong_command_usage ("%s",
                                  _ ("--manage-url and --status-url are addresses that begin with https://"));
  if (options->email && !prolong_email_is_sound (options->email))
    return prolong_command_usage ("%s", _ ("--email is no e-mail address"));
  if (office->profile->format.check != PROLONG_CODE_CHECK_GF32)
    return prolong_command_usage ("%s", _ ("codes can be issued only in a format with a check symbol"));
  return PROLONG_EXIT_DONE;
}

static gboolean
issue (const ProlongOffice *office,
       ProlongStore *store,
       const ProlongCode *code,
       ProlongStoreCode *grant,
       GError **error)
{
  if (!prolong_store_begin (store, error))
    return FALSE;
  if (prolong_office_issue (office, store, code, grant, get_now (), error))
    return prolong_store_commit (store, error);
  prolong_store_rollback (store);
  return FALSE;
}

/* The code is printed once it is durable, and not before. */
static int
create (const ProlongOffice *office, ProlongStore *store, gconstpointer data)
{
  const Options *options = data;
  int status = check_create (office, options);
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongStoreCode) grant = NULL;
  g_autoptr (ProlongCode) code = NULL;

  if (status != PROLONG_EXIT_DONE)
    return status;
  grant = make_grant (options);
  code = prolong_office_new_code (office);
  if (!issue (office, store, code, grant, &error))
    return prolong_command_fail (error);
  g_print ("%s\t%s\n", grant->number, prolong_code_get_text (code));
  return PROLONG_EXIT_DONE;
}

/* The license is read within the transaction, for the service may be changing it. */
static ProlongStoreCode *
change (const ProlongOffice *office,
        ProlongStore *store,
        const Options *options,
        ProlongSubscriptionEvent event,
        gboolean *known,
        GError **error)
{
  g_autoptr (ProlongStoreCode) code = NULL;

  if (!prolong_store_begin (store, error))
    return NULL;
  code = find (office, store, options, error);
  if (!code || !prolong_subscriptions_report (store, code, event, options->event, get_now (), known, error))
    {
      prolong_store_rollback (store);
      return NULL;
    }
  if (!prolong_store_commit (store, error))
    return NULL;
  prolong_mail_reach ("committed");
  return g_steal_pointer (&code);
}

static int
report (const ProlongOffice *office,
        ProlongStore *store,
        const Options *options,
        ProlongSubscriptionEvent event)
{
  g_autoptr (GError) error = NULL;
  gboolean known = FALSE;
  g_autoptr (ProlongStoreCode) code = change (office, store, options, event, &known, &error);
  g_autofree char *end = code ? dup_time (get_end (code)) : NULL;

  if (!code)
    return prolong_command_fail (error);
  g_print ("%s\t%s\t%s\t%s\n", code->number,
           prolong_subscription_state_get_name (prolong_subscription_get_state (code, get_now ())),
           end ? end : "-", known ? "known" : "done");
  return PROLONG_EXIT_DONE;
}

static int
renew (const ProlongOffice *office, ProlongStore *store, gconstpointer data)
{
  const Options *options = data;

  if (!options->event)
    return prolong_command_usage (
        "%s", _ ("renew needs --event ID, by which the same renewal is known when it is reported again"));
  return report (office, store, options, PROLONG_SUBSCRIPTION_RENEW);
}

static int
fail_payment (const ProlongOffice *office, ProlongStore *store, gconstpointer data)
{
  const Options *options = data;

  return report (office, store, options, PROLONG_SUBSCRIPTION_FAIL_PAYMENT);
}

static int
cancel (const ProlongOffice *office, ProlongStore *store, gconstpointer data)
{
  const Options *options = data;

  return report (office, store, options, PROLONG_SUBSCRIPTION_CANCEL);
}

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text && *text)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

static void
set_time (JsonObject *object, const char *name, gint64 time)
{
  g_autofree char *text = dup_time (time);

  set_text (object, name, text);
}

static JsonObject *
describe (const ProlongStoreCode *code, guint used)
{
  JsonObject *object = json_object_new ();
  gint64 grace = code->first_activated ? prolong_license_get_grace_end (code) : 0;

  set_text (object, "number", code->number);
  set_text (object, "product", code->product);
  set_text (object, "state",
            prolong_subscription_state_get_name (prolong_subscription_get_state (code, get_now ())));
  json_object_set_boolean_member (object, "auto_renewal", code->off_since == 0);
  json_object_set_boolean_member (object, "blocked", code->blocked);
  json_object_set_int_member (object, "period", code->period);
  set_time (object, "starts_at", code->first_activated);
  set_time (object, "expires_at", get_end (code));
  set_time (object, "grace_until", grace);
  json_object_set_int_member (object, "devices_used", used);
  json_object_set_int_member (object, "devices_limit", code->devices);
  set_text (object, "provider", code->provider);
  set_text (object, "manage_url", code->manage_url);
  set_text (object, "status_url", code->status_url);
  set_text (object, "email", code->email);
  set_text (object, "language", code->language);
  return object;
}

static JsonArray *
describe_events (const GPtrArray *rows)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      const ProlongStoreAuditRow *row = g_ptr_array_index (rows, i);
      JsonObject *event = json_object_new ();

      set_text (event, "event", prolong_subscription_event_get_name (row->event));
      set_time (event, "at", row->at);
      json_array_add_object_element (array, event);
    }
  return array;
}

static void
print_member (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  if (JSON_NODE_HOLDS_NULL (node))
    g_print ("%s\t-\n", name);
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    g_print ("%s\t%s\n", name, json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_print ("%s\t%s\n", name, json_node_get_boolean (node) ? "yes" : "no");
  else
    g_print ("%s\t%" G_GINT64_FORMAT "\n", name, json_node_get_int (node));
}

static void
print_event (JsonArray *array, guint i, JsonNode *node, gpointer user_data)
{
  JsonObject *event = json_node_get_object (node);

  g_print ("was\t%s\t%s\n", json_object_get_string_member (event, "event"),
           json_object_get_string_member (event, "at"));
}

/* As `name<TAB>value` lines or as JSON, the same in every language, for scripts; never the code. */
static int
show (const ProlongOffice *office, ProlongStore *store, gconstpointer data)
{
  const Options *options = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongStoreCode) code = find (office, store, options, &error);
  g_autoptr (GPtrArray) rows = code ? prolong_store_list_code_audit (store, code->id, &error) : NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonArray) events = NULL;
  guint used = 0;

  if (!rows || !prolong_store_count_seats (store, code->id, &used, &error))
    return prolong_command_fail (error);
  object = describe (code, used);
  events = describe_events (rows);
  if (options->json)
    {
      g_autofree char *text = NULL;

      json_object_set_array_member (object, "events", g_steal_pointer (&events));
      text = prolong_json_to_string (object);
      g_print ("%s\n", text);
      return PROLONG_EXIT_DONE;
    }
  json_object_foreach_member (object, print_member, NULL);
  json_array_foreach_element (events, print_event, NULL);
  return PROLONG_EXIT_DONE;
}

static const ProlongVerb verbs[] = {
  { "create", PROLONG_STORE_WRITE, FALSE, create },
  { "renew", PROLONG_STORE_WRITE, TRUE, renew },
  { "fail-payment", PROLONG_STORE_WRITE, TRUE, fail_payment },
  { "cancel", PROLONG_STORE_WRITE, TRUE, cancel },
  { "show", PROLONG_STORE_READ, TRUE, show },
  { NULL },
};

static gboolean
parse (int argc, char **argv, gpointer data)
{
  Options *options = data;
  const GOptionEntry entries[] = {
    { "directory", 'd', 0, G_OPTION_ARG_FILENAME, &options->common.directory, N_ ("Directory of the service"),
      N_ ("DIR") },
    { "product", 0, 0, G_OPTION_ARG_STRING, &options->product, N_ ("create: product that it is to"),
      N_ ("ID") },
    { "period", 0, 0, G_OPTION_ARG_STRING, &options->period,
      N_ ("create: how long each period is, 365d unless told"), N_ ("DURATION") },
    { "devices", 0, 0, G_OPTION_ARG_INT, &options->devices, N_ ("create: on how many devices, 1 unless told"),
      N_ ("N") },
    { "provider", 0, 0, G_OPTION_ARG_STRING, &options->provider,
      N_ ("create: who manages it, if not the vendor itself"), N_ ("NAME") },
    { "manage-url", 0, 0, G_OPTION_ARG_STRING, &options->manage_url, N_ ("create: where that is done"),
      N_ ("URL") },
    { "status-url", 0, 0, G_OPTION_ARG_STRING, &options->status_url, N_ ("create: where its status is shown"),
      N_ ("URL") },
    { "email", 0, 0, G_OPTION_ARG_STRING, &options->email, N_ ("create: of the person, for e-mails about it"),
      N_ ("ADDRESS") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options->language, N_ ("create: of these e-mails"),
      N_ ("LANGUAGE") },
    { "event", 0, 0, G_OPTION_ARG_STRING, &options->event,
      N_ ("renew, fail-payment, cancel: the provider’s id of what it reports"), N_ ("ID") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("show: as JSON"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->common.words, NULL, N_ ("[NUMBER]") },
    { NULL },
  };

  return prolong_command_parse (
      "prolong-service subscriptions create|renew|fail-payment|cancel|show",
      _ ("create prints license number and code; the others take the license number. A renewal adds a period "
         "to the end that was, however late it is reported; the same event is counted once."),
      entries, argc, argv);
}

static gboolean
is_event (const char *event)
{
  gsize length = strlen (event);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (event[i]))
      return FALSE;
  return length > 0 && length <= PROLONG_SUBSCRIPTION_MAX_REPORT;
}

static const char *
check (gconstpointer data)
{
  const Options *options = data;

  if (options->event && !is_event (options->event))
    return _ ("--event is visible ASCII, at most 128 characters");
  return NULL;
}

static const ProlongVerbGroup group = {
  .verbs = verbs,
  .needs = N_ ("subscriptions needs one of create, renew, fail-payment, cancel and show"),
  .takes = N_ ("renew, fail-payment, cancel and show take one license number, create none"),
  .parse = parse,
  .check = check,
};

int
prolong_command_subscriptions (int argc, char **argv)
{
  g_auto (Options) options = { .devices = 1 };

  return prolong_verbs_run (&group, argc, argv, &options);
}
