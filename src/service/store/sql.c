/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/store/store-private.h"

#define CODE_COLUMNS                                                                                         \
  "codes.id, lookup, number, product, kind, term, devices, renewal, blocked, min_version, max_version, "     \
  "sell_by,"                                                                                                 \
  " issued, first_activated, provider, off_since, manage_url, status_url, shorter_term, shortened, "         \
  "renews, subscriptions.state, extension, subscriptions.email, subscriptions.language"
#define CODE_FROM " FROM codes LEFT JOIN subscriptions ON subscriptions.code_id = codes.id"
#define CODE_END                                                                                             \
  "first_activated + COALESCE (extension, 0) + CASE WHEN shortened = 1 THEN shorter_term ELSE term END"
#define ORDER_COLUMNS                                                                                        \
  "id, number, token, sealed, email, country, language, payment_method, currency, total, renews, state, "    \
  "created, "                                                                                                \
  "due"
#define SUPPORT_COLUMNS "id, reference, sealed, created, closed"
#define MAIL_COLUMNS                                                                                         \
  "mails.id, mails.kind, order_id, COALESCE (orders.number, codes.number, reference), mails.language, "      \
  "mails.sealed, mails.state, attempts, doubts, "                                                            \
  "mails.created, "                                                                                          \
  "mails.due, dated, reason, code_id, support_id"
#define MAIL_FROM                                                                                            \
  " FROM mails LEFT JOIN orders ON orders.id = order_id LEFT JOIN codes ON codes.id = code_id"               \
  " LEFT JOIN support_requests ON support_requests.id = support_id"
#define ACTIVATION_COLUMNS                                                                                   \
  "id, activation, code_id, device, device_name, product_version, token, serial, activated, last_seen, "     \
  "released"

