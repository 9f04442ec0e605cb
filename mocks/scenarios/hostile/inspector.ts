import {covered, type InspectorState, packageFinding, quietInspector} from '../../services/inspector-state.js';
import {hostAdvisories} from '../advisories.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileMegabyte, hostileStrings} from './strings.js';

/** A finding and a scanned host for every hostile string: as package, version, title, tag, file and advice. */
export const populate: Populate<InspectorState> = place => ({
	...quietInspector(),
	coverage: hostileStrings.map((text, index) =>
		covered(`i-${index}`, 'PACKAGE', 'UNMANAGED_EC2_INSTANCE', {resourceMetadata: {ec2: {tags: {Name: text}, amiId: text}}}),
	),
	findings: hostileStrings.map((text, index) => {
		const [advisory] = hostAdvisories;
		const record = packageFinding(
			place,
			{...advisory, id: hostileAt(index + 1), name: text, version: hostileAt(index + 2), text: index === 0 ? hostileMegabyte : text},
			{
				resource: {type: 'AWS_EC2_INSTANCE', id: `i-${index}`, tags: {Name: text}, region: place.awsRegion},
				firstDaysAgo: index,
			},
		);
		return {
			...record,
			report: () => ({...record.report(), remediation: {recommendation: {text, Url: hostileAt(index + 3)}}}),
		};
	}),
});
