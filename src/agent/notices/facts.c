/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/notices/facts.h"

#include "license/reminders.h"

/* The first word of a topic. */
static const char *const kind_names[] = {
  [PROLONG_NOTICE_ENDS] = "ends",           [PROLONG_NOTICE_GRACE] = "grace",
  [PROLONG_NOTICE_ENDED] = "ended",         [PROLONG_NOTICE_BLOCKED] = "blocked",
  [PROLONG_NOTICE_PROBLEM] = "problem",     [PROLONG_NOTICE_WAITING] = "waiting",
  [PROLONG_NOTICE_FAILED] = "failed",       [PROLONG_NOTICE_TAKEN_OVER] = "taken",
  [PROLONG_NOTICE_ARRIVED] = "arrived",     [PROLONG_NOTICE_USED] = "used",
  [PROLONG_NOTICE_NOT_ADDED] = "not-added",
};
G_STATIC_ASSERT (G_N_ELEMENTS (kind_names) == PROLONG_N_NOTICES);

static void
fact_free (gpointer data)
{
  ProlongFact *fact = data;

  g_free (fact->topic);
  g_ptr_array_unref (fact->settles);
  g_clear_object (&fact->license);
  g_free (fact->vendor);
  g_free (fact->product);
  g_free (fact->name);
  g_clear_pointer (&fact->info.details, g_variant_unref);
  g_free (fact);
}

void
prolong_facts_clear (ProlongFacts *facts)
{
  g_clear_pointer (&facts->list, g_ptr_array_unref);
}

ProlongFact *
prolong_facts_find_topic (const ProlongFacts *facts, const char *topic)
{
  for (guint i = 0; i < facts->list->len; i++)
    {
      ProlongFact *fact = facts->list->pdata[i];

      if (g_str_equal (fact->topic, topic))
        return fact;
    }
  return NULL;
}

ProlongNoticeKind
prolong_facts_kind_of_topic (const char *topic)
{
  g_auto (GStrv) words = g_strsplit (topic, " ", 2);

  for (ProlongNoticeKind kind = 0; kind < PROLONG_N_NOTICES; kind++)
    if (g_strcmp0 (words[0], kind_names[kind]) == 0)
      return kind;
  return PROLONG_NOTICE_ENDS;
}

gboolean
prolong_facts_is_timeless (const char *topic)
{
  ProlongNoticeKind kind = prolong_facts_kind_of_topic (topic);

  return kind == PROLONG_NOTICE_BLOCKED || kind == PROLONG_NOTICE_PROBLEM || kind == PROLONG_NOTICE_WAITING
         || kind == PROLONG_NOTICE_FAILED;
}

static char *
topic_of_end (ProlongNoticeKind kind, const ProlongTicket *ticket, gint64 end)
{
  return g_strdup_printf ("%s %s %" G_GINT64_FORMAT, kind_names[kind], ticket->sub, end);
}

static char *
topic_of_reserve (ProlongNoticeKind kind, ProlongReserve *reserve, int problem)
{
  return g_strdup_printf ("%s %s %s", kind_names[kind], prolong_reserve_get_record (reserve)->id,
                          prolong_problem_get_name (problem));
}

/* The words of a person cannot hold what would break a line. */
static char *
tidy (const char *name)
{
  GString *text = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isprint (g_utf8_get_char (p)))
      g_string_append_unichar (text, g_utf8_get_char (p));
  return g_strstrip (g_string_free (text, FALSE));
}

/* (transfer full) @topic. */
static ProlongFact *
fact_new (ProlongFacts *facts,
          ProlongNoticeKind kind,
          char *topic,
          ProlongVendor *vendor,
          const char *product,
          ProlongLicense *license)
{
  const ProlongProfile *profile = prolong_vendor_get_profile (vendor);
  const ProlongProduct *known = prolong_profile_find_product (profile, product);
  ProlongFact *fact = g_new0 (ProlongFact, 1);

  fact->kind = fact->info.kind = kind;
  fact->topic = topic;
  fact->settles = g_ptr_array_new_with_free_func (g_free);
  fact->vendor = g_strdup (profile->id);
  fact->product = g_strdup (product);
  if (license != NULL)
    {
      fact->license = g_object_ref (license);
      fact->name = tidy (prolong_license_get_ticket (license)->name);
    }
  else
    fact->name = tidy (known != NULL ? known->name : product);
  fact->info.name = fact->name;
  g_ptr_array_add (facts->list, fact);
  return fact;
}

/* Vendor time to system time: the clock of this device may be behind. */
static void
note_alarm (const ProlongFactsQuestion *question, ProlongFacts *facts, gint64 instant, gint64 now)
{
  if (instant > now && instant != G_MAXINT64)
    facts->alarm = MIN (facts->alarm, prolong_engine_get_system_time (question->engine) + (instant - now));
}

