"use strict";

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

const whole = (address) =>
  fetch(address)
    .then((answer) => answer.text())
    .then((text) => {
      const page = new DOMParser().parseFromString(text, "text/html");
      labelled(page);
      return page;
    });

// Shows the build that runs; when one begins or ends, the page is read again, and while it runs,
// the parts of the page that tell of it.
(function () {
  const place = document.getElementById("live");
  const spoken = document.getElementById("phase");
  if (!place || !window.EventSource) return;
  const source = new EventSource("/live");
  const parts = [...document.querySelectorAll("[data-living]")].map((part) => part.id);
  source.addEventListener("message", (event) => {
    const now = JSON.parse(event.data);
    const shown = document.body.dataset.builds;
    if (shown !== undefined && shown !== now.state) location.reload();
    else if (now.build && parts.length) renew(parts);
    const share = now.share === undefined || now.share === null ? "" : ` ${now.share} %`;
    place.textContent = now.build ? `Build ${now.build}: ${now.text}${share}` : "";
    // A screen reader reads out each phase, not each row that is counted.
    const phase = now.build ? `A build runs: ${now.phase}` : "";
    if (spoken.textContent !== phase) spoken.textContent = phase;
  });
  window.addEventListener("pagehide", () => source.close());
  const renew = (ids) =>
    whole(location.href)
      .then((page) => ids.forEach((id) => document.getElementById(id).replaceWith(page.getElementById(id))))
      .catch(() => {});
})();

// What takes long comes after the rest of its page.
(function () {
  const place = document.querySelector("[data-later]");
  if (!place) return;
  whole("?whole=yes")
    .then((page) => {
      place.replaceWith(page.getElementById("later") || page.querySelector("main").firstElementChild);
    })
    .catch(() => {
      place.removeAttribute("aria-busy");
      place.textContent = "The server does not answer.";
    });
})();
