// Draws the lineage as SVG: nodes are links, so that keyboards and screen readers reach them.
"use strict";
(function (docs) {
  const HEIGHT = 40;
  const WIDTH = 208;
  const GAP = 14;
  const MANY = 150; // Nodes from which the quicker ranking is used.
  const FAR = 0.35; // The scale below which there are no texts and arrowheads.
  const MOST_LETTERS = 25;

  docs.Graph = class {
    constructor(svg) {
      this.svg = svg;
      this.view = { x: 0, y: 0, scale: 1 };
      this.size = { width: 1, height: 1 };
      this.layer = docs.shape("g");
      svg.append(this.arrowhead(), this.layer);
      this.listen();
    }

    arrowhead() {
      const path = docs.shape("path", { d: "M0,0 L8,4 L0,8 z", class: "arrowhead" });
      const attributes = { id: "arrow", markerWidth: 8, markerHeight: 8, refX: 7, refY: 4, markerUnits: "userSpaceOnUse", orient: "auto" };
      return docs.shape("defs", {}, docs.shape("marker", attributes, path));
    }

    // Shows nodes, by number, and the edges between them; `selected` may be null.
    show(lineage, numbers, edges, selected) {
      this.lineage = lineage;
      this.edges = edges;
      const graph = this.layout(numbers, edges);
      this.links = new Map();
      this.layer.replaceChildren(
        docs.shape("g", { class: "edges", "aria-hidden": "true" }, graph.edges().map((edge) => this.edge(edge, graph, selected))),
        docs.shape("g", { class: "nodes" }, numbers.map((number) => this.node(number, graph.node(String(number)), selected))),
      );
      this.svg.classList.toggle("many", numbers.length > MANY);
      this.fit();
    }

    layout(numbers, edges) {
      const graph = new dagre.graphlib.Graph();
      const ranker = numbers.length > MANY ? "longest-path" : "network-simplex";
      graph.setGraph({ rankdir: "LR", nodesep: GAP, ranksep: 64, marginx: 12, marginy: 12, ranker });
      graph.setDefaultEdgeLabel(() => ({}));
      const linked = new Set(edges.flat());
      const alone = numbers.filter((number) => !linked.has(number));
      for (const number of numbers) {
        if (linked.has(number)) graph.setNode(String(number), { width: WIDTH, height: HEIGHT });
      }
      for (const [parent, child] of edges) graph.setEdge(String(parent), String(child));
      dagre.layout(graph);
      const { width, height } = graph.graph();
      this.size = { width: linked.size ? width : 24, height: linked.size ? height : 12 };
      if (this.isUpsideDown(graph)) this.mirror(graph);
      this.placeBelow(graph, alone);
      return graph;
    }

    // Whether the first node of the first column stands below the last.
    isUpsideDown(graph) {
      const places = graph.nodes().map((name) => graph.node(name));
      const left = Math.min(...places.map((place) => place.x));
      const column = places.filter((place) => place.x === left);
      return column.length > 1 && column[0].y > column.at(-1).y;
    }

    mirror(graph) {
      const places = graph.nodes().map((name) => graph.node(name));
      const points = graph.edges().flatMap((edge) => graph.edge(edge).points);
      for (const place of [...places, ...points]) place.y = this.size.height - place.y;
    }

    // Nodes without an edge stand below the others, in rows as wide as those.
    placeBelow(graph, alone) {
      if (!alone.length) return;
      const step = WIDTH + GAP;
      const inRow = Math.max(Math.floor(this.size.width / step), Math.ceil(Math.sqrt(alone.length / 2)), 1);
      const top = this.size.height + GAP;
      alone.forEach((number, place) => {
        const x = 12 + WIDTH / 2 + (place % inRow) * step;
        const y = top + HEIGHT / 2 + Math.floor(place / inRow) * (HEIGHT + GAP);
        graph.setNode(String(number), { width: WIDTH, height: HEIGHT, x, y });
      });
      this.size.width = Math.max(this.size.width, 24 + Math.min(inRow, alone.length) * step);
      this.size.height = top + Math.ceil(alone.length / inRow) * (HEIGHT + GAP);
    }

    edge(edge, graph, selected) {
      const points = graph.edge(edge).points;
      const first = points[0];
      let path = `M${first.x},${first.y}`;
      for (let i = 1; i < points.length - 1; i += 1) {
        const middle = { x: (points[i].x + points[i + 1].x) / 2, y: (points[i].y + points[i + 1].y) / 2 };
        const end = i === points.length - 2 ? points[i + 1] : middle;
        path += ` Q${points[i].x},${points[i].y} ${end.x},${end.y}`;
      }
      const isOwn = selected !== null && [edge.v, edge.w].includes(String(selected));
      return docs.shape("path", { d: path, class: isOwn ? "edge own" : "edge" });
    }

    node(number, place, selected) {
      const node = this.lineage.nodes[number];
      const left = place.x - place.width / 2;
      const top = place.y - place.height / 2;
      const kind = docs.KIND_NAMES.get(node.kind);
      const state = node.state ? `, last build: ${node.state}` : "";
      const link = docs.shape(
        "a",
        {
          href: docs.addressOf(node),
          class: `node kind-${node.kind}${number === selected ? " selected" : ""}${node.enabled ? "" : " off"}`,
          transform: `translate(${left},${top})`,
          "aria-label": docs.short(`${kind} ${docs.labelOf(node)}${state}`, 300),
          "aria-current": number === selected ? "true" : null,
          "data-number": number,
        },
        [
          docs.shape("title", {}, docs.short(`${kind}: ${node.name}${state}`, 300)),
          docs.shape("rect", { width: place.width, height: place.height, rx: 6, class: "box" }),
          docs.shape("rect", { width: 5, height: place.height, rx: 2, class: "stripe" }),
          docs.shape("text", { x: 14, y: 17, class: "label" }, docs.short(docs.labelOf(node), MOST_LETTERS)),
          docs.shape("text", { x: 14, y: 31, class: "kind" }, kind),
          node.state ? docs.shape("circle", { cx: place.width - 11, cy: 11, r: 4, class: `state ${docs.stateClass(node.state)}` }) : null,
        ],
      );
      this.links.set(number, { link, x: place.x, y: place.y });
      return link;
    }

    fit() {
      const { width, height } = this.svg.getBoundingClientRect();
      const scale = Math.min(width / this.size.width, height / this.size.height, 1.15);
      this.view.scale = Math.max(scale, 0.05);
      this.view.x = (width - this.size.width * this.view.scale) / 2;
      this.view.y = (height - this.size.height * this.view.scale) / 2;
      this.place();
    }

    // Fits the graph; a large one is shown around `number`, at a size that can be read.
    open(number) {
      this.fit();
      const found = number === null ? this.start() : this.links.get(number);
      if (this.view.scale >= 0.5 || !found) return;
      this.view.scale = 0.8;
      this.center(found);
      this.fill();
    }

    // Returns the middle of the first column; there is none without nodes.
    start() {
      const places = [...this.links.values()];
      const left = Math.min(...places.map((place) => place.x));
      const column = places.filter((place) => place.x === left).sort((one, other) => one.y - other.y);
      return column[column.length >> 1];
    }

    // Moves a graph that is larger than the picture to where it leaves no room.
    fill() {
      const { width, height } = this.svg.getBoundingClientRect();
      const within = (at, seen, whole) => (whole < seen ? (seen - whole) / 2 : Math.min(0, Math.max(at, seen - whole)));
      this.view.x = within(this.view.x, width, this.size.width * this.view.scale);
      this.view.y = within(this.view.y, height, this.size.height * this.view.scale);
      this.place();
    }

    center(found) {
      const { width, height } = this.svg.getBoundingClientRect();
      this.view.x = width / 2 - found.x * this.view.scale;
      this.view.y = height / 2 - found.y * this.view.scale;
      this.place();
    }

    zoom(factor, at) {
      const { width, height } = this.svg.getBoundingClientRect();
      const x = at ? at.x : width / 2;
      const y = at ? at.y : height / 2;
      const scale = Math.max(0.05, Math.min(this.view.scale * factor, 4));
      this.view.x = x - ((x - this.view.x) * scale) / this.view.scale;
      this.view.y = y - ((y - this.view.y) * scale) / this.view.scale;
      this.view.scale = scale;
      this.place();
    }

    place() {
      const { x, y, scale } = this.view;
      this.layer.setAttribute("transform", `translate(${x},${y}) scale(${scale})`);
      // Text of a few pixels costs most of the time of a frame, and nobody can read it.
      this.svg.classList.toggle("far", scale < FAR);
    }

    listen() {
      const svg = this.svg;
      let start = null;
      let moved = false;
      svg.addEventListener("pointerdown", (event) => {
        if (event.button !== 0) return;
        start = { x: event.clientX - this.view.x, y: event.clientY - this.view.y, from: [event.clientX, event.clientY] };
        moved = false;
      });
      window.addEventListener("pointermove", (event) => {
        if (!start) return;
        moved = moved || Math.abs(event.clientX - start.from[0]) + Math.abs(event.clientY - start.from[1]) > 5;
        if (!moved) return;
        this.view.x = event.clientX - start.x;
        this.view.y = event.clientY - start.y;
        this.place();
      });
      for (const name of ["pointerup", "pointercancel"]) {
        window.addEventListener(name, () => {
          start = null;
        });
      }
      svg.addEventListener("click", (event) => moved && event.preventDefault(), true);
      svg.addEventListener("dragstart", (event) => event.preventDefault());
      svg.addEventListener(
        "wheel",
        (event) => {
          event.preventDefault();
          const box = svg.getBoundingClientRect();
          const at = { x: event.clientX - box.left, y: event.clientY - box.top };
          this.zoom(Math.exp(-Math.max(-60, Math.min(event.deltaY, 60)) / 300), at);
        },
        { passive: false },
      );
      svg.addEventListener("keydown", (event) => this.move(event));
      svg.addEventListener("focusin", (event) => this.reveal(event));
    }

    // Moves a node that has the focus into view.
    reveal(event) {
      const link = event.target.closest("a.node");
      if (!link) return;
      svgScrollBack(this.svg);
      const box = this.svg.getBoundingClientRect();
      const own = link.getBoundingClientRect();
      const isSeen = own.left >= box.left && own.right <= box.right && own.top >= box.top && own.bottom <= box.bottom;
      if (!isSeen) this.center(this.links.get(Number(link.dataset.number)));
    }

    // Arrow keys: left and right follow an edge, up and down go to the nearest node of the column.
    move(event) {
      const link = event.target.closest("a.node");
      if (!link || !event.key.startsWith("Arrow")) return;
      event.preventDefault();
      const own = Number(link.dataset.number);
      const from = this.links.get(own);
      const side = { ArrowLeft: [1, 0], ArrowRight: [0, 1] }[event.key];
      let found;
      if (side) {
        found = this.edges.filter((edge) => edge[side[1] ? 0 : 1] === own).map((edge) => edge[side[1] ? 1 : 0]);
      } else {
        const sign = event.key === "ArrowDown" ? 1 : -1;
        found = [...this.links.keys()].filter((number) => {
          const other = this.links.get(number);
          return (other.y - from.y) * sign > 1 && Math.abs(other.x - from.x) < 130;
        });
      }
      const far = (number) => {
        const other = this.links.get(number);
        return Math.abs(other.y - from.y) + Math.abs(other.x - from.x) / 4;
      };
      found.sort((one, other) => far(one) - far(other));
      if (found.length) this.links.get(found[0]).link.focus();
    }
  };

  // A browser scrolls what has the focus into view, also inside SVG: the view does that here.
  function svgScrollBack(svg) {
    svg.scrollTop = 0;
    svg.scrollLeft = 0;
  }
})(window.runnerDocs);
