/** One call as the endpoint took it. */
export type Call = {
	/** Counts from 1. */
	readonly sequence: number;
	readonly service: string;
	readonly awsRegion: string;
	readonly operation: string;
	/** `kms:ListKeys`. */
	readonly iamAction: string;
	readonly accessKeyId: string;
	readonly accountId: string;
	/** ISO 8601. */
	readonly at: string;
	/** The fault that struck, if one did. */
	readonly fault?: string;
};

export type Calls = {
	/** The newest hundred thousand, oldest first. */
	readonly all: readonly Call[];
	/** Since the start or the last `clear`, forgotten ones too. */
	readonly total: number;
	/** How many of the remembered ones match. */
	count(matching?: Partial<Pick<Call, 'service' | 'operation' | 'awsRegion' | 'accountId' | 'accessKeyId'>>): number;
	/** Every IAM action that was asked for, sorted. */
	actions(): readonly string[];
	clear(): void;
};

export type Recorder = Calls & {record(call: Omit<Call, 'sequence'>): void};

const remembered = 100_000;

export const createCalls = (): Recorder => {
	let all: Call[] = [];
	let total = 0;
	const actions = new Set<string>();
	return {
		get all() {
			return all;
		},
		get total() {
			return total;
		},
		count: (matching = {}) => {
			const wanted = Object.entries(matching);
			return all.filter(call => wanted.every(([name, value]) => Object.entries(call).some(([key, one]) => key === name && one === value)))
				.length;
		},
		actions: () => [...actions].sort(),
		clear: () => {
			all = [];
			total = 0;
			actions.clear();
		},
		record: call => {
			total++;
			all.push({sequence: total, ...call});
			actions.add(call.iamAction);
			// In bulk, so that forgetting costs nothing per call.
			if (all.length > remembered * 1.2) all = all.slice(-remembered);
		},
	};
};
