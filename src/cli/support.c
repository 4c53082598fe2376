/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bus/contract.h"
#include "bus/support-words.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/shop.h"

/* More than the vendor takes, so that what is too long is seen. */
#define MAX_MESSAGE (16 * 1024)

/* As the renewal protocol has it. */
#define MAX_SENT (8 * 1024)

/* Telling. */

static void
add (GVariantBuilder *builder, const char *name, GVariant *value)
{
  g_variant_builder_add (builder, "{sv}", name, value);
}

static GVariant *
request_to_json (const ProlongSupportInfo *request)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  add (&builder, "id", g_variant_new_string (request->id));
  add (&builder, "vendor", g_variant_new_string (request->vendor));
  add (&builder, "topic", g_variant_new_string (request->topic));
  add (&builder, "state", g_variant_new_string (request->state));
  add (&builder, "reference", prolong_cli_json_text (request->reference));
  add (&builder, "reason", prolong_cli_json_text (request->problem));
  add (&builder, "codes_hidden", g_variant_new_uint32 (request->codes_hidden));
  add (&builder, "created_at", prolong_cli_json_time (request->created_at));
  add (&builder, "retry_at", prolong_cli_json_time (request->retry_at));
  return g_variant_builder_end (&builder);
}

static const char *
name_of_topic (const ProlongShop *self, const ProlongSupportInfo *request)
{
  const ProlongVendorInfo *vendor = prolong_snapshot_find_vendor (self->snapshot, request->vendor);

  for (guint i = 0; vendor != NULL && i < vendor->support_topics->len; i++)
    {
      const ProlongTopicInfo *topic = g_ptr_array_index (vendor->support_topics, i);

      if (g_str_equal (topic->id, request->topic))
        return topic->name;
    }
  return request->topic;
}

static void
describe (GString *text, const ProlongShop *self, const ProlongSupportInfo *request, guint number)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *written = prolong_words_moment (request->created_at, now);
  g_autofree char *state = prolong_words_support_state (request, now);

  g_string_append_printf (text, "%u  %s, %s\n   %s\n", number, name_of_topic (self, request), written, state);
}

static ProlongExit
list (ProlongShop *self)
{
  const GPtrArray *requests = self->snapshot->support;
  g_autoptr (GString) text = g_string_new (NULL);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < requests->len; i++)
    {
      describe (text, self, g_ptr_array_index (requests, i), i + 1);
      g_variant_builder_add_value (&builder, request_to_json (g_ptr_array_index (requests, i)));
    }
  if (self->cli->json)
    prolong_cli_print_json (prolong_cli_json_wrap ("requests", g_variant_builder_end (&builder)));
  else
    prolong_cli_print (requests->len > 0 ? text->str
                                         : _ ("Nothing was written to support from this device.\n"));
  g_variant_builder_clear (&builder);
  return PROLONG_EXIT_DONE;
}

static GVariant *
topic_to_json (const ProlongTopicInfo *topic)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  add (&builder, "id", g_variant_new_string (topic->id));
  add (&builder, "name", g_variant_new_string (topic->name));
  add (&builder, "fields", g_variant_new_strv ((const char *const *)topic->fields, -1));
  return g_variant_builder_end (&builder);
}

static ProlongExit
list_topics (ProlongShop *self)
{
  const ProlongVendorInfo *vendor = prolong_snapshot_find_vendor (self->snapshot, self->vendor);
  g_autoptr (GString) text = g_string_new (NULL);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < vendor->support_topics->len; i++)
    {
      const ProlongTopicInfo *topic = g_ptr_array_index (vendor->support_topics, i);

      prolong_cli_add_row (text, topic->id, topic->name);
      g_variant_builder_add_value (&builder, topic_to_json (topic));
    }
  if (self->cli->json)
    prolong_cli_print_json (prolong_cli_json_wrap ("topics", g_variant_builder_end (&builder)));
  else
    prolong_cli_print (vendor->support_topics->len > 0 ? text->str : _ ("The vendor has no support here.\n"));
  g_variant_builder_clear (&builder);
  return PROLONG_EXIT_DONE;
}

/* (transfer full) (nullable). */
static char *
read_diagnosis (const ProlongShop *self, GError **error)
{
  g_autoptr (GVariant) answer = prolong_cli_call (self->bus, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER,
                                                  "GetDiagnosis", g_variant_new ("(s)", self->vendor), error);
  char *diagnosis = NULL;

  if (answer != NULL)
    g_variant_get (answer, "(s)", &diagnosis);
  return diagnosis;
}

static ProlongExit
show_diagnosis (ProlongShop *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *diagnosis = read_diagnosis (self, &error);

  if (diagnosis == NULL)
    return prolong_cli_fail (self->cli, error);
  if (self->cli->json)
    prolong_cli_print_json (prolong_cli_json_wrap ("diagnosis", g_variant_new_string (diagnosis)));
  else
    prolong_cli_print (diagnosis);
  return PROLONG_EXIT_DONE;
}

/* Forgetting. */

