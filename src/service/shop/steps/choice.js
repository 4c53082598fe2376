// SPDX-License-Identifier: GPL-3.0-or-later
// Step 3: how many devices, for how many years. The choice stands in the address: so each tab has its own.

import { findOffer, getCatalog, putIntoCart } from "../cart.js";
import { find, h } from "../dom.js";
import { fillLicense } from "../lines.js";
import { read } from "../state.js";
import { formatPrice, t } from "../words.js";

let current = null; // {catalog, product, devices, years}

function list(product, member) {
  return [...new Set(product.offers.map((offer) => offer[member]))].sort((a, b) => a - b);
}

/** What is chosen before the reader chooses: as in the address, in the cart, or like the license. */
function getFirstChoice(catalog, product, [devices, years]) {
  const { cart, license } = read();
  const held = cart.map((line) => findOffer(catalog, line.offer)).find((found) => found?.product.id === product.id);
  const wanted = {
    devices: [Number(devices), held?.offer.devices, license?.devices], years: [Number(years), held?.offer.years],
  };
  const pick = (member) => {
    const offered = list(product, member);
    return wanted[member].find((value) => offered.includes(value)) ?? offered[0];
  };
  return { devices: pick("devices"), years: pick("years") };
}

function getOffer() {
  return current?.product.offers.find((one) => one.devices === current.devices && one.years === current.years);
}

function drawPrice(section) {
  const offer = getOffer();
  const price = (amount) => formatPrice(amount, current.catalog.currency);
  const saved = offer ? offer.full_price - offer.price : 0;
  find("form button", section).disabled = !offer;
  find(".price", section).replaceChildren(...(offer ? [
    h("span", { class: "amount" }, price(offer.price)),
    ...(saved > 0 ? [
      h("span", { class: "before" }, t("choice.before", { price: price(offer.full_price) })),
      h("span", { class: "saved" }, t("choice.saved", { price: price(saved) }))] : []),
    h("span", { class: "what" }, t("choice.once", { years: t("line.years", { n: offer.years }) })),
  ] : [h("span", {}, t("choice.not-offered"))]));
}

function drawOptions(section, member) {
  find(`#${member}`, section).replaceChildren(...list(current.product, member).map((value) => h("label", {},
    h("input", {
      type: "radio", name: member, value: String(value), checked: current[member] === value,
      change() {
        current[member] = value;
        const { product, devices, years } = current;
        history.replaceState(null, "", `#choice/${product.id}/${devices}/${years}`);
        drawPrice(section);
      },
    }),
    h("span", {}, t(`line.${member}`, { n: value })))));
}

export function prepare(section) {
  find("form", section).addEventListener("submit", (event) => {
    event.preventDefault();
    const offer = getOffer();
    if (!offer) return;
    putIntoCart(current.catalog, offer);
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