/* Licenses. */

static void
find_reminder (const ProlongFactsQuestion *question,
               ProlongLicense *license,
               gint64 now,
               ProlongReminder *reminder)
{
  const ProlongProfile *profile = prolong_vendor_get_profile (prolong_license_get_vendor (license));
  gint64 covered = prolong_engine_get_covered_until (question->engine, license);
  gsize n_days;
  const guint *days
      = prolong_settings_get_notification_days (prolong_engine_get_settings (question->engine), &n_days);

  if (n_days == 0)
    {
      days = (const guint *)profile->reminder_days->data;
      n_days = profile->reminder_days->len;
    }
  prolong_reminder_find (prolong_license_get_ticket (license), covered, days, n_days, now, question->zone,
                         reminder);
}

static ProlongFact *
add_license_fact (ProlongFacts *facts,
                  ProlongLicense *license,
                  ProlongNoticeKind kind,
                  const ProlongReminder *reminder,
                  gint64 now)
{
  const ProlongTicket *ticket = prolong_license_get_ticket (license);
  ProlongFact *fact = fact_new (facts, kind, topic_of_end (kind, ticket, reminder->end),
                                prolong_license_get_vendor (license), ticket->product, license);

  fact->since = reminder->since;
  fact->now = now;
  fact->mark = reminder->mark;
  fact->info.end = kind == PROLONG_NOTICE_GRACE ? ticket->grace_until : reminder->end;
  fact->info.days_left = prolong_ticket_get_days_left (ticket, now);
  return fact;
}

/* Marks that come later today are known already, so that one digest may take them along. */
static void
add_end_to_come (const ProlongFactsQuestion *question,
                 ProlongFacts *facts,
                 ProlongLicense *license,
                 gint64 now,
                 const ProlongReminder *reached)
{
  ProlongReminder today;
  ProlongFact *fact;

  find_reminder (question, license, prolong_reminder_evening (now, question->zone), &today);
  if (today.kind != PROLONG_REMINDER_ENDS)
    today = *reached;
  if (today.kind != PROLONG_REMINDER_ENDS)
    return;
  fact = add_license_fact (facts, license, PROLONG_NOTICE_ENDS, &today, now);
  if (reached->kind == PROLONG_REMINDER_ENDS)
    {
      fact->earlier_mark = reached->mark;
      fact->earlier_since = reached->since;
    }
  note_alarm (question, facts, fact->since, now);
}

