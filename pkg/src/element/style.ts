/** Each state has a mark of its own form; colour only adds to it. The second text of `content` is for who listens: none. */
const STYLE = `
:host { display: inline-block; }
:host([hidden]) { display: none; }
[part="mark"] { color: var(--backorder-eta-wait, light-dark(#8a5a00, #e3b341)); }
[part="mark"]::before { content: "○"; content: "○" / ""; }
[data-state="inStock"] [part="mark"] { color: var(--backorder-eta-good, light-dark(#116329, #56d364)); }
[data-state="inStock"] [part="mark"]::before { content: "●"; content: "●" / ""; }
[data-state="limited"] [part="mark"]::before { content: "◐"; content: "◐" / ""; }
[data-state="preorder"] [part="mark"]::before { content: "◇"; content: "◇" / ""; }
:is([data-state="outOfStock"], [data-state="discontinued"], [data-state="unknown"]) [part="mark"] {
  color: var(--backorder-eta-bad, light-dark(#a40e26, #ff8182));
}
:is([data-state="outOfStock"], [data-state="discontinued"]) [part="mark"]::before { content: "✕"; content: "✕" / ""; }
[data-state="unknown"] [part="mark"]::before { content: "?"; content: "?" / ""; }
[part="date"] { font-weight: 600; white-space: nowrap; }
:is([part="chance"], [part="ahead"]) { color: var(--backorder-eta-muted, color-mix(in srgb, currentColor 75%, transparent)); }
:is([part="chance"], [part="ahead"]) { display: inline-block; }
:is([part="availability"], [part="chance"]):not(:last-child)::after { content: "\\a0·"; content: "\\a0·" / ""; font-weight: 400; }
`;

let sheet: CSSStyleSheet | undefined;

/** Constructed, as a content security policy may forbid a style element. */
export function styleSheet(): CSSStyleSheet {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  }
  return sheet;
}
