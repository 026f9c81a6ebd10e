/** HTML of articles, rebuilt from the elements and attributes that an article needs. Anything else stays outside. */

const TAGS = new Set("A B BLOCKQUOTE BR CODE DD DL DT EM H1 H2 H3 H4 HR I LI OL P PRE STRONG TABLE TBODY TD TH THEAD TR UL".split(" "));
const DROPPED = new Set("SCRIPT STYLE TEMPLATE IFRAME OBJECT EMBED SVG MATH".split(" "));

function copyChildren(from, to) {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) to.append(child.data);
    else if (child.nodeType === Node.ELEMENT_NODE && !DROPPED.has(child.tagName.toUpperCase())) to.append(copyElement(child));
  }
  return to;
}

function copyElement(element) {
  if (!TAGS.has(element.tagName)) return copyChildren(element, document.createDocumentFragment());
  const copy = document.createElement(element.tagName === "H1" ? "h2" : element.tagName); // the page has its own h1
  if (element.id) copy.id = element.id;
  const address = element.tagName === "A" && element.getAttribute("href");
  if (address && /^(https?:\/\/|\/|#|mailto:)/i.test(address)) copy.href = address;
  return copyChildren(element, copy);
}

export function safeFragment(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return copyChildren(parsed.body, document.createDocumentFragment());
}
