/** AWS Config's own name. One a Region: the recorder that is the customer's, or the fact that there is none. */
export const recorderType = 'AWS::Config::ConfigurationRecorder';

/** How one sort of delivery went last. Statuses in upper case: AWS's answers and its documentation differ. */
export type Delivery = {
	/** `SUCCESS`, `FAILURE` or `NOT_APPLICABLE`. */
	readonly status?: string;
	readonly errorCode?: string;
	readonly errorMessage?: string;
	readonly succeededAt?: string;
};

export type Recorder = {
	/** Null where there is none. Absent, as all that follows, where it could not be read. */
	readonly name?: string | null;
	readonly roleArn?: string;
	readonly isRecording?: boolean;
	/** `SUCCESS`, `PENDING`, `FAILURE` or `NOTAPPLICABLE`. */
	readonly status?: string;
	readonly errorCode?: string;
	readonly errorMessage?: string;
	readonly startedAt?: string;
	readonly stoppedAt?: string;
	/** Which types it records: all of them, those of a list, or all but those of a list. */
	readonly records?: 'everything' | 'some' | 'all but some';
	/** The types of that list; empty where it records everything. */
	readonly listedTypes?: readonly string[];
	/** Whether the global types of IAM (users, groups, roles, policies) are recorded here. */
	readonly recordsGlobalTypes?: boolean;
	/** `CONTINUOUS` or `DAILY`. */
	readonly frequency?: string;
	/** Types that are recorded at another frequency than the rest. */
	readonly otherFrequencies?: readonly string[];
	/** Null where there is none. */
	readonly channel?: {
		readonly name: string;
		readonly bucket?: string;
		readonly keyArn?: string;
		readonly topicArn?: string;
	} | null;
	/** By sort of delivery: files of history, snapshots, and the stream to the SNS topic. Empty where nothing was delivered yet. */
	readonly deliveries?: Readonly<Partial<Record<'history' | 'snapshot' | 'stream', Delivery>>>;
	/** The names of the rules in the Region that check when certificates end. */
	readonly certificateRules?: readonly string[];
	/** How many rules there are in the Region, of any sort. */
	readonly ruleCount?: number;
};

/** By partition, where IAM lives. */
export const homeRegions: Readonly<Record<string, string>> = {aws: 'us-east-1', 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1'};

/** Where global resources are best recorded: the Region where IAM lives. Undefined in a partition that is not known. */
export const homeOf = (arn: string): string | undefined => homeRegions[arn.split(':')[1] ?? ''];

/** The types of IAM that every Region can record, each time the same. */
export const isGlobalType = (type: string): boolean => /^AWS::IAM::(?:User|Group|Role|Policy)$/u.test(type);

/** Where nothing is recorded one failure says so: more about its parts would only bury it. */
export const exemptWhenOff = ({name, isRecording}: Recorder): string | undefined =>
	name === null ? 'there is no recorder here' : isRecording === false ? 'the recorder is stopped' : undefined;
