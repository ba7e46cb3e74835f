// Sets the colors before anything is painted: those chosen here before, else those of the system.
"use strict";
(function () {
  try {
    const chosen = localStorage.getItem("runner-docs-theme");
    if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
  } catch (error) {
    // Storage is off: the page follows the system.
  }
})();
