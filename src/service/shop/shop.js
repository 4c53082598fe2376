// SPDX-License-Identifier: GPL-3.0-or-later
// The way from the license number to the order. Where the reader is stands in the address: so "back" goes a step back.

import { find, h } from "./dom.js";
import { focusHeading, setTitle, start, tellProblem } from "./frame.js";
import { change, onOtherTab, read } from "./state.js";
import { formatPrice, t } from "./words.js";
import * as number from "./steps/number.js";
import * as product from "./steps/product.js";
import * as choice from "./steps/choice.js";
import * as cart from "./steps/cart.js";
import * as checkout from "./steps/checkout.js";
import * as mail from "./steps/mail.js";

const STEPS = { number, product, choice, cart, checkout };
const PAGES = { ...STEPS, mail };
const NAMES = Object.keys(STEPS);

let shown = null; // which page
let turn = 0; // of drawing, for what comes late

function parseAddress() {
  const [name, ...rest] = location.hash.slice(1).split("/");
  return name in PAGES ? [name, rest] : ["number", []];
}

function fillProgress(name) {
  const at = NAMES.indexOf(name);
  const nav = find(".progress");
  nav.hidden = at < 0;
  find("ol", nav).replaceChildren(...NAMES.map((step, i) => {
    const text = h("span", { class: "name" }, t(`progress.${step}`));
    const place = h("span", { class: "place" }, t("progress.place", { n: i + 1, of: NAMES.length }));
    const done = i < at && step !== "choice";
    return h("li", { class: i < at ? "done" : "", "aria-current": i === at ? "step" : null },
      done ? h("a", { href: `#${step}` }, place, text) : h("span", {}, place, text));
  }));
}

/** An order that waits for its payment is named wherever nothing new is in the cart. */
function fillOpenOrder() {
  const { orders, cart: lines } = read();
  const box = find("#open-order");
  const order = orders[0];
  box.hidden = !order || lines.length > 0;
  if (box.hidden) return;
  const total = formatPrice(order.total, order.currency);
  box.replaceChildren(
    h("p", {}, t("open-order.text", { number: order.number, total })),
    h("a", { href: `pay.html#${order.number}.${order.token}` }, t("open-order.go")));
}

async function draw() {
  const [name, rest] = parseAddress();
  const section = find(`#step-${name}`);
  const mine = ++turn;
  for (const page of Object.keys(PAGES)) find(`#step-${page}`).hidden = page !== name;
  fillProgress(name);
  fillOpenOrder();
  setTitle(t(`title.${name}`));
  tellProblem(null);
  section.setAttribute("aria-busy", "true");
  try {
    await PAGES[name].draw(section, rest, () => mine === turn);
  } catch (problem) {
    if (mine === turn) tellProblem(problem, draw);
  }
  if (mine === turn) section.removeAttribute("aria-busy");
}

async function onMoved() {
  const [name] = parseAddress();
  const moved = shown !== name;
  shown = name;
  if (moved && name !== "cart") change({ removed: null });
  const drawn = draw();
  if (moved) {
    scrollTo(0, 0);
    focusHeading();
  }
  await drawn;
}

await start(draw);
for (const [name, page] of Object.entries(PAGES)) page.prepare?.(find(`#step-${name}`), draw);
addEventListener("hashchange", onMoved);
onOtherTab(draw);
[shown] = parseAddress();
await draw();
document.documentElement.dataset.ready = "";
