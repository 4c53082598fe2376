// SPDX-License-Identifier: GPL-3.0-or-later
// The page after the payment: what happens next, and what has happened.

import { Problem } from "./api.js";
import { getCatalog } from "./cart.js";
import { find, h, tell } from "./dom.js";
import { copyButton, focusHeading, setTitle, start, tellProblem } from "./frame.js";
import { fillSummary, fillSums } from "./lines.js";
import { follow, getOrder, parseAddress } from "./order.js";
import { forgetOrder } from "./state.js";
import { formatDate, formatPrice, t } from "./words.js";

let address = parseAddress();
let order = null;
let products = [];

/** What the state of the order means for the reader. */
function describeState() {
  if (order.state === "paid" && order.delivers_at) {
    return t("thanks.paid-later", { date: formatDate(order.delivers_at) });
  }
  return t(`thanks.${order.state}`);
}

function findProduct(id) {
  return products.find((product) => product.id === id);
}

function makeCode({ product: id, code, license_number: number }) {
  const product = findProduct(id);
  return h("li", {},
    h("span", { class: "name" }, product?.name ?? id),
    h("code", { class: "code" }, code), copyButton(code, t("thanks.code")),
    h("span", { class: "what" }, t("number.label"), " ", h("span", { class: "nowrap" }, number)));
}

function listDownloads() {
  return [...new Set(order.items.map((item) => item.product))].map(findProduct).filter(Boolean)
    .map((product) => h("a", { href: product.download_url, rel: "noreferrer" },
      t("thanks.download", { name: product.name, version: product.newest_version ?? product.version })));
}

/** The steps that are still to come, in their order. */
function drawNext() {
  const delivered = order.state === "delivered";
  const steps = [];
  if (order.state === "open") steps.push([h("a", { href: order.payment_url }, t("thanks.next-pay"))]);
  if (order.state === "awaiting-payment") {
    const total = formatPrice(order.total, order.currency);
    steps.push([t("thanks.next-payment", { total, number: order.number }), " ",
      h("a", { href: order.payment_url }, t("thanks.invoice"))]);
  }
  if (!delivered) {
    steps.push([order.delivers_at ? t("thanks.next-mail-later", { date: formatDate(order.delivers_at) })
      : t("thanks.next-mail")]);
  } else {
    steps.push([t("thanks.next-mail-sent"), " ", h("a", { href: "./#mail" }, t("frame.mail"))]);
  }
  steps.push([t("thanks.next-enter")]);
  const downloads = listDownloads();
  if (downloads.length > 0) steps.push([t("thanks.next-install"), " ", ...downloads.flatMap((link) => [link, " "])]);
  find(".next").replaceChildren(...steps.map((step) => h("li", {}, step)));
}

function draw() {
  setTitle(t("title.thanks"));
  if (!order) return;
  const over = order.state === "cancelled" || order.state === "expired";
  tell(find("#which"), t("thanks.which", { number: order.number }));
  tell(find(".state"), describeState());
  find(".state").dataset.state = order.state;
  find("#codes").hidden = !order.codes?.length;
  find("#codes h2").textContent = t("thanks.codes", { n: order.codes?.length ?? 0 });
  find(".codes").replaceChildren(...(order.codes ?? []).map(makeCode));
  find("#next").hidden = over;
  drawNext();
  fillSummary(find(".summary"), order.items, order.currency);
  fillSums(find(".sums"), order);
  find("#order").hidden = false;
}

function show(next) {
  order = next;
  if (["paid", "delivered", "cancelled", "expired"].includes(order.state)) forgetOrder(order.number);
  draw();
}

async function load() {
  address = parseAddress();
  tellProblem(null);
  try {
    if (!address.token) throw new Problem("order-unknown");
    ({ products } = await getCatalog().catch(() => ({ products: [] })));
    show(await getOrder(address));
  } catch (problem) {
    find("#order").hidden = true;
    tellProblem(problem, problem.message === "order-unknown" ? null : load);
  }
}

await start(draw);
addEventListener("hashchange", load);
await load();
focusHeading();
if (order) follow(address, show);
document.documentElement.dataset.ready = "";
