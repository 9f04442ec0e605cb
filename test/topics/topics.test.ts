import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {expect, test} from 'vitest';
import {boards} from '../../source/boards/index.js';
import {services} from '../../source/services/index.js';
import {topics} from '../../source/topics/index.js';

/** Every heading of the notes that Vedette was asked for from, in their order. */
const headings = (await readFile(path.join(import.meta.dirname, 'headings.txt'), 'utf8')).trim().split('\n');

const ruleIds = new Set([...services, ...boards].flatMap(({kinds}) => kinds.flatMap(({rules}) => rules.map(({id}) => id))));
const boardIds = new Set(boards.map(({id}) => id));
const serviceIds = new Set(services.map(({id}) => id));

test('every heading of the notes is covered, once, and no other is claimed', () => {
	const covered = topics.flatMap(topic => topic.headings);
	expect(headings.filter(heading => !covered.includes(heading))).toEqual([]);
	expect(covered.filter(heading => !headings.includes(heading))).toEqual([]);
	expect(covered.filter((heading, index) => covered.indexOf(heading) !== index)).toEqual([]);
});

test('ids are those of nothing else', () => {
	const ids = topics.map(({id}) => id);
	expect(new Set([...ids, ...ruleIds, ...boardIds, ...serviceIds]).size).toBe(ids.length + ruleIds.size + boardIds.size + serviceIds.size);
});

test.each(topics.map(topic => [topic.id, topic] as const))('%s says what is so today, and names only what there is', (id, topic) => {
	const {rules = [], boards: shownOn = [], services: watchedBy = []} = topic.shownBy;
	expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u);
	expect(topic.title).toMatch(/^[A-Z“].*[^.]$/u);
	expect(topic.text).toMatch(/^[A-Z“$].*\.$/su);
	expect(topic.changed ?? 'Nothing.').toMatch(/^[A-Z“].*\.$/su);
	expect([...rules, ...shownOn, ...watchedBy].length).toBeGreaterThan(0);
	expect(rules.filter(rule => !ruleIds.has(rule))).toEqual([]);
	expect(shownOn.filter(board => !boardIds.has(board))).toEqual([]);
	expect(watchedBy.filter(service => !serviceIds.has(service))).toEqual([]);
});
