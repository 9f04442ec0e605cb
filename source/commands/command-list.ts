/** One command's place in the help and the completions. `program.ts` gives each its action. */
export type CommandWords = {readonly name: string; readonly summary: string; readonly examples: readonly string[]};

/** Commands in the order in which somebody meets them. */
export const commandList = [
	{
		name: 'watch',
		summary: 'watch the account on screen, starting a daemon when none runs (the default)',
		examples: ['AWS_PROFILE=prod vedette', 'vedette --profile prod --region us-east-1,eu-west-1', 'vedette --offline'],
	},
	{
		name: 'demo',
		summary: 'any command against a made-up account: no AWS, no network',
		examples: [
			'vedette demo',
			'vedette demo --scenario hostile',
			'vedette demo export --format json --once',
			'vedette demo endpoint --port 4599 --scenario typical',
		],
	},
	{name: 'panel', summary: 'one service in a small live pane', examples: ['vedette panel kms', 'vedette panel acm --plain']},
	{
		name: 'status',
		summary: 'one line for a prompt or a status bar',
		examples: ['vedette status', "vedette status --format '{critical} critical, {score} %'", 'vedette status --fail-on high || echo look'],
	},
	{name: 'changes', summary: 'what has changed of late', examples: ['vedette changes', 'vedette changes --since 7d --json']},
	{name: 'timeline', summary: 'what ends when, soonest first', examples: ['vedette timeline', 'vedette timeline --within 30d']},
	{
		name: 'export',
		summary: 'everything that is known, as a document',
		examples: [
			'vedette export --format json --output posture.json',
			'vedette export --format json --once --fail-on high',
			'vedette export --schema',
		],
	},
	{name: 'rules', summary: 'every question that is asked of a resource', examples: ['vedette rules', 'vedette rules --format json']},
	{
		name: 'explain',
		summary: 'a rule in full, by its id, a Security Hub, CIS or Prowler id, or a word',
		examples: ['vedette explain kms-key-rotation-enabled', 'vedette explain KMS.4', 'vedette explain rotation'],
	},
	{
		name: 'policy',
		summary: 'the IAM policy that Vedette needs, and nothing more',
		examples: ['vedette policy > vedette-policy.json', 'vedette policy --for kms,acm'],
	},
	{
		name: 'doctor',
		summary: 'what works, what does not, and how to mend it',
		examples: ['vedette doctor', 'vedette doctor --profile prod --json'],
	},
	{
		name: 'daemon',
		summary: 'the process that polls: run, stop, reload or ask it',
		examples: ['vedette daemon --foreground', 'vedette daemon status', 'vedette daemon stop'],
	},
	{
		name: 'config',
		summary: 'the configuration in force, a check of the file, or an example',
		examples: ['vedette config', 'vedette config check', 'vedette config example > ~/.config/vedette/config.yaml'],
	},
	{
		name: 'completion',
		summary: 'completions for a shell',
		examples: ['source <(vedette completion bash)', 'vedette completion fish > ~/.config/fish/completions/vedette.fish'],
	},
] as const satisfies readonly CommandWords[];

export type CommandName = (typeof commandList)[number]['name'];
