import {expect, test} from 'vitest';
import {readNameWays} from '../../source/model/index.js';

const ways = readNameWays([
	['origin.acme.com', 'lb.acme.com'],
	['lb.acme.com', 'shop-1.elb'],
	['lb.acme.com', 'shop-2.elb'],
	['round.acme.com', 'about.acme.com'],
	['about.acme.com', 'round.acme.com'],
	['static.acme.com', 'a.b.acme.net'],
	['*.acme.net', 'd1.cloudfront'],
	['c.acme.net', 'gone.acme.com'],
]);

test.each<[string, readonly string[], readonly string[]]>([
	['origin.acme.com', ['lb.acme.com', 'shop-1.elb', 'shop-2.elb'], []],
	['shop-1.elb', [], ['lb.acme.com', 'origin.acme.com']],
	['round.acme.com', ['about.acme.com'], ['about.acme.com']],
	['static.acme.com', ['a.b.acme.net', 'd1.cloudfront'], []],
	['d1.cloudfront', [], ['*.acme.net', 'static.acme.com']],
	['any.acme.net', ['d1.cloudfront'], []],
	// A record of its own answers instead of the wildcard.
	['c.acme.net', ['gone.acme.com'], []],
	['gone.acme.com', [], ['c.acme.net']],
	['elsewhere.org', [], []],
])('%s leads to these, and these lead to it', (name, from, to) => {
	expect([ways.from(name), ways.to(name)]).toEqual([from, to]);
});

test('the end of a way leads nowhere', () => {
	expect(['shop-1.elb', 'gone.acme.com', 'lb.acme.com', 'x.acme.net', 'round.acme.com'].filter(ways.isEnd)).toEqual([
		'shop-1.elb',
		'gone.acme.com',
	]);
});

test('a chain that no resolver follows leads nowhere', () => {
	const long = readNameWays(Array.from({length: 100}, (_, index) => [`${index}`, `${index + 1}`] as const));
	expect(long.from('0')).toHaveLength(16);
	expect(long.to('100')).toHaveLength(16);
});
