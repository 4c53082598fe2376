// SPDX-License-Identifier: GPL-3.0-or-later
// Step 3: how many devices, for how many years. The choice stands in the address: so each tab has its own.

import { findOffer, getCatalog, getPrice, putIntoCart } from "../cart.js";
import { find, h } from "../dom.js";
import { fillLicense } from "../lines.js";
import { read } from "../state.js";
import { formatPrice, t } from "../words.js";

let current = null; // {catalog, product, devices, years}

function list(product, member) {
  return [...new Set(product.offers.map((offer) => offer[member]))].sort((a, b) => a - b);
}

/** What is chosen before the reader chooses: as in the address, in the cart, or like the license; else the first. */
function getFirstChoice(catalog, product, [devices, years]) {
  const { cart, license } = read();
  const held = cart.map((line) => findOffer(catalog, line.offer)).find((found) => found?.product.id === product.id);
  const wanted = [
    { devices: Number(devices), years: Number(years) }, held?.offer, { devices: license?.devices, years: 1 },
  ];
  const isOffered = (choice) => choice && product.offers.some((offer) =>
    offer.devices === choice.devices && offer.years === choice.years);
  const choice = wanted.find(isOffered) ?? product.offers[0];
  return { devices: choice.devices, years: choice.years };
}

function getOffer(devices, years) {
  return current.product.offers.find((offer) => offer.devices === devices && offer.years === years);
}

function drawPrice(section) {
  const offer = getOffer(current.devices, current.years);
  const price = (amount) => formatPrice(amount, current.catalog.currency);
  const now = getPrice(current.catalog, offer);
  const saved = offer.full_price - now;
  find(".price", section).replaceChildren(
    h("span", { class: "amount" }, price(now)),
    ...(saved > 0 ? [
      h("span", { class: "before" }, t("choice.before", { price: price(offer.full_price) })),
      h("span", { class: "saved" }, t("choice.saved", { price: price(saved) }))] : []),
    h("span", { class: "what" }, t("choice.once", { years: t("line.years", { n: offer.years }) })));
}

/** Not all goes with all: then the other choice follows this one. */
function choose(section, member, value) {
  const other = member === "devices" ? "years" : "devices";
  const fitting = current.product.offers.filter((offer) => offer[member] === value);
  const isKept = fitting.some((offer) => offer[other] === current[other]);
  current = { ...current, [member]: value, [other]: isKept ? current[other] : fitting[0][other] };
  const { product, devices, years } = current;
  history.replaceState(null, "", `#choice/${product.id}/${devices}/${years}`);
  if (!isKept) drawOptions(section, other);
  drawPrice(section);
}

function drawOptions(section, member) {
  find(`#${member}`, section).replaceChildren(...list(current.product, member).map((value) => h("label", {},
    h("input", {
      type: "radio", name: member, value: String(value), checked: current[member] === value,
      change: () => choose(section, member, value),
    }),
    h("span", {}, t(`line.${member}`, { n: value })))));
}

export function prepare(section) {
  find("form", section).addEventListener("submit", (event) => {
    event.preventDefault();
    putIntoCart(current.catalog, getOffer(current.devices, current.years));
    location.hash = "#cart";
  });
}

export async function draw(section, [id, ...choice], isCurrent) {
  const newest = find(".newest", section);
  fillLicense(section, read().license);
  const catalog = await getCatalog();
  if (!isCurrent()) return;
  const product = catalog.products.find((one) => one.id === id);
  if (!product) {
    location.replace("#product");
    return;
  }
  current = { catalog, product, ...getFirstChoice(catalog, product, choice) };
  find(".which", section).textContent = product.name;
  newest.hidden = !product.newest_version;
  newest.textContent = t("choice.newest", { version: product.newest_version });
  drawOptions(section, "devices");
  drawOptions(section, "years");
  drawPrice(section);
}
