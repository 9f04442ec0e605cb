import {homeRegions} from './recorder.js';

// What is put replaces what was there as a whole: these read it first and put it back with the change.
// The queries are JMESPath, which the AWS CLI evaluates itself: https://jmespath.org/specification.html

/** The account’s own recorder, whatever its name: those that AWS made for its services have a service’s name beside theirs. */
const own = 'ConfigurationRecorders[?servicePrincipal==null] | [0]';

/** The recorder’s name as a word of a command. */
export const recorderName = `"$(aws configservice describe-configuration-recorders --query '${own}.name' --output text --region {region})"`;

/** Where the types of IAM are recorded, as JSON and as Terraform have it. */
export const homes = JSON.stringify(Object.values(homeRegions));

/** Lets the recorder record everything, with the types of IAM where IAM lives, and keeps its name, its role and how often it records. */
export const changeScope = `aws configservice describe-configuration-recorders --query '${own}.{name: name, roleARN: roleARN, recordingMode: recordingMode, recordingGroup: {allSupported: \`true\`, includeGlobalResourceTypes: contains(\`${homes}\`, \`"{region}"\`)}}' --output json --region {region} | aws configservice put-configuration-recorder --configuration-recorder file:///dev/stdin --region {region}`;

/** Sends to another bucket, by the channel that is there or, where there is none, by a new one. */
export const changeChannel =
	'aws configservice describe-delivery-channels --query \'merge(`{"name":"default"}`, DeliveryChannels[0] || `{}`, `{"s3BucketName":"BUCKET"}`)\' --output json --region {region} | aws configservice put-delivery-channel --delivery-channel file:///dev/stdin --region {region}';
