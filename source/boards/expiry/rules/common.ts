import {type Answer, dayMs} from '../../../model/index.js';
import {type End, type EndResource, leftMs, usersInWords, whenInWords} from '../end.js';

export const daysLeft = (end: End, now: string): number => leftMs(end, now) / dayMs;

/** By which calls the moments are known. */
const toldBy: Readonly<Record<string, string>> = {
	'AWS::ACM::Certificate': 'acm:SearchCertificates',
	'AWS::ApiGateway::ClientCertificate': 'apigateway:GetClientCertificates',
	'AWS::KMS::Key': 'kms:DescribeKey',
	'AWS::SecretsManager::Secret': 'secretsmanager:ListSecrets',
	'AWS::SSM::Parameter': 'ssm:DescribeParameters',
	'AWS::Shield::Subscription': 'shield:DescribeSubscription',
};

/** The evidence is the same for every answer of a rule about an end; `by` is the call that it rests on besides the end's own. */
export const answering = ({configuration: {at, of, renewal, users, told}}: EndResource, expected: string, by?: string) => {
	const operation = [toldBy[of], by].filter(Boolean).join(', ');
	const observed = [
		`${at}, renewed: ${renewal ?? 'not known'}`,
		...(users === undefined ? [] : [`used by ${usersInWords(users)}`]),
		...(told === undefined ? [] : [`${told.event}: ${told.by.join(', ') || told.verdict}`]),
	].join('; ');
	return (verdict: Answer['verdict'], reason: string, severity?: Answer['severity']): Answer => ({
		verdict,
		reason,
		...(severity !== undefined && {severity}),
		evidence: {expected, observed, operation},
	});
};

/** `ends in 6 days, imported, so ACM does not renew it`. */
export const endInWords = (end: End, now: string): string => `${whenInWords(end, now)}, ${end.how}`;
