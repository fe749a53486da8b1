// How marks and cards look, in light and dark.

export const STYLE = `
.clip { position: fixed; overflow: hidden; pointer-events: none; transform-origin: 0 0; contain: strict; }
.copy { position: absolute; inset: 0 auto auto 0; margin: 0; border: 0; box-sizing: border-box; visibility: hidden; min-height: 100%; }
.clip i { position: absolute; height: 2px; border-radius: 1px; }
i.error { background: rgb(214, 48, 49); }
i.warning { background: rgb(201, 122, 0); }
i.suggestion { background: rgb(9, 132, 227); }
.chip, .card {
  all: initial; position: fixed; box-sizing: border-box; pointer-events: auto; color-scheme: light;
  font: 14px/1.9 Vazirmatn, "Segoe UI", Tahoma, "Noto Sans Arabic", "Noto Naskh Arabic", sans-serif;
  color: light-dark(#1d1f21, #ececec); background: light-dark(#fff, #25282c);
  border: 1px solid light-dark(#c8ccd0, #4b5056); box-shadow: 0 4px 18px rgb(0 0 0 / .22);
}
.chip {
  min-width: 26px; height: 26px; padding: 0 7px; border-radius: 13px; font-size: 12px; line-height: 24px;
  text-align: center; cursor: pointer; color: #fff; border-color: transparent; box-shadow: 0 1px 4px rgb(0 0 0 / .3);
}
.chip.error { background: #c62828; } .chip.warning { background: #a85f00; } .chip.suggestion { background: #0867b4; }
.chip.good { background: #2e7d32; } .chip.off { background: #5f6368; }
.card.dark { color-scheme: dark; }
.card { width: min(380px, calc(100vw - 16px)); max-height: min(420px, calc(100vh - 16px)); overflow: auto; padding: 12px 14px; border-radius: 12px; }
.card[dir=rtl] { text-align: right; } .card[dir=ltr] { text-align: left; }
.card * { font: inherit; color: inherit; box-sizing: border-box; }
.card p { margin: 0 0 8px; overflow-wrap: anywhere; }
.head { display: flex; gap: 8px; align-items: center; margin-bottom: 4px; }
.head b { font-weight: 700; } .head span { margin-inline-start: auto; font-size: 12px; color: light-dark(#5b6066, #a9afb6); }
.dot { flex: none; width: 10px; height: 10px; border-radius: 5px; }
.dot.error { background: #d63031; } .dot.warning { background: #c97a00; } .dot.suggestion { background: #0984e3; }
.better {
  direction: rtl; text-align: right; background: light-dark(#eaf6ec, #1e3324); border-radius: 8px; padding: 6px 10px; white-space: pre-wrap;
  border: 1px solid light-dark(#b9dfc0, #35573f);
}
.better s { color: light-dark(#8a3030, #f0a0a0); text-decoration: line-through; }
.better ins { text-decoration: none; font-weight: 700; color: light-dark(#1b5e20, #a5e6ae); }
.column { display: grid; gap: 4px; margin-top: 8px; }
.row { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 8px; }
.card button {
  cursor: pointer; padding: 2px 12px; border-radius: 8px; border: 1px solid light-dark(#c8ccd0, #565c63);
  background: light-dark(#f5f6f7, #32363b);
}
.card button.main { background: #1b6e3c; border-color: #1b6e3c; color: #fff; font-weight: 700; }
.card button:focus, .chip:focus { outline: 2px solid light-dark(#0a57c2, #8ab4f8); outline-offset: 2px; }
.card button:disabled { opacity: .5; cursor: default; }
.said { font-size: 12px; color: light-dark(#5b6066, #a9afb6); }
.frame { position: fixed; pointer-events: none; border: 2px solid #1b6e3c; border-radius: 6px; background: rgb(27 110 60 / .12); }
kbd { direction: ltr; unicode-bidi: isolate; font-size: 11px; border: 1px solid light-dark(#c8ccd0, #565c63); border-radius: 4px; padding: 0 4px; }
@media (prefers-reduced-motion: no-preference) { .card { animation: in .12s ease-out; } @keyframes in { from { opacity: 0; transform: translateY(4px); } } }
`;
