import {readForm} from '../form-reader.js';
import type {Exchange, Incoming, Protocol} from '../protocol.js';
import type {OperationShape} from '../shape.js';
import {contentOf, escapeXml} from '../xml-writer.js';

const headers = {'content-type': 'text/xml'};

/** https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const awsQuery = (
	settings: {readonly version: string; readonly xmlNamespace: string},
	operations: readonly OperationShape[],
): Protocol => {
	const exchanges = new Map<string, Exchange>();
	for (const operation of operations) {
		const {name, input, output} = operation;
		exchanges.set(name, {
			operation,
			read: incoming => readForm(input, formOf(incoming)),
			write: (value, requestId) => ({
				status: 200,
				headers,
				body: `<${name}Response xmlns="${settings.xmlNamespace}"><${name}Result>${contentOf(output, value)}</${name}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`,
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
			body: `<ErrorResponse xmlns="${settings.xmlNamespace}"><Error><Type>${error.httpStatus < 500 ? 'Sender' : 'Receiver'}</Type><Code>${escapeXml(error.name)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
		}),
	};
};

export const formOf = (incoming: Incoming): URLSearchParams => new URLSearchParams(incoming.body.toString('utf8'));
