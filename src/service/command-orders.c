/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/commands.h"
#include "service/mail/courier.h"
#include "service/orders.h"
#include "service/verbs.h"

#include <glib/gi18n-lib.h>

/* Orders that are read at a time. */
#define PAGE 500

typedef struct
{
  ProlongVerbOptions common;
  char *state;
} Options;

static void
options_clear (Options *options)
{
  prolong_verb_options_clear (&options->common);
  g_free (options->state);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static const char *
get_state_name (const ProlongStoreOrder *order)
{
  return prolong_order_state_names[prolong_orders_get_state (order, get_now ())];
}

/* Numbers are copied from bank statements, with whatever case and spaces. */
static ProlongStoreOrder *
find_order (ProlongStore *store, const Options *options, GError **error)
{
  g_autofree char *number = g_ascii_strup (options->common.words[0], -1);
  g_autoptr (GError) failure = NULL;
  ProlongStoreOrder *order = prolong_store_find_order (store, g_strstrip (number), &failure);

  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (!order)
    (void)prolong_office_refuse (PROLONG_PROBLEM_ORDER_UNKNOWN, _ ("There is no order with this number"),
                                 error);
  return order;
}

static void
print_line (const ProlongStoreOrder *order)
{
  g_autofree char *created = prolong_command_dup_time (order->created);

  g_print ("%s\t%s\t%" G_GINT64_FORMAT "\t%s\t%s\t%s\t%s\n", order->number, get_state_name (order),
           order->total, order->currency, created, order->payment_method, order->email);
}

static int
list (const ProlongOffice *office, ProlongStore *store, gconstpointer data)
{
  const Options *options = data;
  gint64 after = 0;

  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) orders = prolong_store_list_orders (store, after, PAGE, &error);

      if (!orders)
        return prolong_command_fail (error);
      for (guint i = 0; i < orders->len; i++)
        {
          const ProlongStoreOrder *order = g_ptr_array_index (orders, i);

          if (!options->state || g_str_equal (options->state, get_state_name (order)))
            print_line (order);
          after = order->id;
        }
      if (orders->len < PAGE)
        return PROLONG_EXIT_DONE;
    }
}

static void
print_order (const ProlongStoreOrder *order, const char *renews)
{
  g_autofree char *created = prolong_command_dup_time (order->created);
  g_autofree char *due = prolong_command_dup_time (order->due);

  g_print ("number\t%s\nstate\t%s\ntotal\t%" G_GINT64_FORMAT "\ncurrency\t%s\n", order->number,
           get_state_name (order), order->total, order->currency);
  g_print ("email\t%s\ncountry\t%s\nlanguage\t%s\npayment-method\t%s\n", order->email, order->country,
           order->language, order->payment_method);
  g_print ("renews\t%s\ncreated\t%s\ndue\t%s\n", renews ? renews : "-", created, due);
}

static gboolean
print_lists (ProlongStore *store, const ProlongStoreOrder *order, GError **error)
{
  g_autoptr (GPtrArray) items = prolong_store_list_order_items (store, order->id, error);
  g_autoptr (GPtrArray) codes = items ? prolong_store_list_order_codes (store, order->id, error) : NULL;
  g_autoptr (GPtrArray) audit = codes ? prolong_store_list_audit (store, order->id, error) : NULL;

  for (guint i = 0; audit && i < items->len; i++)
    {
      const ProlongOrderItem *item = &((ProlongStoreOrderItem *)items->pdata[i])->item;

      g_print ("item\t%s\t%u\t%" G_GINT64_FORMAT "\n", item->offer, item->quantity, item->price);
    }
  for (guint i = 0; audit && i < codes->len; i++)
    g_print ("license\t%s\n", ((ProlongStoreOrderCode *)codes->pdata[i])->number);
  for (guint i = 0; audit && i < audit->len; i++)
    {
      const ProlongStoreAuditRow *row = g_ptr_array_index (audit, i);
      g_autofree char *at = prolong_command_dup_time (row->at);

      g_print ("was\t%s\t%s\t%s\n", prolong_order_state_names[row->event - PROLONG_STORE_EVENT_ORDER_OPEN],
               at, row->detail ? row->detail : "-");
    }
  return audit != NULL;
}

