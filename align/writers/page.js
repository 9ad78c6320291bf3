(() => {
"use strict";
const root = document.documentElement;
const byId = (id) => document.getElementById(id);

// A page opened from a file or in a sandbox may have no storage: then the choice lasts as long as the page.
const remember = (key, value) => { try { localStorage.setItem(`duizhao.${key}`, value); } catch { /* see above */ } };
const recall = (key) => { try { return localStorage.getItem(`duizhao.${key}`); } catch { return null; } };

const chosen = recall("theme");
if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
root.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  const words = JSON.parse(byId("words").textContent);
  const beads = byId("beads");
  const rows = [...beads.querySelectorAll(".bead")];
  const status = byId("status");
  const box = byId("find");
  let language = recall("language") === "zh" ? "zh" : "en";
  let current = null;
  let query = "";

  const word = (key, n) => {
    const one = String(n) === "1" && words[`${key}_one`] ? `${key}_one` : key;
    return words[one][language === "zh" ? 1 : 0].replace("{n}", n);
  };

  // Words of the page: the texts themselves are never touched.
  const speak = () => {
    root.lang = language === "zh" ? "zh-Hans" : "en";
    for (const element of document.querySelectorAll("[data-w]")) element.textContent = word(element.dataset.w, element.dataset.n);
    for (const element of document.querySelectorAll("[data-wt]")) element.title = word(element.dataset.wt, element.dataset.n);
    for (const element of document.querySelectorAll("[data-wp]")) element.placeholder = word(element.dataset.wp);
    for (const element of document.querySelectorAll("[data-wa]")) element.setAttribute("aria-label", word(element.dataset.wa));
    const button = byId("language");
    button.textContent = language === "zh" ? "English" : "中文";
    button.lang = language === "zh" ? "en" : "zh-Hans";
    paintThemeButton();
    say("");
  };
  const say = (text) => { status.value = text; };

  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  const paintThemeButton = () => {
    const button = byId("theme");
    button.dataset.w = isDark() ? "light" : "dark";
    button.textContent = word(button.dataset.w);
  };

  // Filter and find.
  const inFilter = (row) => {
    const show = beads.dataset.show;
    return show === "all" || (show === "doubtful" ? "doubtful" in row.dataset : "oneSided" in row.dataset);
  };
  const isShown = (row) => !row.hidden && inFilter(row);
  const textOf = new WeakMap();
  const searchable = (row) => {
    if (!textOf.has(row)) textOf.set(row, [...row.querySelectorAll(".number, .zh, .en")].map((cell) => cell.textContent).join("\n").toLowerCase());
    return textOf.get(row);
  };
  const refresh = () => {
    let shown = 0;
    for (const row of rows) {
      row.hidden = query !== "" && !searchable(row).includes(query);
      if (isShown(row)) shown += 1;
    }
    byId("nothing").hidden = shown > 0;
    say(query === "" ? "" : word("found", shown));
    highlight();
  };
  const HIGHLIGHT_LIMIT = 3000; // ranges; more than anybody looks at, and painting them costs time
  const highlight = () => {
    if (!("highlights" in CSS)) return;
    CSS.highlights.delete("find");
    if (query === "") return;
    const ranges = [];
    for (const row of rows) {
      if (ranges.length >= HIGHLIGHT_LIMIT) break;
      if (isShown(row)) for (const cell of row.querySelectorAll(".zh, .en")) ranges.push(...hits(cell));
    }
    CSS.highlights.set("find", new Highlight(...ranges));
  };
  const hits = (cell) => {
    const nodes = [];
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walker.nextNode()) {
      nodes.push([text.length, walker.currentNode]);
      text += walker.currentNode.data;
    }
    const folded = text.toLowerCase();
    const found = [];
    if (folded.length !== text.length) return found; // a few letters grow when folded, and offsets would be off
    const locate = (at, isEnd) => {
      const [start, node] = nodes.findLast(([from]) => (isEnd ? from < at : from <= at));
      return [node, at - start];
    };
    for (let at = folded.indexOf(query); at >= 0; at = folded.indexOf(query, at + query.length)) {
      const range = new Range();
      range.setStart(...locate(at, false));
      range.setEnd(...locate(at + query.length, true));
      found.push(range);
    }
    return found;
  };

  // From one doubtful bead to the next.
  const jump = (step) => {
    const doubtful = rows.filter((row) => "doubtful" in row.dataset && isShown(row));
    if (!doubtful.length) return say(word("none_doubtful"));
    const here = current === null ? -1 : rows.indexOf(current);
    const after = doubtful.findIndex((row) => (step > 0 ? rows.indexOf(row) > here : rows.indexOf(row) >= here));
    let at = step > 0 ? after : (after < 0 ? doubtful.length : after) - 1;
    if (at < 0) at = step > 0 ? 0 : doubtful.length - 1;
    visit(doubtful[at]);
    say(word("at", `${at + 1}/${doubtful.length}`));
  };
  const visit = (row) => {
    if (current) current.classList.remove("current");
    current = row;
    row.classList.add("current");
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "center" });
    // Rows that were never on the screen have estimated heights; once they are laid out, aim again.
    requestAnimationFrame(() => row.scrollIntoView({ block: "center" }));
  };

  // A shared anchor and its partner in the other language.
  const mark = (anchor, on) => {
    const side = anchor.closest(".zh, .en");
    for (const other of anchor.closest(".bead").querySelectorAll(`.a[data-k="${anchor.dataset.k}"]`)) {
      other.classList.toggle(side.contains(other) ? "hit" : "partner", on);
    }
  };
  for (const [event, on] of [["pointerover", true], ["pointerout", false]]) {
    beads.addEventListener(event, ({ target }) => { if (target.matches(".a")) mark(target, on); });
  }

  for (const button of document.querySelectorAll(".filters button")) {
    button.addEventListener("click", () => {
      beads.dataset.show = button.dataset.show;
      for (const other of document.querySelectorAll(".filters button")) other.setAttribute("aria-pressed", String(other === button));
      refresh();
    });
  }
  byId("next").addEventListener("click", () => jump(1));
  byId("previous").addEventListener("click", () => jump(-1));
  byId("language").addEventListener("click", () => {
    language = language === "zh" ? "en" : "zh";
    remember("language", language);
    speak();
  });
  byId("theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember("theme", root.dataset.theme);
    paintThemeButton();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paintThemeButton);
  let waiting = 0;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { query = box.value.trim().toLowerCase(); refresh(); }, 120);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === box) {
      if (event.key === "Escape") { box.value = ""; query = ""; refresh(); box.blur(); }
      return;
    }
    if (event.key === "/") { event.preventDefault(); box.focus(); }
    if (event.key.toLowerCase() === "n") jump(1);
    if (event.key.toLowerCase() === "p") jump(-1);
  });
  speak();
});
})();
