// Light or dark before anything is painted; no module, so that it runs at once.
(() => {
  const kept = localStorage.getItem("hamdel.theme");
  if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
  addEventListener("DOMContentLoaded", () => {
    document.getElementById("theme")?.addEventListener("click", () => {
      const root = document.documentElement;
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      localStorage.setItem("hamdel.theme", root.dataset.theme);
    });
  });
})();
