import {readForm} from '../form-reader.js';
import type {Protocol} from '../protocol.js';
import type {OperationShape} from '../shape.js';
import {contentOf, escapeXml} from '../xml-writer.js';
import {query} from './query.js';

/** https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const awsQuery = (
	{version, xmlNamespace}: {readonly version: string; readonly xmlNamespace: string},
	operations: readonly OperationShape[],
): Protocol =>
	query(version, operations, {
		contentType: 'text/xml',
		read: readForm,
		answer: ({name, output}, value, requestId) =>
			`<${name}Response xmlns="${xmlNamespace}"><${name}Result>${contentOf(output, value)}</${name}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`,
		error: ({name, message, httpStatus}, requestId) =>
			`<ErrorResponse xmlns="${xmlNamespace}"><Error><Type>${httpStatus < 500 ? 'Sender' : 'Receiver'}</Type><Code>${escapeXml(name)}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
	});
