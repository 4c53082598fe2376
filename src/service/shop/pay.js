// SPDX-License-Identifier: GPL-3.0-or-later
// The payment page of an order.

import { call, Problem } from "./api.js";
import { find, h, tell, whileBusy } from "./dom.js";
import { copyButton, explain, focusHeading, setTitle, start, tellProblem } from "./frame.js";
import { fillSummary, fillSums } from "./lines.js";
import { follow, getOrder, parseAddress } from "./order.js";
import { alone, change, forgetOrder, read } from "./state.js";
import { formatDate, formatPrice, t } from "./words.js";

const UNPAID = ["open", "awaiting-payment"];

let address = parseAddress();
let order = null;

function goToThanks() {
  location.replace(`thanks.html${location.search}#${address.number}.${address.token}`);
}

/** One key for each order: a second click, or another tab, repeats the payment and makes no second one. */
function getKey() {
  const { payments } = read();
  const key = payments[address.number] ?? crypto.randomUUID();
  change({ payments: { ...payments, [address.number]: key } });
  return key;
}

function forgetKey() {
  const { [address.number]: _, ...payments } = read().payments;
  change({ payments });
}

async function pay() {
  try {
    await alone("payment", () => call("POST", `orders/${encodeURIComponent(address.number)}/payments`, {
      body: { method: order.payment_method }, token: address.token, key: getKey(),
    }));
    forgetOrder(address.number);
    forgetKey();
    goToThanks();
  } catch (problem) {
    if (problem.isFinal) forgetKey();
    await load();
    tellProblem(problem, null);
  }
}

function drawBank() {
  const { bank, number, total, currency } = order;
  const rows = [["holder", bank.holder], ["account", bank.account], ["reference", number],
    ["amount", formatPrice(total, currency)]];
  find("#bank").replaceChildren(...rows.map(([name, value]) => h("div", {},
    h("dt", {}, t(`pay.${name}`)), h("dd", {}, h("span", {}, value), copyButton(value, t(`pay.${name}`))))));
}

function draw() {
  setTitle(t("title.pay"));
  if (!order) return;
  const open = UNPAID.includes(order.state);
  tell(find("#which"), t(open ? "pay.which" : `pay.${order.state}`, { number: order.number }));
  fillSummary(find(".summary"), order.items, order.currency);
  fillSums(find(".sums"), order);
  tell(find("#pay-by"), open && order.pay_by ? t("pay.by", { date: formatDate(order.pay_by) }) : null);
  for (const kind of ["demo", "invoice", "provider"]) find(`#pay-${kind}`).hidden = !open || order.payment !== kind;
  find("#pay").textContent = t("pay.pay", { total: formatPrice(order.total, order.currency) });
  find("#provider").href = order.payment_url;
  find("#after").href = `thanks.html#${address.number}.${address.token}`;
  if (order.bank) drawBank();
  find("#change").hidden = !open || order.payment === "invoice" || !findHeld();
  find("#to-shop").hidden = open;
  find("#order").hidden = false;
}

function findHeld() {
  return read().orders.find((one) => one.number === address.number);
}

function show(next) {
  order = next;
  if (["paid", "delivered"].includes(order.state)) {
    forgetOrder(order.number);
    goToThanks();
    return;
  }
  if (!UNPAID.includes(order.state)) forgetOrder(order.number);
  draw();
}

/** What was ordered goes back into the cart; the order itself ends unpaid. */
function changeOrder() {
  const { cart } = read();
  const { cart: ordered } = findHeld();
  change({ cart: [...ordered, ...cart.filter((line) => !ordered.some(({ offer }) => offer === line.offer))] });
  forgetOrder(address.number);
  location.assign("./#cart");
}

async function load() {
  address = parseAddress();
  tellProblem(null);
  try {
    if (!address.token) throw new Problem("order-unknown");
    show(await getOrder(address));
  } catch (problem) {
    if (problem.message === "order-unknown") forgetOrder(address.number);
    find("#order").hidden = true;
    find("#to-shop").hidden = false;
    tellProblem(problem, problem.message === "order-unknown" ? null : load);
  }
}

await start(draw);
find("#pay").addEventListener("click", (event) => whileBusy(event.target, pay));
find("#print").addEventListener("click", () => print());
find("#change button").addEventListener("click", changeOrder);
addEventListener("hashchange", load);
await load();
focusHeading();
if (order && UNPAID.includes(order.state)) follow(address, show);
document.documentElement.dataset.ready = "";
