/// How the page looks.
enum PageStyle {
  /// The style sheet.
  static let text = """
    :root {
      color-scheme: light dark;
      --ground: #fbfaf7; --card: #ffffff; --text: #1f2421; --muted: #5d665f; --rule: #dcdfd8; --accent: #2b6a4d;
      --accent-ground: #e9f1ec;
      \(EmbeddedFigure.properties(isDark: false))
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #141816; --card: #1b201d; --text: #e4e7e2; --muted: #a0a8a2; --rule: #343b36; --accent: #7cc49d;
        --accent-ground: #20302a;
        \(EmbeddedFigure.properties(isDark: true))
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
    body {
      margin: 0; background: var(--ground); color: var(--text);
      font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
    }
    main, header, footer { max-width: 72rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); }
    header { padding-top: clamp(2rem, 6vw, 4rem); }
    h1 { font-size: clamp(1.7rem, 4.5vw, 2.4rem); line-height: 1.2; margin: .2em 0 .5em; letter-spacing: -.02em; }
    h2 { font-size: 1.3rem; margin: 0 0 1rem; letter-spacing: -.01em; }
    h3 { font-size: 1rem; margin: 0 0 .3rem; }
    h1, h2, h3, p, li, td, th, dd { overflow-wrap: break-word; }
    a { color: var(--accent); text-underline-offset: .15em; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    .eyebrow { color: var(--accent); font-size: .8rem; letter-spacing: .09em; text-transform: uppercase; margin: 0; }
    .question { font-size: 1.15rem; max-width: 46rem; margin: 0 0 1rem; }
    .decision {
      max-width: 46rem; margin: 0 0 1.5rem; padding: .1rem 0 .1rem 1rem; border-left: 3px solid var(--accent);
      color: var(--muted);
    }
    .decision b { color: var(--text); font-weight: 600; }
    .facts { display: flex; flex-wrap: wrap; gap: .4rem 2.2rem; margin: 0 0 1.5rem; padding: 0; }
    .facts div { display: flex; flex-direction: column-reverse; }
    .facts dd { margin: 0; font-size: 1.35rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
    .facts dt { color: var(--muted); font-size: .85rem; }
    nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; margin: 0; padding: 0; list-style: none; }
    section { padding: 2.2rem 0 0; margin: 2.2rem 0 0; border-top: 1px solid var(--rule); }
    .caption, figcaption { color: var(--muted); font-size: .9rem; line-height: 1.5; max-width: 54rem; margin: 0 0 .8rem; }
    figure { margin: 0 0 2.5rem; }
    .scroll { overflow-x: auto; max-width: 100%; margin: 0 0 2rem; }
    figure .scroll {
      background: var(--figure-paper); border: 1px solid var(--rule); border-radius: 6px; padding: .6rem;
      margin: 0;
    }
    figure .scroll svg { display: block; margin: 0 auto; max-width: 100%; min-width: min(40rem, 100%); height: auto; }
    @media (max-width: 48rem) { figure .scroll svg { min-width: 44rem; } }
    table { border-collapse: separate; border-spacing: 0; font-size: .9rem; line-height: 1.4; min-width: min(100%, 24rem); }
    th, td { text-align: left; vertical-align: top; padding: .38rem .9rem .38rem 0; font-weight: 400; }
    td.wide { min-width: 16rem; }
    thead th { border-top: 1.5px solid var(--text); border-bottom: 1px solid var(--text); vertical-align: bottom; }
    tbody tr + tr > * { border-top: 1px solid var(--rule); }
    tbody tr:last-child > *, tfoot tr:last-child > * { border-bottom: 1.5px solid var(--text); }
    tfoot tr:first-child > * { border-top: 0; }
    tfoot { color: var(--muted); }
    tfoot b { color: var(--text); }
    tbody th, tfoot th {
      position: sticky; left: 0; background: var(--ground); max-width: 11rem; z-index: 1;
    }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding: .38rem .8rem .38rem .5rem; }
    .mark { display: inline-block; width: 0; }
    td small { display: block; color: var(--muted); font-size: .8em; }
    th button {
      all: unset; cursor: pointer; font-weight: 600; white-space: nowrap; padding: .1rem 0; border-radius: 3px;
    }
    th button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    th button:hover { color: var(--accent); }
    th button::after { content: "↕"; opacity: .3; font-size: .8em; padding-left: .3em; }
    th[aria-sort=ascending] button::after { content: "↑"; opacity: 1; color: var(--accent); }
    th[aria-sort=descending] button::after { content: "↓"; opacity: 1; color: var(--accent); }
    code { font: .88em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
    .replay { background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: clamp(.8rem, 2.5vw, 1.4rem); }
    .controls { display: flex; flex-wrap: wrap; gap: .7rem 1rem; align-items: center; margin-bottom: 1rem; }
    .controls label { display: flex; gap: .5rem; align-items: center; max-width: 100%; min-width: 0; }
    .controls select { flex: 1 1 auto; min-width: 0; }
    .controls select, .controls button {
      font: inherit; color: var(--text); background: var(--ground); border: 1px solid var(--rule); border-radius: 6px;
      padding: .3rem .7rem; max-width: 100%;
    }
    .controls button { min-width: 5rem; cursor: pointer; color: var(--accent); border-color: var(--accent); }
    .controls input { flex: 1 1 12rem; min-width: 8rem; accent-color: var(--accent); }
    .controls output { min-width: 8.5rem; font-variant-numeric: tabular-nums; }
    .stage { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1.2rem; }
    .stage > div { min-width: 0; }
    .stage svg, .stage canvas { display: block; width: 100%; max-width: 30rem; height: auto; margin: 0 auto; }
    .stage .network { display: none; }
    .stage .network.shown { display: block; }
    .network g[data-unit] { transition: opacity .25s; }
    .network g[data-unit].later { opacity: 0; }
    .network g[data-unit].earlier { opacity: .45; }
    @media (prefers-reduced-motion: reduce) { .network g[data-unit] { transition: none; } }
    .coverage { height: .7rem; background: var(--rule); border-radius: 4px; overflow: hidden; margin: .2rem 0 .4rem; }
    .coverage div { height: 100%; width: 0; background: var(--accent); }
    .figures { color: var(--muted); overflow-wrap: anywhere; font-size: .9rem; margin: .2rem 0 0; font-variant-numeric: tabular-nums; }
    .figures b { color: var(--text); font-weight: 600; }
    footer { color: var(--muted); font-size: .9rem; padding-top: 2.5rem; padding-bottom: 3rem; }
    @media print {
      nav, .replay .controls { display: none; }
      .scroll { overflow: visible; }
      figure, tr { break-inside: avoid; }
    }
    """
}
