import type {Random} from '../../endpoint/random.js';
import {type DynamoDbState, type DynamoDbTable, globalTable, recoveryOff, recoveryOn, table} from '../../services/dynamodb-state.js';
import {keyArn} from '../estate.js';
import type {Place, Populate} from '../scenario.js';

const counts: Readonly<Record<string, number>> = {'us-east-1': 500, 'eu-west-1': 250, 'ap-southeast-2': 100};
const teams = ['shop', 'pay', 'ledger', 'search', 'media', 'auth', 'mail', 'data', 'edge', 'ops'] as const;
/** As many as every Region has: they are global. */
const shared = 60;

const made = (place: Place, chance: Random, index: number): DynamoDbTable => {
	const facts = {
		sizeGb: chance.between(0, 400),
		ageDays: chance.between(10, 2000),
		DeletionProtectionEnabled: chance.chance(0.9),
		recovery: chance.chance(0.9) ? recoveryOn(place) : recoveryOff,
	};
	const number = String(index).padStart(3, '0');
	if (index < shared) {
		const alias = `team/${index}`;
		const keys = Object.fromEntries(Object.keys(counts).map(awsRegion => [awsRegion, keyArn(place, alias, awsRegion)]));
		return globalTable(place, `global-${number}`, index % 20 === 7 ? {...keys, 'eu-west-1': undefined} : keys, facts);
	}
	return table(place, `${chance.pick(teams)}-table-${number}`, {
		...facts,
		...(chance.chance(0.4) && {keyArn: keyArn(place, `team/${index}`)}),
	});
};

/** 850 tables, sixty of them in three Regions. */
export const populate: Populate<DynamoDbState> = place => {
	const count = counts[place.awsRegion];
	if (count === undefined) return undefined;
	const chance = place.random('dynamodb');
	return {tables: Array.from({length: count}, (_, index) => made(place, chance, index)), globalTables: [], refused: {}};
};