const char *const prolong_store_sql[PROLONG_N_SQL] = {
  [PROLONG_SQL_BEGIN] = "BEGIN",
  [PROLONG_SQL_COMMIT] = "COMMIT",
  [PROLONG_SQL_ROLLBACK] = "ROLLBACK",
  [PROLONG_SQL_ADD_CODE]
  = "INSERT INTO codes (lookup, sealed, number, product, kind, term, devices, renewal, blocked, min_version,"
    " max_version, sell_by, issued, first_activated, shorter_term, renews)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) RETURNING id",
  [PROLONG_SQL_ADD_SUBSCRIPTION]
  = "INSERT INTO subscriptions (code_id, provider, off_since, manage_url, status_url, email, language)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)",
  [PROLONG_SQL_FIND_CODE] = "SELECT " CODE_COLUMNS CODE_FROM " WHERE lookup = $1",
  [PROLONG_SQL_FIND_NUMBER] = "SELECT " CODE_COLUMNS CODE_FROM " WHERE number = $1",
  [PROLONG_SQL_GET_CODE] = "SELECT " CODE_COLUMNS CODE_FROM " WHERE codes.id = $1",
  [PROLONG_SQL_SET_FIRST_ACTIVATED] = "UPDATE codes SET first_activated = $1 WHERE id = $2",
  [PROLONG_SQL_SET_BLOCKED] = "UPDATE codes SET blocked = $1 WHERE id = $2",
  [PROLONG_SQL_SET_SHORTENED] = "UPDATE codes SET shortened = 1 WHERE id = $1",
  [PROLONG_SQL_UPDATE_SUBSCRIPTION]
  = "UPDATE subscriptions SET state = $1, off_since = $2, extension = $3 WHERE code_id = $4",
  [PROLONG_SQL_ADD_REPORT]
  = "INSERT INTO subscription_reports (code_id, report, event, at) VALUES ($1, $2, $3, $4)",
  [PROLONG_SQL_FIND_REPORT] = "SELECT event FROM subscription_reports WHERE code_id = $1 AND report = $2",
  [PROLONG_SQL_ADD_ACTIVATION]
  = "INSERT INTO activations (activation, code_id, device, device_name, product_version, token, serial, "
    "activated,"
    " last_seen, released) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
  [PROLONG_SQL_UPDATE_ACTIVATION]
  = "UPDATE activations SET device_name = $1, product_version = $2, token = $3, serial = $4, last_seen = $5,"
    " released = $6 WHERE id = $7",
  [PROLONG_SQL_FIND_ACTIVATION] = "SELECT " ACTIVATION_COLUMNS " FROM activations WHERE activation = $1",
  [PROLONG_SQL_FIND_DEVICE]
  = "SELECT " ACTIVATION_COLUMNS " FROM activations WHERE code_id = $1 AND device = $2",
  [PROLONG_SQL_COUNT_SEATS] = "SELECT COUNT(*) FROM activations WHERE code_id = $1 AND released = 0",
  [PROLONG_SQL_LIST_SEATS] = "SELECT activation, device_name, last_seen, device FROM activations"
                             " WHERE code_id = $1 AND released = 0 ORDER BY last_seen, id LIMIT $2",
  [PROLONG_SQL_HAS_EARLIER] = "SELECT 1 FROM activations JOIN codes ON codes.id = activations.code_id"
                              " WHERE device = $1 AND product = $2 AND code_id <> $3 LIMIT 1",
  /* Without a column for the end: the licenses of one device are few. */
  [PROLONG_SQL_FIND_RUNNING]
  = "SELECT " CODE_COLUMNS " FROM activations JOIN codes ON codes.id = activations.code_id"
    " LEFT JOIN subscriptions ON subscriptions.code_id = codes.id"
    " WHERE device = $1 AND product = $2 AND codes.id <> $3 AND released = 0 AND blocked = 0"
    " AND " CODE_END " > $4 ORDER BY " CODE_END " DESC, codes.id LIMIT 1",
  [PROLONG_SQL_ADD_ANSWER]
  = "INSERT INTO answers (key, request, status, created, body) VALUES ($1, $2, $3, $4, $5)",
  [PROLONG_SQL_FIND_ANSWER] = "SELECT request, status, created, body FROM answers WHERE key = $1",
  [PROLONG_SQL_FORGET_ANSWERS]
  = "DELETE FROM answers WHERE id IN (SELECT id FROM (SELECT id, created FROM answers ORDER BY id LIMIT 200)"
    " AS oldest WHERE created < $1)",
  [PROLONG_SQL_ADD_AUDIT] = "INSERT INTO audit (at, event, code_id, activation_id, detail, order_id)"
                            " VALUES ($1, $2, $3, $4, $5, $6)",
  [PROLONG_SQL_LIST_AUDIT] = "SELECT at, event, detail FROM audit WHERE order_id = $1 ORDER BY id",
  [PROLONG_SQL_LIST_CODE_AUDIT]
  = "SELECT at, event, detail FROM audit WHERE code_id = $1 AND event BETWEEN $2 AND $3 ORDER BY id",
  [PROLONG_SQL_ADD_SUPPORT]
  = "INSERT INTO support_requests (reference, sealed, created, closed) VALUES ($1, $2, $3, 0) RETURNING id",
  [PROLONG_SQL_FIND_SUPPORT] = "SELECT " SUPPORT_COLUMNS " FROM support_requests WHERE reference = $1",
  [PROLONG_SQL_GET_SUPPORT] = "SELECT " SUPPORT_COLUMNS " FROM support_requests WHERE id = $1",
  [PROLONG_SQL_LIST_SUPPORT] = "SELECT " SUPPORT_COLUMNS " FROM support_requests WHERE id > $1"
                               " AND ($2 = 1 OR closed = 0) ORDER BY id LIMIT $3",
  [PROLONG_SQL_CLOSE_SUPPORT] = "UPDATE support_requests SET closed = $1 WHERE id = $2",
  [PROLONG_SQL_ADD_ORDER]
  = "INSERT INTO orders (number, token, sealed, email, country, language, payment_method, currency, total, "
    "renews,"
    " state, created, due) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id",
  [PROLONG_SQL_FIND_ORDER] = "SELECT " ORDER_COLUMNS " FROM orders WHERE number = $1",
  [PROLONG_SQL_GET_ORDER] = "SELECT " ORDER_COLUMNS " FROM orders WHERE id = $1",
  [PROLONG_SQL_LIST_ORDERS] = "SELECT " ORDER_COLUMNS " FROM orders WHERE id > $1 ORDER BY id LIMIT $2",
  [PROLONG_SQL_LIST_ORDERS_OF]
  = "SELECT " ORDER_COLUMNS " FROM orders WHERE lower (email) = lower ($1) ORDER BY id DESC LIMIT $2",
  [PROLONG_SQL_FIND_ORDER_OF_CODE]
  = "SELECT " ORDER_COLUMNS " FROM orders WHERE id = (SELECT order_id FROM order_codes WHERE code_id = $1)",
  [PROLONG_SQL_LIST_DUE]
  = "SELECT " ORDER_COLUMNS " FROM orders WHERE due > 0 AND due <= $1 ORDER BY due, id LIMIT $2",
  [PROLONG_SQL_NEXT_DUE] = "SELECT due FROM orders WHERE due > 0 ORDER BY due LIMIT 1",
  [PROLONG_SQL_IS_RENEWED]
  = "SELECT 1 FROM orders WHERE renews = $1 AND renews <> 0 AND id <> $2 AND state IN ($3, $4) LIMIT 1",
  [PROLONG_SQL_SET_ORDER_STATE] = "UPDATE orders SET state = $1, due = $2 WHERE id = $3",
  [PROLONG_SQL_ADD_ORDER_ITEM]
  = "INSERT INTO order_items (order_id, offer, product, name, devices, years, price, quantity)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
  [PROLONG_SQL_LIST_ORDER_ITEMS] = "SELECT id, offer, product, name, devices, years, price, quantity FROM "
                                   "order_items WHERE order_id = $1 ORDER BY id",
  [PROLONG_SQL_ADD_ORDER_CODE]
  = "INSERT INTO order_codes (order_id, item_id, code_id) VALUES ($1, $2, $3) RETURNING id",
  [PROLONG_SQL_LIST_ORDER_CODES] = "SELECT codes.product, codes.sealed, codes.number FROM order_codes JOIN "
                                   "codes ON codes.id = order_codes.code_id"
                                   " WHERE order_codes.order_id = $1 ORDER BY order_codes.id",
  [PROLONG_SQL_ADD_MAIL]
  = "INSERT INTO mails (kind, order_id, language, sealed, state, attempts, doubts, created, due, dated,"
    " code_id, support_id) VALUES ($1, NULLIF ($2, 0), $3, $4, $5, 0, 0, $6, $7, 0, NULLIF ($8, 0),"
    " NULLIF ($9, 0)) RETURNING id",
  [PROLONG_SQL_FIND_MAIL] = "SELECT " MAIL_COLUMNS MAIL_FROM " WHERE mails.id = $1",
  [PROLONG_SQL_UPDATE_MAIL] = "UPDATE mails SET state = $1, attempts = $2, doubts = $3, due = $4, dated = "
                              "$5, reason = $6 WHERE id = $7",
  [PROLONG_SQL_REMOVE_MAIL] = "DELETE FROM mails WHERE id = $1",
  [PROLONG_SQL_LIST_MAILS]
  = "SELECT " MAIL_COLUMNS MAIL_FROM " WHERE mails.id > $1 AND ($2 = 1 OR mails.state NOT IN"
    " ($3, $4)) ORDER BY mails.id LIMIT $5",
  [PROLONG_SQL_LIST_DUE_MAILS]
  = "SELECT id FROM mails WHERE state = $1 OR (state = $2 AND due <= $3) ORDER BY due, id LIMIT $4",
  [PROLONG_SQL_GET_MAIL_DUE] = "SELECT due FROM mails WHERE state = $1 AND due > $2 ORDER BY due LIMIT 1",
  [PROLONG_SQL_GET_MAIL_CREATED]
  = "SELECT created FROM mails WHERE order_id = $1 AND kind = $2 ORDER BY created DESC LIMIT 1",
};
