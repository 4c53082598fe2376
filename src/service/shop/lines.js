// SPDX-License-Identifier: GPL-3.0-or-later
// How offers, sums and licenses look wherever they stand.

import { find, h } from "./dom.js";
import { formatDate, formatPrice, t } from "./words.js";

/** "3 devices, 2 years" */
export function describe({ devices, years }) {
  return t("line.what", { devices: t("line.devices", { n: devices }), years: t("line.years", { n: years }) });
}

/** The rows of a cart or an order for a list: @items of {name, devices, years, quantity, price}. */
export function fillSummary(list, items, currency) {
  list.replaceChildren(...items.map((item) => h("li", {},
    h("span", { class: "name" }, item.quantity > 1 ? `${item.quantity} × ${item.name}` : item.name),
    h("span", { class: "what" }, describe(item)),
    h("span", { class: "amount" }, formatPrice(item.price * item.quantity, currency)))));
}

/** The total, and the discount that is in it. */
export function fillSums(list, { total, fullTotal = total, currency }) {
  const row = (kind, amount) => h("div", { class: kind }, h("dt", {}, t(`sums.${kind}`)), h("dd", {}, amount));
  list.replaceChildren(
    ...(fullTotal > total ? [row("discount", `\u2212\u00a0${formatPrice(fullTotal - total, currency)}`)] : []),
    row("total", formatPrice(total, currency)));
}

function describeEnd({ status, expires }) {
  if (status === "blocked") return t("license.blocked");
  if (!expires) return t("license.unused");
  return t(status === "expired" ? "license.ended" : "license.until", { date: formatDate(expires) });
}

/** Which license is renewed. */
export function fillLicense(section, license) {
  const box = find(".license", section);
  box.hidden = !license;
  if (!license) return;
  box.replaceChildren(
    h("span", { class: "name" }, t("license.renews", { name: license.name })),
    h("span", { class: "number" }, license.number),
    h("span", { class: "what" }, `${t("line.devices", { n: license.devices })} · ${describeEnd(license)}`),
    h("a", { href: "#number", class: "change" }, t("license.other")));
}
