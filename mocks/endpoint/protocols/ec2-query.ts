import {readEc2Form} from '../form-reader.js';
import type {Exchange, Protocol} from '../protocol.js';
import type {OperationShape} from '../shape.js';
import {contentOf, escapeXml} from '../xml-writer.js';
import {formOf} from './aws-query.js';

const headers = {'content-type': 'text/xml;charset=UTF-8'};

/** https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html */
export const ec2Query = (
	settings: {readonly version: string; readonly xmlNamespace: string},
	operations: readonly OperationShape[],
): Protocol => {
	const exchanges = new Map<string, Exchange>();
	for (const operation of operations) {
		const {name, input, output} = operation;
		exchanges.set(name, {
			operation,
			read: incoming => readEc2Form(input, formOf(incoming)),
			write: (value, requestId) => ({
				status: 200,
				headers,
				body: `<${name}Response xmlns="${settings.xmlNamespace}"><requestId>${requestId}</requestId>${contentOf(output, value)}</${name}Response>`,
			}),
		});
	}
	return {
		refusalStatus: 403,
		route: incoming => {
			const form = formOf(incoming);
			return form.get('Version') === settings.version ? exchanges.get(form.get('Action') ?? '') : undefined;
		},
		fail: (error, requestId) => ({
			status: error.httpStatus,
			headers,
			body: `<Response><Errors><Error><Code>${escapeXml(error.name)}</Code><Message>${escapeXml(error.message)}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`,
		}),
	};
};
