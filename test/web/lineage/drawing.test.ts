import { expect, test } from 'vitest';
import {
  drawingOf,
  firstView,
  isSeen,
  linePath,
  neighbour,
  wholeView,
} from '../../../web/pages/mirror/lineage/picture/drawing.ts';
import { layOut } from '../../../web/pages/mirror/lineage/picture/lay-out.ts';
import { arrowsOf } from '../../../web/pages/mirror/lineage/lineage-steps.ts';
import { configuration, link, table } from './a-lineage.ts';

const [lines, load, orders, far] = [table('l'), configuration('1'), table('o'), table('t', '4711')];
const nodes = [orders, load, lines, far];
const arrows = arrowsOf([
  link(lines, load),
  link(load, orders),
  link(far, orders),
  link(lines, orders),
]);
const drawing = drawingOf(nodes, arrows);
const laidOut = layOut(drawing);
const [ofOrders, ofLoad, ofLines, ofFar] = laidOut.boxes;

test('data flows from left to right, and no box lies on another', () => {
  expect(drawing.arrows).toEqual([
    [2, 1],
    [1, 0],
    [3, 0],
    [2, 0],
  ]);
  expect(ofLines!.x).toBeLessThan(ofLoad!.x);
  expect(ofLoad!.x).toBeLessThan(ofOrders!.x);
  expect(ofLoad!.x).toBe(ofFar!.x);
  expect(Math.abs(ofLoad!.y - ofFar!.y)).toBeGreaterThanOrEqual(drawing.boxes[1]!.height);
});

test('a long arrow goes straight through the columns between its ends', () => {
  const [, , , long] = laidOut.arrows;
  expect(long).toHaveLength(2);
  expect(long![0]!.y).toBe(long![1]!.y);
  expect(long![0]!.x).toBeCloseTo(ofLoad!.x);
  expect(laidOut.arrows[0]).toEqual([]);
});

test('a circle is laid out, too', () => {
  const boxes = drawing.boxes.slice(0, 2);
  const circle = layOut({
    boxes,
    arrows: [
      [0, 1],
      [1, 0],
    ],
  });
  expect(circle.boxes[0]!.x).not.toBe(circle.boxes[1]!.x);
});

test('arrow keys walk along the data and within a column', () => {
  const walk = (from: number, key: string) =>
    neighbour(from, key, { boxes: laidOut.boxes, arrows: drawing.arrows });
  expect(walk(2, 'ArrowLeft')).toBeNull();
  expect(walk(1, 'ArrowRight')).toBe(0);
  expect([1, 3]).toContain(walk(0, 'ArrowLeft'));
  const [upper, lower] = ofLoad!.y < ofFar!.y ? [1, 3] : [3, 1];
  expect(walk(upper, 'ArrowDown')).toBe(lower);
  expect(walk(lower, 'ArrowUp')).toBe(upper);
  expect(walk(upper, 'ArrowUp')).toBeNull();
  expect(walk(1, 'Enter')).toBeNull();
});

test('one sees everything at first if it can be read then, otherwise what is in the middle', () => {
  const frame = { width: 800, height: 400 };
  expect(firstView({ width: 400, height: 100 }, { x: 0, y: 0 }, frame)).toEqual({
    ...{ x: 200, y: 150, zoom: 1 },
  });
  const view = firstView({ width: 9_000, height: 9_000 }, { x: 5_000, y: 300 }, frame);
  expect(view.zoom).toBe(0.8);
  expect(isSeen({ x: 5_000, y: 300 }, view, frame)).toBe(true);
  expect(isSeen({ x: 5_600, y: 300 }, view, frame)).toBe(false);
  // At the edge there is nothing to see beyond it.
  const [edge, wide] = [
    firstView({ width: 3_000, height: 54 }, { x: 0, y: 27 }, frame),
    3_000 * 0.8,
  ];
  expect(edge).toEqual({ x: 24, y: 200 - 27 * 0.8, zoom: 0.8 });
  const end = firstView({ width: 3_000, height: 54 }, { x: 3_000, y: 27 }, frame);
  expect(end.x).toBe(800 - wide - 24);
  expect(wholeView({ width: 9_000, height: 9_000 }, frame).zoom).toBeLessThan(0.05);
});

test('a line is a curve from point to point', () => {
  expect(linePath([])).toBe('');
  expect(
    linePath([
      { x: 0, y: 0 },
      { x: 10, y: 20 },
    ]),
  ).toBe('M 0 0 C 5 0 5 20 10 20');
});
