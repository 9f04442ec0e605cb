import type {EntryPointResource} from './entry-point.js';

/** The console's page of what a row is about, as the panel of its service has it. */
export const consolePage = ({arn, awsRegion, resourceName, configuration: {type}}: EntryPointResource): string => {
	const id = encodeURIComponent(arn.split('/').at(-1) ?? arn);
	const name = encodeURIComponent(resourceName.toWellFormed());
	switch (type) {
		case 'ALB':
		case 'NLB':
			return `ec2/home?region=${awsRegion}#LoadBalancer:loadBalancerArn=${encodeURIComponent(arn)}`;
		case 'CloudFront':
			return `cloudfront/v4/home?region=us-east-1#/distributions/${id}`;
		case 'API domain':
			return `apigateway/main/publish/domain-names?domain=${name}&region=${awsRegion}`;
		case 'REST API':
			return `apigateway/main/apis/${id}/resources?region=${awsRegion}`;
		case 'HTTP API':
		case 'WebSocket API':
			return `apigateway/main/api-detail?api=${id}&region=${awsRegion}`;
		case 'bucket':
			return `s3/buckets/${name}?region=${awsRegion === 'global' ? 'us-east-1' : awsRegion}&bucketType=general&tab=properties`;
	}
};
