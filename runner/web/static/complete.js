// Completes the names of tables and columns in the SQL of the page Query.
"use strict";
(function () {
  const field = document.getElementById("sql");
  const list = document.getElementById("completions");
  if (!field || !list) return;
  const names = [...document.querySelectorAll("#names [data-name]")].map((item) => ({
    name: item.dataset.name,
    table: item.dataset.table || "",
  }));
  const most = 12;
  let chosen = 0;

  function written(name) {
    const plain = /^[a-z_][a-z0-9_]*$/;
    const parts = name.split(".");
    return parts.every((part) => plain.test(part)) ? name : `"${name.replaceAll('"', '""')}"`;
  }

  // The word before the cursor, and the tables that the SQL names.
  function word() {
    return /[\w.]*$/.exec(field.value.slice(0, field.selectionStart))[0];
  }

  function found() {
    const begin = word().toLowerCase();
    if (!begin || field.selectionStart !== field.selectionEnd) return [];
    const column = begin.slice(begin.lastIndexOf(".") + 1);
    const text = field.value.toLowerCase();
    const fits = names.filter((item) => {
      const name = item.name.toLowerCase();
      return item.table ? column && name.startsWith(column) : name.startsWith(begin);
    });
    fits.sort(
      (one, other) => rank(one, text) - rank(other, text) || one.name.length - other.name.length,
    );
    const known = new Set();
    return fits.filter((item) => {
      const isNew = !known.has(item.name) && item.name.toLowerCase() !== begin;
      known.add(item.name);
      return isNew;
    }).slice(0, most);
  }

  // Columns of tables that the SQL names come first.
  function rank(item, text) {
    if (!item.table) return 1;
    return text.includes(item.table.toLowerCase()) ? 0 : 2;
  }

  function close() {
    list.hidden = true;
    list.replaceChildren();
    field.removeAttribute("aria-activedescendant");
  }

  function choose(number) {
    const items = [...list.children];
    chosen = (number + items.length) % items.length;
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
    items[chosen].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", items[chosen].id);
  }

  function take(item) {
    const begin = word();
    const kept = item.table ? begin.slice(0, begin.lastIndexOf(".") + 1) : "";
    const at = field.selectionStart;
    field.setRangeText(kept + written(item.name), at - begin.length, at, "end");
    close();
    field.focus();
  }

  function open() {
    const items = found();
    close();
    items.forEach((item, at) => {
      const line = document.createElement("li");
      line.id = `completion-${at}`;
      line.setAttribute("role", "option");
      line.textContent = item.table ? `${item.name}  ${item.table}` : item.name;
      line.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(item);
      });
      line.completed = item;
      list.append(line);
    });
    if (!items.length) return;
    list.hidden = false;
    choose(0);
  }

  field.setAttribute("aria-controls", "completions");
  field.addEventListener("input", open);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) choose(chosen + moves[event.key]);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" || event.key === "Tab") take(list.children[chosen].completed);
    else return;
    event.preventDefault();
  });
})();
