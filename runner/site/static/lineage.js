// The lineage: what a node takes from, what takes from it, and which nodes a filter leaves.
"use strict";
(function (docs) {
  docs.KINDS = [
    ["file", "File"],
    ["import_profiles", "Import of profiles"],
    ["import_groups", "Import of groups"],
    ["import_products", "Import of products"],
    ["property", "Property"],
    ["table", "Table"],
    ["event", "Event"],
    ["group", "Group"],
    ["model", "Model"],
    ["segment", "Segment"],
    ["test", "Test"],
    ["unit_test", "Unit test"],
    ["export_profiles", "Export of profiles"],
    ["export_groups", "Export of groups"],
    ["exported_file", "Exported file"],
    ["exposure", "Exposure"],
  ];
  docs.KIND_NAMES = new Map(docs.KINDS);
  const HIDDEN_AT_FIRST = new Set(["property", "test", "unit_test"]);
  docs.kindsAtFirst = () => new Set(docs.KINDS.map(([kind]) => kind).filter((kind) => !HIDDEN_AT_FIRST.has(kind)));

  docs.Lineage = class {
    constructor(nodes, edges) {
      this.nodes = nodes;
      this.byId = new Map(nodes.map((node, number) => [node.id, number]));
      const lists = () => nodes.map(() => []);
      this.parents = lists();
      this.children = lists();
      // By name of a property, not by whole table.
      this.columnParents = lists();
      this.columnChildren = lists();
      for (const [parent, child, ofColumn] of edges) {
        (ofColumn ? this.columnChildren : this.children)[parent].push(child);
        (ofColumn ? this.columnParents : this.parents)[child].push(parent);
      }
    }

    // Returns all nodes that are reached from `start` by `steps`, without `start`.
    reach(start, steps) {
      const found = new Set();
      const waiting = [...start];
      while (waiting.length) {
        for (const next of steps[waiting.pop()]) {
          if (!found.has(next)) {
            found.add(next);
            waiting.push(next);
          }
        }
      }
      return found;
    }

    upstream(start) {
      return this.reach([start], this.parents);
    }

    // What a property leads to is what names it: the table `profiles` has all properties.
    downstream(start) {
      if (this.nodes[start].kind !== "property") return this.reach([start], this.children);
      const named = this.columnChildren[start];
      return new Set([...named, ...this.reach(named, this.children)]);
    }

    around(start) {
      return new Set([start, ...this.upstream(start), ...this.downstream(start)]);
    }

    // Returns the nodes of a connection and a tag, with all that is up and down from them.
    matching(connection, tag) {
      let found = new Set(this.nodes.keys());
      const tests = [
        connection && ((node) => node.connection === connection),
        tag && ((node) => node.tags.includes(tag)),
      ];
      for (const fits of tests.filter(Boolean)) {
        const own = [...this.nodes.keys()].filter((number) => fits(this.nodes[number]));
        const all = new Set([...own, ...this.reach(own, this.parents), ...this.reach(own, this.children)]);
        found = new Set([...found].filter((number) => all.has(number)));
      }
      return found;
    }

    // Returns the edges between `shown` nodes. A node that is not shown is bridged: what it takes
    // from leads to what takes from it. `within` bounds the nodes that may be bridged.
    edgesBetween(shown, within) {
      const edges = [];
      const byColumn = [...shown].some((number) => this.nodes[number].kind === "property");
      for (const start of shown) {
        const seen = new Set();
        const waiting = [...this.children[start]];
        if (byColumn) waiting.push(...this.columnChildren[start]);
        while (waiting.length) {
          const next = waiting.pop();
          if (seen.has(next)) continue;
          seen.add(next);
          if (shown.has(next)) edges.push([start, next]);
          else if (within.has(next)) waiting.push(...this.children[next]);
        }
      }
      return edges;
    }
  };
})(window.runnerDocs);
