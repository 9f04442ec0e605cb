import {measureCollecting, serveEndpoint} from './collecting.js';
import {type Figure, printFigures} from './figures.js';

// `bench --endpoint SCENARIO` serves; `bench NAME...` measures some; `bench` measures all.
const [flag, scenario] = process.argv.slice(2);
if (flag === '--endpoint') {
	await serveEndpoint(scenario ?? 'large');
} else {
	const parts: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
		collecting: measureCollecting,
	};
	const wanted = process.argv.slice(2);
	const figures: Figure[] = [];
	for (const [name, measure] of Object.entries(parts)) {
		if (wanted.length === 0 || wanted.includes(name)) {
			process.stderr.write(`measuring ${name}…\n`);
			figures.push(...(await measure()));
		}
	}

	process.stdout.write(`${printFigures(figures)}\n`);
	process.exitCode = figures.every(({within}) => within) ? 0 : 1;
}
