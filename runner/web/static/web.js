// Shows the build that runs; when it ends, the page is read again.
"use strict";
(function () {
  const place = document.getElementById("live");
  if (!place || !window.EventSource) return;
  let running = "";
  const source = new EventSource("/live");
  source.addEventListener("message", (event) => {
    const now = JSON.parse(event.data);
    if (running && !now.build && document.body.dataset.live === "true") location.reload();
    running = now.build;
    const share = now.share === undefined || now.share === null ? "" : ` ${now.share} %`;
    place.textContent = now.build ? `Build ${now.build}: ${now.text}${share}` : "";
  });
  window.addEventListener("pagehide", () => source.close());
})();

// On a narrow window the cells of a row stand below each other, each with the title of its column.
const labelled = (root) => {
  for (const table of root.querySelectorAll("table")) {
    const titles = [...table.querySelectorAll("thead th")].map((title) => title.textContent);
    for (const row of table.querySelectorAll("tbody tr")) {
      [...row.cells].forEach((cell, at) => {
        if (cell.colSpan === 1 && at < titles.length) cell.dataset.label = titles[at].slice(0, 60);
      });
    }
    table.classList.add("labelled");
  }
};
labelled(document);

// What takes long comes after the rest of its page.
(function () {
  const place = document.querySelector("[data-later]");
  if (!place) return;
  fetch("?whole=yes")
    .then((answer) => answer.text())
    .then((text) => {
      const whole = new DOMParser().parseFromString(text, "text/html");
      labelled(whole);
      place.replaceWith(whole.getElementById("later") || whole.querySelector("main").firstElementChild);
    })
    .catch(() => {
      place.removeAttribute("aria-busy");
      place.textContent = "The server does not answer.";
    });
})();
