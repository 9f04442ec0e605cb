import {readEc2Form} from '../form-reader.js';
import type {Protocol} from '../protocol.js';
import type {OperationShape} from '../shape.js';
import {contentOf, escapeXml} from '../xml-writer.js';
import {query} from './query.js';

/** https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html */
export const ec2Query = (
	{version, xmlNamespace}: {readonly version: string; readonly xmlNamespace: string},
	operations: readonly OperationShape[],
): Protocol =>
	query(version, operations, {
		contentType: 'text/xml;charset=UTF-8',
		read: readEc2Form,
		answer: ({name, output}, value, requestId) =>
			`<${name}Response xmlns="${xmlNamespace}"><requestId>${requestId}</requestId>${contentOf(output, value)}</${name}Response>`,
		error: ({name, message}, requestId) =>
			`<Response><Errors><Error><Code>${escapeXml(name)}</Code><Message>${escapeXml(message)}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`,
	});
