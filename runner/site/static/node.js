// The page of one node.
"use strict";
(function (docs) {
  const { element } = docs;
  const GOOD = new Set(["success", "unchanged", "pass"]);
  const BAD = new Set(["error", "fail"]);

  docs.stateClass = (state) => (GOOD.has(state) ? "good" : BAD.has(state) ? "bad" : "middling");
  docs.addressOf = (node) => `#/${encodeURIComponent(node.id)}`;

  // Files are known by their pattern, other nodes by their name.
  docs.labelOf = (node) => (node.kind === "file" || node.kind === "exported_file" ? node.title || node.name : node.name);

  const number = (value) => Number(value).toLocaleString("en");
  const time = (value) => String(value).slice(0, 19).replace("T", " ");

  function size(bytes) {
    const units = ["B", "kB", "MB", "GB"];
    let value = Number(bytes);
    let unit = 0;
    while (value >= 1000 && unit < 3) {
      value /= 1000;
      unit += 1;
    }
    return `${unit ? value.toFixed(1) : value} ${units[unit]}`;
  }

  function section(title, children, id) {
    return element("section", { id, class: "part" }, [element("h2", {}, title), ...[].concat(children)]);
  }

  function chip(kind) {
    return element("span", { class: `chip kind-${kind}` }, docs.KIND_NAMES.get(kind));
  }

  docs.nodeLink = (node) =>
    element("a", { href: docs.addressOf(node), class: `link kind-${node.kind}` }, [
      element("span", { class: "dot", "aria-hidden": "true" }),
      element("bdi", {}, docs.short(docs.labelOf(node), 120)),
      element("span", { class: "hidden" }, `, ${docs.KIND_NAMES.get(node.kind)}`),
    ]);

  const isTest = (node) => node.kind === "test" || node.kind === "unit_test";

  function neighbours(title, lineage, numbers) {
    if (!numbers.length) return null;
    const order = docs.KINDS.map(([kind]) => kind);
    const sorted = [...new Set(numbers)].sort((one, other) => {
      const [first, second] = [lineage.nodes[one], lineage.nodes[other]];
      return order.indexOf(first.kind) - order.indexOf(second.kind) || first.name.localeCompare(second.name);
    });
    const links = sorted.map((found) => element("li", {}, docs.nodeLink(lineage.nodes[found])));
    return element("div", { class: "neighbours" }, [element("h2", {}, `${title} (${links.length})`), element("ul", {}, links)]);
  }

  function table(caption, heads, rows) {
    const head = element("tr", {}, heads.map((text) => element("th", { scope: "col" }, text)));
    const body = rows.map((cells) => element("tr", {}, cells.map((cell, at) => element("td", { "data-label": heads[at] }, cell))));
    return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, [
      element("table", { class: "labelled" }, [element("caption", { class: "hidden" }, caption), element("thead", {}, head), element("tbody", {}, body)]),
    ]);
  }

  function filling(found, lineage) {
    const goal = ["import_profiles", "import_groups", "import_products"]
      .map((kind) => lineage.byId.get(`${kind}.${found.goal}`))
      .find((place) => place !== undefined);
    const columns = found.columns.filter((column) => column !== found.written);
    return element("div", { class: "filling" }, [
      element("code", {}, docs.short(found.written || "—", 400)),
      columns.length ? element("span", { class: "quiet" }, ` reads ${docs.short(columns.join(", "), 400)}`) : null,
      found.strategy ? element("span", { class: "tag" }, found.strategy) : null,
      found.latest_by ? element("span", { class: "quiet" }, ` latest by ${found.latest_by}`) : null,
      element("span", { class: "quiet" }, " in "),
      goal === undefined ? found.goal : docs.nodeLink(lineage.nodes[goal]),
      found.location ? element("span", { class: "place" }, found.location) : null,
    ]);
  }

  function columns(node, lineage) {
    if (!node.columns.length) return null;
    if (node.kind === "property") {
      const found = node.columns[0].filled.map((one) => filling(one, lineage));
      return section("Filled from", found.length ? found : element("p", { class: "quiet" }, "No goal fills it"));
    }
    const shown = node.columns;
    const has = (name) => shown.some((column) => (Array.isArray(column[name]) ? column[name].length : column[name]));
    const parts = [
      ["Column", true, (column) => [element("bdi", { class: "name" }, docs.short(column.name, 200)), column.title && column.title !== column.name ? element("div", { class: "quiet" }, docs.short(column.title, 200)) : null]],
      ["Type", has("type"), (column) => [column.type, column.is_personal ? element("span", { class: "tag" }, "personal") : null]],
      ["Description", has("description"), (column) => docs.short(column.description, 2000)],
      ["Holds", has("content"), (column) => element("code", {}, docs.short(column.content, 400))],
      ["Filled from", has("filled"), (column) => column.filled.map((found) => filling(found, lineage))],
      ["Tests", has("tests"), (column) => column.tests.map((test) => element("span", { class: "tag" }, docs.short(test, 200)))],
    ].filter(([, isShown]) => isShown);
    const rows = shown.map((column) => parts.map(([, , cell]) => cell(column)));
    return section(`Columns (${shown.length})`, table("Columns", parts.map(([head]) => head), rows));
  }

  function code(lines, first, label) {
    const numbered = lines.map((line, offset) => element("span", { class: "line", "data-number": first === null ? null : first + offset }, `${line}\n`));
    return element("pre", { tabindex: "0", class: first === null ? "" : "numbered", "aria-label": label }, element("code", {}, numbered));
  }

  function written(page) {
    return page.written.map((text) =>
      section(`As written: ${text.file}${text.first > 1 ? `:${text.first}` : ""}`, code(text.lines, text.first, `Lines of ${text.file}`)),
    );
  }

  function compiled(page) {
    if (!page.compiled.length) return null;
    const shown = page.compiled.map((model) => {
      const details = element("details", { class: "sql", open: page.compiled.length === 1 }, element("summary", {}, model.path));
      const show = () => details.open && details.children.length === 1 && details.append(code(model.sql.split("\n"), 1, model.path));
      details.addEventListener("toggle", show);
      show();
      return details;
    });
    return section(page.compiled.length === 1 ? "Compiled SQL" : `Compiled SQL (${page.compiled.length} steps)`, shown);
  }

  function outcomes(found) {
    const total = found.reduce((sum, [, rows]) => sum + rows, 0);
    if (!total) return null;
    const bar = element("span", { class: "bar", "aria-hidden": "true" });
    for (const [name, rows] of found) {
      const part = element("span", { class: `outcome-${name}`, title: `${name} ${number(rows)}` });
      part.style.flexGrow = String(rows);
      bar.append(part);
    }
    const text = found.map(([name, rows]) => `${number(rows)} ${name.replace(/_/g, " ")}`).join(", ");
    return [bar, element("span", { class: "quiet" }, text)];
  }

  function amount(build, node) {
    if (build.outcomes.length) return outcomes(build.outcomes);
    if (node.kind.startsWith("export_")) return `${number(build.rows)} of ${number(build.members)} members`;
    return build.rows ? number(build.rows) : "";
  }

  function message(build) {
    if (!build.message || GOOD.has(build.status)) return null;
    const place = build.location ? ` (${build.location})` : "";
    return element("div", { class: "message" }, `${docs.short(build.message, 1000)}${place}`);
  }

  function builds(page, node) {
    if (!page.builds.length) return null;
    const parts = [
      ["Build", true, (build) => [element("bdi", { class: "whole" }, build.build), element("div", { class: "quiet whole" }, time(build.started_at))]],
      ["Status", true, (build) => [element("span", { class: `status whole ${docs.stateClass(build.status)}` }, build.status), message(build)]],
      ["Rows", page.builds.some((build) => build.rows || build.outcomes.length), (build) => amount(build, node)],
      ["Rejects", page.builds.some((build) => build.rejects), (build) => (build.rejects ? number(build.rejects) : "")],
      ["Time", true, (build) => element("span", { class: "whole" }, `${Number(build.seconds).toFixed(2)} s`)],
    ].filter(([, isShown]) => isShown);
    const rows = page.builds.map((build) => parts.map(([, , cell]) => cell(build)));
    return section("Last builds", table("Last builds", parts.map(([head]) => head), rows));
  }

  function files(page, node) {
    if (!page.files.length) return null;
    const path = (file) => element("bdi", { class: "name" }, docs.short(file.path, 300));
    if (node.kind === "file") {
      const rows = page.files.map((file) => [path(file), number(file.lines), number(file.records), number(file.rejected), size(file.size), time(file.modified_at), file.build]);
      return section("Files read", table("Files read", ["File", "Lines", "Records", "Rejected", "Size", "Modified", "Build"], rows));
    }
    const rows = page.files.map((file) => [path(file), number(file.rows), size(file.size), file.build]);
    return section("Files sent", table("Files sent", ["File", "Rows", "Size", "Build"], rows));
  }

  function facts(node) {
    const found = [...node.facts];
    if (node.connection) found.unshift(["connection", node.connection]);
    if (node.tags.length) found.push(["tags", node.tags.join(", ")]);
    if (node.location) found.push(["declared in", node.location]);
    const items = found.map(([label, value]) => element("div", {}, [element("dt", {}, label), element("dd", {}, element("bdi", {}, docs.short(value, 1000)))]));
    return element("dl", { class: "facts" }, items);
  }

  // Returns the head of a node's page, which needs no further file.
  docs.nodeHead = (lineage, place) => {
    const node = lineage.nodes[place];
    return [
      element("div", { class: "head" }, [
        chip(node.kind),
        node.state ? element("span", { class: `status ${docs.stateClass(node.state)}` }, `last build: ${node.state}`) : null,
        node.enabled ? null : element("span", { class: "status middling" }, "not enabled"),
        element("a", { href: "#/", class: "close", "aria-label": "Close this node" }, "✕"),
      ]),
      element("h1", {}, element("bdi", {}, docs.short(node.name, 500))),
      node.title && node.title !== node.name ? element("p", { class: "title" }, docs.short(node.title, 500)) : null,
      node.description ? element("p", { class: "description", tabindex: node.description.length > 800 ? "0" : null }, node.description) : null,
      facts(node),
      element("div", { class: "both" }, [
        neighbours("Takes from", lineage, lineage.parents[place]),
        neighbours("Properties it names", lineage, lineage.columnParents[place]),
        neighbours(node.kind === "property" ? "Part of" : "Goes to", lineage, lineage.children[place].filter((child) => !isTest(lineage.nodes[child]))),
        neighbours("Named by", lineage, lineage.columnChildren[place]),
        neighbours("Tested by", lineage, lineage.children[place].filter((child) => isTest(lineage.nodes[child]))),
      ]),
    ].filter(Boolean);
  };

  // Returns the rest of it, from the file of the node.
  docs.nodeBody = (lineage, place, page) => {
    const node = lineage.nodes[place];
    return [columns(node, lineage), builds(page, node), files(page, node), ...written(page), compiled(page)].filter(Boolean);
  };
})(window.runnerDocs);
