// @ts-check
"use strict";
// The script of the page. It shows texts as text, never as HTML: everything from a log
// is hostile. Without it, the page is complete but for the later groups and details.
(() => {
  /** @typedef {{id: string, n: number, r: number, p: string, a: string, c: string, m: number, k: string, t: string,
   *   s: string, f: number, l: number, i: number, w: string[], v: [number, number][], x: number, d: [string, string][],
   *   text?: string, now?: number, row?: HTMLElement}} Group */
  /** @typedef {{start: number, step: number, bins: number, across: number, causes: string[], groups: Group[]}} Data */

  const first = 50, batch = 200;
  const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const input = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (byId(id));
  const count = (/** @type {number} */ n) => n.toLocaleString("en-US");
  const plural = (/** @type {number} */ n, /** @type {string} */ noun) => `${count(n)} ${noun}${n === 1 ? "" : "s"}`;

  /**
   * Makes an element.
   * @param {string} name
   * @param {Record<string, string>} attributes
   * @param {...(Node | string)} children
   */
  function element(name, attributes = {}, ...children) {
    const e = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    e.append(...children);
    return e;
  }

  /** Returns a text without its marks. */
  const plain = (/** @type {string} */ text) => text.replace(/[\ufdd0-\ufddf]/g, "");

  const tones = ["plain", "alarm", "warning", "faint"];

  /**
   * Adds a text whose marks say how to show its parts, as package page defines them.
   * @param {Element} to
   * @param {string} text
   */
  function show(to, text) {
    let code = false, command = false, bold = false, tone = 0;
    for (const part of text.split(/([\ufdd0-\ufddf])/)) {
      switch (part) {
        case "": break;
        case "\ufdd0": case "\ufdd5": case "\ufdd6": code = true; command = part === "\ufdd5"; break;
        case "\ufdd1": code = false; break;
        case "\ufdd2": bold = true; break;
        case "\ufdd3": bold = false; break;
        case "\ufdd4": tone = 0; break;
        case "\ufdd8": case "\ufdd9": case "\ufdda": case "\ufddb": tone = part.charCodeAt(0) - 0xfdd8; break;
        default: {
          /** @type {Node} */
          let node = document.createTextNode(part);
          if (code) node = element("code", command ? { class: "command" } : {}, node);
          if (tone) node = element("span", { class: tones[tone] }, node);
          if (bold) node = element("strong", {}, node);
          to.append(node);
        }
      }
    }
    return to;
  }

  /** Returns what the page carries in a compressed form.
   * @returns {Promise<Data>} */
  async function unpack() {
    const text = (byId("data").textContent || "").trim().replace(/-/g, "+").replace(/_/g, "/");
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  }

  /** Copies a text, and says so on the button. */
  async function copy(/** @type {string} */ text, /** @type {HTMLElement} */ button) {
    const before = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select the text and copy it";
    }
    setTimeout(() => { button.textContent = before; }, 1500);
  }

  /** Puts a button to copy after every command and listing. */
  function addCopyButtons(/** @type {ParentNode} */ root) {
    for (const code of root.querySelectorAll("code.command, pre")) {
      const button = element("button", { type: "button", class: "copy", "aria-label": "Copy the command" }, "Copy");
      button.addEventListener("click", () => copy((code.textContent || "").trim(), button));
      code.after(button);
    }
  }

  /** Shows the titles of pictures at once, also to whoever uses a keyboard. */
  function addTips() {
    const tip = byId("tip");
    for (const title of document.querySelectorAll(".plot title")) {
      const shape = /** @type {Element} */ (title.parentElement);
      shape.setAttribute("data-tip", title.textContent || "");
      const focusable = shape.closest("a");
      if (!focusable) {
        shape.setAttribute("role", "img");
        shape.setAttribute("aria-label", title.textContent || "");
      }
      title.remove();
    }
    const show = (/** @type {Element} */ target) => {
      const shape = target.closest("[data-tip]") || target.querySelector?.("[data-tip]");
      if (!shape || !target.closest(".plot")) return hide();
      tip.textContent = shape.getAttribute("data-tip");
      tip.hidden = false;
      const box = shape.getBoundingClientRect(), size = tip.getBoundingClientRect();
      tip.style.left = Math.max(4, Math.min(box.left + box.width / 2 + 8, innerWidth - size.width - 4)) + "px";
      const top = Math.min(box.bottom, innerHeight) + 8;
      tip.style.top = (top + size.height > innerHeight ? Math.max(4, box.top - size.height - 8) : top) + "px";
    };
    const hide = () => { tip.hidden = true; };
    const at = (/** @type {Event} */ event) => show(/** @type {Element} */ (event.target));
    document.addEventListener("pointerover", at);
    document.addEventListener("focusin", at);
    document.addEventListener("focusout", hide);
    // Focus scrolls to what it reaches; its tip follows.
    const follow = () => show(document.activeElement || document.body);
    document.addEventListener("scroll", follow, { passive: true, capture: true });
  }

  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  /** Marks the times of our own words, so that they tell the reader's own zone. */
  function addLocalTimes(/** @type {Element} */ root, /** @type {number} */ year) {
    const pattern = /(?:(\d{4})-(\d\d)-(\d\d)|([A-Z][a-z]{2})[ \u00a0](\d{1,2})) (\d\d):(\d\d)(?::(\d\d))?/g;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    /** @type {Text[]} */
    const found = [];
    while (walker.nextNode()) {
      const node = /** @type {Text} */ (walker.currentNode);
      if (!node.parentElement?.closest("code, svg, time, tbody, script") && node.data.search(pattern) >= 0) found.push(node);
    }
    for (const node of found) {
      const parts = document.createDocumentFragment();
      let last = 0;
      for (const m of node.data.matchAll(pattern)) {
        const month = m[4] ? months.indexOf(m[4]) : Number(m[2]) - 1;
        if (month < 0) continue;
        const at = new Date(Date.UTC(Number(m[1] || year), month, Number(m[3] || m[5]), +m[6], +m[7], Number(m[8] || 0)));
        parts.append(node.data.slice(last, m.index));
        parts.append(element("time", { datetime: at.toISOString(), title: at.toLocaleString(undefined, { timeZoneName: "short" }) }, m[0]));
        last = m.index + m[0].length;
      }
      parts.append(node.data.slice(last));
      node.replaceWith(parts);
    }
  }

  /** Draws a series as package plot does. */
  function spark(/** @type {Group} */ g, /** @type {Data} */ data, width = 120, height = 18) {
    const most = Math.max(...g.v.map((p) => p[1]), 1), step = width / Math.max(data.bins, 1);
    const round = (/** @type {number} */ x) => String(Math.round(x * 10) / 10);
    const d = g.v.map(([i, n]) => {
      const w = round(step * .85), h = round(Math.max(height * n / most, 1));
      return `M${round(step * i)} ${height}h${w}v-${h}h-${w}z`;
    }).join("");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", d);
    for (const [key, value] of Object.entries({
      class: "spark", "aria-hidden": "true", width: String(width), height: String(height), viewBox: `0 0 ${width} ${height}`,
      preserveAspectRatio: "none",
    })) svg.setAttribute(key, value);
    svg.append(path);
    return svg;
  }

  const state = { sort: "n", down: true, shown: first, from: 0, to: 0, narrowed: false };

  /** Returns a moment as the page writes it. */
  const moment = (/** @type {number} */ seconds) => new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ");

  const textOf = (/** @type {Group} */ g) => plain([g.id, g.p, g.a, g.c, ...g.d.map((d) => d[1])].join("\n")).toLowerCase();

  /** The groups that the filters leave, in order. Sets how many denials of each are in the range. */
  function selected(/** @type {Data} */ data) {
    const words = input("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const cause = input("cause").value, account = input("account").value;
    const trend = input("trend").value, incident = input("incident").value;
    const whole = state.from === 0 && state.to === data.bins;
    const list = data.groups.filter((g) => {
      if (cause && g.m !== Number(cause) || trend && g.k !== trend || incident && g.i !== Number(incident)) return false;
      if (account && !g.w.includes(account)) return false;
      if (words.length) {
        const text = g.text ??= textOf(g);
        if (!words.every((w) => text.includes(w))) return false;
      }
      g.now = whole ? g.n : inRange(g);
      return g.now > 0;
    });
    const key = /** @type {keyof Group} */ (state.sort === "n" ? "now" : state.sort), sign = state.down ? -1 : 1;
    const value = (/** @type {Group} */ g) => typeof g[key] === "string" ? plain(/** @type {string} */ (g[key])) : Number(g[key]);
    const keyed = list.map((g) => /** @type {const} */ ([value(g), g]));
    keyed.sort((a, b) => sign * (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    return keyed.map((k) => k[1]);
  }

  /** How many denials of a group are in the range. */
  const inRange = (/** @type {Group} */ g) => g.v.reduce((sum, [i, n]) => i >= state.from && i < state.to ? sum + n : sum, 0);

  /** Returns the row of a group, which is made once: most of the time of a filter would go into rows. */
  function rowOf(/** @type {Group} */ g, /** @type {Data} */ data) {
    if (!g.row) {
      const open = element("button", { type: "button", class: "open", "aria-haspopup": "dialog" });
      const seen = show(element("td"), g.s);
      g.row = element("tr", { id: g.id },
        element("td", { class: "right" }), element("td", {}, spark(g, data)), show(element("td"), g.t),
        element("td", {}, show(open, g.p)), show(element("td"), g.a), show(element("td"), g.c), seen);
      g.row.addEventListener("click", () => { if (!String(getSelection())) openDrawer(g, data); });
      g.row.addEventListener("pointerenter", () => seen.setAttribute("title",
        new Date(g.f * 1000).toLocaleString() + " – " + new Date(g.l * 1000).toLocaleString(undefined, { timeZoneName: "short" })), { once: true });
    }
    /** @type {Element} */ (g.row.firstElementChild).textContent = count(g.now || 0);
    return g.row;
  }

  /** Shows the table again. */
  function render(/** @type {Data} */ data) {
    const list = selected(data);
    const body = /** @type {HTMLElement} */ (document.querySelector("#table tbody"));
    body.replaceChildren(...list.slice(0, state.shown).map((g) => rowOf(g, data)));
    const denials = list.reduce((sum, g) => sum + (g.now || 0), 0);
    let text = `${plural(list.length, "group")} with ${plural(denials, "denial")}`;
    if (list.length !== data.groups.length) text += ` of ${plural(data.groups.length, "group")}`;
    if (state.from > 0 || state.to < data.bins) {
      text += ` from ${moment(data.start + state.from * data.step)} to ${moment(data.start + state.to * data.step)} UTC`;
    }
    byId("status").textContent = text + ".";
    const more = byId("more"), rest = list.length - state.shown;
    more.hidden = rest <= 0;
    more.textContent = `Show ${count(Math.min(rest, batch))} more of ${count(rest)}`;
    for (const th of document.querySelectorAll("#table th[data-sort]")) {
      if (th.getAttribute("data-sort") !== state.sort) th.removeAttribute("aria-sort");
      else th.setAttribute("aria-sort", state.down ? "descending" : "ascending");
    }
  }

  /** Shows of everything below the timeline what is about the range. */
  function narrow(/** @type {Data} */ data) {
    const from = data.start + state.from * data.step, to = data.start + state.to * data.step;
    const whole = state.from === 0 && state.to === data.bins;
    for (const part of document.querySelectorAll("[data-from]")) {
      const starts = Number(part.getAttribute("data-from")), ends = Number(part.getAttribute("data-to"));
      /** @type {HTMLElement} */ (part).hidden = !whole && (starts >= to || ends < from);
    }
    for (const plot of document.querySelectorAll(".plot.whole")) {
      /** @type {HTMLElement} */ (plot.parentElement).hidden = !whole;
    }
    byId("narrowed").hidden = whole;
    heat(data);
  }

  /** Counts the range in the matrix, as package plot counts the window. */
  function heat(/** @type {Data} */ data) {
    const svg = document.querySelector(".plot.matrix");
    if (!svg) return;
    const whole = state.from === 0 && state.to === data.bins;
    /** @type {HTMLElement} */ (svg.parentElement).hidden = !whole && !data.across;
    if (!data.across || whole && !state.narrowed) return;
    state.narrowed = true;
    const cells = [...svg.querySelectorAll("rect")], counts = new Array(cells.length).fill(0);
    const names = [...svg.querySelectorAll("text")].map((t) => t.getAttribute("data-tip") || "");
    for (const g of data.groups) if (g.x) counts[g.x - 1] += inRange(g);
    const most = Math.log(Math.max(...counts, 1));
    cells.forEach((cell, i) => {
      const n = counts[i];
      cell.setAttribute("class", n ? "heat" + (1 + Math.floor((most ? Math.log(n) / most : 1) * 4 + .5)) : "cold");
      const tip = names[data.across + Math.floor(i / data.across)] + ", " + names[i % data.across] + ": " + (n ? plural(n, "denial") : "none");
      if (!n && cells.length > 400) {
        for (const name of ["data-tip", "role", "aria-label"]) cell.removeAttribute(name);
      } else {
        for (const [name, value] of [["data-tip", tip], ["role", "img"], ["aria-label", tip]]) cell.setAttribute(name, value);
      }
    });
  }

  /** Shows all that is known of a group. */
  function openDrawer(/** @type {Group} */ g, /** @type {Data} */ data) {
    const drawer = /** @type {HTMLDialogElement} */ (byId("drawer"));
    const link = element("button", { type: "button" }, "Copy link"), close = element("button", { type: "button" }, "Close");
    link.addEventListener("click", () => copy(location.href.split("#")[0] + "#" + g.id, link));
    close.addEventListener("click", () => drawer.close());
    const title = show(element("h2", { id: "drawer-title" }), g.p + ": " + g.a);
    const facts = element("dl");
    const add = (/** @type {string} */ label, /** @type {Node} */ value) => facts.append(element("dt", {}, label), value);
    add("Denials", element("dd", {}, `${count(g.n)}, ${count(g.r)} of them recent`));
    add("Seen", show(element("dd"), g.s + " UTC"));
    add("Trend", show(element("dd"), g.t));
    const card = document.querySelector(`.card[data-number="${g.i}"]`);
    if (g.i) {
      const to = element("a", { href: "#" + (card ? card.id : "incidents") }, "Incident " + count(g.i));
      to.addEventListener("click", () => drawer.close());
      add("Incident", element("dd", {}, to));
    }
    for (const [label, text] of g.d) add(label, show(element("dd"), text));
    add("Group", element("dd", {}, element("code", {}, g.id)));
    drawer.replaceChildren(element("div", { class: "bar" }, link, close), title, spark(g, data, 800, 64), facts);
    addCopyButtons(facts);
    if (!drawer.open) drawer.showModal();
    drawer.scrollTop = 0;
    close.focus();
    history.replaceState(null, "", "#" + g.id);
  }

  /** Makes the head of the table sort it. */
  function addSorting(/** @type {Data} */ data) {
    for (const th of document.querySelectorAll("#table th[data-sort]")) {
      const button = element("button", { type: "button" }, th.textContent || "");
      button.addEventListener("click", () => {
        const key = th.getAttribute("data-sort") || "n";
        state.down = state.sort === key ? !state.down : key === "n";
        state.sort = key;
        render(data);
      });
      th.replaceChildren(button);
    }
  }

  /** Fills the filters with what the groups have. */
  function addFilters(/** @type {Data} */ data) {
    const fill = (/** @type {string} */ id, /** @type {[string, string][]} */ options) =>
      byId(id).append(...options.map(([value, text]) => element("option", { value }, text)));
    const sorted = (/** @type {string[]} */ list) => [...new Set(list)].sort();
    fill("cause", data.causes.map((c, i) => [String(i), plain(c)]));
    fill("account", sorted(data.groups.flatMap((g) => g.w)).map((w) => [w, w]));
    fill("trend", sorted(data.groups.map((g) => g.k)).map((k) => [k, k]));
    fill("incident", [...new Set(data.groups.map((g) => g.i))].filter(Boolean).sort((a, b) => a - b).map((i) => [String(i), "Incident " + i]));
    const again = () => { state.shown = first; render(data); };
    for (const id of ["search", "cause", "account", "trend", "incident"]) byId(id).addEventListener("input", again);
    byId("reset").addEventListener("click", () => {
      for (const id of ["search", "cause", "account", "trend", "incident"]) input(id).value = "";
      again();
    });
    byId("more").addEventListener("click", () => { state.shown += batch; render(data); });
    byId("tools").hidden = false;
    byId("fewer")?.remove();
    byId("table").classList.add("live");
    for (const card of document.querySelectorAll("section.card")) {
      const number = card.getAttribute("data-number") || "";
      if (!data.groups.some((g) => g.i === Number(number))) continue;
      const button = element("button", { type: "button" }, "Show its groups");
      button.addEventListener("click", () => {
        input("incident").value = number;
        again();
        byId("groups").scrollIntoView();
      });
      card.append(button);
    }
  }

  /** Prepares the texts that a search goes through while the reader reads, a few at a time. */
  function prepare(/** @type {Data} */ data, from = 0) {
    for (const g of data.groups.slice(from, from + batch)) g.text ??= textOf(g);
    if (from < data.groups.length) setTimeout(() => prepare(data, from + batch), 20);
  }

  /** Lets a range of the timeline be chosen with a pointer or the keyboard. */
  function addBrush(/** @type {Data} */ data) {
    const svg = /** @type {SVGSVGElement | null} */ (document.querySelector("#brush .plot"));
    if (!svg) return;
    const left = Number(svg.dataset.left), right = Number(svg.dataset.right);
    const mark = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    mark.setAttribute("class", "brush");
    mark.setAttribute("y", "0");
    mark.setAttribute("height", String(svg.viewBox.baseVal.height));
    svg.append(mark);
    const slider = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (
      element("input", { type: "range", id, min: "0", max: String(data.bins), step: "1" }));
    const from = slider("from"), to = slider("to");
    const clear = element("button", { type: "button", id: "clear" }, "Entire window");
    const names = [element("span"), element("span")];
    byId("range").append(element("label", {}, names[0], from), element("label", {}, names[1], to), clear);
    const set = (/** @type {number} */ a, /** @type {number} */ b) => {
      [state.from, state.to] = a < b ? [a, b] : [b, a];
      if (state.from === state.to) state.to = Math.min(state.from + 1, data.bins);
      if (state.from === state.to) state.from--;
      from.value = String(state.from);
      to.value = String(state.to);
      names[0].textContent = "Everything below from " + moment(data.start + state.from * data.step);
      names[1].textContent = "to " + moment(data.start + state.to * data.step) + " UTC";
      const whole = state.from === 0 && state.to === data.bins, wide = (right - left) / data.bins;
      mark.setAttribute("x", String(left + wide * state.from));
      mark.setAttribute("width", String(whole ? 0 : wide * (state.to - state.from)));
      state.shown = first;
      render(data);
      narrow(data);
    };
    from.addEventListener("input", () => set(Math.min(Number(from.value), state.to - 1), state.to));
    to.addEventListener("input", () => set(state.from, Math.max(Number(to.value), state.from + 1)));
    clear.addEventListener("click", () => set(0, data.bins));
    let start = -1;
    const bin = (/** @type {PointerEvent} */ e) => {
      const box = svg.getBoundingClientRect();
      const x = (e.clientX - box.left) * svg.viewBox.baseVal.width / box.width;
      return Math.max(0, Math.min(data.bins, (x - left) / (right - left) * data.bins));
    };
    svg.addEventListener("pointerdown", (e) => {
      if (e.button !== 0 || /** @type {Element} */ (e.target).closest("a")) return;
      start = bin(e);
      svg.setPointerCapture(e.pointerId);
    });
    svg.addEventListener("pointermove", (e) => {
      if (start < 0) return;
      const end = bin(e);
      if (Math.abs(end - start) * (right - left) / data.bins > 4) set(Math.floor(Math.min(start, end)), Math.ceil(Math.max(start, end)));
    });
    for (const kind of ["pointerup", "pointercancel"]) svg.addEventListener(kind, () => { start = -1; });
    set(0, data.bins);
  }

  /** Opens what the address names. */
  function follow(/** @type {Data} */ data) {
    const id = location.hash.slice(1);
    const details = id && document.getElementById(id)?.closest("details");
    if (details) details.open = true;
    const g = data.groups.find((g) => g.id === id);
    if (g) openDrawer(g, data);
  }

  async function main() {
    addTips();
    addCopyButtons(document);
    const data = await unpack();
    addLocalTimes(document.body, new Date((data.start + data.step * Math.max(data.bins - 1, 0)) * 1000).getUTCFullYear());
    if (byId("tools")) {
      state.to = data.bins;
      addFilters(data);
      addSorting(data);
      addBrush(data);
      render(data);
      prepare(data);
      byId("drawer").addEventListener("close", () => history.replaceState(null, "", location.pathname + location.search));
      addEventListener("hashchange", () => follow(data));
      follow(data);
    }
    addEventListener("beforeprint", () => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    document.documentElement.dataset.ready = "true";
  }
  main();
})();
