(() => {
  const root = document.documentElement;
  const all = (selector) => [...document.querySelectorAll(selector)];
  root.classList.add("live");

  const speak = (lang) => {
    root.dataset.lang = lang;
    root.lang = lang === "zh" ? "zh-CN" : "en";
    all("[data-to]").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.to === lang)));
    all("option").forEach((o) => { o.textContent = o.dataset[lang]; });
    all("[title][data-zh]").forEach((e) => { e.title = e.dataset[lang]; });
  };
  all("[data-to]").forEach((b) => b.addEventListener("click", () => speak(b.dataset.to)));

  const cases = all(".case[data-type]");
  const filters = all("[data-filter]");
  const sift = () => {
    let shown = 0;
    for (const one of cases) {
      const keep = filters.every((f) =>
        !f.value || (f.dataset.filter === "fault"
          ? one.dataset.fault.split(" ").includes(f.value)
          : one.dataset[f.dataset.filter] === f.value));
      one.hidden = !keep;
      shown += keep;
    }
    all(".kind").forEach((k) => { k.hidden = !k.querySelector(".case:not([hidden])"); });
    all("[data-count]").forEach((c) => { c.textContent = shown; });
  };
  filters.forEach((f) => f.addEventListener("change", sift));

  // A line of "what is bad" shows its own wrong answers; one that has none to show changes nothing.
  all("[data-pick]").forEach((link) => link.addEventListener("click", () => {
    for (const f of filters) {
      const here = f.dataset.filter === link.dataset.pick;
      const there = [...f.options].some((o) => o.value === link.dataset.value);
      f.value = here && there ? link.dataset.value : "";
    }
    sift();
  }));

  const open = (state) => cases.forEach((c) => { if (!c.hidden) c.open = state; });
  all("[data-open]").forEach((b) => b.addEventListener("click", () => open(!!b.dataset.open)));
  window.addEventListener("beforeprint", () => open(true));
})();