/* While its reserve code is on the way, the outcome of that is what there is to be said. */
static gboolean
has_hand_over (ProlongEngine *engine, ProlongVendor *vendor, const char *product)
{
  GPtrArray *operations = prolong_engine_get_operations (engine);

  for (guint i = 0; i < operations->len; i++)
    {
      const ProlongIntent *intent = prolong_operation_get_intent (operations->pdata[i]);

      if (intent->kind == PROLONG_INTENT_HAND_OVER && !prolong_operation_has_ended (operations->pdata[i])
          && prolong_operation_get_vendor (operations->pdata[i]) == vendor
          && g_str_equal (intent->product, product))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_pending (ProlongEngine *engine, ProlongLicense *license)
{
  return prolong_license_get_state (license) == PROLONG_STATE_PENDING
         || has_hand_over (engine, prolong_license_get_vendor (license),
                           prolong_license_get_ticket (license)->product);
}

static gboolean
is_refused (ProlongReserve *reserve)
{
  return prolong_reserve_get_record (reserve)->refused && prolong_reserve_get_problem (reserve) >= 0;
}

static gboolean
has_refused_reserve (ProlongEngine *engine, ProlongLicense *license)
{
  GPtrArray *lists = prolong_engine_get_reserves (engine);

  for (guint i = 0; i < lists->len; i++)
    {
      ProlongReserves *reserves = lists->pdata[i];

      if (prolong_reserves_get_vendor (reserves) != prolong_license_get_vendor (license)
          || !g_str_equal (prolong_reserves_get_product (reserves),
                           prolong_license_get_ticket (license)->product))
        continue;
      for (guint j = 0; j < prolong_reserves_get_length (reserves); j++)
        if (is_refused (prolong_reserves_get (reserves, j)))
          return TRUE;
    }
  return FALSE;
}

static void
find_of_license (const ProlongFactsQuestion *question, ProlongFacts *facts, ProlongLicense *license)
{
  gint64 now = question->get_now (question->data, license);
  ProlongReminder reminder;

  find_reminder (question, license, now, &reminder);
  note_alarm (question, facts, reminder.next, now);
  switch (reminder.kind)
    {
    case PROLONG_REMINDER_BLOCKED:
      add_license_fact (facts, license, PROLONG_NOTICE_BLOCKED, &reminder, now);
      break;
    case PROLONG_REMINDER_ENDED:
      /* What became of the reserve code tells the end as well. */
      if (!is_pending (question->engine, license) && !has_refused_reserve (question->engine, license))
        add_license_fact (facts, license, PROLONG_NOTICE_ENDED, &reminder, now);
      break;
    case PROLONG_REMINDER_GRACE:
      add_license_fact (facts, license, PROLONG_NOTICE_GRACE, &reminder, now);
      break;
    default:
      add_end_to_come (question, facts, license, now, &reminder);
    }
}

/* Reserve codes. */

static ProlongLicense *
find_license (ProlongEngine *engine, ProlongVendor *vendor, const char *product)
{
  GPtrArray *licenses = prolong_engine_get_licenses (engine);

  for (guint i = 0; i < licenses->len; i++)
    if (prolong_license_get_vendor (licenses->pdata[i]) == vendor
        && g_str_equal (prolong_license_get_ticket (licenses->pdata[i])->product, product))
      return licenses->pdata[i];
  return NULL;
}

/* The refusal of a hand-over tells of the end that went before it. */
static void
settle_end (const ProlongFactsQuestion *question, ProlongFact *fact, ProlongLicense *license)
{
  const ProlongTicket *ticket = prolong_license_get_ticket (license);
  gint64 end = MAX (ticket->expires, ticket->grace_until);

  fact->since = prolong_reminder_by_day (end, question->zone);
  g_ptr_array_add (fact->settles, topic_of_end (PROLONG_NOTICE_ENDED, ticket, end));
}

static void
find_of_reserve (const ProlongFactsQuestion *question,
                 ProlongFacts *facts,
                 ProlongReserves *reserves,
                 ProlongReserve *reserve)
{
  ProlongVendor *vendor = prolong_reserves_get_vendor (reserves);
  const char *product = prolong_reserves_get_product (reserves);
  ProlongLicense *license = find_license (question->engine, vendor, product);
  int problem = prolong_reserve_get_problem (reserve);
  gboolean failed = is_refused (reserve) && (license == NULL || !prolong_license_is_running (license));
  ProlongNoticeKind kind = failed ? PROLONG_NOTICE_FAILED : PROLONG_NOTICE_PROBLEM;
  ProlongFact *fact;

  if (problem < 0 || (failed && has_hand_over (question->engine, vendor, product))
      || (failed && license != NULL && prolong_license_get_state (license) == PROLONG_STATE_PENDING))
    return;
  fact = fact_new (facts, kind, topic_of_reserve (kind, reserve, problem), vendor, product, license);
  fact->now = prolong_engine_get_system_time (question->engine);
  fact->since = prolong_reminder_by_day (prolong_reserve_get_record (reserve)->checked_at, question->zone);
  fact->info.problem = problem;
  fact->info.details = prolong_reserve_get_details (reserve);
  if (failed)
    g_ptr_array_add (fact->settles, topic_of_reserve (PROLONG_NOTICE_PROBLEM, reserve, problem));
  if (failed && license != NULL && prolong_license_has_ended (license))
    settle_end (question, fact, license);
  note_alarm (question, facts, fact->since, fact->now);
}

/* Hand-overs. */

/* What no passing of time removes. */
static gboolean
needs_person (int problem)
{
  return problem == PROLONG_PROBLEM_KEYRING_LOCKED || problem == PROLONG_PROBLEM_KEYRING_UNAVAILABLE
         || problem == PROLONG_PROBLEM_STORAGE_FULL || problem == PROLONG_PROBLEM_ACCOUNT_REQUIRED;
}

static void
find_of_waiting (const ProlongFactsQuestion *question, ProlongFacts *facts, ProlongOperation *operation)
{
  const ProlongIntent *intent = prolong_operation_get_intent (operation);
  const GError *error = prolong_operation_get_error (operation);
  ProlongVendor *vendor = prolong_operation_get_vendor (operation);
  ProlongFact *fact;
  gint64 until;

  /* The reason stays while the next attempt is made, and so does what was told. */
  if (intent->kind != PROLONG_INTENT_HAND_OVER || error == NULL || prolong_operation_has_ended (operation))
    return;
  if (!needs_person (error->code) && !question->has_waited (question->data, intent->id, &until))
    {
      facts->alarm = MIN (facts->alarm, until);
      return;
    }
  fact = fact_new (facts, PROLONG_NOTICE_WAITING,
                   g_strdup_printf ("%s %s %s", kind_names[PROLONG_NOTICE_WAITING], intent->id,
                                    prolong_problem_get_name (error->code)),
                   vendor, intent->product, find_license (question->engine, vendor, intent->product));
  fact->info.problem = error->code;
  if (prolong_problem_error_get_details (error) != NULL)
    fact->info.details = g_variant_ref (prolong_problem_error_get_details (error));
}

static void
find_of_hand_over (const ProlongFactsQuestion *question, ProlongFacts *facts, const char *operation)
{
  GPtrArray *licenses = prolong_engine_get_licenses (question->engine);

  for (guint i = 0; i < licenses->len; i++)
    {
      ProlongLicense *license = licenses->pdata[i];
      const ProlongTicket *ticket = prolong_license_get_ticket (license);
      ProlongReminder taken_over = { .end = ticket->expires };
      gint64 now = question->get_now (question->data, license);
      ProlongFact *fact;

      if (!g_str_equal (prolong_license_get_record (license)->operation, operation)
          || !prolong_license_is_running (license))
        continue;
      taken_over.since = prolong_reminder_by_day (ticket->activated, question->zone);
      fact = add_license_fact (facts, license, PROLONG_NOTICE_TAKEN_OVER, &taken_over, now);
      note_alarm (question, facts, fact->since, now);
    }
}

/* Orders. What the person did by hand is no news. */

static gboolean
find_kind_of_order (const ProlongPurchaseRecord *record, ProlongNoticeKind *kind)
{
  switch (record->state == PROLONG_PURCHASE_DELIVERED ? prolong_purchase_record_get_outcome (record)
                                                      : PROLONG_OUTCOME_PENDING)
    {
    case PROLONG_OUTCOME_RESERVE:
      *kind = PROLONG_NOTICE_ARRIVED;
      return TRUE;
    case PROLONG_OUTCOME_ACTIVE:
      *kind = PROLONG_NOTICE_USED;
      return TRUE;
    case PROLONG_OUTCOME_REFUSED:
      *kind = PROLONG_NOTICE_NOT_ADDED;
      return TRUE;
    case PROLONG_OUTCOME_PENDING:
    case PROLONG_OUTCOME_PRESENT:
    default:
      return FALSE;
    }
}

static int
find_problem_of_order (const ProlongPurchaseRecord *record)
{
  for (guint i = 0; i < record->codes->len; i++)
    {
      const ProlongPurchaseCode *code = record->codes->pdata[i];
      ProlongProblem problem;

      if (code->outcome == PROLONG_OUTCOME_REFUSED && prolong_problem_from_name (code->problem, &problem))
        return problem;
    }
  return PROLONG_PROBLEM_CODE_UNKNOWN;
}

static void
find_of_order (const ProlongFactsQuestion *question, ProlongFacts *facts, ProlongPurchase *purchase)
{
  const ProlongPurchaseRecord *record = prolong_purchase_get_record (purchase);
  ProlongVendor *vendor = prolong_purchase_get_vendor (purchase);
  ProlongNoticeKind kind;
  ProlongFact *fact;

  if (!find_kind_of_order (record, &kind))
    return;
  fact = fact_new (facts, kind, g_strdup_printf ("%s %s", kind_names[kind], record->id), vendor,
                   record->product, find_license (question->engine, vendor, record->product));
  fact->now = prolong_engine_get_system_time (question->engine);
  fact->since = prolong_reminder_by_day (fact->now, question->zone);
  if (kind == PROLONG_NOTICE_NOT_ADDED)
    fact->info.problem = find_problem_of_order (record);
  note_alarm (question, facts, fact->since, fact->now);
}

void
prolong_facts_find (const ProlongFactsQuestion *question, ProlongFacts *facts)
{
  GPtrArray *licenses = prolong_engine_get_licenses (question->engine);
  GPtrArray *lists = prolong_engine_get_reserves (question->engine);
  GPtrArray *operations = prolong_engine_get_operations (question->engine);
  GPtrArray *purchases = prolong_engine_get_purchases (question->engine);

  facts->list = g_ptr_array_new_with_free_func (fact_free);
  facts->alarm = G_MAXINT64;
  for (guint i = 0; i < licenses->len; i++)
    find_of_license (question, facts, licenses->pdata[i]);
  for (guint i = 0; i < lists->len; i++)
    for (guint j = 0; j < prolong_reserves_get_length (lists->pdata[i]); j++)
      find_of_reserve (question, facts, lists->pdata[i], prolong_reserves_get (lists->pdata[i], j));
  for (guint i = 0; i < operations->len; i++)
    find_of_waiting (question, facts, operations->pdata[i]);
  for (guint i = 0; i < purchases->len; i++)
    find_of_order (question, facts, purchases->pdata[i]);
  for (guint i = 0; i < question->hand_overs->len; i++)
    find_of_hand_over (question, facts, question->hand_overs->pdata[i]);
}
