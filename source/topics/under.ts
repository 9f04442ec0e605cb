/** A heading and those right below it, as `headings` of a topic writes them: `KMS Key Types`, `KMS Key Types › Terminology`. */
export const under = (parent: string, ...children: readonly string[]): readonly string[] => [
	parent,
	...children.map(child => `${parent} › ${child}`),
];
