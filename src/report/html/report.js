
"use strict";
/* Filters the findings; everything else works without. */
(() => {
  const byId = id => document.getElementById(id);
  const filter = byId("filter");
  const findings = [...document.querySelectorAll(".finding")];
  const files = [...document.querySelectorAll(".file")];

  if (!filter)
    return;
  const boxes = [...filter.querySelectorAll("[data-box]")];
  const rule = byId("rule");
  const search = byId("search");
  const fold = byId("fold");
  const texts = new Map();

  /* Its own text with its file's name, in lower case, read once. */
  const textOf = finding => {
    let text = texts.get(finding);

    if (text === undefined) {
      const path = finding.closest(".file").querySelector("h3").textContent;
      text = (path + "\n" + finding.textContent).toLowerCase();
      texts.set(finding, text);
    }
    return text;
  };

  const apply = () => {
    const severities = new Set(boxes.filter(b => b.checked)
      .map(b => b.dataset.box));
    const words = search.value.toLowerCase().split(/\s+/).filter(w => w);
    let shown = 0;

    for (const f of findings) {
      const fits = severities.has(f.dataset.severity) &&
        (!rule.value || f.dataset.rule === rule.value) &&
        words.every(w => textOf(f).includes(w));
      f.hidden = !fits;
      shown += fits;
    }
    for (const file of files)
      file.hidden = !file.querySelector(".finding:not([hidden])");
    byId("no-match").hidden = shown > 0;
    byId("shown").textContent = shown === findings.length
      ? findings.length + " shown"
      : shown + " of " + findings.length + " shown";
  };

  const clear = () => {
    for (const b of boxes)
      b.checked = true;
    rule.value = "";
    search.value = "";
    apply();
  };

  /* Where a link leads must be seen: out of what is folded or filtered. */
  const reveal = () => {
    const target = byId(decodeURIComponent(location.hash.slice(1)));

    if (!target)
      return;
    if (target.closest("[hidden]"))
      clear();
    for (let e = target.closest("details"); e;
         e = e.parentElement.closest("details"))
      e.open = true;
    target.scrollIntoView();
  };

  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, findings.length > 2000 ? 200 : 0);
  });
  filter.addEventListener("change", apply);
  fold.addEventListener("click", () => {
    const open = !files.some(f => f.open);

    for (const f of files)
      f.open = open;
    fold.textContent = open ? "Collapse all" : "Expand all";
  });
  document.addEventListener("keydown", e => {
    if (e.key !== "/" || /^(INPUT|SELECT)$/.test(e.target.tagName))
      return;
    e.preventDefault();
    search.focus();
  });
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => {
    for (const f of files)
      f.open = true;
  });

  filter.hidden = false;
  apply();
  if (location.hash)
    reveal();
})();
