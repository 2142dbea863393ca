import { css } from './html.ts';

/** The style sheet of the page. */
export const style = css`
  :root {
    color-scheme: light dark;
    --page: #fbfbfa;
    --card: #ffffff;
    --text: #1c2024;
    --quiet: #5c646d;
    --rule: #dfe2e6;
    --own: #2f6fde;
    --floor: #7d8590;
    --missed: #cf3f2e;
    --met: #1a7f45;
    --target: #cf3f2e;
    --peer0: #c27803;
    --peer1: #0f8a7e;
    --peer2: #8b4fc6;
    --peer3: #c2417c;
    --warn: #fff3d6;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --page: #14171a;
      --card: #1b1f24;
      --text: #e6e9ec;
      --quiet: #a0a8b1;
      --rule: #333a42;
      --own: #6ea3ff;
      --floor: #8f98a3;
      --missed: #ff7b6b;
      --met: #56c987;
      --target: #ff7b6b;
      --peer0: #e5a742;
      --peer1: #3fc2b2;
      --peer2: #c08df0;
      --peer3: #ef7fb3;
      --warn: #3b3115;
    }
  }
  * {
    box-sizing: border-box;
  }
  body {
    margin: 0;
    background: var(--page);
    color: var(--text);
    font:
      15px/1.5 system-ui,
      sans-serif;
  }
  main {
    max-width: 1080px;
    margin: 0 auto;
    padding: 24px 16px 64px;
  }
  h1 {
    font-size: 26px;
    line-height: 1.2;
    margin: 0 0 8px;
  }
  h2 {
    font-size: 20px;
    margin: 0 0 4px;
  }
  h3 {
    font-size: 15px;
    margin: 28px 0 8px;
  }
  p {
    margin: 0 0 8px;
    overflow-wrap: anywhere;
  }
  a {
    color: var(--own);
  }
  code {
    font:
      13px/1.5 ui-monospace,
      monospace;
    overflow-wrap: anywhere;
  }
  .quiet,
  .scale {
    color: var(--quiet);
    font-size: 13px;
  }
  .warning {
    background: var(--warn);
    border-radius: 6px;
    padding: 8px 12px;
  }
  section {
    background: var(--card);
    border: 1px solid var(--rule);
    border-radius: 10px;
    padding: 20px;
    margin-top: 20px;
  }
  .failed {
    color: var(--missed);
    font-weight: 600;
  }
  .met {
    color: var(--met);
  }
  .missed {
    color: var(--missed);
    font-weight: 600;
  }
  .wide {
    overflow-x: auto;
    margin-top: 12px;
  }
  table {
    border-collapse: collapse;
    min-width: 45%;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    text-align: left;
    vertical-align: top;
    padding: 5px 16px 5px 0;
    border-bottom: 1px solid var(--rule);
  }
  th {
    color: var(--quiet);
    font-weight: 500;
    white-space: nowrap;
  }
  td.number {
    text-align: right;
    white-space: nowrap;
  }
  th.number {
    text-align: right;
  }
  td.name {
    min-width: 150px;
  }
  td.note {
    min-width: 180px;
  }
  td:last-child,
  th:last-child {
    padding-right: 0;
  }
  svg {
    display: block;
    width: 100%;
    overflow: visible;
  }
  .legend svg {
    display: inline-block;
    width: 28px;
    margin-right: 6px;
    vertical-align: middle;
  }
  .row {
    display: grid;
    grid-template-columns: 300px 1fr;
    column-gap: 16px;
    align-items: start;
  }
  .row .label {
    font-size: 13px;
    line-height: 1.3;
    padding: 2px 0 6px;
    overflow-wrap: anywhere;
  }
  .row .label span {
    color: var(--quiet);
    white-space: nowrap;
  }
  text {
    font:
      12px system-ui,
      sans-serif;
    fill: var(--text);
  }
  text.value,
  text.other {
    paint-order: stroke;
    stroke: var(--card);
    stroke-width: 4px;
  }
  text.other,
  text.tick {
    fill: var(--quiet);
    font-size: 11px;
  }
  .bar.own {
    fill: var(--own);
  }
  .bar.missed {
    fill: var(--missed);
  }
  .bar.floor {
    fill: var(--floor);
  }
  .bar.peer0 {
    fill: var(--peer0);
  }
  .bar.peer1 {
    fill: var(--peer1);
  }
  .bar.peer2 {
    fill: var(--peer2);
  }
  .bar.peer3 {
    fill: var(--peer3);
  }
  .stem {
    stroke: var(--rule);
    stroke-width: 2;
  }
  .whisker {
    stroke: var(--text);
    stroke-width: 1.5;
    opacity: 0.55;
  }
  .target {
    stroke: var(--target);
    stroke-width: 1.5;
    stroke-dasharray: 5 4;
  }
  .lines {
    padding: 10px 0 0 62px;
  }
  .grid {
    stroke: var(--rule);
    stroke-width: 1;
  }
  .line {
    stroke-width: 2;
    stroke-linecap: round;
  }
  .line.dashed,
  .line.floor {
    stroke-dasharray: 6 5;
  }
  .line.dotted {
    stroke-dasharray: 1 5;
  }
  .line.floor {
    stroke: var(--floor);
  }
  .dot.floor {
    fill: var(--floor);
  }
  .line.series0 {
    stroke: var(--own);
  }
  .dot.series0 {
    fill: var(--own);
  }
  .line.series1,
  .line.peer0 {
    stroke: var(--peer0);
  }
  .dot.series1,
  .dot.peer0 {
    fill: var(--peer0);
  }
  .line.series2,
  .line.peer1 {
    stroke: var(--peer1);
  }
  .dot.series2,
  .dot.peer1 {
    fill: var(--peer1);
  }
  .line.series3,
  .line.peer2 {
    stroke: var(--peer2);
  }
  .dot.series3,
  .dot.peer2 {
    fill: var(--peer2);
  }
  .line.series4,
  .line.peer3 {
    stroke: var(--peer3);
  }
  .dot.series4,
  .dot.peer3 {
    fill: var(--peer3);
  }
  .line.series5 {
    stroke: var(--text);
  }
  .dot.series5 {
    fill: var(--text);
  }
  .line.target {
    stroke: var(--target);
    stroke-width: 1.5;
    stroke-dasharray: 5 4;
  }
  .legend {
    list-style: none;
    display: flex;
    flex-wrap: wrap;
    gap: 2px 18px;
    margin: 4px 0 0;
    padding: 0;
    font-size: 13px;
  }
  .lines .scale {
    text-align: center;
    margin: 0;
  }
  details {
    margin-top: 12px;
  }
  summary {
    cursor: pointer;
    color: var(--quiet);
    font-size: 13px;
  }
  td.spread,
  td.target {
    white-space: nowrap;
  }
  td.floor,
  td.peers {
    min-width: 150px;
  }
  @media (max-width: 640px) {
    section {
      padding: 14px;
    }
    .row {
      grid-template-columns: 1fr;
    }
    .row .label {
      padding: 8px 0 0;
    }
    .lines {
      padding-left: 52px;
    }
    .legend {
      margin-left: -52px;
    }
  }
`;
