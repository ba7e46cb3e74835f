// Starts the page: filters, the address after #, and the files of data.
"use strict";
(function (docs) {
  const { element, byId } = docs;
  const state = { kinds: docs.kindsAtFirst(), connection: "", tag: "", selected: null, whole: false };
  let lineage = null;
  let graph = null;
  const pages = new Map();

  // Called by `data/lineage.js`.
  docs.lineage = (data) => {
    lineage = new docs.Lineage(data.nodes, data.edges);
    graph = new docs.Graph(byId("graph"));
    byId("project").textContent = docs.short(data.project, 80);
    document.title = docs.short(`${data.project}: documentation`, 100);
    about(data);
    filters();
    list();
    docs.startSearch(lineage, (node) => {
      location.hash = docs.addressOf(node);
    });
    window.addEventListener("hashchange", route);
    window.addEventListener("resize", () => graph.fit());
    route();
    document.documentElement.dataset.ready = "true";
  };

  // Called by `data/<number>.js`.
  docs.page = (page) => {
    pages.set(page.id, page);
    if (state.selected !== null && lineage.nodes[state.selected].id === page.id) body(page);
  };

  function about(data) {
    const last = data.last_build;
    const build = last ? `last build ${last.build_id}: ${last.status}` : "no build yet";
    byId("about").textContent = docs.visible(`Target ${data.target} · ${build} · written ${data.written_at.slice(0, 16).replace("T", " ")} UTC by runner ${data.version}`);
  }

  function filters() {
    const distinct = (values) => [...new Set(values)].filter(Boolean).sort();
    for (const [id, values] of [
      ["connection", distinct(lineage.nodes.map((node) => node.connection))],
      ["tag", distinct(lineage.nodes.flatMap((node) => node.tags))],
    ]) {
      const select = byId(id);
      select.append(...values.map((value) => element("option", { value: "" }, docs.short(value, 60))));
      values.forEach((value, place) => {
        select.options[place + 1].value = value;
      });
      select.addEventListener("change", () => {
        state[id] = select.value;
        list();
        draw();
      });
    }
    for (const [kind, name] of docs.KINDS) {
      const count = lineage.nodes.filter((node) => node.kind === kind).length;
      if (!count) continue;
      const box = element("input", { type: "checkbox", "data-kind": kind, checked: state.kinds.has(kind) });
      box.addEventListener("change", () => {
        if (box.checked) state.kinds.add(kind);
        else state.kinds.delete(kind);
        draw();
      });
      byId("kinds").append(element("label", { class: `kind-${kind}` }, [box, element("span", { class: "dot", "aria-hidden": "true" }), name, element("span", { class: "count" }, count)]));
    }
    byId("whole").addEventListener("change", (event) => {
      state.whole = event.target.checked;
      draw();
    });
    byId("smaller").addEventListener("click", () => graph.zoom(1 / 1.3));
    byId("larger").addEventListener("click", () => graph.zoom(1.3));
    byId("fit").addEventListener("click", () => graph.fit());
    byId("theme").addEventListener("click", switchTheme);
    if (window.matchMedia("(max-width: 60rem)").matches) byId("side").open = false;
  }

  function switchTheme() {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    try {
      localStorage.setItem("runner-docs-theme", root.dataset.theme);
    } catch (error) {
      // Storage is off: the choice lasts as long as the page.
    }
  }

  // The list of all nodes, by kind.
  function list() {
    const kept = lineage.matching(state.connection, state.tag);
    const parts = docs.KINDS.map(([kind, name]) => {
      const nodes = [...kept].map((number) => lineage.nodes[number]).filter((node) => node.kind === kind);
      if (!nodes.length) return null;
      nodes.sort((one, other) => one.name.localeCompare(other.name));
      const details = element("details", { "data-kind": kind }, element("summary", { class: `kind-${kind}` }, [element("span", { class: "dot", "aria-hidden": "true" }), name, element("span", { class: "count" }, nodes.length)]));
      details.addEventListener("toggle", () => {
        if (details.open && details.children.length === 1) details.append(element("ul", {}, nodes.map((node) => element("li", {}, docs.nodeLink(node)))));
      });
      return details;
    });
    byId("nodes").replaceChildren(...parts.filter(Boolean));
  }

  function draw() {
    const kept = lineage.matching(state.connection, state.tag);
    const { selected } = state;
    const isPart = selected !== null && !state.whole;
    const around = isPart ? lineage.around(selected) : kept;
    const within = new Set([...around].filter((number) => isPart || kept.has(number)));
    const shown = new Set([...within].filter((number) => state.kinds.has(lineage.nodes[number].kind) || number === selected));
    const edges = lineage.edgesBetween(shown, within);
    const numbers = [...shown].sort((one, other) => one - other);
    byId("shown").textContent = `${numbers.length} of ${lineage.nodes.length} nodes`;
    byId("whole-label").hidden = selected === null;
    graph.show(lineage, numbers, edges, selected);
    graph.open(selected);
  }

  function route() {
    // The link that skips to the lineage is no address of a node.
    if (location.hash && !location.hash.startsWith("#/")) return graph.lineage ? undefined : draw();
    let id = "";
    try {
      id = decodeURIComponent(location.hash.replace(/^#\/?/, ""));
    } catch (error) {
      // A damaged address shows the whole project.
    }
    const place = lineage.byId.get(id);
    state.selected = place === undefined ? null : place;
    const article = byId("node");
    document.body.classList.toggle("has-node", state.selected !== null);
    byId("heading").hidden = state.selected !== null;
    if (state.selected === null) {
      article.replaceChildren();
      document.title = docs.short(`${byId("project").textContent}: documentation`, 100);
    } else {
      const node = lineage.nodes[place];
      document.title = docs.short(`${node.name}: ${docs.KIND_NAMES.get(node.kind)}`, 100);
      article.replaceChildren(...docs.nodeHead(lineage, place), element("p", { class: "quiet", id: "waiting" }, "Loading …"));
      article.scrollTop = 0;
      if (pages.has(id)) body(pages.get(id));
      else load(place);
      article.focus({ preventScroll: true });
    }
    draw();
  }

  function load(place) {
    const script = element("script", { src: `data/${place}.js` });
    script.addEventListener("error", () => {
      const waiting = byId("waiting");
      if (waiting) waiting.textContent = `data/${place}.js is missing: write the documentation again with \`runner docs\``;
    });
    script.addEventListener("load", () => script.remove());
    document.head.append(script);
  }

  function body(page) {
    const waiting = byId("waiting");
    if (waiting) waiting.replaceWith(...docs.nodeBody(lineage, state.selected, page));
    byId("node").dataset.shown = page.id;
  }
})(window.runnerDocs);
