import assert from "node:assert/strict";
import { test } from "node:test";

import { matches } from "../src/content/recipes.js";

test("match patterns are the browser's", () => {
  const yes = [
    ["https://web.whatsapp.com/*", "https://web.whatsapp.com/"],
    ["https://web.telegram.org/k/*", "https://web.telegram.org/k/#777"],
    ["https://*.example.ir/*", "https://a.b.example.ir/x?y"],
    ["https://*.example.ir/*", "https://example.ir/"],
    ["*://example.ir/a*b", "http://example.ir/a/x/b"],
  ];
  const no = [
    ["https://web.whatsapp.com/*", "http://web.whatsapp.com/"],
    ["https://web.whatsapp.com/*", "https://web.whatsapp.com.evil.ir/"],
    ["https://web.telegram.org/k/*", "https://web.telegram.org/a/"],
    ["https://*.example.ir/*", "https://badexample.ir/"],
    ["https://example.ir/*", "https://evil.ir/?https://example.ir/"],
    ["https://example.ir/a.c", "https://example.ir/abc"],
    ["<all_urls>", "https://example.ir/"],
    ["*://*/*", "file:///etc/passwd"],
  ];
  for (const [pattern, url] of yes) assert.equal(matches(pattern, url), true, `${pattern} ${url}`);
  for (const [pattern, url] of no) assert.equal(matches(pattern, url), false, `${pattern} ${url}`);
});
