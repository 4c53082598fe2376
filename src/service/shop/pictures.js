// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of where the license number stands, larger under the pointer, with the focus, and when touched.

import { getCatalog } from "./cart.js";
import { h } from "./dom.js";
import { fill, language, t } from "./words.js";

/** Which pictures there are; those with a product are shown where it is sold. */
const PICTURES = [
  { name: "prolong" },
  { name: "version-21", product: "internet-security" },
  { name: "version-20", product: "internet-security" },
  { name: "mail" },
];

const drawings = new Map();
let shown = null; // for which language and products

/** The drawing as elements of this page, so that it takes the words and colours of the page. */
function load(name) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", new URL(`pictures/${name}.svg`, import.meta.url));
    request.responseType = "document";
    request.onerror = () => reject(new Error(name));
    request.onload = () => {
      if (request.responseXML) resolve(request.responseXML.documentElement);
      else request.onerror();
    };
    request.send();
  });
}

async function getDrawing(name) {
  if (!drawings.has(name)) drawings.set(name, await load(name));
  const drawing = document.importNode(drawings.get(name), true);
  drawing.setAttribute("aria-hidden", "true");
  fill(drawing);
  return drawing;
}

async function makePicture({ name }) {
  const item = h("li", {
    keydown: (event) => event.key === "Escape" && dismiss(),
    pointerleave: () => item.classList.remove("dismissed", "touched"),
    focusout: () => item.classList.remove("dismissed", "touched"),
  });
  const dismiss = () => item.classList.replace("touched", "dismissed") || item.classList.add("dismissed");
  const enlarge = () => item.classList.replace("dismissed", "touched") || item.classList.add("touched");
  item.append(
    h("button", { type: "button", "aria-describedby": `where-${name}`, click: enlarge },
      await getDrawing(name), h("span", { class: "name" }, t(`where.${name}`))),
    h("div", { class: "large", click: dismiss },
      await getDrawing(name), h("p", { id: `where-${name}` }, t(`where.${name}-text`))));
  return item;
}

async function chooseFor() {
  const catalog = await getCatalog().catch(() => ({ products: [] }));
  const sold = catalog.products.map((product) => product.id);
  return PICTURES.filter(({ product }) => !product || sold.includes(product));
}

export async function drawPictures(list) {
  const chosen = await chooseFor();
  const key = [language, ...chosen.map(({ name }) => name)].join();
  if (key === shown) return;
  shown = key;
  list.replaceChildren(...await Promise.all(chosen.map(makePicture)));
}
