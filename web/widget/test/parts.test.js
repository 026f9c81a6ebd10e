import assert from "node:assert/strict";
import { test } from "node:test";
import { contrast, parseColour, readableAccent } from "../src/colour.js";
import { formatPrice } from "../src/format.js";
import { readClaims } from "../src/identity.js";
import { safeUrl, splitLinks } from "../src/links.js";
import { readEvents } from "../src/live.js";

const BASE = "https://shop.example/";

test("only web addresses become links", () => {
  assert.equal(safeUrl("/products/1", BASE), "https://shop.example/products/1");
  for (const bad of ["javascript:alert(1)", "data:text/html,x", " JaVaScRiPt:alert(1)", "", null]) assert.equal(safeUrl(bad, BASE), null);
});

test("addresses in text are found without the sentence's full stop", () => {
  assert.deepEqual(splitLinks("See https://a.example/x. Thanks"), ["See ", { href: "https://a.example/x" }, ". Thanks"]);
  assert.deepEqual(splitLinks("<img src=x>"), ["<img src=x>"]);
});

test("any accent becomes readable under white text", () => {
  for (const colour of ["#ffff00", "#fff", "0b6e4f", "not a colour", undefined]) assert.ok(contrast(readableAccent(colour), "#ffffff") >= 4.5);
  assert.equal(parseColour("#AbC"), "#aabbcc");
});

test("money is written as the shop writes it in answers", () => {
  assert.equal(formatPrice(8900, "EUR"), "89.00 EUR");
  assert.equal(formatPrice(123456705, "EUR", "1,234.50"), "1,234,567.05 EUR");
  assert.equal(formatPrice(-104900, "EUR", "1.234,50"), "-1.049,00 EUR");
  assert.equal(formatPrice(99999, "SEK", "1\u00a0234,50"), "999,99 SEK");
  assert.equal(formatPrice(null, "EUR"), "");
});

test("claims are read from a token, and nonsense has none", () => {
  const token = `x.${Buffer.from(JSON.stringify({ sub: "Zoë", exp: 5 })).toString("base64url")}.y`;
  assert.deepEqual(readClaims(token), { sub: "Zoë", exp: 5 });
  assert.deepEqual(readClaims("nonsense"), {});
});

test("events are read wherever the stream is cut", async () => {
  const text = ': hello\n\nid: 1\nevent: message\ndata: {"seq":1}\n\ndata: {"text":"é"}\r\n\r\n';
  const bytes = new TextEncoder().encode(text);
  for (let cut = 0; cut < bytes.length; cut += 1) {
    const stream = new ReadableStream({
      start(control) {
        control.enqueue(bytes.slice(0, cut));
        control.enqueue(bytes.slice(cut));
        control.close();
      },
    });
    const events = [];
    for await (const event of readEvents(stream)) events.push(event);
    assert.deepEqual(events, [{ seq: 1 }, { text: "é" }]);
  }
});
