/* Makes the pages nicer for those who have script; nothing depends on it.
   Keys (/ j k Enter x ?), the folding menu, tick-all in tables, one click sends once, drafts kept while one writes,
   a warning before unsaved text is lost. */
(function () {
  "use strict";

  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const first = (selector, within) => (within || document).querySelector(selector);

  /* ---- the menu on a phone: what a person rarely needs folds away behind one button */
  const header = first("[data-header]");
  const menuButton = first("[data-menu-button]");
  if (menuButton) {
    header.classList.add("tracker-header--folds");
    menuButton.hidden = false;
    menuButton.addEventListener("click", () => {
      const isOpen = header.classList.toggle("tracker-header--open");
      menuButton.setAttribute("aria-expanded", String(isOpen));
    });
  }

  /* ---- the error summary is read first */
  const summary = first("[data-focus]");
  if (summary) summary.focus();

  /* ---- an address of a paragraph that stands in another part of a long text leads on to it */
  function leadOn() {
    const link = location.hash && first(`[data-elsewhere] a[id="${CSS.escape(location.hash.slice(1))}"]`);
    if (link) location.replace(link.href);
  }
  window.addEventListener("hashchange", leadOn);
  leadOn();

  /* ---- work in the background: the page says by itself how far it is, and shows the end of it */
  const awaited = first("[data-refresh]");
  const shownOf = (page) => [first("[data-refresh] .tracker-progress__words", page), first("[data-refresh] progress", page)];
  async function lookAgain() {
    try {
      const answer = await fetch(awaited.dataset.refresh, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.ok && !first("[data-refresh]", page)) { location.replace(awaited.dataset.refresh); return; }
      const [words, bar] = shownOf(document), [newWords, newBar] = shownOf(page);
      if (newWords && words.textContent !== newWords.textContent) words.textContent = newWords.textContent;
      if (newBar) bar.value = newBar.value;
    } catch { /* the site does not answer just now: look again later */ }
    window.setTimeout(lookAgain, 2000);
  }
  if (awaited) window.setTimeout(lookAgain, 2000);

  /* ---- a part that is long to find comes when the reader gets to it; without script a link leads there */
  async function bringPart(place) {
    try {
      const answer = await fetch(place.dataset.partFrom, { credentials: "same-origin" });
      const part = first("[data-part]", new DOMParser().parseFromString(await answer.text(), "text/html"));
      if (!answer.ok || !part || place.contains(document.activeElement)) return;
      place.replaceChildren(...part.childNodes);
      place.removeAttribute("data-part-from");
    } catch { /* the link stays */ }
  }
  if (window.IntersectionObserver) {
    const reached = new IntersectionObserver((seen) => {
      seen.filter((each) => each.isIntersecting).forEach((each) => { reached.unobserve(each.target); bringPart(each.target); });
    });
    all("[data-part-from]").forEach((place) => reached.observe(place));
  }

  /* ---- the list of keys */
  const keys = first("[data-keys-dialog]");
  const showKeys = () => { if (!keys.open) keys.showModal(); };
  if (keys && keys.showModal) {
    all("[data-keys-hint]").forEach((hint) => { hint.hidden = false; });
    all("[data-keys-button]").forEach((button) => button.addEventListener("click", showKeys));
  }

  /* ---- walking through lists */
  const items = () => all("[data-list] [data-item]").filter((item) => item.offsetParent !== null);
  const current = () => document.activeElement && document.activeElement.closest("[data-item]");

  function walk(step) {
    const list = items();
    if (!list.length) return;
    const at = list.indexOf(current());
    const next = at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + step, 0), list.length - 1);
    const item = list[next];
    if (!item.hasAttribute("tabindex")) item.setAttribute("tabindex", "-1");
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }

  function open(item) {
    const target = first("[data-open]", item) || first("a[href]", item) || first("summary", item);
    if (target) target.click();
  }

  const isWriting = (element) =>
    element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && element.type !== "checkbox" && element.type !== "radio";

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isWriting(event.target) || (keys && keys.open)) return;
    const search = first("[data-search]");
    if (event.key === "/" && search) {
      search.focus();
      search.select();
    } else if (event.key === "j") {
      walk(1);
    } else if (event.key === "k") {
      walk(-1);
    } else if (event.key === "?" && keys && keys.showModal) {
      showKeys();
    } else if (event.key === "Enter" && event.target.matches("[data-item]")) {
      open(event.target);
    } else if (event.key === "x" && current()) {
      const box = first("[data-select]", current());
      if (!box) return;
      box.click();
    } else {
      return;
    }
    event.preventDefault();
  });

  /* ---- selecting rows */
  const bar = first("[data-selection]");

  function tell() {
    const boxes = all("[data-select]");
    const chosen = boxes.filter((box) => box.checked).length;
    all("table[data-selectable]").forEach((table) => {
      const ofTable = all("[data-select]", table);
      const chosenOfTable = ofTable.filter((box) => box.checked).length;
      const every = first("[data-select-all]", table);
      every.checked = ofTable.length > 0 && chosenOfTable === ofTable.length;
      every.indeterminate = chosenOfTable > 0 && chosenOfTable < ofTable.length;
    });
    if (bar) {
      const count = first("[data-selection-count]", bar);
      bar.classList.toggle("tracker-selection--on", chosen > 0);
      count.textContent = chosen ? count.dataset.words.replace("{count}", chosen) : "";
    }
  }

  all("[data-select-all-holder]").forEach((holder) => { holder.hidden = false; });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-select-all]")) {
      all("[data-select]", event.target.closest("table")).forEach((box) => { box.checked = event.target.checked; });
    }
    if (event.target.matches("[data-select-all], [data-select]")) tell();
  });
  if (first("[data-select]")) tell();

  /* ---- copying what is shown once; without a secure address browsers know the older way only */
  all("[data-copy]").forEach((button) => {
    const field = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", () => {
      field.focus();
      field.select();
      const copied = navigator.clipboard
        ? navigator.clipboard.writeText(field.value)
        : document.execCommand("copy") ? Promise.resolve() : Promise.reject();
      copied.then(() => { first("[data-copied]").textContent = button.dataset.done; }, () => {});
    });
  });

  /* ---- one click sends once; after three seconds, or when the page comes back from the browser's memory, it can send again */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (form.method !== "post") return;
    form.dataset.sent = "yes";
    window.setTimeout(() => { delete form.dataset.sent; }, 3000);
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));

  /* ---- unsaved text */
  const changed = new Set();
  all("form[data-warn-unsaved]").forEach((form) => {
    form.addEventListener("input", () => changed.add(form));
    form.addEventListener("submit", () => changed.delete(form));
  });

  /* ---- a draft is kept three seconds after the last key */
  all("form[data-autosave]").forEach((form) => {
    const told = first("[data-autosave-told]", form);
    let timer = 0;
    let keys = 0;
    const save = () => {
      const keysSent = keys;
      window.fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), headers: { "X-Autosave": "yes" } })
        .then((response) => { if (response.status !== 204) throw new Error(String(response.status)); })
        .then(() => {
          told.textContent = told.dataset.saved;
          if (keys === keysSent) changed.delete(form);
        })
        .catch(() => { told.textContent = told.dataset.failed; });
    };
    form.addEventListener("input", () => {
      keys += 1;
      told.textContent = "";
      window.clearTimeout(timer);
      timer = window.setTimeout(save, 3000);
    });
    form.addEventListener("submit", () => window.clearTimeout(timer));
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed.size) event.preventDefault();
  });
})();