/* Which one is meant: its place in the list, its reference, or its id; none for the only one. */
static const ProlongSupportInfo *
choose (const ProlongShop *self, ProlongExit *status)
{
  const GPtrArray *requests = self->snapshot->support;
  const char *which = self->cli->arguments[1];
  guint64 place;

  if (which == NULL && requests->len == 1)
    return g_ptr_array_index (requests, 0);
  if (which != NULL && g_ascii_string_to_unsigned (which, 10, 1, requests->len, &place, NULL))
    return g_ptr_array_index (requests, place - 1);
  for (guint i = 0; which != NULL && i < requests->len; i++)
    {
      const ProlongSupportInfo *request = g_ptr_array_index (requests, i);

      if (g_str_equal (request->id, which) || g_str_equal (request->reference, which))
        return request;
    }
  *status = prolong_cli_misused (
      self->cli->verb, "%s",
      _ ("Name the request by its place, as “prolongctl support list” shows it, or its "
         "reference."));
  return NULL;
}

static gboolean
read_again (ProlongShop *self, ProlongExit *status)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->snapshot, prolong_snapshot_free);
  self->license = NULL;
  self->snapshot = prolong_snapshot_read_sync (self->bus, NULL, &error);
  if (self->snapshot == NULL)
    *status = prolong_cli_fail (self->cli, error);
  return self->snapshot != NULL;
}

static ProlongExit
forget (ProlongShop *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  ProlongExit status = PROLONG_EXIT_FAILED;
  const ProlongSupportInfo *request = choose (self, &status);

  if (request == NULL)
    return status;
  answer = prolong_cli_call (self->bus, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "ForgetSupportRequest",
                             g_variant_new ("(s)", request->id), &error);
  if (answer == NULL)
    return prolong_cli_fail (self->cli, error);
  return read_again (self, &status) ? list (self) : status;
}

/* Writing. */

/** What is to be sent; strings are %NULL for what is not known. */
typedef struct
{
  ProlongShop *self;
  char *topic;
  char *name;
  char *email;
  char *message;
  char *diagnosis;
} Letter;

static void
letter_clear (Letter *letter)
{
  g_free (letter->topic);
  g_free (letter->name);
  g_free (letter->email);
  if (letter->message != NULL)
    prolong_wipe (letter->message, strlen (letter->message));
  g_free (letter->message);
  g_free (letter->diagnosis);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Letter, letter_clear)

static gboolean
has_topic (const ProlongShop *self, const char *id)
{
  const ProlongVendorInfo *vendor = prolong_snapshot_find_vendor (self->snapshot, self->vendor);

  for (guint i = 0; i < vendor->support_topics->len; i++)
    if (g_str_equal (((const ProlongTopicInfo *)g_ptr_array_index (vendor->support_topics, i))->id, id))
      return TRUE;
  return FALSE;
}

/* What was stated, or what is typed as the answer to a question; NULL where nobody can be asked. */
static char *
take (const char *stated, const char *otherwise, const char *label)
{
  g_autofree char *question = NULL;
  g_autofree char *answer = NULL;

  if (stated != NULL || *otherwise != '\0')
    return g_strdup (stated != NULL ? stated : otherwise);
  if (!prolong_cli_can_ask ())
    return NULL;
  /* Translators: %s is what is asked for, for example “Name”. */
  question = g_strdup_printf (_ ("%s:"), label);
  answer = prolong_cli_ask_line (question);
  return *answer != '\0' ? g_steal_pointer (&answer) : NULL;
}

static gboolean
take_sender (Letter *letter, ProlongExit *status)
{
  const ProlongCli *cli = letter->self->cli;

  if (cli->topic == NULL && prolong_cli_can_ask ())
    list_topics (letter->self);
  letter->topic = take (cli->topic, "", prolong_words_support_field ("topic"));
  if (letter->topic == NULL || !has_topic (letter->self, letter->topic))
    {
      *status = prolong_cli_misused (
          cli->verb, "%s",
          _ ("Say with --topic what it is about; “prolongctl support topics” shows what can "
             "be chosen."));
      return FALSE;
    }
  letter->name = take (cli->name, "", prolong_words_support_field ("name"));
  letter->email = take (cli->email, letter->self->snapshot->email, prolong_words_support_field ("email"));
  if (letter->name != NULL && letter->email != NULL)
    return TRUE;
  *status = prolong_cli_misused (cli->verb, "%s",
                                 _ ("Say with --name and --email to whom the vendor is to answer."));
  return FALSE;
}

/* A code in the message is told before it is sent as dots. */
static gboolean
hide_secrets (Letter *letter, ProlongExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer
      = prolong_cli_call (letter->self->bus, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "HideSecrets",
                          g_variant_new ("(s)", letter->message), &error);
  guint count = 0;

  if (answer == NULL)
    {
      *status = prolong_cli_fail (letter->self->cli, error);
      return FALSE;
    }
  g_variant_get (answer, "(&su)", NULL, &count);
  if (count > 0)
    g_printerr (
        "%s\n",
        _ ("There is an activation code in your message. It is sent as dots: nobody needs it to help you."));
  return TRUE;
}

