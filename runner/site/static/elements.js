// Makes elements. Every text goes through `textContent`: nothing of the data is read as HTML.
"use strict";
window.runnerDocs = {};
(function (docs) {
  const SVG = "http://www.w3.org/2000/svg";
  // Controls, marks that change the reading direction, and characters without width.
  const UNSEEN =
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

  // Returns a text in which characters that are not seen are written as their code.
  function visible(text) {
    return String(text).replace(UNSEEN, (found) => {
      const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
      return `\\u${code}`;
    });
  }

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : visible(value));
    }
    for (const child of [].concat(children === undefined ? [] : children)) {
      if (child === null || child === undefined || child === "") continue;
      element.append(child instanceof Node ? child : document.createTextNode(visible(child)));
    }
    return element;
  }

  docs.visible = visible;
  // Makes an element of HTML: `element("a", {href: "#/"}, "text")`.
  docs.element = (name, attributes, children) =>
    fill(document.createElement(name), attributes, children);
  // Makes an element of SVG.
  docs.shape = (name, attributes, children) =>
    fill(document.createElementNS(SVG, name), attributes, children);
  // Returns a text of at most `most` characters.
  docs.short = (text, most) => {
    const characters = Array.from(visible(text));
    return characters.length <= most ? characters.join("") : characters.slice(0, most - 1).join("") + "…";
  };
  docs.byId = (id) => document.getElementById(id);
})(window.runnerDocs);
