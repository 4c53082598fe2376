// SPDX-License-Identifier: GPL-3.0-or-later
// Step 4: the cart.

import { describeDiscount, describeMissing, getCatalog, priceCart } from "../cart.js";
import { find, h, speak, tell } from "../dom.js";
import { describe, fillLicense, fillSums } from "../lines.js";
import { change, read } from "../state.js";
import { formatPrice, t } from "../words.js";

const MAX_QUANTITY = 20; // of one order line, by the renewal protocol

let redraw = null;

function setQuantity(offer, quantity) {
  change({ cart: read().cart.map((line) => (line.offer === offer.id ? { ...line, quantity } : line)) });
}

async function remove({ offer, product }) {
  const { cart } = read();
  const at = cart.findIndex((line) => line.offer === offer.id);
  if (at < 0) return;
  change({ cart: cart.toSpliced(at, 1), removed: { line: cart[at], at, name: product.name } });
  await redraw();
  speak(t("cart.removed", { name: product.name }));
  find("#step-cart .undo button").focus();
}

async function undo() {
  const { cart, removed } = read();
  if (!removed) return;
  const others = cart.filter((line) => line.offer !== removed.line.offer);
  change({ cart: others.toSpliced(removed.at, 0, removed.line), removed: null });
  await redraw();
  speak(t("cart.restored", { name: removed.name }));
  find("#step-cart h1").focus();
}

function makeQuantity({ offer, product, quantity }) {
  const options = Array.from({ length: MAX_QUANTITY }, (_, i) =>
    h("option", { selected: i + 1 === quantity }, String(i + 1)));
  return h("select", {
    class: "quantity", "aria-label": t("cart.quantity", { name: product.name }),
    async change(event) {
      setQuantity(offer, Number(event.target.value));
      await redraw();
      find(`#step-cart [data-offer="${CSS.escape(offer.id)}"] select`).focus();
      speak(find("#step-cart .sums .total").textContent);
    },
  }, options);
}

function makeLine(line, currency) {
  const { offer, product, quantity, total: price } = line;
  const address = `#choice/${product.id}/${offer.devices}/${offer.years}`;
  const full = offer.full_price * quantity;
  return h("li", { "data-offer": offer.id },
    h("span", { class: "name" }, product.name),
    h("span", { class: "what" }, describe(offer)),
    h("span", { class: "amount" },
      full > price ? h("s", { "aria-hidden": "true" }, formatPrice(full, currency)) : null, " ",
      formatPrice(price, currency)),
    h("span", { class: "tools" }, makeQuantity(line),
      h("a", {
        class: "link", href: address, "aria-label": t("cart.change-name", { name: product.name }),
      }, t("cart.change")),
      h("button", {
        type: "button", class: "link", "aria-label": t("cart.remove-name", { name: product.name }),
        click: () => remove(line),
      }, t("cart.remove"))));
}

function drawUndo(section, removed) {
  const box = find(".undo", section);
  box.hidden = !removed;
  box.replaceChildren(...(removed ? [
    h("span", {}, t("cart.removed", { name: removed.name })),
    h("button", { type: "button", class: "plain", click: undo }, t("cart.undo"))] : []));
}

export function prepare(_, draw) {
  redraw = draw;
}

export async function draw(section, _, isCurrent) {
  const { license, cart, removed } = read();
  fillLicense(section, cart.length > 0 ? license : null);
  drawUndo(section, removed);
  find(".empty", section).hidden = cart.length > 0;
  find(".filled", section).hidden = cart.length === 0;
  tell(find(".missing", section), null);
  if (cart.length === 0) return;
  const catalog = await getCatalog();
  if (!isCurrent()) return;
  const priced = priceCart(catalog);
  find(".lines", section).replaceChildren(...priced.lines.map((line) => makeLine(line, catalog.currency)));
  fillSums(find(".sums", section), priced);
  tell(find(".once", section), describeDiscount(priced));
  tell(find(".missing", section), describeMissing(catalog, priced));
  find(".filled", section).hidden = priced.lines.length === 0;
}