/* An order as `name<TAB>value` lines, the same in every language, for scripts; never its codes. */
static int
show (const ProlongOffice *office, ProlongStore *store, gconstpointer data)
{
  const Options *options = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongStoreOrder) order = find_order (store, options, &error);
  g_autoptr (ProlongStoreCode) license = NULL;

  if (!order)
    return prolong_command_fail (error);
  license = order->renews ? prolong_store_get_code (store, order->renews, NULL) : NULL;
  print_order (order, license ? license->number : NULL);
  return print_lists (store, order, &error) ? PROLONG_EXIT_DONE : prolong_command_fail (error);
}

typedef gboolean (*Change) (const ProlongOffice *office,
                            ProlongStore *store,
                            ProlongStoreOrder *order,
                            GError **error);

static gboolean
settle (const ProlongOffice *office, ProlongStore *store, ProlongStoreOrder *order, GError **error)
{
  return prolong_orders_settle (office, store, order, PROLONG_BY_VENDOR, get_now (), error);
}

static gboolean
cancel (const ProlongOffice *office, ProlongStore *store, ProlongStoreOrder *order, GError **error)
{
  return prolong_orders_cancel (office, store, order, get_now (), error);
}

/* The order is read within the transaction, for the service may be changing it. */
static ProlongStoreOrder *
change (const ProlongOffice *office,
        ProlongStore *store,
        const Options *options,
        Change apply,
        GError **error)
{
  g_autoptr (ProlongStoreOrder) order = NULL;

  if (!prolong_store_begin (store, error))
    return NULL;
  order = find_order (store, options, error);
  if (!order || !apply (office, store, order, error))
    {
      prolong_store_rollback (store);
      return NULL;
    }
  if (!prolong_store_commit (store, error))
    return NULL;
  prolong_mail_reach ("committed");
  return g_steal_pointer (&order);
}

static int
tell_change (const ProlongOffice *office, ProlongStore *store, const Options *options, Change apply)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProlongStoreOrder) order = change (office, store, options, apply, &error);

  if (!order)
    return prolong_command_fail (error);
  g_print ("%s\t%s\n", order->number, get_state_name (order));
  return PROLONG_EXIT_DONE;
}

static int
paid (const ProlongOffice *office, ProlongStore *store, gconstpointer data)
{
  const Options *options = data;

  return tell_change (office, store, options, settle);
}

static int
cancelled (const ProlongOffice *office, ProlongStore *store, gconstpointer data)
{
  const Options *options = data;

  return tell_change (office, store, options, cancel);
}

static const ProlongVerb verbs[] = {
  { "list", PROLONG_STORE_READ, FALSE, list },
  { "show", PROLONG_STORE_READ, TRUE, show },
  { "paid", PROLONG_STORE_WRITE, TRUE, paid },
  { "cancel", PROLONG_STORE_WRITE, TRUE, cancelled },
  { NULL },
};

static gboolean
parse (int argc, char **argv, gpointer data)
{
  Options *options = data;
  const GOptionEntry entries[] = {
    { "directory", 'd', 0, G_OPTION_ARG_FILENAME, &options->common.directory, N_ ("Directory of the service"),
      N_ ("DIR") },
    { "state", 0, 0, G_OPTION_ARG_STRING, &options->state, N_ ("list: only orders in this state"),
      N_ ("STATE") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->common.words, NULL, N_ ("[NUMBER]") },
    { NULL },
  };

  return prolong_command_parse ("prolong-service orders list|show|paid|cancel",
                                _ ("paid notes that the money for an order has come, and delivers it."),
                                entries, argc, argv);
}

static const char *
check (gconstpointer data)
{
  const Options *options = data;

  if (options->state && !g_strv_contains (prolong_order_state_names, options->state))
    return _ ("--state is open, awaiting-payment, paid, delivered, cancelled or expired");
  return NULL;
}

static const ProlongVerbGroup group = {
  .verbs = verbs,
  .needs = N_ ("orders needs one of list, show, paid and cancel"),
  .takes = N_ ("show, paid and cancel take the number of one order, list none"),
  .sells = TRUE,
  .parse = parse,
  .check = check,
};

int
prolong_command_orders (int argc, char **argv)
{
  g_auto (Options) options = { 0 };

  return prolong_verbs_run (&group, argc, argv, &options);
}
