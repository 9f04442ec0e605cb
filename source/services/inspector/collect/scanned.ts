import type {ResourceReference, ResourceType} from '../../../model/index.js';

const types: Readonly<Record<string, ResourceType>> = {
	AWS_EC2_INSTANCE: 'AWS::EC2::Instance',
	AWS_ECR_CONTAINER_IMAGE: 'AWS::ECR::Image',
	AWS_ECR_REPOSITORY: 'AWS::ECR::Repository',
	AWS_LAMBDA_FUNCTION: 'AWS::Lambda::Function',
	CODE_REPOSITORY: 'AWS::InspectorV2::CodeRepository',
};

type Owner = {readonly accountId: string; readonly awsRegion: string; readonly partition: string};

/** `repository:tag` of an image's ARN, or its digest's first letters where it has no tag. */
const imageName = (arn: string, tags: readonly string[]): string => {
	const [, repository = arn, digest = ''] = /repository\/(.+?)(?:\/sha256:([\da-f]+))?$/u.exec(arn) ?? [];
	return tags[0] === undefined ? `${repository}${digest && `@${digest.slice(0, 12)}`}` : `${repository}:${tags[0]}`;
};

/**
 * What Inspector scanned, by its own name for it: an instance id, or the ARN of an image, a function, a repository.
 * Types that this version does not know (Inspector scans Azure too) keep their name.
 */
export const scannedResource = (
	of: {
		readonly type: string;
		readonly id: string;
		/** The instance's `Name` or the function's name. */
		readonly name?: string | undefined;
		readonly imageTags?: readonly string[] | undefined;
		readonly awsRegion?: string | undefined;
		readonly accountId?: string | undefined;
	},
	owner: Owner,
): ResourceReference => {
	const accountId = of.accountId ?? owner.accountId;
	const awsRegion = of.awsRegion ?? owner.awsRegion;
	const resourceType = types[of.type] ?? 'AWS::InspectorV2::Resource';
	const isInstance = resourceType === 'AWS::EC2::Instance' && !of.id.startsWith('arn:');
	const arn = isInstance ? `arn:${owner.partition}:ec2:${awsRegion}:${accountId}:instance/${of.id}` : of.id;
	const shortId = resourceType === 'AWS::Lambda::Function' ? (/:function:([^:]+)/u.exec(of.id)?.[1] ?? of.id) : of.id;
	const name =
		resourceType === 'AWS::ECR::Image' || resourceType === 'AWS::ECR::Repository'
			? imageName(of.id, of.imageTags ?? [])
			: isInstance && of.name
				? `${of.name} (${of.id})`
				: (of.name ?? shortId);
	return {arn, resourceType, resourceId: of.id, resourceName: name, accountId, awsRegion};
};