static gboolean
take_message (Letter *letter, ProlongExit *status)
{
  g_autofree char *typed = g_malloc (MAX_MESSAGE);

  if (prolong_cli_can_ask ())
    g_printerr ("%s\n", _ ("What can the vendor do for you? End with Ctrl+D on a line of its own."));
  prolong_cli_read_input (typed, MAX_MESSAGE, FALSE);
  letter->message = g_strstrip (g_utf8_make_valid (typed, -1));
  prolong_wipe (typed, strlen (typed));
  if (*letter->message != '\0' && strlen (letter->message) <= MAX_SENT)
    return hide_secrets (letter, status);
  *status = prolong_cli_misused (letter->self->cli->verb, "%s",
                                 _ ("The message is read from standard input; it may be up to 8 KiB long."));
  return FALSE;
}

/* The person sees it first, and agrees. */
static gboolean
take_diagnosis (Letter *letter, ProlongExit *status)
{
  g_autoptr (GError) error = NULL;

  if (!letter->self->cli->diagnosis)
    return TRUE;
  letter->diagnosis = read_diagnosis (letter->self, &error);
  if (letter->diagnosis == NULL)
    {
      *status = prolong_cli_fail (letter->self->cli, error);
      return FALSE;
    }
  g_printerr ("%s\n%s", _ ("This is attached:"), letter->diagnosis);
  return prolong_cli_confirm (letter->self->cli, _ ("Send it with the message? [y/N]"), status);
}

static void
add_text (GVariantBuilder *builder, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    add (builder, name, g_variant_new_string (value));
}

static GVariant *
letter_to_arguments (const Letter *letter)
{
  const ProlongCli *cli = letter->self->cli;
  const ProlongLicenseInfo *license = letter->self->license;
  const char *product = cli->product != NULL ? cli->product : license != NULL ? license->product : NULL;
  const char *number = cli->license_number != NULL ? cli->license_number
                       : license != NULL           ? license->number
                                                   : NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  add_text (&builder, "topic", letter->topic);
  add_text (&builder, "name", letter->name);
  add_text (&builder, "email", letter->email);
  add_text (&builder, "message", letter->message);
  add_text (&builder, "product", product);
  add_text (&builder, "license_number", number);
  add_text (&builder, "order_number", cli->order_number);
  add_text (&builder, "purchase_date", cli->purchase_date);
  add_text (&builder, "diagnosis", letter->diagnosis);
  return g_variant_new ("(s@a{sv})", letter->self->vendor, g_variant_builder_end (&builder));
}

static ProlongExit
tell_sent (ProlongShop *self, const char *id)
{
  ProlongExit status;
  const ProlongSupportInfo *request;
  g_autofree char *state = NULL;

  if (!read_again (self, &status))
    return status;
  request = prolong_snapshot_find_support (self->snapshot, id);
  if (request == NULL)
    return PROLONG_EXIT_FAILED;
  state = prolong_words_support_state (request, g_get_real_time () / G_USEC_PER_SEC);
  if (self->cli->json)
    prolong_cli_print_json (prolong_cli_json_wrap ("request", request_to_json (request)));
  else
    {
      prolong_cli_print (state);
      prolong_cli_print ("\n");
    }
  return g_str_equal (request->state, "sent") ? PROLONG_EXIT_DONE : PROLONG_EXIT_LATER;
}

static ProlongExit
write_letter (ProlongShop *self)
{
  g_auto (Letter) letter = { .self = self };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  const char *id;
  ProlongExit status;

  if (!take_sender (&letter, &status) || !take_message (&letter, &status)
      || !take_diagnosis (&letter, &status))
    return status;
  answer = prolong_cli_call (self->bus, PROLONG_BUS_PATH, PROLONG_BUS_MANAGER, "SendSupportRequest",
                             letter_to_arguments (&letter), &error);
  if (answer == NULL)
    return prolong_cli_fail (self->cli, error);
  g_variant_get (answer, "(&s)", &id);
  return tell_sent (self, id);
}

static const struct
{
  const char *name;
  guint max_arguments;
  ProlongExit (*run) (ProlongShop *self);
} actions[] = {
  { "list", 1, list },          { "topics", 1, list_topics },
  { "write", 1, write_letter }, { "diagnosis", 1, show_diagnosis },
  { "forget", 2, forget },
};

ProlongExit
prolong_cli_support (const ProlongCli *cli)
{
  g_auto (ProlongShop) self = { 0 };
  const char *what = cli->arguments[0] != NULL ? cli->arguments[0] : "list";
  ProlongExit status;

  if (!prolong_shop_open (&self, cli, &status))
    return status;
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, what) && g_strv_length (cli->arguments) <= actions[i].max_arguments)
      return actions[i].run (&self);
  return prolong_cli_misused (
      cli->verb, "%s",
      _ ("“list”, “topics”, “write”, “diagnosis”, or “forget” and a request can follow here."));
}
