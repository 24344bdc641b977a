// The floor: the same replay by a model that keeps no ids, no events and no positions, has no ranks, and says no dates.
// Everything is a number in a typed array; an item's backlog and its receipts are lists through those arrays.
//
//   node benches/replay/floor.mjs PLAYBOOK [ROUNDS]

import { finish, readPlaybook } from "./playbook.mjs";

const END = 0xffffffff;

/** Plays all lines, and returns every item's figures. */
export function play({ lines, leadMs, initial, at, quantity, sku }) {
  const items = initial.length;
  const counts = () => new Float64Array(items);
  const figures = {
    I0: Float64Array.from(initial),
    lines: counts(), units: counts(), units_immediate: counts(), lines_full_immediate: counts(),
    orders: counts(), units_ordered: counts(), receipts: counts(), lines_partial: counts(),
    bo_units_created: counts(), max_queue: counts(), bo_units_filled: counts(), bo_unit_seconds: counts(),
    bo_lines_cleared: counts(), end_on_hand: counts(), end_on_order: counts(), end_backlog_units: counts(),
    end_backlog_lines: counts(),
  };
  const I0 = figures.I0;
  const onHand = figures.end_on_hand;
  const onOrder = figures.end_on_order;
  const backlog = figures.end_backlog_units;
  const queue = figures.end_backlog_lines;
  onHand.set(I0);

  // The waiting lines of an item, oldest first: line numbers, linked; and what each still lacks.
  const firstWaiting = new Uint32Array(items).fill(END);
  const lastWaiting = new Uint32Array(items).fill(END);
  const nextWaiting = new Uint32Array(lines).fill(END);
  const lacking = new Float64Array(lines);

  // The receipts to come of an item, likewise; a line reorders at most once.
  const firstReceipt = new Uint32Array(items).fill(END);
  const lastReceipt = new Uint32Array(items).fill(END);
  const nextReceipt = new Uint32Array(lines).fill(END);
  const arriving = new Float64Array(lines);

  const receive = (item, now) => {
    let receipt = firstReceipt[item];
    while (receipt !== END && at[receipt] + leadMs <= now) {
      const arrival = at[receipt] + leadMs;
      let units = arriving[receipt];
      onOrder[item] -= units;
      figures.receipts[item] += 1;
      let waiting = firstWaiting[item];
      while (units > 0 && waiting !== END) {
        const given = Math.min(units, lacking[waiting]);
        units -= given;
        backlog[item] -= given;
        lacking[waiting] -= given;
        figures.bo_units_filled[item] += given;
        figures.bo_unit_seconds[item] += given * ((arrival - at[waiting]) / 1000);
        if (lacking[waiting] === 0) {
          figures.bo_lines_cleared[item] += 1;
          queue[item] -= 1;
          waiting = nextWaiting[waiting];
        }
      }
      firstWaiting[item] = waiting;
      onHand[item] += units;
      receipt = nextReceipt[receipt];
    }
    firstReceipt[item] = receipt;
  };

  const wait = (item, line, units) => {
    lacking[line] = units;
    if (firstWaiting[item] === END) firstWaiting[item] = line;
    else nextWaiting[lastWaiting[item]] = line;
    lastWaiting[item] = line;
    backlog[item] += units;
    queue[item] += 1;
    figures.bo_units_created[item] += units;
    if (queue[item] > figures.max_queue[item]) figures.max_queue[item] = queue[item];
  };

  const reorder = (item, line) => {
    const position = onHand[item] + onOrder[item] - backlog[item];
    const point = I0[item];
    if (position > point) return;
    const lot = 2 * point;
    const units = (Math.floor((point - position) / lot) + 1) * lot;
    arriving[line] = units;
    if (firstReceipt[item] === END) firstReceipt[item] = line;
    else nextReceipt[lastReceipt[item]] = line;
    lastReceipt[item] = line;
    onOrder[item] += units;
    figures.orders[item] += 1;
    figures.units_ordered[item] += units;
  };

  for (let line = 0; line < lines; line++) {
    const item = sku[line];
    const wanted = quantity[line];
    receive(item, at[line]);
    const given = Math.min(wanted, onHand[item]);
    onHand[item] -= given;
    figures.lines[item] += 1;
    figures.units[item] += wanted;
    figures.units_immediate[item] += given;
    if (given === wanted) {
      figures.lines_full_immediate[item] += 1;
    } else {
      if (given > 0) figures.lines_partial[item] += 1;
      wait(item, line, wanted - given);
    }
    reorder(item, line);
  }
  return figures;
}

const playbook = readPlaybook(process.argv[2]);
const rounds = Number(process.argv[3] ?? 1);
const seconds = [];
let figures;
for (let round = 0; round < rounds; round++) {
  const start = performance.now();
  figures = play(playbook);
  seconds.push((performance.now() - start) / 1000);
}
if (process.env.FLOOR_TRACE) console.error(seconds);
finish(seconds.sort((a, b) => a - b)[Math.floor(rounds / 2)], figures);
