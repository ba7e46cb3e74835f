// Search over names, titles, descriptions and columns of all nodes.
"use strict";
(function (docs) {
  const MOST = 40;

  // Returns how well a node fits, the lower the better, and what fits; null where nothing does.
  function fit(node, words) {
    const name = node.name.toLowerCase();
    const whole = words.join(" ");
    if (name === whole) return [0, ""];
    if (name.startsWith(whole)) return [1, ""];
    const has = (text) => words.every((word) => text.toLowerCase().includes(word));
    if (has(node.name)) return [2, ""];
    if (has(`${node.name} ${node.title}`)) return [3, node.title];
    const column = node.columns.find((item) => has(`${item.name} ${item.title}`));
    if (column) return [4, `column ${column.name}`];
    if (has(`${node.name} ${node.title} ${node.description}`)) return [5, node.description];
    const described = node.columns.find((item) => has(`${item.name} ${item.description}`));
    return described ? [6, `${described.name}: ${described.description}`] : null;
  }

  docs.find = (nodes, text) => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    return nodes
      .map((node, number) => [fit(node, words), number])
      .filter(([found]) => found)
      .sort((one, other) => one[0][0] - other[0][0] || nodes[one[1]].name.length - nodes[other[1]].name.length)
      .slice(0, MOST)
      .map(([[, why], number]) => ({ number, why }));
  };

  docs.startSearch = (lineage, go) => {
    const input = docs.byId("search");
    const list = docs.byId("found");
    let at = -1;

    const close = () => {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const mark = (next) => {
      const options = [...list.querySelectorAll("[role=option]")];
      if (!options.length) return;
      at = (next + options.length) % options.length;
      options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      input.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    };
    const choose = (number) => {
      close();
      input.value = "";
      go(lineage.nodes[number]);
    };
    const show = () => {
      const found = docs.find(lineage.nodes, input.value);
      const options = found.map(({ number, why }, place) => {
        const node = lineage.nodes[number];
        return docs.element(
          "li",
          { role: "option", id: `found-${place}`, "data-node": number, "aria-selected": "false", class: `kind-${node.kind}`, onmousedown: (event) => { event.preventDefault(); choose(number); } },
          [
            docs.element("span", { class: "dot", "aria-hidden": "true" }),
            docs.element("bdi", { class: "name" }, docs.short(node.name, 60)),
            docs.element("span", { class: "quiet" }, docs.KIND_NAMES.get(node.kind)),
            why ? docs.element("div", { class: "why quiet" }, docs.short(why, 110)) : null,
          ],
        );
      });
      if (!options.length && input.value.trim()) options.push(docs.element("li", { class: "quiet" }, "Nothing has this name or description"));
      list.replaceChildren(...options);
      list.hidden = !options.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      if (found.length) mark(0);
    };
    input.addEventListener("input", show);
    input.addEventListener("focus", () => input.value && show());
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") mark(at + 1);
      else if (event.key === "ArrowUp") mark(at - 1);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter" && at >= 0) choose(Number(list.children[at].dataset.node));
      else return;
      event.preventDefault();
    });
    document.addEventListener("keydown", (event) => {
      const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
      if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        input.focus();
      }
    });
  };
})(window.runnerDocs);
