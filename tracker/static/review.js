/* Makes the review of an import quick for those who have script; nothing depends on it.
   Keys: n next doubtful place, e edit, s split at the cursor, m join with the one above, r right as it is, u undo.
   A click on a paragraph shows where it stands in the source. */
(function () {
  "use strict";

  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const first = (selector, within) => (within || document).querySelector(selector);
  const source = first("[data-source]");
  const steps = first("[data-steps]");
  if (!source || !steps) return;

  /* ---- the place in the source: lit up and scrolled to, without moving the page */
  function show(item) {
    all(".tracker-source__part--shown").forEach((part) => part.classList.remove("tracker-source__part--shown"));
    const part = item && item.dataset.place && document.getElementById(item.dataset.place);
    if (!part) return;
    part.classList.add("tracker-source__part--shown");
    const isBeside = source.getBoundingClientRect().right <= item.getBoundingClientRect().left + 1;
    if (isBeside) source.scrollTop += part.getBoundingClientRect().top - source.getBoundingClientRect().top - 40;
  }

  const current = () => {
    const focused = document.activeElement && document.activeElement.closest("[data-key-of]");
    return focused || (location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))) || null;
  };

  function goTo(item) {
    item.setAttribute("tabindex", "-1");
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "center" });
    show(item);
  }

  /* After the last place of this part of a long text comes the first of another. */
  function nextDoubt() {
    const doubts = all("[data-doubt]");
    const beyond = first("[data-beyond]");
    const here = current();
    const later = here ? doubts.find((doubt) => here.compareDocumentPosition(doubt) & Node.DOCUMENT_POSITION_FOLLOWING) : doubts[0];
    if (later) goTo(later);
    else if (beyond) location.assign(beyond.dataset.beyond);
    else if (doubts.length) goTo(doubts[0]);
  }

  document.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-key-of]");
    if (item) show(item);
  });

  document.addEventListener("click", (event) => {
    const next = event.target.closest("[data-next-doubt]");
    if (next) {
      event.preventDefault();
      nextDoubt();
      return;
    }
    const item = event.target.closest("[data-key-of]");
    if (!item || event.target.closest("a:not([data-to-source]), button, summary, input, textarea, select, label")) return;
    const isBeside = source.getBoundingClientRect().right <= item.getBoundingClientRect().left + 1;
    const link = event.target.closest("[data-to-source]");
    if (link && !isBeside) return;
    if (link) event.preventDefault();
    item.setAttribute("tabindex", "-1");
    item.focus({ preventScroll: true });
    show(item);
  });

  /* ---- splitting at the place that was clicked: the cursor's place among the letters of the paragraph */
  function cursorIn(item) {
    const words = first("[data-words]", item);
    const selection = window.getSelection();
    if (!words || !selection.rangeCount || !words.contains(selection.anchorNode)) return 0;
    const range = document.createRange();
    range.selectNodeContents(words);
    range.setEnd(selection.anchorNode, selection.anchorOffset);
    return Array.from(range.toString()).length;
  }

  function take(step) {
    const button = document.createElement("button");
    button.type = "submit";
    button.name = "do";
    button.value = step;
    button.hidden = true;
    steps.append(button);
    steps.requestSubmit(button);
  }

  const isWriting = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  const keys = first("[data-keys-dialog]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isWriting(event.target) || (keys && keys.open)) return;
    const item = current();
    const pressed = item && event.key !== "u" ? first(`[data-key="${CSS.escape(event.key)}"]`, item) : null;
    if (event.key === "n") {
      nextDoubt();
    } else if (event.key === "u") {
      const undo = first('[data-review-bar] [data-key="u"]');
      if (!undo) return;
      undo.click();
    } else if (event.key === "s" && item && cursorIn(item) > 0) {
      take(`split:${item.dataset.keyOf}:${cursorIn(item)}`);
    } else if (pressed) {
      pressed.click();
    } else {
      return;
    }
    event.preventDefault();
  });

  /* ---- in the open form: Enter saves the words, or splits where it is pressed; Escape leaves it */
  const field = first("[data-change]");
  if (field) {
    /* Again once the page is there: going to the paragraph that the address names takes the focus away. */
    const begin = () => field.focus({ preventScroll: true });
    begin();
    window.addEventListener("load", () => window.setTimeout(begin));
    if (field.dataset.change === "text") field.setSelectionRange(field.value.length, field.value.length);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        first("[data-leave]", field.form).click();
      } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        if (field.dataset.change === "split") field.setRangeText("\n", field.selectionStart, field.selectionEnd, "end");
        field.form.requestSubmit();
      }
    });
  }

  show(current());
})();
